"""What each line of the budget will have cost when its year ends, as it looks on a day: a forecast, no fact.

It is what is spent, what is bound and not spent yet (disponeret), what is planned, and the rest by a named method:

- **Salaries** (lines of that kind): the average of the last three whole months in which a salary stands, a reversal
  taken off the month that it reverses; for each month after the day's, and for the day's own as long as no salary
  stands in it. What is committed on the line is taken off: it is bound for the same salaries, and counts once.
- **Sessions** (other lines that courses are paid from): sessions after the day, within the year, of courses paid from
  the line, at what a session has cost on the average so far: what is booked on those courses and the line, divided by
  the sessions whose day has come. Commitments of such a line count besides.
- **The rest**, by the method chosen for the line (`ForecastMethod`), or what is usual for its kind (`USUAL`).

Where nothing tells what a salary or a session costs, that part counts 0 and the line says that it is lacking. Nothing
is clamped: a line that will be overspent says so. From the last day of the year on, it is what is spent.

Facts are asked of the Moment. Plans (sessions, and which line pays a course) have no past: they are as they stand now,
seen from the Moment's day.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from budget.models import BudgetLine, ForecastMethod
from budget.models.forecasts import USUAL
from bydelsmoedre.moment import Moment, end_of_month
from bydelsmoedre.money import ORE, ZERO
from bydelsmoedre.prepared import ask
from reports.figures.shapes import BudgetFigure, LineFigure

Method = ForecastMethod.Method

#: So many months with a salary tell what a month of salary costs.
SALARY_MONTHS = 3

# For each line: its kind and method (as `ForecastMethod.objects.latest_of`); of salaries a row per month; and what its
# courses have cost, with their sessions.
_ASKED = """
with line as (
  select l.id, l.uuid, l.kind from budget_budgetline l join budget_budget b on b.id = l.budget_id
  where b.uuid = %(budget)s::uuid
)
select 'line' as what, l.uuid, l.kind as kind, (
    select f.method from budget_forecastmethod f
    where f.line_id = l.id and f.happened_on <= %(on)s::date and known(f)
    order by f.happened_on desc, f.recorded_at desc, f.id desc limit 1
  ) as method, null::date as month, null::numeric as amount, null::int as held, null::int as ahead
from line l
union all
select 'salary', l.uuid, null, null, date_trunc('month', coalesce(o.happened_on, p.happened_on)::timestamp)::date,
  sum(p.amount), null, null
from line l
join budget_posting p on p.line_id = l.id
  and p.happened_on <= %(on)s::date and p.recorded_at <= %(known_at)s::timestamptz
left join budget_posting o on o.uuid = p.reverses and o.retracted_at is null
where l.kind = 'salary' group by l.uuid, 5
union all
select 'courses', l.uuid, null, null, null, (
    select coalesce(sum(p.amount), 0) from budget_courseline c
    join budget_posting p on p.course_id = c.course_id and p.line_id = l.id
      and p.happened_on <= %(on)s::date and p.recorded_at <= %(known_at)s::timestamptz
    where c.line_id = l.id
  ), n.held, n.ahead
from line l
cross join lateral (
  select count(*) filter (where s.held_on <= %(on)s::date)::int as held,
    count(*) filter (where s.held_on > %(on)s::date and s.held_on <= %(ends)s::date)::int as ahead
  from budget_courseline c join training_session s on s.course_id = c.course_id and not s.is_cancelled
  where c.line_id = l.id
) n
where l.kind <> 'salary' and n.held + n.ahead > 0
"""


@dataclass(frozen=True, slots=True)
class Plans:
    """What is known of a line besides its account."""

    kind: str
    chosen: str | None = None  #: the method that the secretariat has chosen
    salaries: Sequence[tuple[dt.date, Decimal]] = ()  #: by month (its first day), net of what is reversed
    course_cost: Decimal = ZERO  #: booked on the courses that the line pays
    held: int = 0  #: their sessions whose day has come
    ahead: int = 0  #: and those still to come this year

    @property
    def method(self) -> str:
        return self.chosen or USUAL[self.kind]


@dataclass(frozen=True, slots=True)
class Planned:
    """So many of something that is planned, at so much each; `each` is None where nothing tells what it costs."""

    what: str  #: "salary" (months) or "session"
    count: int
    each: Decimal | None
    taken_off: Decimal = ZERO  #: what is committed for the same

    @property
    def amount(self) -> Decimal:
        return max((self.each or ZERO) * self.count - self.taken_off, ZERO)

    @property
    def is_lacking(self) -> bool:
        return self.each is None and self.count > 0


@dataclass(frozen=True, slots=True)
class Rest:
    """What is foretold by a method, besides what is committed and planned."""

    method: str
    amount: Decimal
    each: Decimal | None = None  #: of the pace: the average of the months that are over
    is_lacking: bool = False  #: no month is over, so there is no pace


@dataclass(frozen=True, slots=True)
class LineForecast:
    """One line as it looks for the year, in kroner."""

    line: LineFigure
    method: str
    is_chosen: bool  #: by the secretariat; else it is the kind's usual one
    committed: Decimal
    planned: Planned | None
    rest: Rest

    @property
    def spent(self) -> Decimal:
        return self.line.spent

    @property
    def budgeted(self) -> Decimal:
        return self.line.budgeted

    @property
    def plans(self) -> Decimal:
        """What the plans cost."""
        return self.planned.amount if self.planned else ZERO

    @property
    def remainder(self) -> Decimal:
        return self.rest.amount

    @property
    def total(self) -> Decimal:
        return self.spent + self.committed + self.plans + self.remainder

    @property
    def deviation(self) -> Decimal:
        """The forecast less the corrected budget: above zero it will be overspent."""
        return self.total - self.budgeted

    @property
    def is_lacking(self) -> bool:
        """Is there a part of which nothing tells what it will cost? Then the forecast is too low."""
        return self.rest.is_lacking or bool(self.planned and self.planned.is_lacking)


@dataclass(frozen=True, slots=True)
class Forecast:
    """The budget's year as it looks on the day."""

    on: dt.date
    ends_on: dt.date
    lines: tuple[LineForecast, ...]

    @property
    def is_over(self) -> bool:
        return self.on >= self.ends_on

    @property
    def is_lacking(self) -> bool:
        return any(line.is_lacking for line in self.lines)

    def _sum(self, name: str) -> Decimal:
        return sum((getattr(line, name) for line in self.lines), ZERO)

    @property
    def spent(self) -> Decimal:
        return self._sum("spent")

    @property
    def committed(self) -> Decimal:
        return self._sum("committed")

    @property
    def plans(self) -> Decimal:
        return self._sum("plans")

    @property
    def remainder(self) -> Decimal:
        return self._sum("remainder")

    @property
    def total(self) -> Decimal:
        return self._sum("total")

    @property
    def budgeted(self) -> Decimal:
        return self._sum("budgeted")

    @property
    def deviation(self) -> Decimal:
        return self._sum("deviation")


