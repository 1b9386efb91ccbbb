"""A scenario's figures in words, for one reader: how each came about, and what one change does to it.

The municipality's contact reads kinds and sums, not what a source is called: that is free text.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from budget.models import Scenario, ScenarioSource
from budget.selffinancing import (
    Assumptions,
    Effect,
    Month,
    Outcome,
    Part,
    Source,
    Year,
    in_ore,
    one_more_course,
    one_more_funder,
    outcome,
    without,
)
from bydelsmoedre.danish import kroner, maaned, tal
from bydelsmoedre.moment import today
from bydelsmoedre.money import ZERO
from programme.models import Adoption, Programme, StatedNumber


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source, and what is expected of it in all."""

    label: str
    kind: str
    source: Source
    parts: list[Part]

    @property
    def expected(self) -> Decimal:
        return sum((part.expected for part in self.parts), ZERO)

    @property
    def period(self) -> str:
        first, last = in_words(self.source.first), self.source.last
        if last is None:
            return _("from %(first)s") % {"first": first}
        return _("%(first)s to %(last)s") % {"first": first, "last": in_words(last)}


@dataclass(frozen=True, slots=True)
class EffectLine:
    """What one change does."""

    label: str
    effect: Effect

    @property
    def alone(self) -> str:
        return alone_in_words(self.effect.after)


@dataclass(frozen=True, slots=True)
class YearSteps:
    """How a year's figures came about, a step each."""

    year: Year
    cost: list[str]
    covered: list[str]


def year_columns() -> list[tuple[str, str]]:
    """What is told of a year in kroner, by the figure's own names."""
    return [
        ("cost", _("Cost")),
        ("covered", _("Covered, as expected")),
        ("gap", _("Gap")),
        ("covered_if_all_comes", _("Covered if all comes")),
        ("municipal", _("Municipal money in what is covered")),
    ]


class Standing(StrEnum):
    """Where a scenario stands; once it is put forward, as the document's version that it is."""

    DRAFT = "draft"
    FORWARD = "forward"
    REJECTED = "rejected"
    ADOPTED = "adopted"


#: In words, and the shape beside them: of what is decided, the shapes of documents.
STANDINGS = {
    Standing.DRAFT: (gettext_lazy("Draft"), "not_yet"),
    Standing.FORWARD: (gettext_lazy("Put forward"), "proposed"),
    Standing.REJECTED: (gettext_lazy("Sent back"), "waived"),
    Standing.ADOPTED: (gettext_lazy("Adopted"), "met"),
}
_DECIDED: dict[str | None, Standing] = {
    Adoption.Outcome.ADOPTED: Standing.ADOPTED,
    Adoption.Outcome.REJECTED: Standing.REJECTED,
}


class Told:
    """A scenario with its figures, as one reader is told it."""

    def __init__(self, scenario: Scenario, *, is_staff: bool) -> None:
        self.scenario = scenario
        self.given: Assumptions = scenario.assumptions()
        self.labels = labels(self.given.sources, is_staff=is_staff)

    @cached_property
    def outcome(self) -> Outcome:
        return outcome(self.given)

    @property
    def code(self) -> Standing:
        if self.scenario.version is None:
            return Standing.DRAFT
        return _DECIDED.get(getattr(self.scenario, "decision", None), Standing.FORWARD)

    @property
    def standing(self) -> str:
        return str(STANDINGS[self.code][0])

    @property
    def shape(self) -> str:
        return STANDINGS[self.code][1]

    @property
    def alone(self) -> str:
        return alone_in_words(self.outcome)

    @property
    def why(self) -> str:
        return why_in_words(self.outcome)

    @property
    def sources(self) -> list[SourceLine]:
        return [
            SourceLine(label, kind_in_words(source), source, self.outcome.of(source))
            for source, label in zip(self.given.sources, self.labels, strict=True)
        ]

    @property
    def steps(self) -> list[YearSteps]:
        return [
            YearSteps(year, cost_steps(self.given, year), [_part_step(*one) for one in self._parts(year)])
            for year in self.outcome.years
        ]

    def _parts(self, year: Year) -> list[tuple[Part, str]]:
        return [(part, label) for part, label in zip(year.parts, self.labels, strict=True) if part.months]

    def effects(self, extra: Decimal | None) -> list[EffectLine]:
        """One more course, one more funder of that size, and each source that does not come."""
        lines = [EffectLine(_("One more course a year"), one_more_course(self.given))]
        if extra is not None:
            named = _("One more funder of %(amount)s a year") % {"amount": kroner(extra)}
            lines.append(EffectLine(named, one_more_funder(self.given, extra)))
        return lines + [
            EffectLine(_("Without %(source)s") % {"source": label}, without(self.given, source))
            for source, label in zip(self.given.sources, self.labels, strict=True)
        ]


