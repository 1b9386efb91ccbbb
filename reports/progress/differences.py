"""What differs between two frozen reports: figures and rules as each of them says, nothing reckoned anew.

Pure, from the two contents. What is null in a content is unknown or not told, and differs from a number by nothing.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from bydelsmoedre.danish import beloeb
from reports.comparing import SUMS, sum_words
from reports.models import FrozenReport
from reports.progress import words
from reports.progress.amounts import amount
from reports.progress.sections import figure_told, short_day, standing

Content = dict[str, Any]

#: The sums of a funder.
STAGES = ("proposed", "promised", "granted", "paid")
#: The sums of the whole budget whose differences are told in short.
TOLD_SUMS = ("budgeted", "spent", "committed", "rest")


@dataclass(frozen=True, slots=True)
class CriterionSide:
    """How a criterion stands in one report."""

    result: str
    standing: str  #: its code
    standing_name: str
    rule_version: str
    rule_from: str | None
    value: int | None
    is_met: bool

    @property
    def since(self) -> dt.date | None:
        """From when its rule holds."""
        return dt.date.fromisoformat(self.rule_from) if self.rule_from else None


@dataclass(frozen=True, slots=True)
class CriterionDifference:
    """One criterion in both reports; None where one of them does not have it."""

    name: str
    number: int
    first: CriterionSide | None
    second: CriterionSide | None

    @property
    def has_other_rule(self) -> bool:
        return bool(self.first and self.second and self.first.rule_version != self.second.rule_version)

    @property
    def is_changed(self) -> bool:
        return self.first != self.second

    @property
    def difference(self) -> int | None:
        """By how much the number rose; None for a decision, and where one of them has none."""
        if self.first is None or self.second is None or self.first.value is None or self.second.value is None:
            return None
        return self.second.value - self.first.value


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """One figure in both reports, as each tells it; "" where one of them does not have it."""

    label: str
    first: str
    second: str

    @property
    def is_changed(self) -> bool:
        return self.first != self.second


@dataclass(frozen=True, slots=True)
class SumDifference:
    """One sum in both reports, in kroner; None where it is unknown."""

    label: str  #: of the budget line or funder; "" for the whole budget
    what: str
    first: Decimal | None
    second: Decimal | None

    @property
    def is_changed(self) -> bool:
        return self.first != self.second

    @property
    def difference(self) -> Decimal | None:
        return None if self.first is None or self.second is None else self.second - self.first


@dataclass(frozen=True, slots=True)
class Differences:
    """All that can be compared of two reports: whole lists, whether they differ or not."""

    criteria: list[CriterionDifference]
    figures: list[FigureDifference]
    sums: list[SumDifference]
    lines: list[SumDifference]
    funding: list[SumDifference]


@dataclass(frozen=True, slots=True)
class Change:
    """One change in short: “Lokale foreninger 1 → 2”. `difference` is "" where it is no number."""

    label: str
    first: str
    second: str
    difference: str = ""

    def __str__(self) -> str:
        told = f"{self.label} {self.first} → {self.second}"
        return f"{told} ({self.difference})" if self.difference else told


def differences(before: Content, after: Content) -> Differences:
    """Both contents side by side, in the later one's order. What a report has no part about is not compared."""
    economies = [content.get("economy") or {} for content in (before, after)]
    totals = [one.get("total") or {} for one in economies]
    return Differences(
        criteria=list(_criteria(*(content.get("criteria", []) for content in (before, after)))),
        figures=list(_figures(*(content.get("figures", []) for content in (before, after)))),
        sums=[_sum("", what, *totals) for what in SUMS] if any(totals) else [],
        lines=list(_sums(*(one.get("lines", []) for one in economies), names=SUMS)),
        funding=list(_sums(*(one.get("funders", []) for one in economies), names=STAGES)),
    )


def _both(before: list[Content], after: list[Content], name: str) -> Iterator[tuple[Content | None, Content | None]]:
    """The parts that go together, by what they are called; the later ones first. Of several that are called the same,
    the first goes with the first."""
    were, are = (_counted(some, name) for some in (before, after))
    return ((were.get(key), are.get(key)) for key in dict.fromkeys([*are, *were]))


def _counted(parts: list[Content], name: str) -> dict[tuple[str, int], Content]:
    """Each part by what it is called, and how many before it are called so."""
    seen: Counter[str] = Counter()
    found = {}
    for one in parts:
        found[one[name], seen[one[name]]] = one
        seen[one[name]] += 1
    return found


def _criteria(before: list[Content], after: list[Content]) -> Iterator[CriterionDifference]:
    for first, second in _both(before, after, "key"):
        named: Content = second or first or {}
        yield CriterionDifference(named["name"], named["number"], _side(first), _side(second))


def _side(one: Content | None) -> CriterionSide | None:
    if one is None:
        return None
    told = standing(one)
    return CriterionSide(
        told["result"], one["standing"], one["standing_name"], one["rule_version"], one["rule_from"], one["value"],
        bool(one["met"]),
    )  # fmt: skip


def _figures(before: list[Content], after: list[Content]) -> Iterator[FigureDifference]:
    for first, second in _both(before, after, "code"):
        named: Content = second or first or {}
        yield FigureDifference(named["label"], *(figure_told(one) if one else "" for one in (first, second)))


def _sums(before: list[Content], after: list[Content], *, names: tuple[str, ...]) -> Iterator[SumDifference]:
    for first, second in _both(before, after, "name"):
        named: Content = second or first or {}
        yield from (_sum(named["name"], what, first or {}, second or {}) for what in names)


def _sum(label: str, what: str, first: Content, second: Content) -> SumDifference:
    return SumDifference(label, what, *(_kroner(one.get(what)) for one in (first, second)))


def _kroner(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def changes_since(before: FrozenReport, after: FrozenReport) -> list[Change]:
    """What is not as in the report before: criteria, rules, and the sums of the budget, in short."""
    found = differences(before.content, after.content)
    return [*_of_criteria(found.criteria), *_of_sums(found.sums)]


def _of_criteria(criteria: list[CriterionDifference]) -> Iterator[Change]:
    for one in criteria:
        first, second = one.first, one.second
        if first is None or second is None:
            told = (side.standing_name if side else _("not in the report") for side in (first, second))
            yield Change(one.name, *told)
            continue
        if first.value != second.value and second.value is not None:
            yield Change(one.name, words.UNKNOWN if first.value is None else str(first.value), str(second.value))
        if first.standing != second.standing:
            yield Change(one.name, first.standing_name, second.standing_name)
        if one.has_other_rule:
            label = _("%(criterion)s, the rule that holds from") % {"criterion": one.name}
            yield Change(label, *(short_day(side.rule_from) for side in (first, second)))


def _of_sums(sums: list[SumDifference]) -> Iterator[Change]:
    called = sum_words()
    for one in sums:
        if one.what in TOLD_SUMS and one.is_changed:
            first, second = (amount(None if value is None else str(value)) for value in (one.first, one.second))
            yield Change(called[one.what], first, second, _signed(one.difference))


def _signed(difference: Decimal | None) -> str:
    if difference is None:
        return ""
    return f"{'+' if difference > 0 else ''}{beloeb(difference)}"
