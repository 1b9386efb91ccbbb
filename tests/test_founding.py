"""When is an association founded? domain.md, step by step and at the boundaries."""

import datetime as dt

import pytest

from associations.founding import Standing, founding_of, foundings
from bydelsmoedre.moment import Moment, end_of_day
from tests.factories import (
    FOUNDING_KINDS,
    RUNNING_KINDS,
    AssociationFactory,
    found,
    founded_association,
    step,
)
from tests.roles import clock

D = dt.date


def at(*date):
    return Moment(D(*date))


def test_founding_counts_from_the_latest_of_statutes_meeting_and_board(programme):
    association = AssociationFactory(programme=programme)
    for kind, on in zip(
        FOUNDING_KINDS,
        [D(2011, 4, 1), D(2011, 5, 3), D(2011, 5, 2), D(2011, 5, 9), D(2011, 6, 1), D(2011, 6, 2)],
        strict=True,
    ):
        step(association, kind, on)

    assert founding_of(association, at(2011, 5, 8)).founded_on is None
    assert founding_of(association, at(2011, 5, 9)).founded_on == D(2011, 5, 9)


@pytest.mark.parametrize("kind", FOUNDING_KINDS)
def test_founding_lacks_the_step_that_is_missing(programme, kind):
    association = found(AssociationFactory(programme=programme), D(2011, 5, 26), but={kind})

    status = founding_of(association, at(2011, 12, 31))

    assert (status.founded_on, status.lacks) == (None, (kind,))


def test_founding_with_minutes_signed_after_the_deadline_counts_once_they_are_known(programme):
    association = AssociationFactory(programme=programme)
    with clock(dt.datetime(2011, 12, 30, 20, tzinfo=dt.UTC)):
        found(association, D(2011, 12, 30), but={"minutes"})
    with clock(dt.datetime(2012, 1, 5, 20, tzinfo=dt.UTC)):
        step(association, "minutes", D(2012, 1, 5))

    before = founding_of(association, Moment(D(2011, 12, 31), end_of_day(D(2012, 1, 4))))
    after = founding_of(association, Moment(D(2011, 12, 31), end_of_day(D(2012, 1, 5))))

    assert (before.founded_on, before.lacks) == (None, ("minutes",))
    assert after.founded_on == D(2011, 12, 30)


def test_founding_with_a_board_of_four_is_short_until_the_fifth_is_elected(programme):
    association = found(AssociationFactory(programme=programme), D(2011, 11, 10), but={"board"})
    step(association, "board", D(2011, 11, 10), board_members=4)
    step(association, "board", D(2011, 12, 8), board_members=5)

    assert founding_of(association, at(2011, 12, 7)).lacks == ("board_size",)
    assert founding_of(association, at(2011, 12, 8)).founded_on == D(2011, 12, 8)


def test_founding_needs_no_constitution_where_the_meeting_elects_the_chair(programme):
    association = found(AssociationFactory(programme=programme), D(2011, 5, 26), but={"constitution", "statutes"})
    step(association, "statutes", D(2011, 5, 26), meeting_elects_chair=True)

    status = founding_of(association, at(2011, 5, 26))

    assert (status.standing, status.waived) == (Standing.FOUNDED, ("constitution",))


def test_running_counts_from_the_last_dated_step(programme):
    association = founded_association(programme, D(2011, 5, 26))
    for kind, on in zip(RUNNING_KINDS, [D(2011, 6, 1), D(2011, 9, 22), D(2011, 9, 1)], strict=True):
        step(association, kind, on)

    assert founding_of(association, at(2011, 9, 21)).standing == Standing.FOUNDED
    assert founding_of(association, at(2011, 9, 22)).running_on == D(2011, 9, 22)


def test_founding_is_taken_back_by_a_retraction_and_still_known_as_it_was(programme):
    association = AssociationFactory(programme=programme)
    with clock(dt.datetime(2011, 6, 1, 20, tzinfo=dt.UTC)):
        found(association, D(2011, 5, 26), but={"board"})
        board = step(association, "board", D(2011, 5, 26))
    with clock(dt.datetime(2011, 7, 1, 20, tzinfo=dt.UTC)):
        board.retract(by=None, reason="Der blev kun valgt fire.")

    assert founding_of(association, at(2011, 12, 31)).founded_on is None
    assert founding_of(association, Moment(D(2011, 12, 31), end_of_day(D(2011, 6, 30)))).founded_on == D(2011, 5, 26)


def test_founding_asks_many_days_and_associations_in_one_query(programme, django_assert_num_queries):
    for _ in range(3):
        founded_association(programme, D(2011, 5, 26))

    with django_assert_num_queries(1):
        found_on_days = foundings(programme.pk, at(2011, 5, 25), D(2011, 5, 26))

    assert [one.founded_on is not None for one in found_on_days] == [False] * 3 + [True] * 3
