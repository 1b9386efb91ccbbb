"""The prospects as the list of associations tells them: what happens next, and how those that are over have ended."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from associations.models import Prospect, ProspectOutcome
from bydelsmoedre.addresses import url
from bydelsmoedre.moment import Moment
from bydelsmoedre.sorting import danish_order


@dataclass(frozen=True, slots=True)
class ProspectLine:
    """A prospect, and how it had ended by the day."""

    prospect: Prospect
    outcome: ProspectOutcome | None

    @property
    def is_open(self) -> bool:
        return self.outcome is None

    @property
    def financing(self) -> str:
        """What the housing plan has answered; "" where it is not asked yet."""
        return "" if self.prospect.financing == Prospect.Financing.UNASKED else self.prospect.get_financing_display()

    @property
    def ended(self) -> str:
        return capfirst(str(self.outcome.get_kind_display())) if self.outcome else ""

    @property
    def retract_url(self) -> str:
        """The page on which the outcome is taken back, so that it is a prospect again."""
        if self.outcome is None or not self.outcome.is_current:
            return ""
        return url("reports:retract", "mulighed", self.outcome.uuid)


def prospects_at(programme: Any, moment: Moment) -> list[ProspectLine]:
    """All prospects of the programme, in the Danish order of their areas; two queries."""
    ended = (
        ProspectOutcome.objects.at(moment)
        .filter(prospect__programme=programme)
        .select_related("association")
        .defer("association__note")
    )
    outcomes = {one.prospect_id: one for one in ended}
    known = Prospect.objects.filter(programme=programme).select_related("housing_area__district")
    return [ProspectLine(one, outcomes.get(one.pk)) for one in known.order_by(danish_order("housing_area__name"))]
