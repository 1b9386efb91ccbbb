"""Findings about meetings, asked of a day that has gone: what happened later was not known to come."""

import datetime as dt

import pytest

from bydelsmoedre.moment import Moment
from programme.models import Meeting, MeetingHeld, Organisation
from reports.findings import found

D = dt.date
pytestmark = pytest.mark.django_db


def test_meeting_that_was_held_later_had_passed_until_it_was(programme):
    body = Organisation.objects.get(programme=programme, kind="steering_group")
    meeting = Meeting.objects.create(programme=programme, body=body, title="Møde", planned_on=D(2011, 5, 1))
    MeetingHeld.record(by=None, meeting=meeting, happened_on=D(2011, 5, 5))

    days = [D(2011, 5, 1), D(2011, 5, 3), D(2011, 5, 4), D(2011, 5, 5)]
    told = [[one.since for one in found(programme, Moment(day), codes=["meeting_passed"])] for day in days]

    assert told == [[], [D(2011, 5, 1)], [D(2011, 5, 1)], []]
