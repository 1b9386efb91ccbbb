"""A form that stood open while somebody else saved: the difference is shown, nothing is overwritten, and what is sent
once more is saved."""

import datetime as dt
from html import unescape

import pytest
from django.utils.translation import gettext

from associations.models import Association
from tests import factories as make
from volunteers.models import Membership, Volunteer

pytestmark = pytest.mark.django_db

D = dt.date
STALE = "Somebody has made changes here meanwhile. See the difference before you save."


def as_shown(response, **typed):
    """What the browser sends: every field as it stands on the page, but what was typed."""
    form = response.context["form"]
    return {field.html_name: "" if field.value() is None else field.value() for field in form} | typed


def told(response):
    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [gettext(STALE)]
    return [(one.label, one.opened, one.theirs, one.yours) for one in response.context["difference"]]


def test_association_changed_meanwhile_shows_theirs_and_yours(world, visitor):
    url = world.url("associations:edit")
    opened = visitor.get(url)
    area = make.HousingAreaFactory(programme=world.programme, name="Ny plads")
    before = world.association.housing_area
    Association.objects.filter(pk=world.association.pk).update(name="Hendes navn", housing_area=area)

    response = visitor.post(url, as_shown(opened, name="Mit navn"))

    assert told(response) == [
        (gettext("name").capitalize(), "Bydelsmødre i Tingbjerg", "Hendes navn", "Mit navn"),
        (gettext("housing area").capitalize(), before.name, "Ny plads", before.name),
    ]
    html = unescape(response.content.decode())
    assert all(word in html for word in ("Hendes navn", "Mit navn", "Ny plads"))
    world.association.refresh_from_db()
    assert world.association.name == "Hendes navn"


def test_association_is_saved_when_it_is_sent_once_more(world, visitor):
    url = world.url("associations:edit")
    opened = visitor.get(url)
    Association.objects.filter(pk=world.association.pk).update(name="Hendes navn")
    shown = visitor.post(url, as_shown(opened, name="Mit navn"))

    response = visitor.post(url, as_shown(shown))

    assert response.status_code == 302
    assert Association.objects.get(pk=world.association.pk).name == "Mit navn"


def test_association_changed_twice_meanwhile_is_asked_about_twice(world, visitor):
    url = world.url("associations:edit")
    opened = visitor.get(url)
    Association.objects.filter(pk=world.association.pk).update(name="Hendes navn")
    shown = visitor.post(url, as_shown(opened, name="Mit navn"))
    Association.objects.filter(pk=world.association.pk).update(name="Hendes næste navn")

    response = visitor.post(url, as_shown(shown))

    assert [(opened, theirs) for _, opened, theirs, _ in told(response)] == [("Hendes navn", "Hendes næste navn")]


def test_volunteer_changed_meanwhile_shows_the_field_that_was_changed(world, visitor):
    url = world.url("volunteers:edit")
    opened = visitor.get(url)
    Volunteer.objects.filter(pk=world.rows["volunteer"].pk).update(phone="30 30 30 30")

    response = visitor.post(url, as_shown(opened, name="Et andet navn"))

    assert told(response) == [(gettext("phone").capitalize(), "20 12 34 56", "30 30 30 30", "20 12 34 56")]
    person = Volunteer.objects.get(pk=world.rows["volunteer"].pk)
    assert (person.name, person.phone) == (world.rows["volunteer"].name, "30 30 30 30")


@pytest.mark.parametrize("door", ["associations:edit", "volunteers:edit"])
def test_form_that_nobody_else_has_touched_is_saved(world, visitor, door):
    url = world.url(door)

    response = visitor.post(url, as_shown(visitor.get(url), name="Nyt navn"))

    assert response.status_code == 302


@pytest.mark.parametrize("door", ["associations:edit", "volunteers:edit"])
@pytest.mark.parametrize("opened_as", ["", "forfalsket", "nul\x00tegn"])
def test_form_with_a_forged_memory_saves_nothing(world, visitor, door, opened_as):
    url = world.url(door)

    response = visitor.post(url, as_shown(visitor.get(url), name="Nyt navn", opened_as=opened_as))

    assert response.status_code == 200
    assert response.context["form"].errors


def test_role_that_somebody_ended_meanwhile_is_not_ended_anew(world, visitor):
    url = world.url("volunteers:end_membership")
    opened = visitor.get(url)
    world.rows["rolle"].supersede(by=None, reason="Stoppet", ended_on=D(2011, 11, 30))

    response = visitor.post(url, as_shown(opened, ended_on="2011-12-15"))

    assert [line[1:] for line in told(response)] == [("", "30.11.2011", "2011-12-15")]
    assert Membership.objects.current().get(uuid=world.rows["rolle"].uuid).ended_on == D(2011, 11, 30)


def test_role_is_ended_anew_when_that_is_sent_once_more(world, visitor):
    url = world.url("volunteers:end_membership")
    opened = visitor.get(url)
    world.rows["rolle"].supersede(by=None, reason="Stoppet", ended_on=D(2011, 11, 30))
    shown = visitor.post(url, as_shown(opened, ended_on="2011-12-15"))

    response = visitor.post(url, as_shown(shown))

    assert response.status_code == 302
    assert Membership.objects.current().get(uuid=world.rows["rolle"].uuid).ended_on == D(2011, 12, 15)


def test_fact_that_was_superseded_meanwhile_is_not_retracted_unseen(world, visitor):
    url = world.url("reports:retract rolle")
    opened = visitor.get(url)
    world.rows["rolle"].supersede(by=None, reason="Stoppet", ended_on=D(2011, 11, 30))

    response = visitor.post(url, as_shown(opened, reason="Forkert"))

    assert [line[1:] for line in told(response)] == [("", "30.11.2011", "")]
    assert "Forkert" in response.content.decode()
    assert Membership.objects.current().filter(uuid=world.rows["rolle"].uuid).exists()
