"""A deputy for holidays: the secretariat's role on the days that were said, to somebody on the staff, and no longer."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from bydelsmoedre.moment import today
from programme.models import Deputy, Organisation, RoleGrant
from tests import factories as make
from tests.doors import sent

pytestmark = pytest.mark.django_db


def day(more):
    return today() + dt.timedelta(more)


@pytest.fixture
def meeting_form(programme):
    body = Organisation.objects.get(programme=programme, kind="steering_group")
    meeting = make.MeetingFactory(programme=programme, body=body)
    return reverse("programme:meeting_edit", args=[meeting.uuid])


@pytest.mark.parametrize(
    ("start", "end", "answer"), [(1, 7, 403), (0, 0, 200), (-3, 0, 200), (0, 3, 200), (-3, -1, 403)]
)
def test_deputy_may_write_on_the_days_and_on_no_other(
    secretariat, foundation, reader, meeting_form, start, end, answer
):
    make.deputy(secretariat, foundation, start, end)

    assert reader.get(meeting_form).status_code == answer


def test_it_goes_with_the_role_that_it_stands_in_for(secretariat, foundation, reader, meeting_form):
    make.deputy(secretariat, foundation)
    RoleGrant.objects.filter(user=secretariat).delete()

    assert reader.get(meeting_form).status_code == 403


def test_it_ends_when_the_deputy_leaves_the_staff(secretariat, foundation, reader, meeting_form):
    make.deputy(secretariat, foundation)
    during = reader.get(meeting_form).status_code
    RoleGrant.objects.filter(user=foundation).delete()

    assert (during, reader.get(meeting_form).status_code) == (200, 404)


def test_deputy_of_the_secretariat_does_not_follow_into_another_role(programme, secretariat, client_of):
    colleague = make.user_with_role(programme, "secretariat")
    make.deputy(secretariat, colleague)
    RoleGrant.objects.filter(user=secretariat).update(role="foundation")

    assert [one.role for one in RoleGrant.objects.held_by(colleague)] == ["secretariat"]
    assert client_of(colleague).get(reverse("reports:national")).status_code == 403


def test_page_lists_nobody_who_has_left_the_staff(secretariat, secretary, foundation):
    make.deputy(secretariat, foundation)
    RoleGrant.objects.filter(user=foundation).delete()

    assert list(secretary.get(reverse("programme:deputies")).context["deputies"]) == []


def test_another_programme_stays_closed(secretariat, foundation, reader):
    make.deputy(secretariat, foundation)
    twin = make.twin()
    meeting = make.MeetingFactory(programme=twin, body=Organisation.objects.get(programme=twin, kind="steering_group"))

    assert reader.get(reverse("programme:meeting_edit", args=[meeting.uuid])).status_code == 404


def test_secretariat_names_her_deputy_and_ends_it(secretariat, secretary, foundation, reader, meeting_form):
    form = reverse("programme:deputy_new")
    sent(secretary, form, deputy=foundation.pk, from_on=day(0).isoformat(), until_on=day(7).isoformat())
    during = reader.get(meeting_form).status_code
    row = Deputy.objects.get()
    sent(secretary, reverse("programme:deputy_end", args=[row.uuid]))

    assert (row.grant.user, row.deputy, during) == (secretariat, foundation, 200)
    assert reader.get(meeting_form).status_code == 403


def test_deputy_names_no_deputy_of_her_own(secretariat, foundation, reader):
    make.deputy(secretariat, foundation)

    assert reader.get(reverse("programme:deputy_new")).status_code == 403


def test_only_the_staff_can_be_chosen(programme, secretariat, secretary, foundation, caseworker):
    colleague = make.user_with_role(programme, "secretariat")
    make.user_with_role(programme, "foundation", is_active=False)
    make.user_with_role(make.twin(), "foundation")
    choices = secretary.get(reverse("programme:deputy_new")).context["form"].fields["deputy"].queryset

    assert set(choices) == {foundation, colleague}


@pytest.mark.parametrize(
    ("start", "end", "field", "word"),
    [(2, 1, "until_on", "før"), (-3, -1, "until_on", "gået"), (0, 93, "until_on", "Højst tre måneder")],
)
def test_days_that_cannot_be_meant_are_refused(secretariat, secretary, foundation, start, end, field, word):
    typed = {"deputy": foundation.pk, "from_on": day(start).isoformat(), "until_on": day(end).isoformat()}
    page = sent(secretary, reverse("programme:deputy_new"), **typed)

    assert word in page.context["form"].errors[field][0]
    assert not Deputy.objects.exists()


@pytest.mark.parametrize("who", ["caseworker", "secretariat", "stranger"])
def test_database_takes_nobody_from_outside_the_staff(programme, secretariat, caseworker, who):
    whom = {"caseworker": caseworker, "secretariat": secretariat, "stranger": make.UserFactory()}[who]

    with pytest.raises(IntegrityError), transaction.atomic():
        make.deputy(secretariat, whom)


def test_database_lets_nobody_stand_in_for_the_foundation(foundation, secretariat):
    grant = RoleGrant.objects.get(user=foundation)

    with pytest.raises(IntegrityError), transaction.atomic():
        Deputy.objects.create(grant=grant, deputy=secretariat, from_on=day(0), until_on=day(1))


def test_both_are_told_so_on_the_page_of_today(secretariat, secretary, foundation, reader):
    make.deputy(secretariat, foundation)
    told = {"on": today().isoformat()}

    assert "er stedfortræder for dig" in secretary.get(reverse("reports:today"), told).content.decode()
    assert "Du er stedfortræder for" in reader.get(reverse("reports:today"), told).content.decode()


def test_page_lists_who_stands_in_now_and_later(secretariat, secretary, foundation):
    rows = [make.deputy(secretariat, foundation, *days) for days in ((-9, -1), (0, 1), (20, 30))]

    assert list(secretary.get(reverse("programme:deputies")).context["deputies"]) == rows[1:]