def forecast(budget: BudgetFigure, moment: Moment) -> Forecast:
    """The forecast of the budget's year; one query besides the budget's own."""
    ends_on = dt.date(budget.year, 12, 31)
    plans = _plans(budget.uuid, moment, ends_on)
    lines = tuple(line_forecast(line, plans[line.uuid], moment.on, budget.year) for line in budget.lines)
    return Forecast(moment.on, ends_on, lines)


def _plans(budget: UUID, moment: Moment, ends_on: dt.date) -> Mapping[UUID, Plans]:
    values = {"budget": budget, "on": moment.on, "known_at": moment.known_at, "ends": ends_on}
    about: dict[UUID, dict[str, Any]] = defaultdict(dict)
    salaries: dict[UUID, list[tuple[dt.date, Decimal]]] = defaultdict(list)
    for what, line, kind, method, month, amount, held, ahead in ask(_ASKED, values):
        if what == "line":
            about[line] |= {"kind": kind, "chosen": method}
        elif what == "salary":
            salaries[line].append((month, amount))
        else:
            about[line] |= {"course_cost": amount, "held": held, "ahead": ahead}
    return {line: Plans(**told, salaries=sorted(salaries[line])) for line, told in about.items()}


# --- The rule, pure


def line_forecast(line: LineFigure, plans: Plans, on: dt.date, year: int) -> LineForecast:
    """What is said above, of one line. `line` is its account as of the day."""
    if on >= dt.date(year, 12, 31):
        return LineForecast(line, plans.method, plans.chosen is not None, ZERO, None, Rest(plans.method, ZERO))
    planned = _planned(line, plans, on, year)
    bound = line.committed + (planned.amount if planned else ZERO)
    rest = _rest(line, plans.method, bound, on, year)
    return LineForecast(line, plans.method, plans.chosen is not None, line.committed, planned, rest)


def _planned(line: LineFigure, plans: Plans, on: dt.date, year: int) -> Planned | None:
    if plans.kind == BudgetLine.Kind.SALARY:
        return Planned("salary", _salaries_left(plans, on, year), salary_of_a_month(plans, on), line.committed)
    if plans.ahead:
        return Planned("session", plans.ahead, _cost_of_a_session(plans))
    return None


def salary_of_a_month(plans: Plans, on: dt.date) -> Decimal | None:
    """The average of the last three whole months with a salary; None where there is none yet."""
    paid = [amount for month, amount in plans.salaries if amount > 0 and end_of_month(month) <= on][-SALARY_MONTHS:]
    return _average(sum(paid, ZERO), len(paid))


def _salaries_left(plans: Plans, on: dt.date, year: int) -> int:
    if on.year < year:
        return 12
    is_paid = any(amount > 0 and month == on.replace(day=1) for month, amount in plans.salaries)
    return 12 - on.month + (not is_paid)


def _cost_of_a_session(plans: Plans) -> Decimal | None:
    """None where none has been held, or nothing is booked on the courses: then nothing tells what one costs."""
    return _average(plans.course_cost, plans.held) if plans.course_cost > 0 else None


def _rest(line: LineFigure, method: str, bound: Decimal, on: dt.date, year: int) -> Rest:
    """`bound`: what is committed and planned of the line, which the method never counts once more."""
    if method == Method.BUDGET:
        return Rest(method, max(line.budgeted - line.spent - bound, ZERO))
    if method == Method.PACE:
        return _pace(line, bound, on, year)
    return Rest(method, ZERO)


def _pace(line: LineFigure, bound: Decimal, on: dt.date, year: int) -> Rest:
    """The average of the year's months that are over, for the others; what is spent in the day's own month, and what is
    bound or planned, is part of it."""
    over = months_over(on, year)
    months = [(month, amount) for month, amount in line.months if month.year == year]
    before = sum((amount for month, amount in months if month.month <= over), ZERO)
    since = sum((amount for month, amount in months if month.month > over), ZERO)
    each = _average(before, over)
    if each is None:
        return Rest(Method.PACE, ZERO, is_lacking=True)
    return Rest(Method.PACE, max(each * (12 - over) - since - bound, ZERO), each)


def months_over(on: dt.date, year: int) -> int:
    """How many of the year's months are over on the day: a month is over on its last day."""
    if on.year != year:
        return 12 if on.year > year else 0
    return on.month if on == end_of_month(on) else on.month - 1


def _average(amount: Decimal, count: int) -> Decimal | None:
    return (amount / count).quantize(ORE, ROUND_HALF_UP) if count else None
