"""An association's meetings at a Moment: all of them in a list, and each on its page."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from associations.models import Association
from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato
from bydelsmoedre.listing import Listing
from bydelsmoedre.moment import Moment, today
from bydelsmoedre.sorting import danish_order
from programme.access import StandingRequest, fetch
from reports.facts import FactLine
from reports.findings import found, in_words
from reports.gatherings import SHAPES, WORDS, GatheringFilter, columns, gatherings_at, state_of
from reports.moments import ask
from reports.views.evidence import evidence_url
from volunteers.gatherings import written_before
from volunteers.invitations import to_gathering
from volunteers.models import Gathering, GatheringHeld, Presence

#: Findings of a meeting, for its page.
CODES = ("monthly_meeting_passed",)


@require_safe
def gathering_list(request: StandingRequest, uuid: UUID) -> HttpResponseBase:
    """Every meeting of an association, the latest first; not the municipality's."""
    association = fetch(Association.objects.select_related("programme"), request.user, uuid)
    standing: Any = request.standing.within(association.programme)
    if not (standing.may_see_persons or standing.is_local):
        raise Http404
    asked = ask(request, association.programme)
    listing = Listing(
        request=request,
        rows=gatherings_at(association, asked.moment),
        columns=columns(asked),
        title=_("Meetings"),
        form=GatheringFilter(request.GET, on=asked.moment.on),
        default="-dato",
        about=[(_("Association"), association.name), (_("As of"), dato(asked.moment.on))],
        moment_query=asked.query,
    )
    if file := listing.file(f"foreningsmoeder-{asked.moment.on.isoformat()}"):
        return file
    may_change = asked.is_present and (standing.is_secretariat or standing.is_local)
    context = {
        "association": association,
        "listing": listing,
        "urls": new_meeting_urls(association) if may_change else {},
    }
    return render(request, "associations/gatherings.html", asked.context() | context)


def new_meeting_urls(association: Association) -> dict[str, str]:
    """What can be done about an association's meetings: plan one, record one that was held today or another day."""
    names = ("gathering_new", "gathering_today", "gathering_unplanned")
    return {name: url(f"volunteers:{name}", association.uuid) for name in names}


@require_safe
def gathering_detail(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """One meeting of an association: when and where, held or not, its minutes; of a monthly one, who came."""
    gathering = fetch(Gathering.objects.select_related("association__programme"), request.user, uuid)
    programme = gathering.association.programme
    standing: Any = request.standing.within(programme)
    request.standing = standing
    asked = ask(request, programme)
    facts = GatheringHeld.objects.at(asked.moment).filter(gathering=gathering).select_related("evidence")
    held: Any = facts.first()
    state = state_of(gathering, held.happened_on if held else None, asked.moment.on)
    may_change = asked.is_present and (standing.is_secretariat or standing.is_local)
    is_monthly = gathering.kind == Gathering.Kind.MONTHLY
    findings = found(programme, asked.moment, about=uuid, codes=CODES)
    context = {
        "gathering": gathering,
        "title": capfirst(gathering.get_kind_display()),
        "state": state,
        "state_words": WORDS[state],
        "shape": SHAPES[state],
        "held": _held_line(held, may_change=may_change) if held else None,
        "came": _came(request, gathering, asked.moment) if held and is_monthly else None,
        "written": written_before(gathering, asked.moment) if is_monthly else None,
        "findings": in_words(findings, request, is_present=asked.is_present),
        "urls": _urls(gathering, held) if may_change else {},
        "invitations": to_gathering(gathering) if may_change and _is_to_come(gathering, held) else [],
    }
    return render(request, "associations/gathering.html", asked.context() | context)


def _is_to_come(gathering: Gathering, held: Any) -> bool:
    return held is None and not gathering.is_cancelled and gathering.planned_on >= today()


def _urls(gathering: Gathering, held: Any) -> dict[str, str]:
    """What can be done about the meeting now."""
    names = ["gathering_edit"]
    if held is None and not gathering.is_cancelled:
        names.append("gathering_held")
    if held is not None and held.evidence_id is None:
        names.append("gathering_minutes")
    if gathering.kind == Gathering.Kind.MONTHLY and not gathering.is_cancelled:
        names.append("presence")
    return {name: url(f"volunteers:{name}", gathering.uuid) for name in names}


def _held_line(held: Any, *, may_change: bool) -> FactLine:
    """That it was held, for readers who may all read its words."""
    return FactLine(
        text=_("Held"),
        happened_on=held.happened_on,
        is_date_unknown=held.is_date_unknown,
        recorded_at=held.recorded_at,
        has_evidence=held.evidence_id is not None,
        evidence=str(held.evidence or ""),
        note=held.note,
        retract_url=url("reports:retract", "foreningsmoede", held.uuid) if may_change and held.is_current else "",
        file_url=evidence_url(held),
    )


@dataclass(frozen=True, slots=True)
class Came:
    """Who came to a monthly meeting. A local coordinator no longer meets by name who has left since."""

    names: list[str]
    total: int

    @property
    def others(self) -> int:
        return self.total - len(self.names)


def _came(request: StandingRequest, gathering: Gathering, moment: Moment) -> Came:
    """In Danish order; two queries."""
    there = Presence.objects.at(moment).filter(gathering=gathering)
    met = Presence.objects.visible_to(request.user).at(moment).filter(gathering=gathering).select_related("volunteer")
    return Came([str(one.volunteer) for one in met.order_by(danish_order("volunteer__name"), "pk")], there.count())
