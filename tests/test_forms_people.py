"""What the forms of persons and conversations refuse: beside the field, what was typed kept, nothing half saved."""

import pytest

from tests.doors import CPR, TOMORROW, assert_refused, saved, says, send

pytestmark = pytest.mark.django_db

IMPOSSIBLE = "Write a date that exists, such as 31.12.2011."
FUTURE = "The date is in the future. Record it when it has happened."
NUMBER = "It looks like a CPR number. We may not store that."

DATED = {
    "volunteers:candidacy": "happened_on",
    "volunteers:stage left": "happened_on",
    "volunteers:assessment": "happened_on",
    "volunteers:answer": "happened_on",
    "volunteers:language": "happened_on",
    "volunteers:converse": "happened_on",
}


def refused(world, visitor, door, field, message, typed):
    before = saved()
    response = send(world, visitor, door, **{field: typed})
    assert_refused(response, field, message, typed, before)


@pytest.mark.parametrize(("door", "field"), [*DATED.items(), ("volunteers:declaration", "started_on")])
def test_a_day_that_does_not_exist_is_refused_and_kept(world, visitor, door, field):
    refused(world, visitor, door, field, says(IMPOSSIBLE), "31.02.2011")


@pytest.mark.parametrize(("door", "field"), DATED.items())
def test_what_has_not_happened_is_refused_and_kept(world, visitor, door, field):
    refused(world, visitor, door, field, says(FUTURE), TOMORROW)


@pytest.mark.parametrize(
    ("door", "field"),
    [
        ("volunteers:stage left", "note"),
        ("volunteers:assessment", "network_note"),
        ("volunteers:declaration", "evidence_text"),
    ],
)
def test_a_cpr_number_is_refused(world, visitor, door, field):
    refused(world, visitor, door, field, says(NUMBER), f"Se {CPR}")


@pytest.mark.parametrize(
    ("door", "typed", "field"),
    [
        ("volunteers:transition", {"project": "natteravnene"}, "project"),
        ("volunteers:answer", {"answer": ""}, "answer"),
        ("volunteers:answer", {"happened_on": "2011-02-08"}, "happened_on"),
        ("volunteers:language", {"language": "ar"}, "language"),
        ("volunteers:language", {"language": "xx"}, "language"),
        ("volunteers:declaration", {"kinds": []}, "kinds"),
        ("volunteers:declaration", {"kinds": ["confidentiality"]}, "kinds"),
        ("volunteers:withdraw_photos", {"ended_on": "2011-02-28"}, "ended_on"),
        ("volunteers:stage left", {"happened_on": "2011-02-20"}, "happened_on"),
        ("volunteers:converse", {"contact": ""}, "contact"),
        ("volunteers:converse", {"topics": []}, "topics"),
        ("volunteers:converse", {"topics": ["religion"]}, "topics"),
        ("volunteers:converse", {"minutes": "601"}, "minutes"),
        ("volunteers:converse", {"women": "-1"}, "women"),
        ("volunteers:converse", {"language": "xx"}, "language"),
    ],
    ids=lambda part: part if isinstance(part, str) else "-".join(part),
)
def test_what_does_not_fit_is_said_beside_its_field(world, visitor, door, typed, field):
    before = saved()

    response = send(world, visitor, door, **typed)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert saved() == before


def test_a_step_that_cannot_follow_is_refused_in_words(world, visitor):
    url = world.url("volunteers:stage left").replace("/left/", "/interviewed/")
    before = saved()

    response = visitor.post(url, {"happened_on": "2011-10-05", "note": ""})

    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    assert saved() == before


def test_a_step_that_is_none_is_404(world, visitor):
    url = world.url("volunteers:stage left").replace("/left/", "/findes-ikke/")

    assert (visitor.get(url).status_code, visitor.post(url).status_code) == (404, 404)


def test_a_second_candidacy_beside_an_open_one_is_refused(world, visitor):
    url = world.url("volunteers:language").replace("/sprog/", "/ansoegning/")
    before = saved()

    response = visitor.post(url, {"happened_on": "2011-10-05"})

    assert response.context["form"].non_field_errors() == [
        says("She has a candidacy that is not closed. Record its next step.")
    ]
    assert saved() == before


def test_an_assessment_of_nothing_is_refused(world, visitor):
    before = saved()

    response = send(world, visitor, "volunteers:assessment", languages_level="", network_level="", network_note="")

    assert response.context["form"].non_field_errors()
    assert saved() == before
