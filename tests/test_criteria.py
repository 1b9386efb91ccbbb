"""The five criteria, at the boundaries of each rule (domain.md; reports/figures/criteria.py)."""

import datetime as dt
import json
import random
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from associations.models import Association
from bydelsmoedre.moment import Moment, end_of_day
from programme.models import (
    CriterionVersion,
)
from reports.figures.criteria import criteria
from reports.figures.shapes import Standing
from tests import factories as make
from tests.figures import at, decide, figure, lacks, listed, sign
from tests.roles import clock

D = dt.date


# --- 1: associations founded


@pytest.fixture
def three_founded(programme):
    """Founded on three days; the third on 10 November."""
    return [make.founded_association(programme, day) for day in (D(2011, 5, 26), D(2011, 9, 15), D(2011, 11, 10))]


@pytest.mark.parametrize(
    ("day", "value", "is_met", "since"),
    [
        pytest.param(D(2011, 11, 9), 2, False, None, id="the-day-before"),
        pytest.param(D(2011, 11, 10), 3, True, D(2011, 11, 10), id="on-the-day"),
        pytest.param(D(2011, 12, 31), 3, True, D(2011, 11, 10), id="at-the-deadline"),
    ],
)
def test_criterion_1_is_met_from_the_third_founding(programme, three_founded, day, value, is_met, since):
    found = figure(programme, 1, Moment(day))

    assert (found.value, found.is_met, found.met_since) == (value, is_met, since)


@pytest.mark.parametrize(
    ("third", "day", "standing"),
    [
        pytest.param(None, D(2011, 12, 31), Standing.NOT_YET, id="not-yet-on-the-last-day"),
        pytest.param(None, D(2012, 1, 1), Standing.MISSED, id="missed-the-day-after"),
        pytest.param(D(2011, 12, 31), D(2011, 12, 30), Standing.NOT_YET, id="not-yet-the-day-before"),
        pytest.param(D(2011, 12, 31), D(2011, 12, 31), Standing.MET, id="met-on-the-last-day"),
        pytest.param(D(2011, 12, 31), D(2012, 6, 1), Standing.MET, id="met-in-time-seen-later"),
        pytest.param(D(2012, 1, 12), D(2012, 1, 11), Standing.MISSED, id="missed-until-it-is-met"),
        pytest.param(D(2012, 1, 12), D(2012, 1, 12), Standing.MET_LATE, id="met-late"),
    ],
)
def test_criterion_1_stands_as_its_deadline_says(programme, third, day, standing):
    for on in filter(None, [D(2011, 5, 26), D(2011, 9, 15), third]):
        make.founded_association(programme, on)

    assert figure(programme, 1, Moment(day)).standing == standing


def test_criterion_2_met_at_the_deadline_and_lost_later_stays_met(programme):
    association = make.founded_association(programme)
    for _ in range(15):
        volunteer = make.VolunteerFactory(programme=programme)
        make.membership(volunteer, association, until=D(2011, 12, 31))
        make.certificate(volunteer)

    later = figure(programme, 2, at(2012, 1, 1))

    assert (later.value, later.is_met, later.standing) == (0, False, Standing.MET)
    assert figure(programme, 2, at(2011, 12, 31)).standing == Standing.MET


def test_criterion_1_orders_near_misses_by_what_is_least(programme):
    make.step(make.AssociationFactory(programme=programme), "notice", D(2011, 4, 1))
    almost = make.found(make.AssociationFactory(programme=programme), D(2011, 5, 26), but={"minutes"})

    near = listed(programme, 1, at(2011, 12, 31), counting=False)

    assert near[0].uuid == almost.uuid
    assert [row.lacks for row in near] == [("minutes",), make.FOUNDING_KINDS[1:]]


def test_association_without_any_step_is_not_close(programme):
    make.AssociationFactory(programme=programme)

    assert lacks(programme, 1, at(2011, 12, 31)) == []


def test_criterion_1_tells_how_many_are_in_operation(programme, three_founded):
    for kind in make.RUNNING_KINDS:
        make.step(three_founded[0], kind, D(2011, 9, 22))

    assert figure(programme, 1, at(2011, 12, 31)).running == 1


