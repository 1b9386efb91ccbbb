"""I dag: what stands on the agenda, on which days, and for whom."""

import datetime as dt

import pytest
from django.urls import reverse

from associations.models import Prospect, StepPlan
from bydelsmoedre.moment import Moment
from programme.models import ActionPoint, Meeting, Organisation
from reports.agenda import DUE, WAITING, WEEK, agenda
from tests import factories as make
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


def test_candidate_waits_until_she_is_answered(programme):
    candidacy = Candidacy.objects.create(volunteer=make.VolunteerFactory(programme=programme))
    for stage, day in (("applied", D(2011, 11, 1)), ("interviewed", D(2011, 11, 8)), ("accepted", D(2011, 11, 16))):
        StageEvent.record(by=None, candidacy=candidacy, stage=stage, happened_on=day)

    told = [entries(programme, WAITING, on) for on in (D(2011, 10, 31), D(2011, 11, 7), TUESDAY, D(2011, 11, 16))]
    assert told == [[], [("candidate", D(2011, 11, 1))], [("candidate", D(2011, 11, 8))], []]


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
