"""The fictional year compared with itself: between two Moments lie exactly the facts that hold at one of them only."""

import datetime as dt
import itertools
from collections import Counter

import pytest
from django.db.models import Q

from associations.models import FoundingStep
from bydelsmoedre.moment import ALWAYS, Moment
from reports.changed import FACTS
from reports.figures.criteria import criteria
from tests.test_compare import between, known

D = dt.date
pytestmark = pytest.mark.django_db

MOMENTS = [
    (Moment(D(2011, 6, 30), known(2011, 6, 30)), Moment(D(2011, 9, 30), known(2011, 10, 15))),
    (Moment(D(2011, 9, 30), known(2011, 9, 30)), Moment(D(2011, 9, 30), ALWAYS)),
    (Moment(D(2011, 1, 1)), Moment(D(2011, 12, 31))),
    (Moment(D(2011, 11, 15)), Moment(D(2011, 11, 15))),
]


def held(model, moment):
    """The versions that hold at the Moment, by their identity; founding steps that only must exist by what is known."""
    facts = model.objects.known(moment.known_at)
    asked = Q(period__contains=moment.on)
    if model is FoundingStep:
        asked |= Q(kind__in=["notice", "minutes", "constitution"])
    return dict(facts.filter(asked).values_list("uuid", "pk"))


@pytest.mark.parametrize(("first", "second"), MOMENTS, ids=["quarter", "late", "year", "same"])
def test_the_story_differs_by_exactly_the_facts_that_hold_at_one_of_the_two(story, first, second):
    lines = between(story, first, second)

    counted = Counter()
    for line in lines:
        counted[FACTS[line.code]] += line.count
    expected = Counter()
    for model in set(FACTS.values()):
        one, other = held(model, first), held(model, second)
        expected[model] += sum(one.get(uuid) != other.get(uuid) for uuid in {*one, *other})
    assert +counted == +expected
    assert bool(lines) == (first != second)


def test_where_no_fact_lies_between_two_days_the_figures_are_equal_and_else_something_is_named(story):
    days = [D(2011, 1, 1) + dt.timedelta(number) for number in range(0, 365, 3)]
    answers = [(figure_answers(story, day), day) for day in days]

    silent = [
        (before, after)
        for (one, before), (other, after) in itertools.pairwise(answers)
        if one != other and not between(story, Moment(before), Moment(after))
    ]

    assert silent == []


def figure_answers(programme, day):
    return [(one.value, one.is_met, one.target) for one in criteria(programme, Moment(day))]
