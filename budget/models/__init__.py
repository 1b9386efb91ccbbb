"""The budget: lines and their amounts, what funders have proposed, promised, granted and paid, and what is spent."""

from budget.models.accounts import AccountLine
from budget.models.courses import CourseLine
from budget.models.funding import FundingFact, Instalment
from budget.models.ledger import Commitment, Posting, posting_key
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

__all__ = [
    "AccountLine",
    "Allocation",
    "Budget",
    "BudgetApproval",
    "BudgetLine",
    "ClosedMonth",
    "Commitment",
    "CourseLine",
    "FundingFact",
    "Instalment",
    "Posting",
    "Reallocation",
    "ReallocationDecision",
    "Scenario",
    "ScenarioSource",
    "posting_key",
]
