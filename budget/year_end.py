"""The year's end as a guided list, from closed months to the lock; what each funder gets back is asked in `reports`."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from budget.models import Budget, ClosedMonth, Commitment, GrantTerms, YearEnd
from budget.month_end import Step, explained_steps
from bydelsmoedre.addresses import url
from bydelsmoedre.danish import kroner
from bydelsmoedre.moment import Moment
from programme.models import Organisation

#: The accounts of a year are kept for so many years after it (bogføringsloven § 12).
KEPT_YEARS = 5

Kind = YearEnd.Kind


def done_of(budget: Budget) -> dict[tuple[str, int | None], YearEnd]:
    """What is done of the year's end, by its kind and its funder; one query."""
    found = YearEnd.objects.current().filter(budget=budget).select_related("recorded_by", "funder", "evidence")
    return {(one.kind, one.funder_id): one for one in found}


def steps_of(
    budget: Budget,
    done: Mapping[tuple[str, int | None], YearEnd],
    unused: Sequence[tuple[Organisation, Decimal]],
    *,
    may_write: bool,
) -> list[Step]:
    """The list as things are now; `unused` is each funder's part of what is not spent."""
    steps = [_months(budget), _commitments(budget)]
    steps += explained_steps(budget, budget.first_day, budget.last_day, may_write=may_write)
    steps.append(_recorded(budget, done, Kind.DECLARATION, _("The management's declaration is signed")))
    if GrantTerms.objects.current().filter(budget=budget, needs_audit=True).exists():
        steps.append(_recorded(budget, done, Kind.AUDIT, _("The auditor's report is there")))
    steps += [_settled(budget, done, funder, amount) for funder, amount in unused]
    if all(step.is_done for step in steps):
        steps.append(_recorded(budget, done, Kind.LOCK, _("The year is locked")))
    else:
        steps.append(Step(_("The year is locked"), (Kind.LOCK, None) in done, _("When all the others are done.")))
    return steps


def _months(budget: Budget) -> Step:
    closed = ClosedMonth.objects.current().filter(budget=budget).count()
    return Step(
        _("All months are closed"),
        closed == 12,
        _("%(closed)s of 12 are closed.") % {"closed": closed},
        f"{url('budget:months')}?aar={budget.year}",
        _("See the months"),
    )


def _commitments(budget: Budget) -> Step:
    """What is agreed but not spent belongs to the year: it is booked on its last day, or ended."""
    bound = list(Commitment.objects.at(Moment(budget.last_day)).filter(line__budget=budget).order_by("pk"))
    return Step(
        _("What is bound is booked or ended"),
        not bound,
        _("Book what belongs to the year as a voucher of 31 December, and end the rest: %(what)s")
        % {"what": "; ".join(map(str, bound))},
        url("budget:account"),
        _("See the commitments"),
    )


def _recorded(budget: Budget, done: Mapping[tuple[str, int | None], YearEnd], kind: Kind, name: str) -> Step:
    return Step(
        name, (kind, None) in done, "", url("budget:year_step", budget.uuid, kind.value), _("Record it")
    )  # fmt: skip


def _settled(
    budget: Budget, done: Mapping[tuple[str, int | None], YearEnd], funder: Organisation, amount: Decimal
) -> Step:
    return Step(
        _("Unused money is settled with %(funder)s") % {"funder": funder.name},
        (Kind.SETTLED, funder.pk) in done,
        _("%(amount)s of the grant is not spent.") % {"amount": kroner(amount)},
        url("budget:settle", budget.uuid, funder.uuid),
        _("Record it"),
    )


def why_stays(fact: YearEnd, by: Any, *, locked: bool | None = None) -> str:
    """Why a point of the year's end cannot be retracted by that user; "" where it can. `locked`: whether the year is,
    where that has been looked up."""
    if fact.kind == Kind.LOCK:
        return _("You locked the year yourself. Another person must open it.") if fact.recorded_by_id == by.pk else ""
    if is_locked(fact.budget_id) if locked is None else locked:
        return _("The year is locked. It must be opened first, by another person than who locked it.")
    return ""


def is_locked(budget_id: int) -> bool:
    return YearEnd.objects.current().filter(budget=budget_id, kind=Kind.LOCK).exists()
