"""I dag: what stands on the agenda, on which days, and for whom."""

import datetime as dt
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse

from associations.models import Prospect, StepPlan
from budget.models import Budget, FundingFact, Instalment
from bydelsmoedre.moment import Moment
from programme.models import ActionPoint, Meeting, Organisation
from reports.agenda import DUE, WAITING, WEEK, agenda
from reports.findings import found
from tests import factories as make
from tests.doors import says
from tests.money import ask_for, grant
from tests.people import steps
from tests.training import attend, planned_course, publish, take_part
from volunteers.models import Candidacy, StageEvent

D = dt.date
pytestmark = pytest.mark.django_db

#: Tuesday; its week is 14 to 20 November.
TUESDAY = D(2011, 11, 15)


def entries(programme, part, on=TUESDAY, **more):
    return [(one.code, one.day) for one in agenda(programme, Moment(on), **more) if one.part == part]


def meet(programme, on):
    body = Organisation.objects.get(programme=programme, kind="steering_group")
    return Meeting.objects.create(programme=programme, body=body, title="Møde", planned_on=on)


def test_week_begins_on_monday_and_ends_on_sunday(programme):
    for day in (D(2011, 11, 13), D(2011, 11, 14), D(2011, 11, 20), D(2011, 11, 21)):
        meet(programme, day)

    assert entries(programme, WEEK) == [("meeting", D(2011, 11, 14)), ("meeting", D(2011, 11, 20))]


def test_action_is_due_for_a_fortnight_before_its_day(programme):
    meeting = meet(programme, D(2011, 10, 5))
    ActionPoint.objects.create(meeting=meeting, text="Skriv", office="Fonden", due_on=D(2011, 11, 29))

    days = [D(2011, 11, 14), D(2011, 11, 15), D(2011, 11, 29), D(2011, 11, 30)]
    assert [len(entries(programme, DUE, on)) for on in days] == [0, 1, 1, 0]


def test_prospect_s_next_step_is_due(programme):
    area = make.HousingAreaFactory(programme=programme)
    Prospect.objects.create(programme=programme, housing_area=area, next_step="Ring", next_step_on=D(2011, 11, 24))

    assert entries(programme, DUE) == [("prospect", D(2011, 11, 24))]


def test_planned_step_of_the_week_is_not_told_twice(programme):
    association = make.AssociationFactory(programme=programme)
    StepPlan.objects.create(association=association, kind="meeting", planned_on=D(2011, 11, 17))

    assert entries(programme, WEEK) == [("step", D(2011, 11, 17))]
    assert entries(programme, DUE) == []


@pytest.mark.parametrize(("part", "planned"), [(WEEK, D(2011, 11, 17)), (DUE, D(2011, 11, 28))])
def test_planned_step_is_told_until_it_is_taken(programme, part, planned):
    association = make.AssociationFactory(programme=programme)
    StepPlan.objects.create(association=association, kind="meeting", planned_on=planned)
    make.step(association, "board", D(2011, 11, 14))
    make.step(make.AssociationFactory(programme=programme), "meeting", D(2011, 11, 14))
    make.step(association, "meeting", D(2011, 11, 16))

    assert [len(entries(programme, part, on)) for on in (TUESDAY, D(2011, 11, 16))] == [1, 0]


def test_instalment_is_due_until_what_is_paid_covers_it(programme):
    budget = Budget.objects.get(programme=programme)
    granted = grant(programme, "foundation", 570_000)
    for due_on in (D(2011, 11, 20), D(2011, 11, 21), D(2011, 11, 25)):
        Instalment.objects.create(budget=budget, funder=granted.funder, due_on=due_on, amount=1000)
    for day, amount in ((D(2011, 11, 15), 1000), (D(2011, 11, 16), 1999), (D(2011, 11, 17), 1)):
        FundingFact.record(
            by=None, budget=budget, funder=granted.funder, stage="paid", amount=Decimal(amount), happened_on=day
        )

    told = [[day.day for _, day in entries(programme, DUE, D(2011, 11, day))] for day in (14, 15, 16, 17)]
    assert told == [[20, 21, 25], [21, 25], [25], []]


