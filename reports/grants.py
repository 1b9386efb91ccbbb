"""Each funder's grant on the account: its terms, its conditions, and what would be unused if the year ended now."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from budget.instalments import InstalmentFigure, held_against
from budget.models import FundingFact, GrantCondition, GrantTerms
from budget.terms import ConditionFigure, conditions_of, reallocation_rule, terms_of
from bydelsmoedre.moment import Moment
from reports.account import FactLine, fact_lines, instalments
from reports.figures.funders import by_funder
from reports.figures.shapes import BudgetFigure, FundingFigure


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """A condition, and what says that it is met."""

    condition: GrantCondition
    met: FactLine | None
    due_on: dt.date | None
    is_late: bool
    holds_back: bool  #: the instalment that hangs on it; else that is paid, or let go


@dataclass(frozen=True, slots=True)
class GrantBlock:
    """A funder's grant at a Moment."""

    funding: FundingFigure
    terms: FactLine | None
    rule: str  #: what may be moved without asking, in words
    conditions: Sequence[ConditionLine]
    unused: Decimal | None  #: its part of what would be unused; None where nothing would
    becomes: str  #: of the unused money, in words


@dataclass(frozen=True, slots=True)
class Plans:
    """What is planned of the grants at a Moment: the instalments, and by funder the conditions that hold them back."""

    instalments: Sequence[InstalmentFigure]
    conditions: Mapping[UUID, Sequence[ConditionFigure]]


def plans_of(found: BudgetFigure, moment: Moment, facts: Sequence[FundingFact]) -> Plans:
    """The plans held against what the funders have done; three queries."""
    planned = list(instalments(found))
    unpaid = {one.instalment.pk for one in held_against(planned, facts, moment.on) if not one.paid_on}
    conditions = conditions_of(found.uuid, moment, unpaid)
    unmet = [one.condition for ours in conditions.values() for one in ours if not one.met]
    return Plans(held_against(planned, facts, moment.on, unmet), conditions)


def grant_blocks(
    found: BudgetFigure, moment: Moment, conditions: Mapping[UUID, Sequence[ConditionFigure]], *, may_write: bool
) -> list[GrantBlock]:
    """A block for each funder; two queries."""
    terms = terms_of(found.uuid, moment)
    unused = {one.uuid: one.unused for one in by_funder(found, moment).funders}
    return [
        GrantBlock(
            funding,
            _line(terms.get(funding.uuid), "vilkaar", may_write=may_write),
            reallocation_rule(terms.get(funding.uuid)),
            [_condition(one, moment, may_write=may_write) for one in conditions.get(funding.uuid, ())],
            unused[funding.uuid] if unused[funding.uuid] > 0 else None,
            _becomes(terms.get(funding.uuid)),
        )
        for funding in found.funding
    ]


def _line(fact: object, kind: str, *, may_write: bool) -> FactLine | None:
    return fact_lines([fact], kind, may_write=may_write)[0] if fact else None


def _condition(one: ConditionFigure, moment: Moment, *, may_write: bool) -> ConditionLine:
    met = _line(one.met, "betingelse-opfyldt", may_write=may_write)
    return ConditionLine(one.condition, met, one.due_on, one.is_late(moment.on), one.holds_back is not None)


def _becomes(terms: GrantTerms | None) -> str:
    """What becomes of the funder's part of the unused money."""
    if terms is None:
        return _("What becomes of it stands in no terms yet.")
    if terms.unused == GrantTerms.Unused.CARRIED_OVER:
        return _("It can be carried over to the next year on application; else it is paid back.")
    return _("It is paid back.")