# --- 2: coordinators trained


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(D(2011, 6, 26), [("certificate",)], id="the-day-before-it-begins"),
        pytest.param(D(2011, 6, 27), [], id="its-first-day"),
        pytest.param(D(2011, 9, 30), [], id="its-last-day"),
        pytest.param(D(2011, 10, 1), [("certificate",)], id="the-day-after-it-ends"),
    ],
)
def test_coordinator_counts_from_the_first_to_the_last_day_of_her_certificate(programme, day, expected):
    association = make.founded_association(programme)
    volunteer = make.VolunteerFactory(programme=programme)
    make.membership(volunteer, association)
    make.certificate(volunteer, since=D(2011, 6, 27), until=D(2011, 9, 30))

    found = figure(programme, 2, Moment(day))

    assert (found.value, lacks(programme, 2, Moment(day))) == (1 - len(expected), expected)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(D(2011, 11, 30), [], id="its-last-day"),
        pytest.param(D(2011, 12, 1), [("coordinator_role",)], id="ended-yesterday"),
    ],
)
def test_coordinator_counts_until_the_last_day_of_her_role(programme, day, expected):
    volunteer = make.VolunteerFactory(programme=programme)
    make.membership(volunteer, make.founded_association(programme), until=D(2011, 11, 30))
    make.certificate(volunteer)

    assert lacks(programme, 2, Moment(day)) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(D(2011, 9, 14), [("founded_association",)], id="founded-tomorrow"),
        pytest.param(D(2011, 9, 15), [], id="founded-today"),
    ],
)
def test_coordinator_counts_from_the_founding_of_her_association(programme, day, expected):
    association = make.founded_association(programme, D(2011, 9, 15))
    volunteer = make.counting_coordinator(association)

    assert lacks(programme, 2, Moment(day)) == expected
    assert [(row.uuid, row.since) for row in listed(programme, 2, at(2011, 9, 15), counting=True)] == [
        (volunteer.uuid, D(2011, 9, 15))
    ]


def test_coordinator_in_two_associations_counts_once_where_it_is_founded(programme):
    volunteer = make.counting_coordinator(make.AssociationFactory(programme=programme))
    founded = make.founded_association(programme)
    make.membership(volunteer, founded)

    (row,) = listed(programme, 2, at(2011, 12, 31), counting=True)

    assert (row.uuid, row.association) == (volunteer.uuid, founded.uuid)
    assert figure(programme, 2, at(2011, 12, 31)).value == 1
    assert lacks(programme, 2, at(2011, 12, 31)) == []


def test_coordinator_who_is_a_mother_too_counts_once(programme):
    association = make.founded_association(programme)
    make.membership(make.counting_coordinator(association), association, role="mother")

    assert figure(programme, 2, at(2011, 12, 31)).value == 1


def test_certificate_without_a_role_is_a_near_miss(programme):
    volunteer = make.VolunteerFactory(programme=programme)
    make.certificate(volunteer)

    near = listed(programme, 2, at(2011, 12, 31), counting=False)

    assert [(row.uuid, row.lacks, row.association) for row in near] == [(volunteer.uuid, ("coordinator_role",), None)]


def test_diploma_of_the_basic_training_is_not_a_coordinators_certificate(programme):
    volunteer = make.VolunteerFactory(programme=programme)
    make.membership(volunteer, make.founded_association(programme))
    make.certificate(volunteer, programme.curricula.get(kind="basic"))

    assert lacks(programme, 2, at(2011, 12, 31)) == [("certificate",)]


def test_coordinator_of_a_forming_association_without_certificate_lacks_both(programme):
    make.membership(make.VolunteerFactory(programme=programme), make.AssociationFactory(programme=programme))

    assert lacks(programme, 2, at(2011, 12, 31)) == [("certificate", "founded_association")]


@pytest.mark.parametrize(
    ("day", "value", "since"),
    [
        pytest.param(D(2011, 7, 31), 1, D(2011, 6, 27), id="first-stint"),
        pytest.param(D(2011, 8, 15), 0, None, id="between"),
        pytest.param(D(2011, 9, 1), 1, D(2011, 9, 1), id="second-stint"),
    ],
)
def test_coordinator_counts_anew_from_her_second_stint(programme, day, value, since):
    association = make.founded_association(programme)
    volunteer = make.VolunteerFactory(programme=programme)
    make.certificate(volunteer)
    make.membership(volunteer, association, until=D(2011, 7, 31))
    make.membership(volunteer, association, since=D(2011, 9, 1))

    found = listed(programme, 2, Moment(day), counting=True)

    assert figure(programme, 2, Moment(day)).value == value
    assert [row.since for row in found] == [since] * value


def test_coordinator_is_counted_as_it_was_known(programme):
    with clock(dt.datetime(2011, 6, 1, tzinfo=dt.UTC)):
        association = make.founded_association(programme)
        volunteer = make.counting_coordinator(association)
    with clock(dt.datetime(2011, 10, 1, tzinfo=dt.UTC)):
        volunteer.certificates.get().retract(by=None, reason="Modul 7 manglede.")

    before = Moment(D(2011, 9, 30), end_of_day(D(2011, 9, 30)))

    assert figure(programme, 2, before).value == 1
    assert figure(programme, 2, at(2011, 9, 30)).value == 0


