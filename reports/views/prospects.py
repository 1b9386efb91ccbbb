"""The prospects as the list of associations tells them: what happens next, and how those that are over have ended."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, FilteredRelation, Q
from django.utils.text import capfirst

from associations.models import OwnRegime, Prospect, ProspectOutcome
from bydelsmoedre.addresses import url
from bydelsmoedre.moment import Moment
from bydelsmoedre.sorting import danish_key, danish_order


@dataclass(frozen=True, slots=True)
class ProspectLine:
    """A prospect, and how it had ended by the day."""

    prospect: Any

    @property
    def is_open(self) -> bool:
        return self.prospect.ended_on is None

    @property
    def financing(self) -> str:
        """What the housing plan has answered; "" where it is not asked yet."""
        is_asked = self.prospect.financing != Prospect.Financing.UNASKED
        return self.prospect.get_financing_display() if is_asked else ""

    @property
    def ended(self) -> str:
        return capfirst(str(ProspectOutcome.Kind(self.prospect.ended_as).label))

    @property
    def association_url(self) -> str:
        """The association that it became; "" where it was given up."""
        return url("associations:detail", self.prospect.association_uuid) if self.prospect.association_uuid else ""

    @property
    def retract_url(self) -> str:
        """The page on which the outcome is taken back, so that it is a prospect again; "" where it is already."""
        return (
            url("reports:retract", "mulighed", self.prospect.ended_uuid) if self.prospect.retracted_at is None else ""
        )


def prospects_at(programme: Any, moment: Moment) -> list[ProspectLine]:
    """All prospects of the programme with their outcomes, in the Danish order of their areas; one query."""
    at = Q(outcomes__period__contains=moment.on, outcomes__known__contains=moment.known_at)
    known = (
        Prospect.objects.filter(programme=programme)
        .annotate(
            outcome=FilteredRelation("outcomes", condition=at),
            ended_uuid=F("outcome__uuid"),
            ended_on=F("outcome__happened_on"),
            ended_as=F("outcome__kind"),
            ended_for=F("outcome__reason"),
            retracted_at=F("outcome__retracted_at"),
            association_uuid=F("outcome__association__uuid"),
            association_name=F("outcome__association__name"),
        )
        .select_related("housing_area__district", "housing_area__housing_plan")
    )
    return [ProspectLine(one) for one in known.order_by(danish_order("housing_area__name"))]


@dataclass(frozen=True, slots=True)
class RegimeLine:
    """A housing plan that runs mothers by itself."""

    fact: OwnRegime

    @property
    def area(self) -> str:
        return self.fact.housing_area.name

    @property
    def retract_url(self) -> str:
        return url("reports:retract", "eget-regi", self.fact.uuid) if self.fact.is_current else ""


def own_regimes(programme: Any, moment: Moment) -> list[RegimeLine]:
    """The latest number of each area, without those that have none any more, in Danish order; one query."""
    known = OwnRegime.objects.at(moment).filter(housing_area__programme=programme).select_related("housing_area")
    latest = {one.housing_area_id: one for one in known.order_by("happened_on", "pk")}
    lines = [RegimeLine(one) for one in latest.values() if one.mothers]
    return sorted(lines, key=lambda line: danish_key(line.area))
