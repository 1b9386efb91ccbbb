"""What the municipality is told of conversations: no number under five, and none from which one could be reckoned."""

import datetime as dt

import pytest
from django.urls import reverse

from bydelsmoedre.moment import Moment
from reports.figures.conversations import conversation_totals, protected
from tests import factories as make
from tests.doors import says

D = dt.date


def with_totals(*rows):
    cells = [[*row, sum(row)] for row in rows]
    return [*cells, [sum(column) for column in zip(*cells, strict=True)]]


def test_nothing_is_withheld_where_nothing_is_small():
    assert protected(with_totals([5, 0], [6, 9])) == set()


def test_the_smallest_other_number_of_row_and_column_is_withheld_with_a_small_one():
    cells = with_totals([3, 8, 20], [12, 30, 15], [9, 7, 6])

    hidden = protected(cells)

    # (0, 0) is under five; (0, 1) and (2, 0) are the smallest beside it; (2, 1) completes them.
    assert hidden == {(0, 0), (0, 1), (2, 0), (2, 1)}


def test_the_total_is_withheld_where_a_row_has_no_other_number():
    assert protected([[3, 0, 3], [10, 12, 22]], columns_add_up=False) == {(0, 0), (0, 2)}


@pytest.mark.parametrize("numbers", [[1, 1], [4, 4]], ids=["both one", "both four"])
def test_two_small_numbers_that_their_total_tells_are_not_left_alone(numbers):
    assert protected([[*numbers, 9, sum(numbers) + 9]], columns_add_up=False) == {(0, 0), (0, 1), (0, 2)}


def test_two_small_numbers_that_their_total_does_not_tell_are_enough():
    assert protected([[2, 3, 9, 14]], columns_add_up=False) == {(0, 0), (0, 1)}


@pytest.mark.django_db
def test_only_quarters_that_have_ended_are_told(programme):
    place = make.AssociationFactory(programme=programme)
    for number in range(6):
        make.conversation(place, D(2011, 6, 25) + dt.timedelta(number), topics=["school", "health"])
    make.conversation(place, D(2011, 7, 1))

    day_before, last_day = (conversation_totals(programme, Moment(day)) for day in (D(2011, 6, 29), D(2011, 6, 30)))

    assert day_before[0].rows == []
    by_association, by_topic = last_day
    assert by_association.cells == [[0, 6, 6], [0, 6, 6]]
    assert (by_topic.rows, by_topic.cells) == (["health", "school"], [[0, 6, 6], [0, 6, 6]])


@pytest.mark.django_db
def test_the_municipality_reads_totals_and_the_secretariat_rows(programme, caseworker, secretariat, client_of):
    place, other = (
        make.AssociationFactory(programme=programme, name=name) for name in ("Bydelsmødre A", "Bydelsmødre B")
    )
    for number in range(11):
        make.conversation(place, D(2011, 4, 1) + dt.timedelta(number), minutes=77)
    make.conversation(other, D(2011, 4, 3))
    url = reverse("volunteers:conversations")

    told, listed = (client_of(user).get(url) for user in (caseworker, secretariat))

    first = dict(told.context["tables"][0].rows)
    assert first["Bydelsmødre B"].count(says("Fewer than 5")) == 2
    assert first["Bydelsmødre A"][1] == says("Not shown")
    assert "77" not in told.content.decode()
    assert listed.context["listing"].count == 12
