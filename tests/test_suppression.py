"""What is hidden with a small part of a total, so that nobody reckons it: for who knows the total and the rule too."""

from collections import defaultdict
from itertools import combinations_with_replacement, pairwise

import pytest
from django.utils.translation import gettext
from hypothesis import given, settings
from hypothesis import strategies as st

from bydelsmoedre.suppression import breakdown, nested
from reports.figures.conversations import topics_told
from reports.figures.shapes import Tally
from reports.lacks import tally_lines
from reports.municipality import certificates_told

FEW, WITHHELD = gettext("Fewer than 5"), gettext("Not shown")


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([0, 7, 9], ["0", "7", "9"]),
        ([2, 3, 9], [FEW, FEW, "9"]),
        ([1, 1, 46], [WITHHELD] * 3),
        ([0, 2, 46], ["0", WITHHELD, WITHHELD]),
        ([1, 5, 42], [WITHHELD] * 3),
        ([0, 3], ["0", FEW]),
    ],
    ids=["none", "hide each other", "both one", "never a zero", "too near five", "total not told"],
)
def test_small_parts_are_hidden_with_as_many_as_it_takes(parts, told):
    assert breakdown(parts) == told


def splits(total, count):
    """All ways to make the total of so many parts."""
    if count == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in splits(total - first, count - 1))


@given(st.integers(2, 4), st.integers(5, 24))
@settings(deadline=None, max_examples=40)
def test_no_hidden_part_has_one_possible_value_for_who_knows_the_total_and_the_rule(count, total):
    possible = defaultdict(list)
    for parts in splits(total, count):
        possible[tuple(breakdown(parts))].append(parts)

    for told, found in possible.items():
        for place, word in enumerate(told):
            values = {parts[place] for parts in found}
            assert word.isdigit() or len(values) > 1 or not 0 < min(values) < 5, (told, found)
            assert not word.isdigit() or not 0 < int(word) < 5


def test_of_numbers_that_lie_in_each_other_no_two_told_are_few_apart_and_none_hidden_is_found():
    possible = defaultdict(list)
    for counts in combinations_with_replacement(range(16, -1, -1), 3):
        possible[tuple(nested(counts))].append(counts)

    for told, found in possible.items():
        numbers = [int(word) for word in told if word.isdigit()]
        assert all(before == one or before - one >= 5 for before, one in pairwise(numbers)), told
        for place, word in enumerate(told):
            assert word.isdigit() or len({counts[place] for counts in found}) > 1, (told, found)
    assert nested([66, 61, 44, 13, 13, 0]) == ["66", "61", "44", "13", "13", "0"]
    assert nested([72, 70, 3]) == ["72", WITHHELD, FEW]
    assert nested([6, 5, 1]) == ["6", WITHHELD, WITHHELD]


def test_topics_are_withheld_where_the_conversations_tell_them():
    assert topics_told([6, 4], 10) == [WITHHELD] * 2
    assert topics_told([6, 4], 9) == ["6", FEW]


@pytest.mark.parametrize(
    ("held", "counting", "told"), [(9, 8, WITHHELD), (8, 8, "8"), (13, 8, "13"), (3, 0, FEW)], ids=str
)
def test_certificates_do_not_tell_how_few_do_not_count(held, counting, told):
    assert certificates_told(held, counting) == told


def test_tallies_of_holders_are_parts_of_what_the_certificates_are_more_than_the_figure():
    tallies = [
        Tally((), 8),
        Tally(("founded_association",), 1),
        Tally(("coordinator_role",), 6),
        Tally(("certificate",), 2),
    ]

    assert [line.count_text for line in tally_lines(tallies)] == [WITHHELD, WITHHELD, FEW]
