"""Conditions hold instalments back as of any Moment, and what would be unused falls to each funder to the øre."""

import datetime as dt
from decimal import Decimal

import pytest

from budget.models import Budget, Commitment, FundingFact, Instalment
from bydelsmoedre.moment import Moment, end_of_day
from programme.models import Organisation
from reports.agenda import DUE, agenda
from reports.figures.finances import budget
from reports.findings import found
from reports.grants import grant_blocks, plans_of
from tests import factories as make
from tests.doors import D, html_of, says
from tests.money import GRANTS, agree, demand, grant, meet, pay
from tests.refusing import refused_by
from tests.roles import clock

pytestmark = pytest.mark.django_db

KR = Decimal
BOTH = ("instalment_late", "condition_unmet")


@pytest.fixture
def plan(programme):
    for kind, amount in GRANTS:
        grant(programme, kind, amount)
    return Budget.objects.get(programme=programme)


@pytest.fixture
def planned(plan):
    """The second instalment of the municipality, due on 1 September."""
    city = Organisation.objects.get(programme=plan.programme, kind="municipality")
    return Instalment.objects.create(budget=plan, funder=city, due_on=D(2011, 9, 1), amount=400_000)


def plans(plan, moment):
    """As the account asks it."""
    return plans_of(budget(plan.programme, moment), moment, FundingFact.objects.at(moment).filter(budget=plan))


def blocks_of(plan, moment):
    return grant_blocks(budget(plan.programme, moment), moment, plans(plan, moment).conditions, may_write=False)


def states(plan, moment):
    return [(one.state, one.lacks) for one in plans(plan, moment).instalments]


def test_instalment_is_held_back_until_its_condition_is_met_and_late_from_then(plan, planned):
    meet(demand(plan, "municipality", "Rapport godkendt", instalment=planned), on=D(2011, 9, 26))
    pay(plan.funding.get(stage="granted", funder__kind="municipality"), 400_000, on=D(2011, 10, 10))

    days = [D(2011, 8, 31), D(2011, 9, 25), D(2011, 9, 26), D(2011, 10, 10)]

    held = ("held_back", ("Rapport godkendt",))
    assert [states(plan, Moment(day)) for day in days] == [[held], [held], [("late", ())], [("paid", ())]]


def test_instalment_is_held_back_as_it_was_known(plan, planned):
    wanted = demand(plan, "municipality", "Rapport godkendt", instalment=planned)
    with clock(dt.datetime(2011, 10, 20, 12, tzinfo=dt.UTC)):
        meet(wanted, on=D(2011, 9, 26))

    known = [Moment(D(2011, 9, 30), end_of_day(D(2011, 10, day))) for day in (19, 20)]

    assert [states(plan, moment) for moment in known] == [[("held_back", ("Rapport godkendt",))], [("late", ())]]
    assert [[one.kind.code for one in found(plan.programme, moment, codes=BOTH)] for moment in known] == [
        ["condition_unmet"],
        ["instalment_late"],
    ]


def dues(plan, day):
    """By which day the block says that a condition is due, and whether it is overdue."""
    return [
        (one.due_on, one.is_late) for block in blocks_of(plan, Moment(day)) for one in block.conditions if not one.met
    ]


def codes(plan, day, *wanted):
    return [(one.kind.code, one.since) for one in found(plan.programme, Moment(day), codes=wanted)]


def test_instalment_that_we_hold_back_is_no_nagging_but_its_condition_is(plan, planned):
    meet(demand(plan, "municipality", instalment=planned), on=D(2011, 9, 26))

    days = [D(2011, 9, 1), D(2011, 9, 2), D(2011, 9, 25), D(2011, 9, 26)]

    unmet_since = [("condition_unmet", D(2011, 9, 1))]
    assert [codes(plan, day, *BOTH) for day in days] == [
        [],
        unmet_since,
        unmet_since,
        [("instalment_late", D(2011, 9, 1))],
    ]


@pytest.mark.parametrize(
    ("due_on", "since"),
    [
        pytest.param(D(2011, 8, 1), D(2011, 8, 1), id="its-own-day-is-earlier"),
        pytest.param(D(2011, 10, 1), D(2011, 9, 1), id="the-instalment-s-day-is-earlier"),
        pytest.param(None, D(2011, 9, 1), id="no-day-of-its-own"),
    ],
)
def test_condition_is_due_by_the_earlier_of_two_days(plan, planned, due_on, since):
    demand(plan, "municipality", instalment=planned, due_on=due_on)

    assert codes(plan, since, "condition_unmet") == []
    assert codes(plan, since + dt.timedelta(1), "condition_unmet") == [("condition_unmet", since)]
    assert [dues(plan, since + dt.timedelta(days)) for days in (0, 1)] == [[(since, False)], [(since, True)]]


def test_condition_without_a_day_and_an_instalment_is_never_overdue(plan):
    demand(plan, "municipality")

    assert codes(plan, D(2020, 1, 1), "condition_unmet") == []


def test_condition_holds_nothing_back_once_the_instalment_is_paid(plan, planned):
    demand(plan, "municipality", instalment=planned)
    pay(plan.funding.get(stage="granted", funder__kind="municipality"), 400_000, on=D(2011, 9, 10))

    assert [codes(plan, D(2011, 9, day), "condition_unmet") for day in (9, 10)] == [
        [("condition_unmet", D(2011, 9, 1))],
        [],
    ]
    assert [dues(plan, D(2011, 9, day)) for day in (9, 10)] == [[(D(2011, 9, 1), True)], [(None, False)]]


