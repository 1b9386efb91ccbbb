"""What a board lacks: from which day, until when, and never told twice."""

import datetime as dt

import pytest
from django.urls import reverse

from bydelsmoedre.moment import COPENHAGEN, Moment
from reports.findings import found
from tests import factories as make
from tests.boards import FULL, seat, seats
from tests.roles import clock

D = dt.date
pytestmark = pytest.mark.django_db

MAY, OCTOBER = D(2011, 5, 26), D(2011, 10, 20)

BOARD = ("board_seats_few", "board_no_chair", "board_no_treasurer", "board_term_over", "board_too_small")


@pytest.fixture
def association(programme):
    return make.founded_association(programme, MAY, name="Bydelsmødre i Tingbjerg")


def on(day, programme, *codes):
    return [(one.kind.code, one.since) for one in found(programme, Moment(day), codes=codes or BOARD)]


def test_board_of_five_is_enough_and_of_four_too_few_from_the_day_after(programme, association):
    seats(association, *FULL[:4])
    seat(association, "board_member", until=D(2011, 10, 19))

    assert [on(day, programme) for day in (D(2011, 10, 19), OCTOBER)] == [[], [("board_seats_few", OCTOBER)]]


def test_board_that_shrank_twice_is_too_small_since_the_first_time(programme, association):
    seats(association, *FULL[:3])
    seat(association, "board_member", until=D(2011, 10, 19))
    seat(association, "board_member", until=D(2011, 10, 31))

    assert on(D(2011, 12, 1), programme) == [("board_seats_few", OCTOBER)]


def test_substitute_does_not_count_among_the_five(programme, association):
    seats(association, *FULL[:4], "substitute")

    assert on(OCTOBER, programme) == [("board_seats_few", MAY)]


@pytest.mark.parametrize("role", ["chair", "treasurer"])
def test_board_without_chair_or_treasurer_is_a_finding_from_the_day_after_until_another_is_elected(
    programme, association, role
):
    others = [one for one in FULL if one != role]
    seats(association, *others, "board_member")
    seat(association, role, until=D(2011, 10, 19))
    seat(association, role, since=D(2011, 11, 1))

    days = [D(2011, 10, 19), OCTOBER, D(2011, 10, 31), D(2011, 11, 1)]
    lacking = [(f"board_no_{role}", OCTOBER)]
    assert [on(day, programme) for day in days] == [[], lacking, lacking, []]


def test_term_has_run_out_is_a_finding_the_day_after_and_no_longer_than_the_seat_is_held(programme, association):
    seats(association, *FULL[1:], "board_member")
    seat(association, "chair", term=OCTOBER, until=D(2011, 10, 31))
    seat(association, "chair", since=D(2011, 11, 1))

    days = [OCTOBER, D(2011, 10, 21), D(2011, 10, 31), D(2011, 11, 1)]
    over = [("board_term_over", OCTOBER)]
    assert [on(day, programme) for day in days] == [[], over, over, []]


def test_terms_that_have_run_out_are_told_in_one_finding(programme, association):
    seats(association, *FULL, term=OCTOBER)

    (finding,) = found(programme, Moment(D(2011, 10, 21)), codes=BOARD)

    assert (finding.number, finding.since) == (5, OCTOBER)


def test_board_of_which_nobody_is_known_lacks_nobody(programme, association):
    make.membership(make.VolunteerFactory(programme=programme), association, role="mother")

    assert on(OCTOBER, programme) == []


def test_board_that_is_not_known_yet_lacks_nobody(programme, association):
    recorded = dt.datetime(2011, 10, 25, 12, tzinfo=COPENHAGEN)
    with clock(recorded):
        seat(association, "chair")

    def told(known_at):
        return [one.kind.code for one in found(programme, Moment(OCTOBER, known_at), codes=BOARD)]

    assert told(recorded - dt.timedelta(minutes=1)) == []
    assert on(D(2011, 5, 25), programme) == []


def test_association_that_is_not_founded_hears_only_of_its_founding(programme):
    """Four elected: it is not founded, and the same shortage is told once."""
    association = make.AssociationFactory(programme=programme)
    make.found(association, MAY, but=("board",))
    make.step(association, "board", MAY, board_members=4)
    seats(association, *FULL[:4])

    before = on(OCTOBER, programme)
    make.step(association, "board", D(2011, 10, 21), board_members=5)

    assert before == [("board_too_small", MAY)]
    assert on(D(2011, 10, 21), programme) == [("board_seats_few", D(2011, 10, 21))]


def test_shortage_is_the_local_coordinator_s_own_and_leads_to_the_election(client_of, programme, association):
    seats(association, *FULL[:4])

    page = client_of(make.local_coordinator(association)).get(association.get_absolute_url())

    urls = {one.code: one.url.partition("?")[0] for one in page.context["findings"]}
    assert urls["board_seats_few"] == reverse("volunteers:elect", args=[association.uuid])
