"""What a funder has promised, granted and paid, held against each other on every day: no more is paid than is granted
(the trigger `payment_within_grant` keeps it too), and a grant smaller than its promise is said on purpose."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from budget.models import Budget, FundingFact
from bydelsmoedre.danish import dato, kroner
from bydelsmoedre.money import ZERO
from programme.models import Organisation

Stage = FundingFact.Stage


@dataclass(frozen=True, slots=True)
class Sums:
    """What a funder has promised, granted and paid until a day."""

    on: dt.date
    promised: Decimal
    granted: Decimal
    paid: Decimal

    @property
    def left(self) -> Decimal:
        """What may still be paid."""
        return self.granted - self.paid


def facts_of(budget: Budget, funder: Organisation) -> list[FundingFact]:
    """What the funder has done, as we know now; one query."""
    return list(FundingFact.objects.current().filter(budget=budget, funder=funder))


def sums_on(facts: Iterable[FundingFact], day: dt.date) -> Sums:
    """The sums of what had happened by the day."""
    until = [fact for fact in facts if fact.happened_on <= day]

    def total(stage: str) -> Decimal:
        return sum((fact.amount for fact in until if fact.stage == stage), ZERO)

    return Sums(day, total(Stage.PROMISED), total(Stage.GRANTED), total(Stage.PAID))


def _from(facts: Sequence[FundingFact], day: dt.date) -> list[Sums]:
    """The sums on the day, and on each later day on which something happened."""
    days = sorted({day, *(fact.happened_on for fact in facts if fact.happened_on > day)})
    return [sums_on(facts, one) for one in days]


def why_not_paid(facts: Sequence[FundingFact], amount: Decimal, day: dt.date) -> str:
    """Why the amount cannot be paid on that day; "" where it can. What is paid later counts too, and what is granted
    later does not."""
    tightest = min(_from(facts, day), key=lambda one: one.left)
    if amount <= tightest.left:
        return ""
    told = {
        "granted": kroner(tightest.granted),
        "paid": kroner(tightest.paid),
        "left": kroner(tightest.left),
        "day": dato(tightest.on),
    }
    if not tightest.granted:
        return _("The funder has granted nothing by %(day)s. Record the grant first.") % told
    if tightest.granted == sums_on(facts, dt.date.max).granted:
        return _("%(granted)s is granted and %(paid)s paid already, so at most %(left)s can be paid.") % told
    return _("By %(day)s only %(granted)s is granted and %(paid)s is paid, so at most %(left)s can be paid.") % told


def below_promise(facts: Sequence[FundingFact], new: FundingFact) -> Sums | None:
    """The sums on the first day on which, with the new grant or promise, less is granted than was promised by then;
    None where there is no such day. Until something is granted, a promise is only a promise."""
    after = [*facts, new]
    days = {fact.happened_on for fact in after if fact.stage == Stage.GRANTED and fact.happened_on >= new.happened_on}
    if new.stage == Stage.GRANTED:
        days = {new.happened_on}
    found = (sums_on(after, day) for day in sorted(days))
    return next((one for one in found if one.granted < one.promised), None)


def why_grant_stays(fact: FundingFact) -> str:
    """Why a grant cannot be taken back: what is paid would have no grant; "" where it can, and for other stages."""
    if fact.stage != Stage.GRANTED:
        return ""
    others = [one for one in facts_of(fact.budget, fact.funder) if one.pk != fact.pk]
    short = next((one for one in _from(others, fact.happened_on) if one.left < 0), None)
    if short is None:
        return ""
    return _(
        "%(paid)s is paid by %(day)s, and without this grant only %(granted)s would be granted. Record the right grant "
        "first, or retract the payment."
    ) % {"paid": kroner(short.paid), "day": dato(short.on), "granted": kroner(short.granted)}
