"""A person's page asks the findings of her alone, narrowed in SQL: the same as hers among all."""

import datetime as dt

import pytest

from bydelsmoedre.moment import Moment
from reports.findings import found
from tests import factories as make
from tests.people import steps
from volunteers.merging import merge
from volunteers.models import Volunteer

D = dt.date
pytestmark = pytest.mark.django_db


def told(findings):
    return sorted((one.kind.code, one.uuid, one.since, one.number) for one in findings)


def test_what_is_recorded_under_another_record_is_hers(programme):
    kept = make.VolunteerFactory(programme=programme)
    twice = make.VolunteerFactory(programme=programme)
    steps(make.CandidacyFactory(volunteer=twice), ("applied", D(2011, 2, 1)))
    merge(twice, kept, by=None)

    hers = found(programme, Moment(D(2011, 12, 31)), about=kept.uuid)

    assert [one.kind.code for one in hers] == ["candidate_waits"]


@pytest.mark.parametrize("on", [D(2011, 6, 30), D(2011, 12, 31)])
def test_hers_alone_are_hers_among_all(story, on):
    everything = found(story, Moment(on), most=10_000)
    persons = Volunteer.objects.filter(programme=story)

    for person in persons:
        hers = [one for one in everything if one.uuid == person.uuid]
        assert told(found(story, Moment(on), about=person.uuid)) == told(hers)
    assert {one.uuid for one in everything} & {person.uuid for person in persons}
