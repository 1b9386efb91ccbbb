"""The budget: lines and their amounts, what funders have proposed, promised, granted and paid, and what is spent."""

from budget.models.accounts import AccountLine
from budget.models.courses import CourseLine
from budget.models.forecasts import ForecastMethod
from budget.models.funding import FundingFact, Instalment
from budget.models.ledger import Commitment, Posting, posting_key
from budget.models.months_end import BankBalance, Explanation
from budget.models.outlays import Outlay
from budget.models.periods import ClosedMonth
from budget.models.plan import (
    Allocation,
    Budget,
    BudgetApproval,
    BudgetLine,
    Reallocation,
    ReallocationDecision,
)
from budget.models.scenarios import Scenario, ScenarioSource
from budget.models.terms import ConditionMet, GrantCondition, GrantTerms
from budget.models.vouchers import Voucher, VoucherShare
from budget.models.year_end import YearEnd

__all__ = [
    "AccountLine",
    "Allocation",
    "BankBalance",
    "Budget",
    "BudgetApproval",
    "BudgetLine",
    "ClosedMonth",
    "Commitment",
    "ConditionMet",
    "CourseLine",
    "Explanation",
    "ForecastMethod",
    "FundingFact",
    "GrantCondition",
    "GrantTerms",
    "Instalment",
    "Outlay",
    "Posting",
    "Reallocation",
    "ReallocationDecision",
    "Scenario",
    "ScenarioSource",
    "Voucher",
    "VoucherShare",
    "YearEnd",
    "posting_key",
]
