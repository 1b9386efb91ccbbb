"""Supervision: planned, on one screen who was there, and who has been without it for too long; and materials."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction
from django.urls import reverse

from bydelsmoedre.moment import Moment
from programme.models import Evidence
from reports.calendars import entries
from reports.findings import found
from tests import factories as make
from tests.doors import html_of
from tests.training import publish
from training.models import Material, Supervised, Supervision
from volunteers.models import Membership, SamePerson

D, DAY = dt.date, dt.timedelta(1)
pytestmark = pytest.mark.django_db
HELD = D(2011, 9, 14)


@pytest.fixture
def place(programme):
    return make.founded_association(programme)


@pytest.fixture
def anna(place):
    person = make.VolunteerFactory(programme=place.programme, name="Anna")
    make.membership(person, place, since=D(2011, 6, 1))
    return person


@pytest.fixture
def meeting(programme):
    return Supervision.objects.create(programme=programme, planned_on=HELD, place="Fonden", themes="Grænser")


def page(meeting):
    return reverse("training:supervision", args=[meeting.uuid])


def without(programme, on):
    return [one.uuid for one in found(programme, Moment(on), codes=["unsupervised"])]


def supervised(person, meeting):
    return Supervised.record(by=None, volunteer=person, supervision=meeting, happened_on=meeting.planned_on)


def test_coordinators_of_the_day_are_ticked_on_one_screen(secretary, meeting, anna, place):
    later = make.VolunteerFactory(programme=place.programme, name="Senere")
    make.membership(later, place, since=HELD + DAY)
    mother = make.VolunteerFactory(programme=place.programme, name="Mor")
    make.membership(mother, place, role="mother", since=D(2011, 6, 1))

    assert [name for _uuid, name in secretary.get(page(meeting)).context["form"].fields["ticked"].choices] == ["Anna"]
    secretary.post(page(meeting), {"alle": "1"})

    (kept,) = Supervised.objects.current()
    assert (kept.volunteer, kept.happened_on) == (anna, HELD)


def test_sent_twice_it_is_recorded_once(secretary, meeting, anna):
    for _ in range(2):
        assert secretary.post(page(meeting), {"ticked": [str(anna.uuid)]}).status_code == 302

    assert Supervised.objects.count() == 1


def test_who_is_no_coordinator_cannot_be_ticked(secretary, meeting, anna, programme):
    stranger = make.VolunteerFactory(programme=programme)

    answer = secretary.post(page(meeting), {"ticked": [str(stranger.uuid)]})

    assert "ticked" in answer.context["form"].errors
    assert not Supervised.objects.exists()


def test_nothing_is_recorded_of_a_meeting_to_come_or_cancelled(secretary, programme, anna):
    for values in ({"planned_on": D(2099, 1, 1)}, {"planned_on": HELD, "is_cancelled": True}):
        meeting = Supervision.objects.create(programme=programme, **values)
        secretary.post(page(meeting), {"alle": "1"})

    assert not Supervised.objects.exists()


def test_day_is_not_moved_once_somebody_is_recorded(secretary, meeting, anna):
    supervised(anna, meeting)

    form = secretary.get(reverse("training:edit_supervision", args=[meeting.uuid])).context["form"]

    assert [name for name, field in form.fields.items() if field.disabled] == ["planned_on", "is_cancelled"]


def test_nothing_is_written_about_who_was_there(meeting, anna):
    with pytest.raises(Error), transaction.atomic():
        Supervised.record(by=None, volunteer=anna, supervision=meeting, happened_on=HELD, note="Græd")


@pytest.mark.parametrize("role", ["caseworker", "local"])
def test_who_may_not_know_sees_how_many_came_and_no_name(client, programme, meeting, anna, place, role):
    supervised(anna, meeting)
    user = make.local_coordinator(place) if role == "local" else make.user_with_role(programme, role)
    client.force_login(user)

    shown = html_of(client.get(page(meeting)))

    assert "Grænser" in shown
    assert "Anna" not in shown


@pytest.mark.parametrize(
    ("role", "count", "told"),
    [("caseworker", 4, "Færre end 5"), ("caseworker", 5, "5"), ("caseworker", 0, "0"), ("secretariat", 4, "4")],
)
def test_who_may_not_know_of_persons_is_told_of_no_few(client, programme, meeting, role, count, told):
    for _ in range(count):
        supervised(make.VolunteerFactory(programme=programme), meeting)
    client.force_login(make.user_with_role(programme, role))

    one = html_of(client.get(page(meeting)))
    (line,) = client.get(reverse("training:supervisions")).context["lines"]

    assert f"<dd>{told}</dd>" in one
    assert str(line[1]) == told


def test_person_who_was_recorded_twice_came_once(secretary, meeting, anna):
    merge = make.same_person(anna, name="Dublet")
    supervised(merge.duplicate, meeting)

    secretary.post(page(meeting), {"alle": "1"})

    assert secretary.get(page(meeting)).context["came"] == 1
    assert [came for _one, came in secretary.get(reverse("training:supervisions")).context["lines"]] == [1]
    assert Supervised.objects.current().count() == 1


def test_person_who_was_merged_after_she_was_recorded_twice_came_once(secretary, meeting, anna):
    supervised(anna, meeting)
    other = make.VolunteerFactory(programme=anna.programme)
    supervised(other, meeting)
    SamePerson.record(by=None, duplicate=other, kept=anna, happened_on=HELD)

    assert secretary.get(page(meeting)).context["came"] == 1
    assert [came for _one, came in secretary.get(reverse("training:supervisions")).context["lines"]] == [1]


def test_it_stands_in_the_coordinators_calendar(meeting, place):
    user = make.local_coordinator(place)

    (entry,) = entries(user, HELD, HELD)

    assert (entry.title, entry.place) == ("Supervision: Grænser", "Fonden")


# --- Without it for too long


def test_coordinator_is_told_of_three_months_after_she_became_one(programme, anna):
    assert [without(programme, day) for day in (D(2011, 8, 31), D(2011, 9, 1))] == [[], [anna.uuid]]


def test_supervision_begins_the_months_anew(programme, anna, meeting):
    supervised(anna, meeting)

    assert [without(programme, day) for day in (D(2011, 12, 13), D(2011, 12, 14))] == [[], [anna.uuid]]


def test_supervision_to_come_does_not_count_yet(programme, anna, meeting):
    supervised(anna, meeting)

    assert without(programme, HELD - DAY) == [anna.uuid]


def test_supervision_under_her_other_record_counts(programme, anna, meeting):
    merge = make.same_person(anna, name="Dublet")
    supervised(merge.duplicate, meeting)

    assert without(programme, HELD) == []


def test_who_is_no_coordinator_any_more_is_not_told_of(programme, anna):
    role = Membership.objects.current().get(volunteer=anna)
    role.supersede(by=None, reason="Stoppet", ended_on=D(2011, 8, 1))

    assert without(programme, D(2011, 12, 1)) == []


# --- Materials


@pytest.fixture
def basic(programme):
    found = programme.curricula.get(kind="basic")
    publish(found)
    return found


def added(client, basic, **typed):
    url = reverse("training:add_material", args=[basic.uuid])
    return client.post(url, {"module": "1", "title": "Samtalekort", "language": "da", "link": ""} | typed)


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def test_file_is_fetched_as_an_attachment(secretary, basic):
    added(secretary, basic, upload=SimpleUploadedFile("kort.pdf", PDF))
    material = Material.objects.get()

    answer = secretary.get(reverse("training:material_file", args=[material.uuid]))

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="kort.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"link": "javascript:alert(1)"},
        {"link": "ftp://example.org"},
        {"link": "https://example.org/010170-1234"},
        {"upload": SimpleUploadedFile("kort.pdf", b"MZ\x90\x00")},
        {"upload": SimpleUploadedFile("kort.pdf", PDF), "link": "https://example.org"},
        {"link": "https://example.org", "module": "9"},
        {"link": "https://example.org", "title": ""},
    ],
    ids=["neither", "script", "scheme", "cpr", "program", "both", "module", "title"],
)
def test_material_that_cannot_be_is_refused_and_nothing_is_stored(secretary, basic, typed):
    answer = added(secretary, basic, **typed)

    assert answer.context["form"].errors
    assert (Material.objects.count(), Evidence.objects.count()) == (0, 0)


@pytest.mark.parametrize(("role", "is_linked"), [("caseworker", False), ("foundation", True)])
def test_link_is_for_who_teaches_as_a_file_is(client, programme, basic, secretary, role, is_linked):
    added(secretary, basic, link="https://example.org/delt?key=hemmelig")
    client.force_login(make.user_with_role(programme, role))

    shown = html_of(client.get(reverse("training:materials", args=[basic.uuid])))

    assert "Samtalekort" in shown
    assert ("hemmelig" in shown) == is_linked


def test_withdrawn_material_is_no_longer_offered(secretary, basic):
    added(secretary, basic, link="https://example.org/kort")
    material = Material.objects.get()

    secretary.post(reverse("training:withdraw_material", args=[material.uuid]))

    assert "Samtalekort" not in html_of(secretary.get(reverse("training:materials", args=[basic.uuid])))
    assert Material.objects.get().withdrawn_on is not None


def test_new_version_has_its_own_materials(secretary, basic):
    added(secretary, basic, link="https://example.org/kort")
    old = basic.versions.get()
    old.supersede(by=None, reason="Ny", ended_on=D(2011, 12, 31))
    new = publish(basic, since=D(2012, 1, 1), label="2012")
    url = reverse("training:materials", args=[basic.uuid])

    pages = [html_of(secretary.get(url, {"version": version.uuid})) for version in (old, new)]

    assert ["Samtalekort" in page for page in pages] == [True, False]