def labels(sources: Sequence[Source], *, is_staff: bool) -> list[str]:
    """What each source is called: its name, or for the municipality its kind, numbered where there are several."""
    if is_staff:
        return [one.name for one in sources]
    kinds = [kind_in_words(one) for one in sources]
    many, met = Counter(kinds), Counter[str]()
    found = []
    for kind in kinds:
        met[kind] += 1
        found.append(f"{kind} {met[kind]}" if many[kind] > 1 else kind)
    return found


def kind_in_words(source: Source) -> str:
    return str(capfirst(ScenarioSource.Kind(source.kind).label)) if source.kind else ""


def in_words(month: Month) -> str:
    """“marts 2012”."""
    return maaned(_first_day(month))


def _first_day(month: Month) -> dt.date:
    return dt.date(month.year, month.number, 1)


def alone_in_words(found: Outcome) -> str:
    if found.stands_alone_from is None:
        return _("Not within the scenario")
    return _("From %(month)s") % {"month": in_words(found.stands_alone_from)}


def why_in_words(found: Outcome) -> str:
    """Why it does not stand alone earlier, or at all: what its last month that does not still lacks."""
    why = found.why_not
    if why is None:
        return _("No month has municipal money in it, and each is covered by what is expected.")
    said = {"month": in_words(why.month), "amount": kroner(in_ore(why.lacking))}
    if why.is_municipal and why.lacking:
        return _("In %(month)s there is still municipal money, and %(amount)s a year is missing besides.") % said
    if why.is_municipal:
        return _("In %(month)s there is still municipal money.") % said
    return _("In %(month)s what is expected does not cover the cost: %(amount)s a year is missing.") % said


def cost_steps(given: Assumptions, year: Year) -> list[str]:
    """How the year's cost came about."""
    told = {
        "pay": kroner(given.coordinator_pay),
        "share": tal(given.full_time_share),
        "index": f"{year.index:.4f}".replace(".", ","),
        "recruits": given.recruits_per_year,
        "seats": given.mothers_per_course,
        "course": kroner(given.course_cost),
        "other": kroner(given.other_costs),
        "paid": kroner(year.pay),
        "taught": kroner(year.course_costs),
        "run": kroner(year.other_costs),
        "cost": kroner(year.cost),
        "count": year.courses,
    }
    courses = ngettext("%(count)s course", "%(count)s courses", year.courses) % told
    return [
        _("Coordinator: %(pay)s × %(share)s %% × %(index)s (growth of prices) = %(paid)s") % told,
        _("%(recruits)s recruits, %(seats)s to a course: %(courses)s") % (told | {"courses": courses}),
        _("Courses: %(courses)s × %(course)s × %(index)s = %(taught)s") % (told | {"courses": courses}),
        _("Other running costs: %(other)s × %(index)s = %(run)s") % told,
        _("Cost: %(paid)s + %(taught)s + %(run)s = %(cost)s") % told,
    ]


def _part_step(part: Part, label: str) -> str:
    told = {
        "source": label,
        "amount": kroner(part.source.amount),
        "months": part.months,
        "probability": tal(part.source.probability),
        "expected": kroner(part.expected),
        "share": tal(part.source.municipal_share),
        "municipal": kroner(part.municipal),
    }
    said = _("%(source)s: %(amount)s × %(months)s/12 months × %(probability)s %% = %(expected)s") % told
    if part.municipal:
        said += "; " + _("%(share)s %% of it is municipal: %(municipal)s") % told
    return said


def paid_model_estimate(programme: Programme) -> Decimal | None:
    """What a source estimates that the unchanged paid model would cost a year: a comparison, not a saving (domain.md,
    trap 7). None where no source is recorded."""
    stated = StatedNumber.objects.current().filter(
        programme=programme, kind=StatedNumber.Kind.PAID_MODEL_ESTIMATE, happened_on__lte=today()
    )
    found = stated.order_by("-happened_on", "-pk").first()
    return found.number if found else None
