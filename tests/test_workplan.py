"""The work plan: when a milestone is reached, by fact or by figure, and what PostgreSQL keeps."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from associations.models import Closing
from budget.models import FundingFact
from bydelsmoedre.moment import COPENHAGEN, Moment
from programme.models import (
    Agreement,
    AgreementParty,
    AgreementTerm,
    Document,
    Meeting,
    MeetingHeld,
    Milestone,
    MilestoneReached,
    Organisation,
    SuccessCriterion,
)
from reports.figures.criteria import criteria
from reports.figures.workplan import State, met_on, state_of
from tests import factories as make
from tests.figures import at, decide, sign
from tests.meanwhile import wait_for_a_lock
from tests.money import grant
from tests.roles import clock
from tests.workplan import DUE_ON, measured, milestone, of, reach, told
from training.models import Certificate, Curriculum

D = dt.date


# --- By hand


def test_milestone_is_overdue_from_the_day_after_and_reached_on_its_own_day(programme):
    one = milestone(programme, DUE_ON)

    before = [told(programme, one, 2011, 6, 30), told(programme, one, 2011, 7, 1), told(programme, one, 2011, 7, 10)]
    reach(one, D(2011, 7, 10))

    assert before == [(State.UNDER_WAY, None, 0), (State.OVERDUE, None, 1), (State.OVERDUE, None, 10)]
    assert told(programme, one, 2011, 7, 9) == (State.OVERDUE, None, 9)
    assert told(programme, one, 2011, 7, 10) == (State.REACHED_LATE, D(2011, 7, 10), 10)
    assert told(programme, one, 2012, 1, 1) == (State.REACHED_LATE, D(2011, 7, 10), 10)


def test_milestone_reached_on_the_day_on_which_it_is_due_is_in_time(programme):
    one = milestone(programme, DUE_ON)
    reach(one, DUE_ON)

    assert told(programme, one, 2011, 7, 1) == (State.REACHED, DUE_ON, 0)


def test_milestone_is_reached_as_it_was_known(programme):
    one = milestone(programme, DUE_ON)
    with clock(dt.datetime(2011, 7, 5, 20, tzinfo=COPENHAGEN)):
        fact = reach(one, D(2011, 6, 1))
    with clock(dt.datetime(2011, 7, 7, 20, tzinfo=COPENHAGEN)):
        fact.retract(by=None, reason="Fejl")

    days = [dt.datetime(2011, 7, day, 23, tzinfo=COPENHAGEN) for day in (4, 5, 6, 7)]
    states = [of(programme, one, Moment(D(2011, 7, 10), known_at)).state for known_at in days]
    assert states == [State.OVERDUE, State.REACHED, State.REACHED, State.OVERDUE]


def test_milestone_begins_on_its_day_and_waits_for_what_is_not_reached(programme):
    first = milestone(programme, D(2011, 3, 1), starts_on=D(2011, 2, 1))
    second = milestone(programme, D(2011, 6, 1), first)
    reach(first, D(2011, 2, 20))

    days = [(1, 31), (2, 1), (2, 20)]
    states = [tuple(told(programme, one, 2011, *day)[0] for one in (first, second)) for day in days]
    assert states == [
        (State.TO_COME, State.WAITING),
        (State.UNDER_WAY, State.WAITING),
        (State.REACHED, State.UNDER_WAY),
    ]
    assert of(programme, second, at(2011, 2, 19)).waits_for == (first.uuid,)
    assert (of(programme, second, at(2011, 2, 20)).needs, of(programme, second, at(2011, 2, 20)).waits_for) == (
        (first.uuid,),
        (),
    )


DAYS = st.integers(0, 400).map(lambda days: D(2011, 1, 1) + dt.timedelta(days))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DAYS, DAYS, DAYS, st.none() | DAYS, st.booleans())
def test_milestone_stands_in_one_way_on_every_day(on, start, due, reached, is_waiting):
    start = min(start, due)
    state = state_of(on, start, due, reached, is_waiting=is_waiting)

    assert (state in (State.REACHED, State.REACHED_LATE)) == (reached is not None)
    assert (state == State.REACHED_LATE) == (reached is not None and reached > due)
    assert (state == State.OVERDUE) == (reached is None and on > due)
    assert state != State.WAITING or (is_waiting and on <= due)
    assert state != State.TO_COME or (on < start and not is_waiting)


# --- By a figure


def test_milestone_of_a_criterion_is_reached_when_the_criterion_is_met(programme):
    criterion = SuccessCriterion.objects.get(programme=programme, key="training_concept")
    one = measured(programme, "criterion", criterion=criterion)
    decide(programme, "training_concept", D(2011, 10, 5))

    assert told(programme, one, 2011, 10, 4) == (State.OVERDUE, None, 96)
    assert told(programme, one, 2011, 10, 5) == (State.REACHED_LATE, D(2011, 10, 5), 97)


def test_milestone_of_a_criterion_that_is_a_number_tells_how_far_it_is(programme):
    criterion = SuccessCriterion.objects.get(programme=programme, key="associations")
    one = measured(programme, "criterion", criterion=criterion)
    for day in (1, 2):
        make.found(make.AssociationFactory(programme=programme), on=D(2011, 6, day))

    assert of(programme, one, at(2011, 6, 2)).count == (2, 3)
    assert told(programme, one, 2011, 6, 2)[0] == State.UNDER_WAY
    make.found(make.AssociationFactory(programme=programme), on=D(2011, 6, 20))
    assert told(programme, one, 2011, 6, 20) == (State.REACHED, D(2011, 6, 20), 0)


def test_criterion_that_was_met_at_the_deadline_stays_met_since_its_own_day(programme):
    """An association closes after the deadline: the criterion stays met, and so does the milestone."""
    criterion = SuccessCriterion.objects.get(programme=programme, key="associations")
    one = measured(programme, "criterion", criterion=criterion)
    founded = [make.AssociationFactory(programme=programme) for _ in range(3)]
    for number, association in enumerate(founded, 1):
        make.found(association, on=D(2011, 6, number))
    Closing.record(by=None, association=founded[0], money="Ingen", happened_on=D(2012, 2, 1))

    (figure,) = (one for one in criteria(programme, at(2012, 3, 1)) if one.key == "associations")
    assert (figure.is_met, figure.met_since, met_on(figure)) == (False, None, D(2011, 6, 3))
    assert told(programme, one, 2012, 3, 1) == (State.REACHED, D(2011, 6, 3), 0)


def test_milestone_of_a_document_is_reached_when_the_body_that_must_adopts_it(programme):
    one = measured(programme, "document", document=Document.objects.get(programme=programme, kind="values"))
    decide(programme, "values", D(2011, 5, 1), outcome="hearing")
    decide(programme, "values", D(2011, 5, 2), by="foundation", label="1.1")
    decide(programme, "values", D(2011, 5, 3), label="1.2")

    assert told(programme, one, 2011, 5, 2)[0] == State.UNDER_WAY
    assert told(programme, one, 2011, 5, 3) == (State.REACHED, D(2011, 5, 3), 0)


def test_milestone_of_an_agreement_is_reached_with_the_last_signature(programme):
    one = measured(programme, "agreement", agreement=Agreement.objects.get(programme=programme))
    sign(programme, "foundation", D(2011, 1, 24))
    sign(programme, "municipality", D(2011, 2, 7))

    assert told(programme, one, 2011, 2, 6)[0] == State.UNDER_WAY
    assert told(programme, one, 2011, 2, 7) == (State.REACHED, D(2011, 2, 7), 0)


@pytest.mark.parametrize("renewed_on", [None, D(2011, 7, 1)])
def test_milestone_of_an_agreement_stays_reached_when_the_agreement_runs_out_or_is_renewed(programme, renewed_on):
    agreement = Agreement.objects.get(programme=programme)
    one = measured(programme, "agreement", agreement=agreement)
    AgreementTerm.record(by=None, agreement=agreement, started_on=D(2011, 1, 1), ended_on=DUE_ON)
    sign(programme, "foundation", D(2011, 1, 24))
    sign(programme, "municipality", D(2011, 2, 7))
    if renewed_on:
        AgreementTerm.record(by=None, agreement=agreement, started_on=renewed_on)

    assert told(programme, one, 2011, 2, 6)[0] == State.UNDER_WAY
    for day in (D(2011, 2, 7), DUE_ON, D(2011, 7, 1)):
        assert told(programme, one, day.year, day.month, day.day) == (State.REACHED, D(2011, 2, 7), 0)


def test_milestone_of_an_agreement_stays_reached_when_another_party_comes_to_it(programme):
    agreement = Agreement.objects.get(programme=programme)
    one = measured(programme, "agreement", agreement=agreement)
    sign(programme, "foundation", D(2011, 1, 24))
    sign(programme, "municipality", D(2011, 2, 7))
    late = make.OrganisationFactory(programme=programme)
    AgreementParty.record(by=None, agreement=agreement, organisation=late, started_on=D(2011, 9, 1))

    assert told(programme, one, 2011, 9, 1) == (State.REACHED, D(2011, 2, 7), 0)


def test_criterion_of_an_agreement_that_has_run_out_was_met_on_its_own_day(programme):
    criterion = SuccessCriterion.objects.get(programme=programme, key="partnership")
    agreement = Agreement.objects.get(programme=programme)
    one = measured(programme, "criterion", criterion=criterion)
    AgreementTerm.record(by=None, agreement=agreement, started_on=D(2011, 1, 1), ended_on=D(2011, 12, 31))
    AgreementTerm.record(by=None, agreement=agreement, started_on=D(2012, 2, 1))
    decide(programme, "anchoring_model", D(2011, 1, 10))
    sign(programme, "foundation", D(2011, 1, 24))
    sign(programme, "municipality", D(2011, 2, 7))

    for day in (D(2011, 12, 31), D(2012, 1, 1), D(2012, 2, 1)):
        assert told(programme, one, day.year, day.month, day.day) == (State.REACHED, D(2011, 2, 7), 0)


def test_milestone_of_a_body_is_reached_with_its_first_meeting(programme):
    body = Organisation.objects.get(programme=programme, kind="steering_group")
    one = measured(programme, "meeting", organisation=body)
    for day in (D(2011, 6, 8), D(2011, 3, 16)):
        meeting = Meeting.objects.create(programme=programme, body=body, title="Møde", planned_on=day)
        MeetingHeld.record(by=None, meeting=meeting, happened_on=day)

    assert told(programme, one, 2011, 3, 15)[0] == State.UNDER_WAY
    assert told(programme, one, 2011, 6, 8) == (State.REACHED, D(2011, 3, 16), 0)


def test_milestones_of_a_funder_are_reached_with_application_and_grant(programme):
    foundation = Organisation.objects.get(programme=programme, kind="foundation")
    applied = measured(programme, "application", organisation=foundation)
    granted = measured(programme, "grant", organisation=foundation)
    grant(programme, "municipality", 800_000, D(2011, 1, 31))
    applied_for = {"funder": foundation, "stage": "proposed", "amount": 570_000, "happened_on": D(2011, 4, 29)}
    FundingFact.record(by=None, budget=programme.budgets.get(), **applied_for)
    grant(programme, "foundation", 570_000, D(2011, 5, 24))

    days = [(4, 28), (4, 29), (5, 23), (5, 24)]
    reached = [(told(programme, applied, 2011, *day)[1], told(programme, granted, 2011, *day)[1]) for day in days]
    first, second = D(2011, 4, 29), D(2011, 5, 24)
    assert reached == [(None, None), (first, None), (first, None), (first, second)]


def test_milestone_of_new_mothers_is_reached_with_the_first_diploma_of_a_course_and_not_of_merit(programme):
    one = measured(programme, "mothers")
    curriculum = Curriculum.objects.get(programme=programme, kind="basic")
    for basis, day in (("merit", D(2011, 2, 1)), ("course", D(2011, 6, 27))):
        whose = make.VolunteerFactory(programme=programme)
        Certificate.record(by=None, volunteer=whose, curriculum=curriculum, basis=basis, started_on=day)

    assert told(programme, one, 2011, 6, 26)[0] == State.UNDER_WAY
    assert told(programme, one, 2011, 6, 27) == (State.REACHED, D(2011, 6, 27), 0)
    (first,) = Certificate.objects.filter(basis="course")
    first.supersede(by=None, reason="Inddraget", ended_on=D(2011, 7, 31))
    assert told(programme, one, 2011, 8, 1) == (State.REACHED, D(2011, 6, 27), 0)


def test_what_is_measured_is_not_marked_by_hand(programme):
    one = measured(programme, "mothers")

    with pytest.raises(IntegrityError, match="What measures the milestone"), transaction.atomic():
        reach(one, D(2011, 5, 1))


def test_what_is_marked_by_hand_is_measured_by_nothing_until_that_is_retracted(programme):
    one = milestone(programme, DUE_ON)
    fact = reach(one, D(2011, 5, 1))

    with pytest.raises(IntegrityError, match="Retract that first"), transaction.atomic():
        Milestone.objects.filter(pk=one.pk).update(measure="mothers")
    fact.retract(by=None, reason="Fejl")
    assert Milestone.objects.filter(pk=one.pk).update(measure="mothers") == 1


@pytest.mark.django_db(transaction=True)
def test_measure_that_somebody_chooses_meanwhile_is_seen_by_who_marks_by_hand(elsewhere):
    programme = make.plan("København")
    one = milestone(programme, DUE_ON)
    with elsewhere.cursor() as cursor:
        cursor.execute("update programme_milestone set measure = 'mothers' where id = %s", [one.pk])
    answers = []

    def mark():
        try:
            reach(one, D(2011, 5, 1))
        except IntegrityError as error:
            answers.append(str(error))
        finally:
            connections.close_all()

    sender = threading.Thread(target=mark)
    sender.start()
    wait_for_a_lock(sender)
    elsewhere.commit()
    sender.join(10)

    assert ["What measures the milestone" in one for one in answers] == [True]
    assert MilestoneReached.objects.count() == 0
