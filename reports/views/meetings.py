"""Meetings of the bodies around the programme at a Moment: planned, held, what came of them, what is still to do."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato
from bydelsmoedre.listing import Listing
from bydelsmoedre.moment import Moment
from programme.access import StandingRequest, fetch
from programme.models import ActionDone, Adoption, Decision, Meeting, MeetingHeld
from reports.bodies import body_lines
from reports.facts import FactLine, fact_line
from reports.findings import found, in_words
from reports.meetings import SHAPES, WORDS, MeetingFilter, columns, meetings_at, state_of
from reports.moments import Asked, ask

#: Findings of a meeting, for its page.
CODES = ("meeting_passed", "minutes_missing")


@require_safe
def meeting_list(request: StandingRequest) -> HttpResponseBase:
    """Every meeting of the programme, the latest first."""
    standing: Any = request.standing
    programme = standing.programme
    if programme is None:
        raise PermissionDenied
    asked = ask(request, programme)
    listing = Listing(
        request=request,
        rows=meetings_at(programme, asked.moment),
        columns=columns(asked),
        title=_("Meetings"),
        form=MeetingFilter(request.GET, programme=programme, on=asked.moment.on),
        default="-planlagt",
        about=[(_("Programme"), str(programme)), (_("As of"), dato(asked.moment.on))],
        moment_query=asked.query,
    )
    if file := listing.file(f"moeder-{asked.moment.on.isoformat()}"):
        return file
    may_change = standing.is_secretariat and asked.is_present
    context = {
        "listing": listing,
        "can_create": may_change,
        "bodies": body_lines(programme, asked.moment, request, may_change=may_change),
    }
    return render(request, "programme/meetings.html", asked.context() | context)


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action point as a page tells it."""

    text: str
    office: str
    due_on: dt.date
    state: str  #: "done", "overdue" or "open"
    done: FactLine | None
    done_url: str
    edit_url: str


@dataclass(frozen=True, slots=True)
class Adopted:
    """A decision on a document that the body took on the day of the meeting."""

    title: str
    url: str
    outcome: str
    version: str


@require_safe
def meeting_detail(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """One meeting: when and where, what was decided, who does what by when."""
    meeting = fetch(Meeting.objects.select_related("programme", "body"), request.user, uuid)
    standing: Any = request.standing.within(meeting.programme)
    request.standing = standing
    asked = ask(request, meeting.programme)
    facts = MeetingHeld.objects.at(asked.moment).filter(meeting=meeting).select_related("evidence")
    held: Any = facts.first()
    held_on = held.happened_on if held else None
    state = state_of(meeting.planned_on, held_on, asked.moment.on)
    may_change = standing.is_secretariat and asked.is_present
    points = _points(request, meeting, asked.moment, may_change=may_change) if state != "planned" else []
    findings = found(meeting.programme, asked.moment, about=uuid, codes=CODES)
    context = {
        "meeting": meeting,
        "state": state,
        "state_words": WORDS[state],
        "shape": SHAPES[state],
        "held": fact_line(held, str(_("Held")), "moede", request, may_change=may_change) if held else None,
        "may_read": standing.may_see_persons,
        "decisions": _decisions(request, meeting, asked.moment, may_change=may_change),
        "adopted": _adopted(meeting, held_on, asked),
        "points": points if standing.may_see_persons else [],
        "tally": Counter(one.state for one in points).most_common(),
        "findings": in_words(findings, request, is_present=asked.is_present),
        "urls": _urls(uuid, held) if may_change else {},
        "minutes_url": url("programme:minutes_file", uuid) + asked.query if held else "",
        "agenda_url": url("programme:agenda_file", uuid) + asked.query if standing.may_see_persons else "",
    }
    return render(request, "programme/meeting.html", asked.context() | context)


def _urls(uuid: UUID, held: Any) -> dict[str, str]:
    """What can be done about the meeting now: hold it, or add to what came of it."""
    names = ["meeting_edit", "decision", "action_point"]
    if held is None:
        names.append("meeting_held")
    elif held.evidence_id is None:
        names.append("minutes")
    return {name: url(f"programme:{name}", uuid) for name in names}


def _decisions(request: Any, meeting: Meeting, moment: Moment, *, may_change: bool) -> list[FactLine]:
    facts = Decision.objects.at(moment).filter(meeting=meeting).select_related("evidence")
    ordered = facts.order_by("happened_on", "pk")
    return [fact_line(one, one.text, "beslutning", request, may_change=may_change) for one in ordered]


def _adopted(meeting: Meeting, held_on: dt.date | None, asked: Asked) -> list[Adopted]:
    """What the body decided on documents on the day of the meeting; one query."""
    facts = Adoption.objects.at(asked.moment).filter(body=meeting.body_id, happened_on=held_on or meeting.planned_on)
    return [
        Adopted(
            one.version.document.title,
            one.version.document.get_absolute_url() + asked.query,
            capfirst(one.get_outcome_display()),
            one.version.label,
        )
        for one in facts.select_related("version__document").order_by("version__document__title", "pk")
    ]


def _points(request: Any, meeting: Meeting, moment: Moment, *, may_change: bool) -> list[ActionLine]:
    """The action points, the first due first, with whether they are done; two queries."""
    done = {
        one.action_point_id: fact_line(one, str(_("Done")), "handling", request, may_change=may_change)
        for one in ActionDone.objects.at(moment).filter(action_point__meeting=meeting).select_related("evidence")
    }
    return [
        ActionLine(
            text=point.text,
            office=point.office,
            due_on=point.due_on,
            state="done" if point.pk in done else "overdue" if point.due_on < moment.on else "open",
            done=done.get(point.pk),
            done_url=_of(point, "action_done") if may_change and point.pk not in done else "",
            edit_url=_of(point, "action_edit") if may_change else "",
        )
        for point in meeting.action_points.order_by("due_on", "pk")
    ]


def _of(point: Any, name: str) -> str:
    return url(f"programme:{name}", point.uuid)
