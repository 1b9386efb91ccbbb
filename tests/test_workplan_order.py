"""What waits for what in the work plan, and milestones that are moved, found and due."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bydelsmoedre.moment import Moment
from programme.models import (
    Activity,
    Agreement,
    Document,
    Milestone,
    MilestoneNeeds,
    Organisation,
    SuccessCriterion,
)
from programme.workplan import awaited
from reports.agenda import DUE, agenda
from reports.figures.workplan import moves
from reports.findings import found
from tests import factories as make
from tests.figures import at, decide
from tests.meanwhile import wait_for_a_lock
from tests.workplan import DUE_ON, measured, milestone, reach, wait

D = dt.date


# --- What waits for what


def test_milestones_wait_for_each_other_in_no_way_round(programme):
    first, second, third = (milestone(programme) for _ in range(3))
    wait(second, first)
    wait(third, second)

    for one, other in ((first, first), (first, second), (first, third)):
        with pytest.raises(IntegrityError), transaction.atomic():
            wait(one, other)
    assert MilestoneNeeds.objects.count() == 2


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=20))
def test_what_is_awaited_is_whatever_can_be_reached_step_by_step(pairs):
    needs = {}
    for one, other in pairs:
        needs.setdefault(one, set()).add(other)

    for start in range(7):
        found_ = {start}
        for _ in range(7):
            found_ |= {other for one, other in pairs if one in found_}
        assert awaited(start, needs) == found_


@pytest.mark.django_db(transaction=True)
def test_two_who_each_close_half_a_circle_do_not_close_it(elsewhere):
    programme = make.plan("København")
    first, second = milestone(programme), milestone(programme)
    with elsewhere.cursor() as cursor:
        cursor.execute(
            "insert into programme_milestoneneeds (milestone_id, needed_id) values (%s, %s)", [first.pk, second.pk]
        )
    answers = []

    def close():
        try:
            wait(second, first)
        except IntegrityError as error:
            answers.append(str(error))
        finally:
            connections.close_all()

    sender = threading.Thread(target=close)
    sender.start()
    wait_for_a_lock(sender)
    elsewhere.commit()
    sender.join(10)

    assert ["would wait for each other" in one for one in answers] == [True]
    ours = MilestoneNeeds.objects.filter(milestone__in=(first, second))
    assert [(one.milestone_id, one.needed_id) for one in ours] == [(first.pk, second.pk)]


def test_nothing_of_another_programme_belongs_to_a_milestone(programme, twin):
    own, other = milestone(programme), milestone(twin)
    foreign = {
        "criterion": SuccessCriterion.objects.filter(programme=twin).first(),
        "document": Document.objects.filter(programme=twin).first(),
        "agreement": Agreement.objects.filter(programme=twin).first(),
    }

    for measure, row in foreign.items():
        with pytest.raises(IntegrityError, match="another programme"), transaction.atomic():
            measured(programme, measure, **{measure: row})
    with pytest.raises(IntegrityError, match="another programme"), transaction.atomic():
        measured(programme, "meeting", organisation=Organisation.objects.filter(programme=twin).first())
    with pytest.raises(IntegrityError, match="another programme"), transaction.atomic():
        milestone(programme, activity=Activity.objects.create(programme=twin, number=1, title="Andres"))
    with pytest.raises(IntegrityError, match="another programme"), transaction.atomic():
        wait(own, other)


@pytest.mark.parametrize(
    "values",
    [{"measure": "meeting"}, {"measure": "hand", "organisation": True}, {"measure": "document", "organisation": True}],
    ids=["of nothing", "by hand of something", "of something else"],
)
def test_measure_has_what_it_is_measured_of_and_nothing_else(programme, values):
    if "organisation" in values:
        values = values | {"organisation": Organisation.objects.filter(programme=programme).first()}

    with pytest.raises(IntegrityError, match="programme_milestone_measured"), transaction.atomic():
        milestone(programme, **values)


def test_work_does_not_begin_after_it_is_due(programme):
    milestone(programme, DUE_ON, starts_on=DUE_ON)

    with pytest.raises(IntegrityError, match="starts_before"), transaction.atomic():
        milestone(programme, DUE_ON, starts_on=D(2011, 7, 1))


# --- Moved, found, due


def test_every_move_of_the_day_is_told_and_no_other_change(programme):
    one, other = milestone(programme, DUE_ON), milestone(programme, DUE_ON)
    for values in ({"due_on": D(2011, 7, 31)}, {"title": "Ny titel"}, {"due_on": D(2011, 9, 1)}):
        Milestone.objects.filter(pk=one.pk).update(**values)

    moved = moves(programme)
    assert [(move.before, move.after) for move in moved[one.uuid]] == [
        (DUE_ON, D(2011, 7, 31)),
        (D(2011, 7, 31), D(2011, 9, 1)),
    ]
    assert other.uuid not in moved


def overdue(programme, *date):
    return [one.uuid for one in found(programme, at(*date), codes=["milestone_overdue"])]


def test_milestone_is_found_from_the_day_after_until_it_is_reached_whatever_measures_it(programme):
    criterion = SuccessCriterion.objects.get(programme=programme, key="values")
    by_hand, by_criterion = milestone(programme, DUE_ON), measured(programme, "criterion", criterion=criterion)
    reach(by_hand, D(2011, 8, 1))
    decide(programme, "values", D(2011, 9, 1))

    assert overdue(programme, 2011, 6, 30) == []
    assert set(overdue(programme, 2011, 7, 1)) == {by_hand.uuid, by_criterion.uuid}
    assert overdue(programme, 2011, 8, 1) == [by_criterion.uuid]
    assert overdue(programme, 2011, 9, 1) == []


@pytest.mark.parametrize(
    ("on", "is_told"),
    [(D(2011, 6, 15), False), (D(2011, 6, 16), True), (D(2011, 6, 30), True), (D(2011, 7, 1), False)],
    ids=["15 days before", "a fortnight before", "on the day", "the day after"],
)
def test_milestone_is_on_the_agenda_in_the_fortnight_until_it_is_due(programme, on, is_told):
    one = milestone(programme, DUE_ON)
    reach(milestone(programme, DUE_ON), D(2011, 6, 1))

    told_ = [entry.uuid for entry in agenda(programme, Moment(on)) if (entry.part, entry.code) == (DUE, "milestone")]
    assert told_ == ([one.uuid] if is_told else [])
