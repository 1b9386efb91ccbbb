"""What a scenario of the years after the programme comes to: cost, covered, gap, the municipality's share, and when it
stands alone. The one definition, pure: from assumptions and sources to figures.

A year's parts are rounded to øre, and sums are of the rounded parts, so that what is shown adds up. Whether a month
stands alone is asked of the exact amounts. Nothing is clamped: a gap below zero is a surplus. Sources give the same
amount each year; costs follow the growth of prices.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from bydelsmoedre.money import ORE, ZERO

HUNDRED = Decimal(100)
MONTHS = 12


def in_ore(amount: Decimal) -> Decimal:
    return amount.quantize(ORE, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year."""

    year: int
    number: int  #: 1 to 12

    @property
    def ordinal(self) -> int:
        """Months since the year 0, so that they can be counted."""
        return self.year * MONTHS + self.number - 1

    @classmethod
    def of(cls, ordinal: int) -> "Month":
        return cls(ordinal // MONTHS, ordinal % MONTHS + 1)


@dataclass(frozen=True, slots=True)
class Source:
    """Money that may come: so much a year, from a month to a month (both included; None: to the end)."""

    name: str
    kind: str
    amount: Decimal  #: kroner a year
    probability: Decimal  #: per cent
    municipal_share: Decimal  #: per cent of it that is municipal money, also inside a housing plan
    first: Month
    last: Month | None = None

    def is_active(self, month: Month) -> bool:
        return self.first <= month and (self.last is None or month <= self.last)

    def months_in(self, year: int) -> int:
        """How many months of the year it gives money in."""
        begin = max(self.first.ordinal, Month(year, 1).ordinal)
        end = Month(year, MONTHS).ordinal
        if self.last is not None:
            end = min(end, self.last.ordinal)
        return max(end - begin + 1, 0)


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What the cost is reckoned from, in the first year's prices."""

    first_year: int
    years: int
    coordinator_pay: Decimal  #: kroner a year for full time
    full_time_share: Decimal  #: per cent
    course_cost: Decimal  #: kroner
    mothers_per_course: int
    recruits_per_year: int
    other_costs: Decimal  #: kroner a year
    price_growth: Decimal  #: per cent a year
    sources: Sequence[Source] = field(default_factory=tuple)
    extra_courses: int = 0  #: each year, besides those that the recruits need

    @property
    def courses(self) -> int:
        """Courses a year: as many as seat all recruits."""
        return -(-self.recruits_per_year // self.mothers_per_course) + self.extra_courses

    @property
    def all_years(self) -> range:
        return range(self.first_year, self.first_year + self.years)

    @property
    def months(self) -> list[Month]:
        return [Month(year, number) for year in self.all_years for number in range(1, MONTHS + 1)]

    def price_index(self, year: int) -> Decimal:
        """What a krone of the first year has become."""
        growth: Decimal = (1 + self.price_growth / HUNDRED) ** (year - self.first_year)
        return growth


@dataclass(frozen=True, slots=True)
class Part:
    """What one source gives in one year."""

    source: Source
    months: int
    if_it_comes: Decimal
    expected: Decimal  #: by its probability
    municipal: Decimal  #: of what is expected
    municipal_if_it_comes: Decimal


@dataclass(frozen=True, slots=True)
class Year:
    """One year's cost, and what covers it."""

    year: int
    index: Decimal
    courses: int
    pay: Decimal
    course_costs: Decimal
    other_costs: Decimal
    parts: tuple[Part, ...]

    @property
    def cost(self) -> Decimal:
        return self.pay + self.course_costs + self.other_costs

    @property
    def covered(self) -> Decimal:
        """What is expected to come."""
        return sum((part.expected for part in self.parts), ZERO)

    @property
    def covered_if_all_comes(self) -> Decimal:
        return sum((part.if_it_comes for part in self.parts), ZERO)

    @property
    def gap(self) -> Decimal:
        """What is missing; below zero it is a surplus."""
        return self.cost - self.covered

    @property
    def municipal(self) -> Decimal:
        return sum((part.municipal for part in self.parts), ZERO)

    @property
    def municipal_share(self) -> Decimal | None:
        """Municipal money in per cent of what is expected, that inside housing plans included; None where nothing is
        expected."""
        return self.municipal / self.covered * HUNDRED if self.covered else None

    @property
    def municipal_if_all_comes(self) -> Decimal:
        return sum((part.municipal_if_it_comes for part in self.parts), ZERO)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scenario comes to."""

    years: tuple[Year, ...]
    stands_alone_from: Month | None  #: the first month from which every month stands alone
    why_not: "WhyNot | None"  #: the last month that does not, and why; None where all do

    @property
    def cost(self) -> Decimal:
        return sum((year.cost for year in self.years), ZERO)

    @property
    def covered(self) -> Decimal:
        return sum((year.covered for year in self.years), ZERO)

    @property
    def covered_if_all_comes(self) -> Decimal:
        return sum((year.covered_if_all_comes for year in self.years), ZERO)

    @property
    def gap(self) -> Decimal:
        return self.cost - self.covered

    @property
    def municipal(self) -> Decimal:
        return sum((year.municipal for year in self.years), ZERO)

    @property
    def municipal_share(self) -> Decimal | None:
        return self.municipal / self.covered * HUNDRED if self.covered else None

    @property
    def has_municipal_money(self) -> bool:
        """Also where it only may come: a model that counts on a hope of it does not stand alone either."""
        return any(year.municipal_if_all_comes > 0 for year in self.years)

    def of_year(self, year: int) -> Year | None:
        """That year's; None where the scenario has no such year."""
        return next((one for one in self.years if one.year == year), None)

    def of(self, source: Source) -> list[Part]:
        """What one source gives, year by year."""
        return [part for year in self.years for part in year.parts if part.source is source]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a month does not stand alone, in kroner a year."""

    month: Month
    is_municipal: bool  #: municipal money is expected in it
    lacking: Decimal  #: what is missing, by the year; 0 where it is covered


def outcome(given: Assumptions) -> Outcome:
    """The figures of each year, and the first month from which the scenario stands alone to its end."""
    years = tuple(_year(given, year) for year in given.all_years)
    costs = {year: _exact_cost(given, year) for year in given.all_years}
    why: WhyNot | None = None
    alone: Month | None = None
    for month in reversed(given.months):
        why = _why_not_alone(given, month, costs[month.year])
        if why:
            break
        alone = month
    return Outcome(years, alone, why)


def _year(given: Assumptions, year: int) -> Year:
    index = given.price_index(year)
    return Year(
        year=year,
        index=index,
        courses=given.courses,
        pay=in_ore(given.coordinator_pay * given.full_time_share / HUNDRED * index),
        course_costs=in_ore(given.courses * given.course_cost * index),
        other_costs=in_ore(given.other_costs * index),
        parts=tuple(_part(source, year) for source in given.sources),
    )


def _part(source: Source, year: int) -> Part:
    months = source.months_in(year)
    whole = source.amount * months / MONTHS
    expected = in_ore(whole * source.probability / HUNDRED)
    if_it_comes = in_ore(whole)
    return Part(
        source=source,
        months=months,
        if_it_comes=if_it_comes,
        expected=expected,
        municipal=in_ore(expected * source.municipal_share / HUNDRED),
        municipal_if_it_comes=in_ore(if_it_comes * source.municipal_share / HUNDRED),
    )


def _exact_cost(given: Assumptions, year: int) -> Decimal:
    base = given.coordinator_pay * given.full_time_share / HUNDRED
    return (base + given.courses * given.course_cost + given.other_costs) * given.price_index(year)


def _why_not_alone(given: Assumptions, month: Month, cost: Decimal) -> WhyNot | None:
    """A month stands alone when no municipal money is expected in it and what is expected covers it. Both are held
    against each other by the year, so that no twelfth has to be rounded."""
    there = [source for source in given.sources if source.is_active(month)]
    expected = sum((source.amount * source.probability / HUNDRED for source in there), ZERO)
    is_municipal = any(source.amount * source.probability * source.municipal_share > 0 for source in there)
    lacking = max(cost - expected, ZERO)
    return WhyNot(month, is_municipal, lacking) if is_municipal or lacking > 0 else None


# --- What changes


@dataclass(frozen=True, slots=True)
class Effect:
    """What one change does to each year, and to when the scenario stands alone."""

    before: Outcome
    after: Outcome

    @property
    def years(self) -> list[tuple[Year, Year]]:
        return list(zip(self.before.years, self.after.years, strict=True))

    @property
    def gap(self) -> Decimal:
        """By how much the gap of all years grows; below zero it shrinks."""
        return self.after.gap - self.before.gap


def one_more_course(given: Assumptions) -> Effect:
    """A course more each year."""
    return Effect(outcome(given), outcome(replace(given, extra_courses=given.extra_courses + 1)))


def one_more_funder(given: Assumptions, amount: Decimal) -> Effect:
    """A funder more who surely gives `amount` each year from the first month, none of it municipal."""
    funder = Source("", "", amount, HUNDRED, Decimal(0), Month(given.first_year, 1))
    return Effect(outcome(given), outcome(replace(given, sources=[*given.sources, funder])))


def without(given: Assumptions, source: Source) -> Effect:
    """The same, should this source not come."""
    left = [one for one in given.sources if one is not source]
    return Effect(outcome(given), outcome(replace(given, sources=left)))
