"""What is moved, spent and reversed, at the boundaries: the day on which a reallocation comes into force, what was
known when, and that the sums are the ledger's, to the øre, on every day."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget import ledger
from budget.models import Budget, Commitment
from budget.reallocation import reallocations
from budget.rest import rest_of
from bydelsmoedre.moment import Moment, end_of_day
from reports.figures.finances import budget
from tests import factories as make
from tests.money import GRANTS, answer, ask_for, grant
from tests.roles import clock

D = dt.date
KR = Decimal
YES_AND_NO = ("approved", "refused")


@pytest.fixture
def plan(programme):
    """A budget to which both funders have granted money."""
    for kind, amount in GRANTS:
        grant(programme, kind, amount)
    return Budget.objects.get(programme=programme)


def budgeted(programme, moment):
    return [line.budgeted for line in budget(programme, moment).lines]


AS_APPROVED = [KR(500000), KR(250000), KR(345000), KR(75000), KR(200000)]
AS_CORRECTED = [KR(470000), KR(250000), KR(375000), KR(75000), KR(200000)]


@pytest.mark.parametrize(
    ("day", "lines"),
    [
        pytest.param(D(2011, 9, 20), AS_APPROVED, id="one-yes"),
        pytest.param(D(2011, 10, 3), AS_APPROVED, id="the-day-before-the-last-yes"),
        pytest.param(D(2011, 10, 4), AS_CORRECTED, id="on-the-day"),
        pytest.param(D(2011, 12, 31), AS_CORRECTED, id="after"),
    ],
)
def test_budget_is_corrected_from_the_day_of_the_last_yes(programme, plan, day, lines):
    moved = ask_for(plan)
    answer(moved, "foundation", on=D(2011, 9, 20))
    answer(moved, "municipality", on=D(2011, 10, 4))

    found = budget(programme, Moment(day))

    assert [line.budgeted for line in found.lines] == lines
    assert (found.budgeted, found.moved) == (KR("1370000.00"), KR("0.00"))


@pytest.mark.parametrize("outcomes", [YES_AND_NO, YES_AND_NO[::-1]], ids=["no-at-last", "no-at-first"])
def test_budget_is_not_corrected_where_a_funder_refuses(programme, plan, outcomes):
    moved = ask_for(plan)
    answer(moved, "foundation", outcomes[0], on=D(2011, 9, 20))
    answer(moved, "municipality", outcomes[1], on=D(2011, 10, 4))

    assert budgeted(programme, Moment(D(2011, 12, 31))) == AS_APPROVED


def test_yes_that_is_retracted_no_longer_moves_anything(programme, plan):
    moved = ask_for(plan)
    answer(moved, "foundation")
    answer(moved, "municipality").retract(by=None, reason="Forkert brev")

    assert budgeted(programme, Moment(D(2011, 12, 31))) == AS_APPROVED


def test_correction_counts_as_it_was_known(programme):
    with clock(dt.datetime(2011, 2, 1, 20, tzinfo=dt.UTC)):
        for kind, amount in GRANTS:
            grant(programme, kind, amount)
    moved = ask_for(Budget.objects.get(programme=programme))
    with clock(dt.datetime(2011, 10, 20, 12, tzinfo=dt.UTC)):
        answer(moved, "foundation", on=D(2011, 9, 20))
        answer(moved, "municipality", on=D(2011, 10, 4))

    known = [budgeted(programme, Moment(D(2011, 12, 31), end_of_day(D(2011, 10, day)))) for day in (19, 20)]

    assert known == [AS_APPROVED, AS_CORRECTED]


def test_only_funders_that_had_granted_when_it_was_asked_for_must_say_yes(programme):
    grant(programme, "municipality", 800_000)
    grant(programme, "foundation", 570_000, on=D(2011, 9, 13))
    moved = ask_for(Budget.objects.get(programme=programme), on=D(2011, 9, 12))
    answer(moved, "municipality")

    assert budgeted(programme, Moment(D(2011, 12, 31))) == AS_CORRECTED


def test_nothing_is_moved_where_nobody_has_granted(programme):
    ask_for(Budget.objects.get(programme=programme))

    assert budgeted(programme, Moment(D(2011, 12, 31))) == AS_APPROVED


def state(programme, plan, day):
    return [(one.state, one.waits_for) for one in reallocations(programme.pk, plan.uuid, Moment(day))]


def test_reallocation_tells_whom_it_waits_for(programme, plan):
    moved = ask_for(plan)
    answer(moved, "foundation", on=D(2011, 9, 20))
    answer(moved, "municipality", on=D(2011, 10, 4))

    days = [D(2011, 9, 11), D(2011, 9, 12), D(2011, 9, 20), D(2011, 10, 4)]

    assert [state(programme, plan, day) for day in days] == [
        [],
        [("waits", ["Københavns Kommune", "Fonden for Socialt Ansvar"])],
        [("waits", ["Københavns Kommune"])],
        [("in_force", [])],
    ]


@pytest.mark.parametrize("day", [D(2011, 3, 31), D(2011, 4, 1)], ids=["the-day-before", "on-the-day"])
def test_reversal_takes_the_posting_back_from_its_own_day(programme, plan, day):
    line = plan.lines.get(number=1)
    posting = make.posting(line=line, amount=KR("84000.35"), happened_on=D(2011, 3, 1), text="Løn")
    ledger.reverse(posting, by=None, on=D(2011, 4, 1), reason="Forkert post")

    assert budget(programme, Moment(day)).spent == (KR("84000.35") if day < D(2011, 4, 1) else KR("0.00"))


def test_deviation_is_what_is_spent_less_the_corrected_budget(programme, plan):
    line = plan.lines.get(number=4)
    make.posting(line=line, amount=KR(78_000), happened_on=D(2011, 3, 1), text="Måling")

    found = budget(programme, Moment(D(2011, 12, 31))).lines[3]

    assert (found.rest, found.deviation, found.deviation_share) == (KR(-3000), KR(3000), KR(4))


def test_line_without_a_budget_has_no_share_to_deviate_by(programme, plan):
    line = make.BudgetLineFactory(budget=plan, number=6)
    make.posting(line=line, amount=KR(10), happened_on=D(2011, 3, 1), text="Te")

    found = budget(programme, Moment(D(2011, 12, 31))).lines[5]

    assert (found.deviation, found.deviation_share) == (KR(10), None)


DAYS = st.dates(D(2011, 1, 31), D(2011, 2, 10))
AMOUNTS = st.integers(-50_000_00, 50_000_00).filter(bool).map(lambda oere: KR(oere) / 100)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("post"), st.integers(1, 5), AMOUNTS, DAYS),
        st.tuples(st.just("reverse"), st.integers(0, 9), st.just(0), DAYS),
        st.tuples(st.just("commit"), st.integers(1, 5), AMOUNTS.map(abs), DAYS),
        st.tuples(st.just("move"), st.permutations(range(1, 6)), AMOUNTS.map(abs), DAYS),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_sums_are_the_ledgers_to_the_oere_on_every_day(programme, plan, steps):
    with transaction.atomic():
        booked = _book(plan, steps)
        for number in range(13):
            day = D(2011, 1, 30) + dt.timedelta(number)
            _agree(programme, plan, booked, day)
        transaction.set_rollback(True)


def _book(plan, steps):
    """Take the steps; what each does to a line's column, from its day on."""
    booked, postings, asked = [], [], defaultdict(KR)
    for what, which, amount, day in steps:
        if what == "post":
            line = plan.lines.get(number=which)
            postings.append(make.posting(line=line, amount=amount, happened_on=day, text="Køb"))
            booked.append(("spent", which, amount, day))
        elif what == "reverse" and which < len(postings) and postings[which].happened_on <= day:
            posting = postings[which]
            if not ledger.reversal_of(posting):
                ledger.reverse(posting, by=None, on=day, reason="Fejl")
                booked.append(("spent", posting.line.number, -posting.amount, day))
        elif what == "commit":
            line = plan.lines.get(number=which)
            Commitment.record(by=None, line=line, amount=amount, started_on=day, text="Aftale")
            booked.append(("committed", which, amount, day))
        elif what == "move":
            source, target, *_rest = which
            moved = ask_for(plan, amount, on=day, lines=(source, target))
            answer(moved, "municipality", on=day)
            answer(moved, "foundation", on=day + dt.timedelta(1))
            since = day + dt.timedelta(_must_be_asked(asked, source, target, amount))
            booked += [("moved", line, sign * amount, since) for line, sign in ((source, -1), (target, 1))]
    return booked


def _must_be_asked(asked, source, target, amount):
    """By what usually holds: salaries are changed, or more than a tenth of a line or 100.000 kr. is moved in all."""
    asked[source, "out"] += amount
    asked[target, "in"] += amount
    limits = [min(AS_APPROVED[line - 1] / 10, KR(100_000)) for line in (source, target)]
    return 1 in (source, target) or asked[source, "out"] > limits[0] or asked[target, "in"] > limits[1]


def _agree(programme, plan, booked, day):
    expected = defaultdict(lambda: KR("0.00"))
    for column, line, amount, since in booked:
        if since <= day:
            expected[column, line] += amount
    found = budget(programme, Moment(day))
    for line in found.lines:
        assert (line.spent, line.committed, line.moved) == tuple(
            expected[column, line.number] for column in ("spent", "committed", "moved")
        )
        assert line.rest == line.budgeted - line.spent - line.committed
        assert rest_of(plan.lines.get(number=line.number), Moment(day)) == line.rest
    assert found.moved == 0
