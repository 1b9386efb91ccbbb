"""What a figure looks like. Rows carry identity, dates and codes, never a person's name:
labels are joined when shown, for what that reader may see."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class Standing(StrEnum):
    """How a criterion stands on a day, seen against its deadline."""

    MET = "met"
    NOT_YET = "not_yet"
    MISSED = "missed"
    MET_LATE = "met_late"


#: Where a criterion is met: by its deadline, whatever came after it, or later.
ARE_MET = (Standing.MET, Standing.MET_LATE)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that counts, or nearly counts, toward a criterion."""

    kind: str  #: "association", "volunteer", "document" or "agreement"
    uuid: UUID
    since: dt.date | None = None  #: the day from which it counts; None for a near miss
    lacks: tuple[str, ...] = ()  #: codes of what is missing; empty for a row that counts
    association: UUID | None = None  #: for a volunteer: where she is coordinator
    facts: dict[str, dt.date] = field(default_factory=dict)  #: dates that explain the row, by code
    is_date_unknown: bool = False

    @property
    def counts(self) -> bool:
        return not self.lacks


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows lack just this; with no lacks, how many count."""

    lacks: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class CriterionFigure:
    """How far one success criterion is, at a Moment, by the version of its rule in force on that day."""

    uuid: UUID
    number: int
    key: str
    rule: str
    rule_version: UUID
    name: str
    wording: str
    rule_text: str
    deadline: dt.date
    value: int | None  #: None for a criterion that is a decision, not a number
    target: int | None
    is_met: bool  #: on the Moment's day, also when that is late
    met_since: dt.date | None
    standing: Standing
    tallies: tuple[Tally, ...]
    met_by_deadline_since: dt.date | None = None  #: as on the deadline, or on the Moment's day where that is before it
    running: int | None = None  #: for associations: how many of the counted are in operation
    near: tuple[Row, ...] = ()  #: the nearest misses, as many as were asked for
    changes: tuple[
        tuple[dt.date, int], ...
    ] = ()  #: days up to the Moment's on which the count rose or fell, by how many

    @property
    def is_number(self) -> bool:
        return self.target is not None

    @property
    def near_count(self) -> int:
        return sum(tally.count for tally in self.tallies if tally.lacks)

    @property
    def missing(self) -> int:
        """How many more are needed; 0 when the target is reached or there is none."""
        return max((self.target or 0) - (self.value or 0), 0)


@dataclass(frozen=True, slots=True)
class TransitionFigure:
    """What the formerly paid have answered. Undecided is who has said neither yes nor no."""

    total: int | None  #: how many were paid, as the programme states it; None where that is not stated
    yes: int
    no: int

    @property
    def undecided(self) -> int | None:
        return None if self.total is None else self.total - self.yes - self.no


@dataclass(frozen=True, slots=True)
class CountsFigure:
    """What is counted besides the criteria, cumulative at a Moment."""

    associations_running: int
    certificates: int  #: persons with a valid certificate from the coordinator training
    new_mothers: int  #: persons with a diploma for a course; merit makes no new mother
    transition: TransitionFigure
    conversations: int
    meetings: int  #: of the national steering group, held


@dataclass(frozen=True, slots=True)
class LineFigure:
    """One budget line at a Moment, in kroner. A negative rest is overspending and is shown as it is."""

    uuid: UUID
    number: int
    name: str
    allocated: Decimal  #: as proposed or approved (godkendt budget)
    moved: Decimal  #: by reallocations in force: what came less what went (omdisponeret)
    committed: Decimal
    months: tuple[tuple[dt.date, Decimal], ...] = ()  #: what was spent in each month, by its first day

    @property
    def budgeted(self) -> Decimal:
        """The corrected budget."""
        return self.allocated + self.moved

    @property
    def spent(self) -> Decimal:
        return sum((amount for _, amount in self.months), Decimal("0.00"))

    @property
    def rest(self) -> Decimal:
        return self.budgeted - self.spent - self.committed

    @property
    def deviation(self) -> Decimal:
        """What is spent less the corrected budget: above zero is overspent (afvigelse)."""
        return self.spent - self.budgeted

    @property
    def deviation_share(self) -> Decimal | None:
        """The deviation in per cent of the corrected budget; None where there is no budget to hold it against."""
        return self.deviation / self.budgeted * 100 if self.budgeted else None


@dataclass(frozen=True, slots=True)
class FundingFigure:
    """One funder at a Moment: four different things, in kroner, never added together."""

    uuid: UUID
    funder: str
    proposed: Decimal
    promised: Decimal
    granted: Decimal
    paid: Decimal


@dataclass(frozen=True, slots=True)
class BudgetFigure:
    """The budget of one year at a Moment."""

    uuid: UUID
    year: int
    price_level: str
    state: str  #: "proposed" or "approved"
    approved_on: dt.date | None
    stated_total: Decimal
    stated_as: str  #: the total as the source writes it
    lines: tuple[LineFigure, ...]
    funding: tuple[FundingFigure, ...]

    def _sum(self, name: str) -> Decimal:
        return sum((getattr(line, name) for line in self.lines), Decimal("0.00"))

    @property
    def allocated(self) -> Decimal:
        """The exact sum of the lines as proposed or approved: what is computed with."""
        return self._sum("allocated")

    @property
    def moved(self) -> Decimal:
        """Always 0 within one budget: what leaves one line comes to another."""
        return self._sum("moved")

    @property
    def budgeted(self) -> Decimal:
        """The exact sum of the lines, reallocations included."""
        return self._sum("budgeted")

    @property
    def spent(self) -> Decimal:
        return self._sum("spent")

    @property
    def months(self) -> dict[dt.date, Decimal]:
        """What is spent in each month in which anything is booked, by the month's first day, in their order."""
        spent: dict[dt.date, Decimal] = {}
        for line in self.lines:
            for month, amount in line.months:
                spent[month] = spent.get(month, Decimal("0.00")) + amount
        return dict(sorted(spent.items()))

    @property
    def committed(self) -> Decimal:
        return self._sum("committed")

    @property
    def rest(self) -> Decimal:
        return self._sum("rest")

    @property
    def deviation(self) -> Decimal:
        return self._sum("deviation")

    @property
    def deviation_share(self) -> Decimal | None:
        return self.deviation / self.budgeted * 100 if self.budgeted else None

    @property
    def paid(self) -> Decimal:
        """What the funders have paid."""
        return sum((funder.paid for funder in self.funding), Decimal("0.00"))

    @property
    def liquidity(self) -> Decimal:
        """What is paid less what is spent: below zero somebody else lays the money out."""
        return self.paid - self.spent

    @property
    def granted(self) -> Decimal:
        return sum((funder.granted for funder in self.funding), Decimal("0.00"))

    @property
    def unused(self) -> Decimal:
        """What is granted and neither spent nor committed: below zero, more is used than is granted."""
        return self.granted - self.spent - self.committed

    @property
    def is_empty(self) -> bool:
        """Is nothing budgeted, spent, committed or funded on the day? Then there is no budget to show."""
        return not (self.approved_on or self.allocated or self.spent or self.committed or self.funding)

    @property
    def rounding(self) -> Decimal:
        """How much more the stated total says than the lines: 1,4 mio. less 1.370.000 is 30.000. Nothing where none is
        stated."""
        return self.stated_total - self.budgeted if self.stated_as else Decimal("0.00")
