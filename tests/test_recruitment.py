"""Where a person stands, and which step may follow: the one definition, in Python and in SQL, at its boundaries."""

import datetime as dt

import pytest

from bydelsmoedre.moment import ALWAYS, Moment
from tests import factories as make
from tests.people import steps
from volunteers.models import Candidacy, Membership, StageEvent, Volunteer
from volunteers.recruitment import (
    CANDIDATES,
    OutOfOrder,
    Standing,
    begin_candidacy,
    check,
    next_place,
    record_stage,
    standing_at,
    standing_of,
    standings,
)

D = dt.date
pytestmark = pytest.mark.django_db

PATH = ("applied", "interviewed", "accepted", "paused", "resumed", "left")
DAYS = [D(2011, month, 1) for month in range(2, 8)]


@pytest.fixture
def candidacy(programme):
    return make.CandidacyFactory(volunteer=make.VolunteerFactory(programme=programme))


def taken(candidacy, count):
    return steps(candidacy, *zip(PATH[:count], DAYS, strict=False))


def stands(volunteer, on):
    """As both definitions have it; they agree."""
    known = StageEvent.objects.current().filter(candidacy__volunteer=volunteer)
    in_python = standing_of(known, Membership.objects.current().filter(volunteer=volunteer), on)
    in_sql = standings(volunteer.programme_id, Moment(on), persons=[volunteer.pk]).get(volunteer.pk)
    assert in_python == in_sql
    return in_sql


# --- Which step may follow


@pytest.mark.parametrize(
    ("count", "following"),
    [
        (0, {"applied"}),
        (1, {"interviewed", "withdrawn"}),
        (2, {"accepted", "declined", "withdrawn"}),
        (3, {"paused", "left"}),
        (4, {"resumed", "left"}),
        (5, {"paused", "left"}),
        (6, set()),
    ],
    ids=["nothing", "interested", "interviewed", "accepted", "paused", "back", "left"],
)
def test_only_these_steps_may_follow(candidacy, count, following):
    taken(candidacy, count)
    known = StageEvent.objects.current().filter(candidacy=candidacy)

    assert set(next_place(known).allowed) == following
    for stage in StageEvent.Stage:
        if stage in following:
            check(known, stage, DAYS[-1])
        else:
            with pytest.raises(OutOfOrder):
                check(known, stage, DAYS[-1])


def test_a_step_on_the_day_of_the_one_before_is_taken_and_the_day_before_is_refused(candidacy):
    taken(candidacy, 1)

    with pytest.raises(OutOfOrder) as refused:
        record_stage(candidacy, stage="interviewed", on=DAYS[0] - dt.timedelta(1), by=None)
    record_stage(candidacy, stage="interviewed", on=DAYS[0], by=None)

    assert refused.value.field == "happened_on"
    assert [step.stage for step in candidacy.stages.order_by("pk")] == ["applied", "interviewed"]


def test_a_retracted_step_in_the_middle_is_the_one_that_may_be_recorded(candidacy):
    _, interview, _ = taken(candidacy, 3)
    interview.retract(by=None, reason="En anden dag")

    with pytest.raises(OutOfOrder):
        record_stage(candidacy, stage="paused", on=DAYS[3], by=None)
    with pytest.raises(OutOfOrder):
        record_stage(candidacy, stage="interviewed", on=DAYS[2] + dt.timedelta(1), by=None)
    record_stage(candidacy, stage="interviewed", on=DAYS[2], by=None)

    assert set(next_place(StageEvent.objects.current().filter(candidacy=candidacy)).allowed) == {"paused", "left"}


def test_a_second_candidacy_begins_only_when_the_first_is_closed(candidacy):
    volunteer = candidacy.volunteer
    taken(candidacy, 2)

    with pytest.raises(OutOfOrder):
        begin_candidacy(volunteer, on=D(2011, 9, 1), by=None)
    record_stage(candidacy, stage="declined", on=D(2011, 4, 1), by=None)
    with pytest.raises(OutOfOrder):
        begin_candidacy(volunteer, on=D(2011, 3, 31), by=None)
    second = begin_candidacy(volunteer, on=D(2011, 4, 1), by=None)

    assert second != candidacy
    assert stands(volunteer, D(2011, 4, 1)) == Standing.APPLIED


def test_a_candidacy_whose_first_step_was_retracted_begins_anew(candidacy):
    (first,) = taken(candidacy, 1)
    first.retract(by=None, reason="Forkert dag")

    assert begin_candidacy(candidacy.volunteer, on=D(2011, 1, 20), by=None) == candidacy
    assert Candidacy.objects.filter(volunteer=candidacy.volunteer).count() == 1


# --- Where she stands


def test_she_stands_at_a_step_from_its_day_on(candidacy):
    taken(candidacy, 6)
    volunteer = candidacy.volunteer

    assert stands(volunteer, DAYS[0] - dt.timedelta(1)) is None
    told = [(stands(volunteer, day), stands(volunteer, day + dt.timedelta(1))) for day in DAYS]
    expected = ["applied", "interviewed", "accepted", "paused", "accepted", "left"]
    assert told == [(one, one) for one in expected]


def test_a_role_stands_above_the_step_until_its_last_day(candidacy):
    taken(candidacy, 3)
    volunteer = candidacy.volunteer
    association = make.AssociationFactory(programme=volunteer.programme)
    make.membership(volunteer, association, role="mother", since=D(2011, 6, 27), until=D(2011, 11, 30))
    make.membership(volunteer, association, role="coordinator", since=D(2011, 9, 1), until=D(2011, 10, 31))
    make.membership(volunteer, association, role="chair", since=D(2011, 6, 27))

    days = [
        D(2011, 6, 26),
        D(2011, 6, 27),
        D(2011, 9, 1),
        D(2011, 10, 31),
        D(2011, 11, 1),
        D(2011, 11, 30),
        D(2011, 12, 1),
    ]
    assert [stands(volunteer, day) for day in days] == [
        "accepted", "mother", "coordinator", "coordinator", "mother", "mother", "left",
    ]  # fmt: skip


def test_a_pause_stands_above_the_role(candidacy):
    taken(candidacy, 5)
    volunteer = candidacy.volunteer
    make.membership(volunteer, make.AssociationFactory(programme=volunteer.programme), role="mother", since=DAYS[2])

    assert [stands(volunteer, day) for day in DAYS[2:5]] == ["mother", "paused", "mother"]


def test_two_steps_of_one_day_are_taken_in_their_order_whichever_was_recorded_first(candidacy):
    _, held, _ = steps(candidacy, ("applied", DAYS[0]), ("interviewed", DAYS[0]), ("accepted", DAYS[0]))
    held.supersede(by=None, reason="Skrevet om", note="Hos hende")

    assert stands(candidacy.volunteer, DAYS[0]) == "accepted"


def test_who_stands_so_is_found_in_the_programme_as_known_then(candidacy, twin):
    taken(candidacy, 2)
    steps(make.CandidacyFactory(volunteer=make.VolunteerFactory(programme=twin)), ("applied", DAYS[0]))
    programme_id = candidacy.volunteer.programme_id
    before = Moment(DAYS[5], dt.datetime(2011, 1, 1, tzinfo=dt.UTC))

    def found(moment):
        return list(Volunteer.objects.filter(pk__in=standing_at(programme_id, moment, CANDIDATES)))

    assert found(Moment(DAYS[5], ALWAYS)) == [candidacy.volunteer]
    assert found(Moment(DAYS[0] - dt.timedelta(1), ALWAYS)) == []
    assert found(before) == []
