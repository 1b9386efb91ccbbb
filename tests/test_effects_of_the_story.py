"""Computed effect indicators over the story: the same numbers as other pages, and parts that add up."""

import datetime as dt
from itertools import pairwise

import pytest

from associations.models import Association
from bydelsmoedre.moment import Moment
from programme.models.effects import Computed, Grouping
from reports.figures.counts import counts
from reports.figures.courses import attended_hours
from reports.figures.criteria import criteria
from reports.figures.effects import Question, changes, computed, grouped
from training.models import Course

D = dt.date
pytestmark = pytest.mark.django_db

DAYS = [D(2010, 12, 31), D(2011, 6, 30), D(2011, 11, 15), D(2011, 12, 31)]


def test_numbers_are_those_of_the_other_pages(story):
    for day in DAYS:
        moment = Moment(day)
        told = computed(story.pk, moment, [Question(code) for code in Computed])
        counted = counts(story, moment)
        coordinators = next((one.value for one in criteria(story, moment) if one.key == "coordinators"), 0)
        courses = list(Course.objects.filter(curriculum__programme=story))

        assert dict(zip(Computed, (one.number for one in told), strict=True)) == {
            Computed.CONVERSATIONS: counted.conversations,
            Computed.NEW_MOTHERS: counted.new_mothers,
            Computed.COORDINATORS: coordinators,
            Computed.ASSOCIATIONS: counted.associations_running,
            Computed.HOURS: sum(one.hours for one in attended_hours(courses, moment)),
        }


def test_parts_and_curve_add_up_to_the_number(story):
    moment = Moment(D(2011, 11, 15))
    for code in Computed:
        question = Question(code)
        (whole,) = computed(story.pk, moment, [question])
        rose = changes(story.pk, moment, question)

        for grouping in (Grouping.AREA, Grouping.ASSOCIATION):
            assert sum(one.number for one in grouped(story.pk, moment, question, grouping)) == whole.number
        assert sum(change for _day, change in rose) == whole.number
        assert all(before < after for (before, _), (after, _) in pairwise(rose))


def test_filtered_number_is_its_part_of_the_breakdown(story):
    moment = Moment(D(2011, 11, 15))
    places = dict(Association.objects.filter(programme=story).values_list("name", "uuid"))
    for code in Computed:
        parts = {one.key: one.number for one in grouped(story.pk, moment, Question(code), Grouping.ASSOCIATION)}
        asked = [Question(code, association=uuid) for uuid in places.values()]

        told = dict(zip(places, (one.number for one in computed(story.pk, moment, asked)), strict=True))
        assert told == {name: parts.get(name, 0) for name in places}
