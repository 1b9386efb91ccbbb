"""One way to make one more row of each kind about money."""

import datetime as dt
import itertools

from budget.models import (
    AccountLine,
    Allocation,
    BankBalance,
    BudgetApproval,
    ClosedMonth,
    Commitment,
    CourseLine,
    Explanation,
    ForecastMethod,
    FundingFact,
    GrantCondition,
    GrantTerms,
    Instalment,
    ReallocationDecision,
    YearEnd,
)
from reports import plan2011
from tests import factories as make
from tests.money import draft, meet, outlay
from tests.rows_agreed import DAY
from tests.scenarios import scenario, source

numbers = itertools.count(100)


def budget(programme):
    """A budget of a year that the programme has none of: the plan's is of 2011."""
    year = next(number for number in numbers if number != plan2011.YEAR)
    return make.BudgetFactory(programme=programme, year=year)


def account_line(programme):
    booked_on = line(programme)
    return AccountLine.objects.create(budget=booked_on.budget, account=str(next(numbers)), line=booked_on)


def a_scenario(programme):
    return scenario(programme, f"Model {next(numbers)}")


def closed_month(programme):
    whose = budget(programme)
    return ClosedMonth.record(by=None, budget=whose, month=dt.date(whose.year, 1, 1), happened_on=DAY)


def bank_balance(programme):
    whose = budget(programme)
    month = dt.date(whose.year, 1, 1)
    return BankBalance.record(by=None, budget=whose, month=month, amount="1250.50", happened_on=DAY)


def voucher(programme):
    where = line(programme)
    return draft(where, make.UserFactory(), on=dt.date(where.budget.year, 1, 1))


def line(programme):
    return make.BudgetLineFactory(budget=budget(programme))


def reallocation(programme):
    return make.ReallocationFactory(budget=budget(programme))


def condition(programme):
    return GrantCondition.objects.create(
        budget=budget(programme), funder=make.OrganisationFactory(programme=programme), text="Rapport sendt"
    )


MONEY = {
    "budget.Budget": budget,
    "budget.BudgetLine": line,
    "budget.AccountLine": account_line,
    "budget.ClosedMonth": closed_month,
    "budget.CourseLine": lambda p: CourseLine.objects.create(
        course=make.CourseFactory(curriculum__programme=p), line=line(p)
    ),
    "budget.Scenario": a_scenario,
    "budget.ScenarioSource": lambda p: source(a_scenario(p)),
    "budget.Allocation": lambda p: Allocation.record(by=None, line=line(p), amount="219000.50", started_on=DAY),
    "budget.BudgetApproval": lambda p: BudgetApproval.record(
        by=None, budget=budget(p), body=make.OrganisationFactory(programme=p), happened_on=DAY
    ),
    "budget.FundingFact": lambda p: FundingFact.record(
        by=None,
        budget=budget(p),
        funder=make.OrganisationFactory(programme=p),
        stage="promised",
        amount="570000",
        happened_on=DAY,
    ),
    "budget.GrantTerms": lambda p: GrantTerms.record(
        by=None, budget=budget(p), funder=make.OrganisationFactory(programme=p), happened_on=DAY
    ),
    "budget.GrantCondition": condition,
    "budget.ConditionMet": lambda p: meet(condition(p)),
    "budget.Instalment": lambda p: Instalment.objects.create(
        budget=budget(p), funder=make.OrganisationFactory(programme=p), due_on=DAY, amount="285000"
    ),
    "budget.Reallocation": reallocation,
    "budget.ReallocationDecision": lambda p: ReallocationDecision.record(
        by=None, reallocation=reallocation(p), funder=make.OrganisationFactory(programme=p), happened_on=DAY
    ),
    "budget.Posting": lambda p: make.posting(line=line(p), amount="1200", text="Kaffe", happened_on=DAY),
    "budget.Voucher": voucher,
    "budget.BankBalance": bank_balance,
    "budget.YearEnd": lambda p: YearEnd.record(by=None, budget=budget(p), kind="declaration", happened_on=DAY),
    "budget.Explanation": lambda p: Explanation.record(by=None, line=line(p), text="Et ekstra hold", happened_on=DAY),
    "budget.ForecastMethod": lambda p: ForecastMethod.record(by=None, line=line(p), method="pace", happened_on=DAY),
    "budget.Outlay": lambda p: outlay(
        make.AssociationFactory(programme=p), make.UserFactory(), evidence=make.stored_paper(p)
    ),
    "budget.VoucherShare": lambda p: voucher(p).shares.get(),
    "budget.Commitment": lambda p: Commitment.record(
        by=None, line=line(p), amount="1200", text="Lokale", started_on=DAY
    ),
}