def test_condition_of_an_instalment_that_is_paid_holds_nothing_back_on_the_page_either(plan, planned, secretary):
    demand(plan, "municipality", instalment=planned)
    pay(plan.funding.get(stage="granted", funder__kind="municipality"), 400_000, on=D(2011, 9, 10))
    pages = [html_of(secretary.get("/oekonomi/", {"on": f"2011-09-{day}"})) for day in ("09", "10")]

    held, paid = (
        says(words, day="1. september 2011")
        for words in ("holds back the instalment of %(day)s", "the instalment of %(day)s is paid")
    )
    assert [(held in page, paid in page) for page in pages] == [(True, False), (False, True)]


def test_condition_of_who_has_no_money_on_the_account_holds_its_instalment_back_too(plan):
    group = Organisation.objects.get(programme=plan.programme, kind="steering_group")
    theirs = Instalment.objects.create(budget=plan, funder=group, due_on=D(2011, 9, 1), amount=1000)
    demand(plan, "steering_group", "Rapport godkendt", instalment=theirs)

    assert states(plan, Moment(D(2011, 9, 2))) == [("held_back", ("Rapport godkendt",))]


def test_condition_whose_meeting_is_retracted_is_unmet_again(plan, planned):
    wanted = demand(plan, "municipality", instalment=planned)
    meet(wanted, on=D(2011, 8, 1)).retract(by=None, reason="Forkert brev")

    assert codes(plan, D(2011, 9, 2), *BOTH) == [("condition_unmet", D(2011, 9, 1))]
    assert meet(wanted, on=D(2011, 8, 2)).is_current


def test_condition_is_met_once_and_never_without_proof(plan):
    wanted = demand(plan, "municipality")
    met = meet(wanted)

    assert refused_by(meet, wanted) == "budget_condition_met_once"
    assert refused_by(type(met).record, by=None, condition=demand(plan, "municipality"), happened_on=D(2011, 3, 1)) == (
        "budget_condition_is_proved"
    )


def test_condition_is_on_the_agenda_for_a_fortnight_before_its_day(plan, planned):
    demand(plan, "municipality", instalment=planned)

    told = [
        [one.day for one in agenda(plan.programme, Moment(day)) if (one.part, one.code) == (DUE, "condition")]
        for day in (D(2011, 8, 17), D(2011, 8, 18), D(2011, 9, 1), D(2011, 9, 2))
    ]

    assert told == [[], [D(2011, 9, 1)], [D(2011, 9, 1)], []]


# --- Unused money


def spend(plan, amount, number=1, **names):
    line = plan.lines.get(number=number)
    make.posting(line=line, amount=KR(amount), happened_on=D(2011, 3, 1), text="Køb", **names)


def unused(plan, day=D(2011, 12, 31)):
    """What is unused in all, and each funder's part of it as the account's page tells it."""
    found = budget(plan.programme, Moment(day))
    return found.unused, [one.unused for one in blocks_of(plan, Moment(day)) if one.unused is not None]


def test_unused_money_is_divided_by_what_each_has_granted(plan):
    spend(plan, "1330000")
    Commitment.record(
        by=None, line=plan.lines.get(number=5), amount=KR(15_000), started_on=D(2011, 12, 12), text="Revisor"
    )

    assert unused(plan) == (KR("25000.00"), [KR("14598.54"), KR("10401.46")])


@pytest.mark.parametrize("spent", ["1370000", "1370000.01"], ids=["all", "more"])
def test_nothing_is_unused_where_all_is_spent(plan, spent):
    spend(plan, spent)

    assert unused(plan)[1] == []


def test_nothing_is_unused_where_nothing_is_granted(programme):
    assert unused(Budget.objects.get(programme=programme)) == (KR("0.00"), [])


def test_only_who_has_granted_has_a_part(programme):
    grant(programme, "municipality", 800_000)

    assert unused(Budget.objects.get(programme=programme))[1] == [KR("800000.00")]


def test_money_spent_on_a_funder_by_name_is_taken_off_its_own_part(plan):
    spend(plan, "100000", funder=Organisation.objects.get(programme=plan.programme, kind="foundation"))
    spend(plan, "13700", number=3)

    assert unused(plan) == (KR("1256300.00"), [KR("792000.00"), KR("464300.00")])


def test_funder_whose_grant_is_overspent_has_nothing_unused_and_the_other_has_all_of_its_own(plan):
    spend(plan, "800000.01", funder=Organisation.objects.get(programme=plan.programme, kind="municipality"))

    assert [one.unused for one in blocks_of(plan, Moment(D(2011, 12, 31)))] == [None, KR("570000.00")]


def test_terms_say_what_becomes_of_it(plan):
    agree(plan, "foundation", unused="carried_over")
    agree(plan, "municipality", unused="returned")
    moment = Moment(D(2011, 12, 31))

    words = {block.funding.funder: block.becomes for block in blocks_of(plan, moment)}

    assert len(set(words.values())) == 2
    assert blocks_of(plan, Moment(D(2011, 1, 30)))[0].terms is None