def test_coordinator_of_another_programme_is_not_counted(programme, twin):
    assert figure(programme, 2, at(2011, 12, 31)).value == 0
    assert figure(twin, 2, at(2011, 12, 31)).value == 3


# --- Versions of a rule


def test_target_changed_from_july_applies_from_that_day_only(programme):
    for day in (D(2011, 5, 26), D(2011, 6, 15)):
        make.founded_association(programme, day)
    first = CriterionVersion.objects.get(criterion__programme=programme, criterion__number=1)
    first.supersede(by=None, reason="Ny version fra 1. juli.", ended_on=D(2011, 6, 30))
    CriterionVersion.record(
        by=None, criterion=first.criterion, wording=first.wording, rule=first.rule, rule_text=first.rule_text,
        target=2, deadline=first.deadline, started_on=D(2011, 7, 1),
    )  # fmt: skip

    june, july = figure(programme, 1, at(2011, 6, 30)), figure(programme, 1, at(2011, 7, 1))

    assert (june.target, june.value, june.is_met) == (3, 2, False)
    assert (july.target, july.value, july.is_met, july.met_since) == (2, 2, True, D(2011, 6, 15))
    assert june.rule_version != july.rule_version


def test_day_before_any_rule_has_no_criteria(programme):
    assert criteria(programme, at(2010, 12, 31)) == []


# --- One definition: every way of asking gives the same answer


def scatter(programme, seed):
    """Associations, persons and decisions at random days, some of them retracted."""
    chance = random.Random(seed)

    def day():
        return D(2011, 1, 1) + dt.timedelta(chance.randrange(420))

    for _ in range(6):
        association = make.AssociationFactory(programme=programme)
        for kind in (*make.FOUNDING_KINDS, *make.RUNNING_KINDS):
            if chance.random() < 0.95:
                more = {"board_members": chance.randint(4, 9)} if kind == "board" else {}
                taken = make.step(association, kind, day(), **more)
                if chance.random() < 0.03:
                    taken.retract(by=None, reason="Fejl")
    associations = list(Association.objects.filter(programme=programme))
    for _ in range(20):
        volunteer = make.VolunteerFactory(programme=programme)
        if chance.random() < 0.8:
            make.certificate(volunteer, since=day())
        for association in chance.sample(associations, chance.randint(0, 3)):
            since = day()
            until = since + dt.timedelta(chance.randrange(200)) if chance.random() < 0.5 else None
            make.membership(volunteer, association, since=since, until=until)
    for number, kind in enumerate(("training_concept", "values", "anchoring_model")):
        outcome = chance.choice(["adopted", "rejected"])
        decide(
            programme,
            kind,
            day(),
            outcome=outcome,
            by=chance.choice(["steering_group", "municipality"]),
            label=f"{number}.0",
        )
    for kind in chance.sample(["foundation", "municipality"], chance.randint(0, 2)):
        sign(programme, kind, day())


def told(programme, moment):
    out = StringIO()
    call_command("status", programme=programme.name, on=moment.on.isoformat(), format="json", stdout=out)
    return json.loads(out.getvalue())["criteria"]


@pytest.mark.parametrize("seed", range(4))
def test_figure_rows_page_dashboard_and_status_agree(programme, client_of, secretariat, seed):
    scatter(programme, seed)
    client = client_of(secretariat)

    for moment in (at(2011, 6, 30), at(2011, 12, 31), at(2012, 2, 1)):
        found = criteria(programme, moment)
        query = {"on": moment.on.isoformat()}
        statement = told(programme, moment)
        shown = client.get("/", query).context["criteria"]
        assert [replace(one, near=()) for one in shown] == found
        for one, line in zip(found, statement, strict=True):
            counting = listed(programme, one.number, moment, counting=True)
            near = listed(programme, one.number, moment, counting=False)
            page = client.get(reverse("reports:criterion", args=[one.uuid]), query).context
            if one.is_number:
                assert one.value == len(counting)
            assert one.near_count == len(near)
            assert one.is_met == (len(counting) >= (one.target or 1))
            assert page["figure"] == one
            assert [line.row for line in page["counting"]] == counting
            assert [line.row for line in page["near"]] == near
            assert list(shown[one.number - 1].near) == near[:3]
            assert (line["key"], line["value"], line["target"], line["met"]) == (
                one.key,
                one.value,
                one.target,
                one.is_met,
            )
            assert [row["uuid"] for row in line["qualifying"]] == [str(row.uuid) for row in counting]
            assert [tuple(row["lacks"]) for row in line["near_misses"]] == [row.lacks for row in near]


def test_scattered_data_has_rows_of_every_kind(programme):
    """What the test above compares is not empty."""
    scatter(programme, 0)

    found = criteria(programme, at(2011, 12, 31))

    assert all(one.value for one in found[:2])
    assert all(one.near_count for one in found[:2])