def test_candidate_waits_until_she_is_answered(programme):
    candidacy = Candidacy.objects.create(volunteer=make.VolunteerFactory(programme=programme))
    for stage, day in (("applied", D(2011, 11, 1)), ("interviewed", D(2011, 11, 8)), ("accepted", D(2011, 11, 16))):
        StageEvent.record(by=None, candidacy=candidacy, stage=stage, happened_on=day)

    told = [entries(programme, WAITING, on) for on in (D(2011, 10, 31), D(2011, 11, 7), TUESDAY, D(2011, 11, 16))]
    assert told == [[], [("candidate", D(2011, 11, 1))], [("candidate", D(2011, 11, 8))], []]


def test_candidate_who_is_accepted_waits_no_more_though_the_interview_is_recorded_last(programme):
    candidacy = make.CandidacyFactory(volunteer=make.VolunteerFactory(programme=programme))
    _, interview, _ = steps(candidacy, *((one, D(2011, 11, 8)) for one in ("applied", "interviewed", "accepted")))
    interview.supersede(by=None, reason="Nyt notat", note="Talte i en time")

    assert entries(programme, WAITING) == []


def test_candidate_who_has_become_a_mother_waits_no_more(programme):
    candidacy = make.CandidacyFactory(volunteer=make.VolunteerFactory(programme=programme))
    steps(candidacy, ("applied", D(2011, 11, 8)))
    make.membership(
        candidacy.volunteer, make.AssociationFactory(programme=programme), role="mother", since=D(2011, 11, 14)
    )

    told = [entries(programme, WAITING, on) for on in (D(2011, 11, 13), D(2011, 11, 14))]
    assert told == [[("candidate", D(2011, 11, 8))], []]


def test_reallocation_that_nobody_can_answer_waits_for_nobody(programme):
    budget = Budget.objects.get(programme=programme)
    ask_for(budget, on=D(2011, 11, 10))
    grant(programme, "foundation", 570_000, on=D(2011, 11, 11))
    ask_for(budget, on=D(2011, 11, 12))

    assert entries(programme, WAITING) == [("reallocation", D(2011, 11, 12))]


def test_who_waits_is_told_once_on_every_day(programme):
    steps(
        make.CandidacyFactory(volunteer=make.VolunteerFactory(programme=programme)),
        ("applied", D(2011, 10, 31)),
        ("interviewed", D(2011, 11, 18)),
    )
    grant(programme, "foundation", 570_000)
    ask_for(Budget.objects.get(programme=programme), on=D(2011, 11, 1))

    def told(on):
        waiting = {one.uuid for one in agenda(programme, Moment(on)) if one.part == WAITING}
        listed = {one.uuid for one in found(programme, Moment(on), codes=["candidate_waits", "reallocation_waits"])}
        return len(waiting), len(listed), len(waiting | listed)

    assert [told(D(2011, 11, day)) for day in (14, 15, 16, 18)] == [(2, 0, 2), (1, 1, 2), (0, 2, 2), (1, 1, 2)]


def test_certificate_to_be_issued_is_a_finding_and_is_not_told_twice(programme):
    curriculum = programme.curricula.get(kind="basic")
    publish(curriculum, count=1, required=1)
    course = planned_course(curriculum, count=1)
    attend(take_part(course, make.VolunteerFactory(programme=programme)), 1)

    assert [one.kind.code for one in found(programme, Moment(TUESDAY), codes=["certificate_proposed"])] == [
        "certificate_proposed"
    ]
    assert entries(programme, WAITING) == []


def test_local_coordinator_meets_her_own_association_s_steps_only(programme, client_of):
    mine, other = (make.AssociationFactory(programme=programme) for _ in range(2))
    for association in (mine, other):
        StepPlan.objects.create(association=association, kind="meeting", planned_on=D(2011, 11, 17))
    meet(programme, D(2011, 11, 16))

    page = client_of(make.local_coordinator(mine)).get(reverse("reports:today"), {"on": "2011-11-15"})

    assert [(day, [line.what for line in lines]) for day, lines in page.context["week"]] == [
        (D(2011, 11, 17), [mine.name])
    ]


def test_page_without_anything_says_so(client_of):
    page = client_of(make.UserFactory()).get(reverse("reports:today"))

    assert (page.status_code, page.context["week"], page.context["findings"]) == (200, [], [])
    html = unescape(page.content.decode())
    for words in (
        "Nothing is planned this week. Meetings and sessions stand here when they are planned.",
        "Nothing falls due within a fortnight.",
        "Nobody waits for an answer.",
        "Nothing needs attention on this day.",
    ):
        assert says(words) in html
