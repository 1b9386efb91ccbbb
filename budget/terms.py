"""The terms of each grant as of a Moment, and its conditions: which are met, and which hold money back."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from budget.models import ConditionMet, GrantCondition, GrantTerms, Instalment
from bydelsmoedre.danish import kroner, tal
from bydelsmoedre.entry import Overtaken
from bydelsmoedre.moment import Moment


class ConditionIsMet(Overtaken):
    """It was marked as met meanwhile."""


@dataclass(frozen=True, slots=True)
class ConditionFigure:
    """A condition at a Moment, with what says that it is met."""

    condition: GrantCondition
    met: ConditionMet | None
    holds_back: Instalment | None  #: what hangs on it: not met itself, and the instalment not paid

    @property
    def due_on(self) -> dt.date | None:
        """The day by which it must be met, as the finding says it (`budget.findings.UNMET_SQL`): its own, or that of
        the instalment that it holds back, whichever is the earlier."""
        days = [self.condition.due_on, self.holds_back and self.holds_back.due_on]
        return min((day for day in days if day), default=None)

    def is_late(self, on: dt.date) -> bool:
        return self.met is None and self.due_on is not None and self.due_on < on


def terms_of(budget: UUID, moment: Moment) -> dict[UUID, GrantTerms]:
    """The terms that hold on the day, by funder: the latest that had begun; one query."""
    facts = GrantTerms.objects.at(moment).filter(budget__uuid=budget).select_related("funder", "evidence")
    return {fact.funder.uuid: fact for fact in facts.order_by("happened_on", "pk")}


def conditions_of(budget: UUID, moment: Moment, unpaid: Collection[int]) -> dict[UUID, list[ConditionFigure]]:
    """Every condition by its funder, those due first before the others; two queries. They are plans: as they stand now,
    met as of the Moment. `unpaid` are the instalments that are not paid by then."""
    met = {
        fact.condition_id: fact
        for fact in ConditionMet.objects.at(moment).filter(condition__budget__uuid=budget).select_related("evidence")
    }
    rows = GrantCondition.objects.filter(budget__uuid=budget).select_related("funder", "instalment")
    found: dict[UUID, list[ConditionFigure]] = defaultdict(list)
    for row in rows.order_by("due_on", "pk"):
        holds_back = row.instalment if row.pk not in met and row.instalment_id in unpaid else None
        found[row.funder.uuid].append(ConditionFigure(row, met.get(row.pk), holds_back))
    return found


def is_met(condition: GrantCondition) -> bool:
    """As we know now. Then it stays as it is."""
    return ConditionMet.objects.current().filter(condition=condition).exists()


def was_ever_met(condition: GrantCondition) -> bool:
    """Also where that is retracted: what is said of it is kept, so it is not deleted."""
    return ConditionMet.objects.filter(condition=condition).exists()


def unless_met(condition: GrantCondition, do: Callable[[], Any]) -> Any:
    """Change it or delete it. It is locked meanwhile, which whoever marks it as met waits for. Raises
    `ConditionIsMet`."""
    GrantCondition.objects.select_for_update(of=("self",)).get(pk=condition.pk)
    if is_met(condition):
        raise ConditionIsMet
    return do()


def unmet_of(instalment: Instalment) -> QuerySet[GrantCondition]:
    """The conditions that hold the instalment back, as we know now."""
    return GrantCondition.objects.filter(instalment=instalment).exclude(met__in=ConditionMet.objects.current())


def reallocation_rule(terms: GrantTerms | None) -> str:
    """What may be moved without asking the funder, in words; without terms, what usually holds."""
    terms = terms or GrantTerms()
    told = {"share": f"{tal(terms.reallocation_share)}\u00a0%", "amount": kroner(terms.reallocation_amount)}
    words = _("Must be asked when more than %(share)s or %(amount)s of a line is moved.") % told
    salaries = (
        _("And whenever salaries are changed.") if terms.asks_about_salaries else _("Not because salaries are changed.")
    )
    return f"{words} {salaries}"
