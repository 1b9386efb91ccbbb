"""Two Moments side by side: each criterion and each sum of money at both, with the difference. Pure: from figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from reports.figures.shapes import BudgetFigure, CriterionFigure, Row

#: The sums of the budget that are told, and of each line.
SUMS = ("allocated", "moved", "budgeted", "committed", "spent", "rest")


@dataclass(frozen=True, slots=True)
class CriterionPair:
    """One criterion at two Moments; None where it had no rule then."""

    first: CriterionFigure | None
    second: CriterionFigure | None
    came: tuple[Row, ...] = ()  #: what counts at the second and not at the first
    went: tuple[Row, ...] = ()

    @property
    def figure(self) -> CriterionFigure:
        found = self.second or self.first
        assert found is not None
        return found

    @property
    def difference(self) -> int | None:
        """By how much the number rose; None for a decision, and where one of them has none."""
        if self.first is None or self.second is None or self.first.value is None or self.second.value is None:
            return None
        return self.second.value - self.first.value

    @property
    def has_other_rule(self) -> bool:
        return bool(self.first and self.second and self.first.rule_version != self.second.rule_version)

    @property
    def is_changed(self) -> bool:
        if self.first is None or self.second is None:
            return True
        answers = [(one.value, one.target, one.standing, one.rule_version) for one in (self.first, self.second)]
        return answers[0] != answers[1] or bool(self.came or self.went)


def criterion_pairs(
    first: Sequence[CriterionFigure],
    second: Sequence[CriterionFigure],
    counting: tuple[dict[int, list[Row]], dict[int, list[Row]]],
) -> list[CriterionPair]:
    """The criteria of both, by number. `counting`: by the criterion's number, the rows that count at each."""
    before, after = ({one.number: one for one in figures} for figures in (first, second))
    pairs = []
    for number in sorted({*before, *after}):
        were, are = ({row.uuid: row for row in rows.get(number, [])} for rows in counting)
        came = tuple(row for uuid, row in are.items() if uuid not in were)
        went = tuple(row for uuid, row in were.items() if uuid not in are)
        pairs.append(CriterionPair(before.get(number), after.get(number), came, went))
    return pairs


@dataclass(frozen=True, slots=True)
class AmountPair:
    """One sum at two Moments, in kroner."""

    label: str
    what: str  #: which sum: "spent", …
    first: Decimal
    second: Decimal

    @property
    def difference(self) -> Decimal:
        return self.second - self.first


@dataclass(frozen=True, slots=True)
class BudgetPair:
    """The budget at two Moments: its sums always, a line's or a funder's where it differs."""

    sums: list[AmountPair]
    lines: list[AmountPair]
    funding: list[AmountPair]
    is_same_budget: bool


def budget_pair(first: BudgetFigure | None, second: BudgetFigure | None) -> BudgetPair | None:
    """Both budgets; None where neither Moment has one, or only one of them."""
    if first is None or second is None:
        return None
    sums = [AmountPair("", name, getattr(first, name), getattr(second, name)) for name in SUMS]
    return BudgetPair(
        sums,
        list(_differing(_by_uuid(first.lines), _by_uuid(second.lines), "name", SUMS)),
        list(
            _differing(
                _by_uuid(first.funding), _by_uuid(second.funding), "funder", ("proposed", "promised", "granted", "paid")
            )
        ),
        first.uuid == second.uuid,
    )


def _by_uuid(parts: Sequence[Any]) -> dict[UUID, Any]:
    return {part.uuid: part for part in parts}


def _differing(before: dict[UUID, Any], after: dict[UUID, Any], label: str, names: tuple[str, ...]) -> Any:
    """Each sum that is not the same at both; what is at one of them only is 0 at the other."""
    for uuid in dict.fromkeys([*before, *after]):
        were, are = before.get(uuid), after.get(uuid)
        for name in names:
            amounts = [Decimal("0.00") if one is None else getattr(one, name) for one in (were, are)]
            if amounts[0] != amounts[1]:
                yield AmountPair(getattr(are or were, label), name, *amounts)


def sum_words() -> dict[str, str]:
    """What each sum is called."""
    return {
        "allocated": _("Approved budget"),
        "moved": _("Reallocated"),
        "budgeted": _("Corrected budget"),
        "committed": _("Committed"),
        "spent": _("Spent"),
        "rest": _("Rest"),
        "proposed": _("Proposed"),
        "promised": _("Promised"),
        "granted": _("Granted"),
        "paid": _("Paid"),
    }
