"""A candidacy's steps are taken in their order, by whatever way they are written: here plain SQL as the web role."""

import datetime as dt

import pytest
from django.contrib import admin
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from tests import factories as make
from tests.people import steps
from volunteers.models import Candidacy, StageEvent
from volunteers.recruitment import CLOSING, FOLLOWING, next_place

pytestmark = pytest.mark.django_db

D, DAY = dt.date, dt.timedelta(1)
FIRST = D(2011, 2, 1)


@pytest.fixture
def candidacy(programme):
    return make.CandidacyFactory(volunteer=make.VolunteerFactory(programme=programme))


def write(candidacy, stage, on):
    """A step in plain SQL; whether the database took it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "insert into volunteers_stageevent (uuid, is_date_unknown, note, retraction_reason, candidacy_id, "
                "stage, happened_on) values (gen_random_uuid(), false, '', '', %s, %s, %s)",
                [candidacy.pk, stage, on],
            )
    except IntegrityError:
        return False
    return True


#: The shortest way to each step.
WAYS = {
    None: (),
    "applied": ("applied",),
    "interviewed": ("applied", "interviewed"),
    "accepted": ("applied", "interviewed", "accepted"),
    "declined": ("applied", "interviewed", "declined"),
    "withdrawn": ("applied", "withdrawn"),
    "paused": ("applied", "interviewed", "accepted", "paused"),
    "resumed": ("applied", "interviewed", "accepted", "paused", "resumed"),
    "left": ("applied", "interviewed", "accepted", "left"),
}


@pytest.mark.parametrize("last", WAYS, ids=str)
def test_the_database_takes_after_each_step_what_the_rule_lets_follow_and_nothing_else(candidacy, last):
    steps(candidacy, *((stage, FIRST) for stage in WAYS[last]))

    taken = []
    for stage in StageEvent.Stage.values:
        point = transaction.savepoint()
        if write(candidacy, stage, FIRST + DAY):
            taken.append(stage)
        transaction.savepoint_rollback(point)

    assert set(taken) == set(FOLLOWING[last])


@pytest.mark.parametrize(("on", "is_taken"), [(FIRST - DAY, False), (FIRST, True), (FIRST + DAY, True)])
def test_a_step_is_not_dated_before_the_one_that_it_follows(candidacy, on, is_taken):
    steps(candidacy, ("applied", FIRST))

    assert write(candidacy, "interviewed", on) is is_taken


@pytest.mark.parametrize(("on", "is_taken"), [(FIRST, True), (FIRST + DAY, True), (FIRST + 2 * DAY, False)])
def test_a_retracted_step_is_recorded_again_no_later_than_the_one_after_it(candidacy, on, is_taken):
    _, held, _ = steps(candidacy, ("applied", FIRST), ("interviewed", FIRST), ("accepted", FIRST + DAY))
    held.retract(by=None, reason="Forkert dag")

    assert not write(candidacy, "left", FIRST + 2 * DAY)
    assert write(candidacy, "interviewed", on) is is_taken


def test_the_second_pause_can_be_recorded_again(candidacy):
    taken = steps(
        candidacy,
        *((stage, FIRST + number * DAY) for number, stage in enumerate([*WAYS["resumed"], "paused", "resumed"])),
    )
    taken[-2].retract(by=None, reason="Forkert dag")

    place = next_place(StageEvent.objects.current().filter(candidacy=candidacy))

    assert place.allowed == ("paused",)
    assert write(candidacy, "paused", FIRST + 5 * DAY)


@pytest.mark.parametrize("last", ["accepted", *CLOSING])
def test_a_second_candidacy_begins_only_when_the_first_is_closed(candidacy, last):
    steps(candidacy, *((stage, FIRST) for stage in WAYS[last]))
    again = Candidacy.objects.create(volunteer=candidacy.volunteer)

    assert write(again, "applied", FIRST + DAY) is (last in CLOSING)


def test_a_step_is_corrected_in_its_place(candidacy):
    _, held, _ = steps(candidacy, ("applied", FIRST), ("interviewed", FIRST + DAY), ("accepted", FIRST + 2 * DAY))

    held.supersede(by=None, reason="Forkert dag", happened_on=FIRST)

    dates = StageEvent.objects.current().filter(candidacy=candidacy).values_list("happened_on", flat=True)
    assert sorted(dates) == [FIRST, FIRST, FIRST + 2 * DAY]


def test_no_step_is_written_in_the_administration(foundation, reader, candidacy):
    model_admin = admin.site._registry[StageEvent]
    request = type("Request", (), {"user": foundation})()

    assert not model_admin.has_add_permission(request)
    assert reader.get(reverse("admin:volunteers_stageevent_add")).status_code == 403
