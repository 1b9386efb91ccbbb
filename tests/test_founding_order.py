"""Founding steps may be recorded in any order; dated they hang together. And what proves the two that need a file."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from associations.models import Association, FoundingStep
from tests import factories as make
from tests.doors import a_paper, says

pytestmark = pytest.mark.django_db

D = dt.date
MEETING = D(2011, 5, 26)
DAY = dt.timedelta(1)

#: (recorded before, on, then recorded, on a day so many days from it, refused there and not a day nearer)
APART = [
    ("meeting", "notice", 1),
    ("notice", "meeting", -1),
    ("meeting", "minutes", -1),
    ("minutes", "meeting", 1),
    ("board", "constitution", -1),
    ("constitution", "board", 1),
    ("meeting", "board", -1),
    ("meeting", "board", 1),
    ("board", "meeting", -1),
    ("board", "meeting", 1),
]


@pytest.fixture
def association(programme):
    return make.AssociationFactory(programme=programme, opened_on=D(2011, 3, 1))


def send(client, association, kind, day, **more):
    data = {"happened_on": day.isoformat()} | ({"board_members": "5"} if kind == "board" else {})
    data |= {"evidence_file": a_paper()} if kind in ("minutes", "agreement") else {}
    return client.post(reverse("associations:step", args=[association.uuid, kind]), data | more)


@pytest.mark.parametrize(("first", "then", "apart"), APART)
def test_step_out_of_order_is_refused_beside_its_date(association, secretary, first, then, apart):
    make.step(association, first, MEETING)

    response = send(secretary, association, then, MEETING + apart * DAY)

    assert list(response.context["form"].errors) == ["happened_on"]
    assert not FoundingStep.objects.filter(kind=then).exists()


@pytest.mark.parametrize(("first", "then"), sorted({(first, then) for first, then, _ in APART}))
def test_steps_on_the_same_day_are_in_order(association, secretary, first, then):
    make.step(association, first, MEETING)

    assert send(secretary, association, then, MEETING).status_code == 302
    assert FoundingStep.objects.get(kind=then).happened_on == MEETING


@pytest.mark.parametrize(
    ("first", "then", "apart"),
    [("meeting", "notice", -14), ("meeting", "minutes", 10), ("board", "constitution", 7), ("meeting", "statutes", 30)],
)
def test_steps_in_their_order_are_taken(association, secretary, first, then, apart):
    make.step(association, first, MEETING)

    assert send(secretary, association, then, MEETING + apart * DAY).status_code == 302


def test_later_general_meeting_elects_a_new_board(association, secretary):
    make.step(association, "meeting", MEETING)
    make.step(association, "board", MEETING)

    assert send(secretary, association, "board", D(2011, 12, 8)).status_code == 302


@pytest.mark.parametrize(("day", "status"), [(D(2011, 2, 28), 200), (D(2011, 3, 1), 302), (D(2011, 3, 2), 302)])
def test_no_step_is_taken_before_work_began(association, secretary, day, status):
    assert send(secretary, association, "notice", day).status_code == status


@pytest.mark.parametrize(("day", "status"), [(D(2011, 5, 25), 302), (D(2011, 5, 26), 302), (D(2011, 5, 27), 200)])
def test_work_began_no_later_than_the_first_step(association, secretary, day, status):
    make.step(association, "meeting", MEETING)
    url = reverse("associations:edit", args=[association.uuid])
    opened = {field.html_name: field.value() or "" for field in secretary.get(url).context["form"]}

    response = secretary.post(url, opened | {"opened_on": day.isoformat()})

    assert response.status_code == status


@pytest.mark.parametrize("kind", ["minutes", "agreement"])
def test_minutes_and_agreement_need_a_file(association, secretary, kind):
    response = send(secretary, association, kind, MEETING, evidence_file="", evidence_text="Sag 2011-123")

    assert response.context["form"].errors["evidence_file"] == [
        says("Choose the file. A photo taken with the phone will do.")
    ]
    assert b"Sag 2011-123" in response.content


def test_empty_file_is_told_of_once(association, secretary):
    response = send(secretary, association, "minutes", MEETING, evidence_file=SimpleUploadedFile("tom.pdf", b""))

    assert len(response.context["form"].errors["evidence_file"]) == 1


def test_two_associations_of_one_name_are_refused(association, secretary):
    data = {"name": association.name, "housing_area": association.housing_area_id}

    response = secretary.post(reverse("associations:create"), data)

    assert list(response.context["form"].errors) == ["name"]
    assert Association.objects.filter(name=association.name).count() == 1
