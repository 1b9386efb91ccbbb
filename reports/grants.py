"""Each funder's grant on the account: its terms, its conditions, and what would be unused if the year ended now."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from budget.models import GrantCondition, GrantTerms
from budget.terms import ConditionFigure, conditions_of, reallocation_rule, terms_of
from bydelsmoedre.moment import Moment
from reports.account import FactLine, fact_lines
from reports.figures.funders import by_funder
from reports.figures.shapes import BudgetFigure, FundingFigure


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """A condition, and what says that it is met."""

    condition: GrantCondition
    met: FactLine | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class GrantBlock:
    """A funder's grant at a Moment."""

    funding: FundingFigure
    terms: FactLine | None
    rule: str  #: what may be moved without asking, in words
    conditions: Sequence[ConditionLine]
    unused: Decimal | None  #: its part of what would be unused; None where nothing would
    becomes: str  #: of the unused money, in words


def grant_blocks(found: BudgetFigure, moment: Moment, *, may_write: bool) -> list[GrantBlock]:
    """A block for each funder; four queries."""
    terms, conditions = terms_of(found.uuid, moment), conditions_of(found.uuid, moment)
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


def unmet(blocks: Sequence[GrantBlock]) -> list[GrantCondition]:
    """The conditions that are not met: they hold instalments back."""
    return [line.condition for block in blocks for line in block.conditions if line.met is None]


def _line(fact: object, kind: str, *, may_write: bool) -> FactLine | None:
    return fact_lines([fact], kind, may_write=may_write)[0] if fact else None


def _condition(one: ConditionFigure, moment: Moment, *, may_write: bool) -> ConditionLine:
    due_on = one.condition.due_on
    is_late = one.met is None and due_on is not None and due_on < moment.on
    return ConditionLine(one.condition, _line(one.met, "betingelse-opfyldt", may_write=may_write), is_late)


def _becomes(terms: GrantTerms | None) -> str:
    """What becomes of the funder's part of the unused money."""
    if terms is None:
        return _("What becomes of it stands in no terms yet.")
    if terms.unused == GrantTerms.Unused.CARRIED_OVER:
        return _("It can be carried over to the next year on application; else it is paid back.")
    return _("It is paid back.")
