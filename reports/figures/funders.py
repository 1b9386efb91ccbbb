"""What each funder's money went to, as of a Moment: what names the funder, and its part of what names nobody.

What names nobody is divided by what each funder has granted (`budget.shares`). A line's parts are what the division of
the sum until and with that line, in the order of the budget, gives more than that of the sum before it: so the parts of
a line add up to the line, and a funder's parts to its part of the whole, both to the øre. Without any grant it is not
divided yet. What is bound names nobody, so it is divided by the grants too.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from budget.shares import shares
from bydelsmoedre.moment import Moment
from bydelsmoedre.money import ZERO
from bydelsmoedre.prepared import ask
from reports.figures.shapes import BudgetFigure

#: A line's spending by the funder that it names; None names nobody.
Named = Mapping[UUID, Mapping[UUID | None, Decimal]]

# Postings are never retracted, so plain columns ask what `at(moment)` asks.
_ASKED = """
select l.uuid, o.uuid, o.name, d.amount
from budget_budget b join budget_budgetline l on l.budget_id = b.id
cross join lateral (
  select p.funder_id, sum(p.amount) as amount from budget_posting p
  where p.line_id = l.id and p.happened_on <= %(on)s::date and p.recorded_at <= %(known_at)s::timestamptz
  group by 1
) d
left join programme_organisation o on o.id = d.funder_id
where b.uuid = %(budget)s::uuid order by o.id, l.number
"""


@dataclass(frozen=True, slots=True)
class FunderAccount:
    """A funder's own account, in kroner. Nothing is clamped: below zero, more is spent than granted or paid."""

    uuid: UUID
    funder: str
    granted: Decimal
    paid: Decimal
    named: Decimal  #: what is booked on this funder
    divided: Decimal  #: its part of what names nobody
    committed: Decimal  #: its part of what is bound
    lines: Mapping[UUID, Decimal]  #: what is booked and divided, by line

    @property
    def spent(self) -> Decimal:
        return self.named + self.divided

    @property
    def rest(self) -> Decimal:
        """Of the grant."""
        return self.granted - self.spent

    @property
    def unused(self) -> Decimal:
        """What would be left of the grant if the year ended now: neither spent nor bound."""
        return self.rest - self.committed

    @property
    def liquidity(self) -> Decimal:
        """What is paid less what is spent: below zero somebody else lays the money out."""
        return self.paid - self.spent


@dataclass(frozen=True, slots=True)
class FundersFigure:
    """The account divided by funder."""

    funders: tuple[FunderAccount, ...]
    undivided: Mapping[UUID, Decimal]  #: by line, while nobody has granted anything

    def _sum(self, name: str) -> Decimal:
        return sum((getattr(one, name) for one in self.funders), ZERO)

    @property
    def granted(self) -> Decimal:
        return self._sum("granted")

    @property
    def paid(self) -> Decimal:
        return self._sum("paid")

    @property
    def named(self) -> Decimal:
        return self._sum("named")

    @property
    def divided(self) -> Decimal:
        return self._sum("divided")

    @property
    def not_divided(self) -> Decimal:
        return sum(self.undivided.values(), ZERO)

    @property
    def spent(self) -> Decimal:
        """The account's own."""
        return self._sum("spent") + self.not_divided

    @property
    def rest(self) -> Decimal:
        return self.granted - self.spent

    @property
    def liquidity(self) -> Decimal:
        return self.paid - self.spent


def by_funder(budget: BudgetFigure, moment: Moment) -> FundersFigure:
    """The budget's account by funder: those who have granted, promised or paid, and those whom a posting names; one
    query besides the budget's own."""
    values = {"budget": budget.uuid, "on": moment.on, "known_at": moment.known_at}
    named: dict[UUID, dict[UUID | None, Decimal]] = defaultdict(dict)
    names: dict[UUID, str] = {}
    for line, funder, name, amount in ask(_ASKED, values):
        named[line][funder] = amount
        if funder:
            names[funder] = name
    return divided(budget, named, names)


def divided(budget: BudgetFigure, named: Named, names: Mapping[UUID, str]) -> FundersFigure:
    """The rule, pure. `names` are of the funders that a posting names."""
    known = {one.uuid: one for one in budget.funding}
    names = {one.uuid: one.funder for one in budget.funding} | dict(names)
    granted = {uuid: known[uuid].granted if uuid in known else ZERO for uuid in names}
    givers = [uuid for uuid in names if granted[uuid]]
    nobodys = [(line.uuid, named.get(line.uuid, {}).get(None)) for line in budget.lines]
    undivided = {line: amount for line, amount in nobodys if amount}
    parts = _parts(undivided, {uuid: granted[uuid] for uuid in givers})
    bound = shares(budget.committed, [granted[uuid] for uuid in givers]) if givers else []
    committed = dict(zip(givers, bound, strict=True))
    funders = tuple(
        FunderAccount(
            uuid=uuid,
            funder=name,
            granted=granted[uuid],
            paid=known[uuid].paid if uuid in known else ZERO,
            named=sum((by.get(uuid, ZERO) for by in named.values()), ZERO),
            divided=sum(parts.get(uuid, {}).values(), ZERO),
            committed=committed.get(uuid, ZERO),
            lines={line: by.get(uuid, ZERO) + parts.get(uuid, {}).get(line, ZERO) for line, by in named.items()},
        )
        for uuid, name in names.items()
    )
    return FundersFigure(funders, {} if givers else undivided)


def _parts(undivided: Mapping[UUID, Decimal], grants: Mapping[UUID, Decimal]) -> Mapping[UUID, Mapping[UUID, Decimal]]:
    """Of each line, by funder."""
    parts: dict[UUID, dict[UUID, Decimal]] = {uuid: {} for uuid in grants}
    until, before = ZERO, [ZERO] * len(grants)
    for line, amount in undivided.items() if grants else ():
        until += amount
        now = shares(until, list(grants.values()))
        for uuid, more, less in zip(grants, now, before, strict=True):
            parts[uuid][line] = more - less
        before = now
    return parts
