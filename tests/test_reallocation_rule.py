"""Whose leave it takes to move money: by the terms of each grant, at their limits, and as of any Moment."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget.models import Budget, BudgetLine
from budget.reallocation import reallocations
from bydelsmoedre.moment import Moment, end_of_day
from reports.figures.finances import budget
from tests.doors import D, html_of, says, send
from tests.money import GRANTS, agree, answer, ask_for, grant
from tests.roles import clock

pytestmark = pytest.mark.django_db

KR = Decimal
#: Of the lines 2 (250.000) and 5 (200.000) at most 25.000 and 20.000 is moved without asking, of 4 (75.000) 7.500.
CONCEPT, TRAINING, MEASURING, OFFICE = 2, 3, 4, 5


@pytest.fixture
def plan(programme):
    """A budget to which both funders have granted money, without terms of their own."""
    for kind, amount in GRANTS:
        grant(programme, kind, amount)
    return Budget.objects.get(programme=programme)


def figures(plan, moment=None):
    return reallocations(plan.programme_id, plan.uuid, moment or Moment(D(2011, 12, 31)))


def states(plan, moment=None):
    return [one.state for one in figures(plan, moment)]


def asked(plan, moment=None):
    """Who must be asked about the latest of them."""
    return [answer.funder for answer in figures(plan, moment)[-1].must_ask]


BOTH = ["Københavns Kommune", "Fonden for Socialt Ansvar"]
NOBODY: list[str] = []


@pytest.mark.parametrize(
    ("lines", "amount", "who"),
    [
        pytest.param((CONCEPT, TRAINING), "25000.00", NOBODY, id="a-tenth-of-the-line-it-comes-from"),
        pytest.param((CONCEPT, TRAINING), "25000.01", BOTH, id="an-øre-above-it"),
        pytest.param((TRAINING, MEASURING), "7500.00", NOBODY, id="a-tenth-of-the-line-it-goes-to"),
        pytest.param((TRAINING, MEASURING), "7500.01", BOTH, id="an-øre-above-that"),
        pytest.param((1, TRAINING), "0.01", BOTH, id="from-salaries"),
        pytest.param((OFFICE, 1), "0.01", BOTH, id="to-salaries"),
    ],
)
def test_funders_are_asked_above_a_tenth_and_about_salaries(plan, lines, amount, who):
    ask_for(plan, KR(amount), lines=lines)

    assert asked(plan) == who
    assert states(plan) == ["waits" if who else "allowed"]


@pytest.mark.parametrize(("amount", "who"), [("100000.00", NOBODY), ("100000.01", BOTH)], ids=["at", "above"])
def test_funders_are_asked_above_a_hundred_thousand(plan, amount, who):
    for kind, _ in GRANTS:
        agree(plan, kind, reallocation_share=100)

    ask_for(plan, KR(amount), lines=(CONCEPT, TRAINING))

    assert asked(plan) == who


def test_what_is_allowed_is_moved_from_the_day_on_which_it_was_asked_for(programme, plan):
    ask_for(plan, KR(20_000), on=D(2011, 9, 12), lines=(CONCEPT, TRAINING))

    moved = [budget(programme, Moment(D(2011, 9, day))).lines[1].moved for day in (11, 12)]

    assert moved == [KR("0.00"), KR("-20000.00")]
    assert figures(plan)[0].in_force_on == D(2011, 9, 12)


def test_large_amount_in_small_parts_is_a_large_amount(plan):
    for amount in ("15000", "10000", "0.01"):
        ask_for(plan, KR(amount), lines=(CONCEPT, TRAINING))

    assert states(plan) == ["allowed", "allowed", "waits"]


def test_parts_from_several_lines_add_up_in_the_line_they_go_to(plan):
    ask_for(plan, KR(7_000), lines=(CONCEPT, MEASURING))
    ask_for(plan, KR("500.01"), lines=(OFFICE, MEASURING))

    assert states(plan) == ["allowed", "waits"]


@pytest.mark.parametrize(
    ("refused_on", "state"),
    [pytest.param(D(2011, 9, 20), "allowed", id="by-then"), pytest.param(D(2011, 9, 21), "waits", id="afterwards")],
)
def test_what_had_been_refused_when_it_was_asked_for_does_not_count(plan, refused_on, state):
    large = ask_for(plan, KR(25_001), on=D(2011, 9, 12), lines=(CONCEPT, TRAINING))
    answer(large, "foundation", "refused", on=refused_on)

    ask_for(plan, KR(25_000), on=D(2011, 9, 20), lines=(CONCEPT, TRAINING))

    assert states(plan) == ["refused", state]


def test_what_is_written_down_late_changes_nothing_that_was_judged_before(plan):
    ask_for(plan, KR(20_000), on=D(2011, 9, 12), lines=(CONCEPT, TRAINING))
    ask_for(plan, KR(20_000), on=D(2011, 9, 1), lines=(CONCEPT, TRAINING))

    late, first = figures(plan)

    assert (late.state, first.state) == ("waits", "allowed")


def test_no_stops_what_nobody_need_be_asked_about(plan):
    moved = ask_for(plan, KR(20_000), lines=(CONCEPT, TRAINING))
    answer(moved, "municipality", "refused")

    assert states(plan) == ["refused"]


def test_nothing_is_allowed_where_nobody_has_granted(programme):
    plan = Budget.objects.get(programme=programme)
    ask_for(plan, KR(1), lines=(CONCEPT, TRAINING))

    assert states(plan) == ["unanswerable"]


# --- Terms


def test_only_the_funder_whose_terms_ask_for_it_is_asked(programme, plan):
    agree(plan, "foundation", reallocation_share=5)
    moved = ask_for(plan, KR(20_000), on=D(2011, 9, 12), lines=(CONCEPT, TRAINING))
    before = (asked(plan), states(plan))

    answer(moved, "foundation", on=D(2011, 9, 20))

    assert before == (["Fonden for Socialt Ansvar"], ["waits"])
    assert figures(plan)[0].in_force_on == D(2011, 9, 20)
    assert budget(programme, Moment(D(2011, 9, 20))).lines[1].moved == KR("-20000.00")


def test_funder_that_does_not_ask_about_salaries_is_not_asked(plan):
    agree(plan, "foundation", asks_about_salaries=False)
    ask_for(plan, KR(30_000), lines=(1, TRAINING))

    assert asked(plan) == ["Københavns Kommune"]


def test_terms_of_a_later_day_judge_only_what_is_asked_for_from_then(plan):
    agree(plan, "foundation", on=D(2011, 1, 31))
    agree(plan, "foundation", on=D(2011, 9, 13), reallocation_share=1)
    for day in (12, 13):
        ask_for(plan, KR(10_000), on=D(2011, 9, day), lines=(CONCEPT, TRAINING))

    assert states(plan) == ["allowed", "waits"]


def test_terms_count_as_they_were_known(programme):
    with clock(dt.datetime(2011, 2, 1, 20, tzinfo=dt.UTC)):
        grant(programme, "foundation", 570_000)
        plan = Budget.objects.get(programme=programme)
        wrong = agree(plan, "foundation", reallocation_share=1)
    ask_for(plan, KR(10_000), on=D(2011, 9, 12), lines=(CONCEPT, TRAINING))
    with clock(dt.datetime(2011, 10, 20, 12, tzinfo=dt.UTC)):
        wrong.supersede(by=None, reason="Læst forkert", reallocation_share=10)

    known = [states(plan, Moment(D(2011, 12, 31), end_of_day(D(2011, 10, day)))) for day in (19, 20)]
    moved = [
        budget(programme, Moment(D(2011, 12, 31), end_of_day(D(2011, 10, day)))).lines[1].moved for day in (19, 20)
    ]

    assert known == [["waits"], ["allowed"]]
    assert moved == [KR("0.00"), KR("-10000.00")]


def test_terms_of_another_budget_judge_nothing_here(plan, twin):
    theirs = Budget.objects.get(programme=twin)
    for kind, _ in GRANTS:
        agree(theirs, kind, reallocation_share=0)
    ask_for(plan, KR(10_000), lines=(CONCEPT, TRAINING))

    assert states(plan) == ["allowed"]


# --- Any order of asking and refusing, against the rule written out in Python

AMOUNTS = st.one_of(st.integers(1, 60_000_00).map(lambda oere: KR(oere) / 100), st.sampled_from([KR(2500), KR(25_000)]))
SHARES = st.one_of(st.integers(0, 10000).map(lambda part: KR(part) / 100), st.just(KR(10)))
RULES = st.none() | st.tuples(SHARES, AMOUNTS, st.booleans())
DAYS = st.dates(D(2011, 2, 1), D(2011, 2, 6))
ASKED = st.tuples(st.permutations(range(1, 6)), AMOUNTS, DAYS, st.none() | st.integers(0, 3))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rules=st.tuples(RULES, RULES), steps=st.lists(ASKED, max_size=6))
def test_who_must_be_asked_follows_the_rule(plan, rules, steps):
    with transaction.atomic():
        for (kind, _), rule in zip(GRANTS, rules, strict=True):
            if rule:
                names = ("reallocation_share", "reallocation_amount", "asks_about_salaries")
                agree(plan, kind, **dict(zip(names, rule, strict=True)))
        expected = {}
        before = []
        for lines, amount, day, refused_after in steps:
            made = ask_for(plan, amount, on=day, lines=lines[:2])
            expected[made.uuid] = [_must(plan, rule, lines[:2], amount, day, before) for rule in rules]
            refused_on = None if refused_after is None else day + dt.timedelta(refused_after)
            if refused_on:
                answer(made, "foundation", "refused", on=refused_on)
            before.append((*lines[:2], amount, refused_on))

        found = {one.uuid: [answer.must for answer in one.answers] for one in figures(plan)}

        assert found == expected
        transaction.set_rollback(True)


def _must(plan, rule, lines, amount, day, before):
    share, most, asks = rule or (KR(10), KR(100_000), True)
    standing = [one for one in before if one[3] is None or one[3] > day]
    for place, line in enumerate(lines):
        approved = plan.lines.get(number=line).allocations.get().amount
        total = amount + sum(one[2] for one in standing if one[place] == line)
        if total > approved * share / 100 or total > most:
            return True
    return asks and 1 in lines


def test_line_keeps_its_kind(plan):
    kinds = list(plan.lines.order_by("number").values_list("kind", flat=True))

    assert kinds == [*BudgetLine.Kind.values[:5]]


# --- In words


def told(response):
    return [str(message).replace("\u00a0", " ") for message in response.context["messages"]]


def move(world, visitor, **typed):
    return told(visitor.get(send(world, visitor, "budget:reallocate", **typed)["Location"]))


def test_form_says_that_the_terms_allow_it(world, visitor):
    (message,) = move(world, visitor, amount="20.000")

    allowed = says("The terms of the grants allow it: the amount is moved from %(day)s.", day="12. september 2011")
    assert message.startswith(allowed)
    assert says("Allowed by the terms of the grants") in html_of(visitor.get("/oekonomi/"))


def test_form_says_whom_to_ask_and_why(world, visitor):
    line = world.rows["line"]

    (message,) = move(world, visitor, amount="20.000,01")

    why = says(
        "%(total)s in all is moved out of “%(line)s” (at most %(most)s without asking)",
        total="20.000,01 kr.",
        line=line.name,
        most="20.000 kr.",
    )
    expected = [says("%(funder)s must be asked: %(why)s.", funder=funder, why=why) for funder in BOTH]
    assert message.endswith(" ".join(expected))


def test_account_says_why_salaries_wait(world):
    page = html_of(world.client("caseworker").get("/oekonomi/"))

    why = says("salaries are changed")
    assert says("%(funder)s must be asked: %(why)s.", funder="Københavns Kommune", why=why) in page


def test_there_is_no_answer_to_record_where_nobody_need_be_asked(world, visitor):
    moved = ask_for(world.rows["budget"], KR(100), lines=(CONCEPT, TRAINING))

    response = visitor.get(f"/oekonomi/omdisponering/{moved.uuid}/svar/", follow=True)

    assert told(response) == [says("By the terms of the grants nobody need be asked, so there is no answer to record.")]
