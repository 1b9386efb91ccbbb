"""The agenda and the minutes of a meeting as PDF: tagged (PDF/UA-1) and lasting (PDF/A-2a), drawn by `texts/moede.typ`.

They hold what the meeting's page tells whoever asks, at the Moment that is asked of; notes of facts are left out, since
the paper is sent on. Danish, as the bodies' papers are.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from associations.papers_pdf import drawn
from bydelsmoedre.danish import dato, klokken, kort_dato
from bydelsmoedre.moment import Moment, today
from programme.models import Adoption, BodyMember, Decision, Meeting, MeetingHeld
from reports.drawable import in_a_name, on_one_line

TEMPLATE = Path(__file__).resolve().parent / "texts" / "moede.typ"

#: A line of the agenda that is numbered by hand.
_NUMBERED = re.compile(r"(\d{1,2}[a-z]?)[.)]\s+(\S.*)")

Section = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Paper:
    """A file to be sent: its name, and what it holds."""

    name: str
    content: bytes


def agenda_paper(meeting: Meeting, moment: Moment) -> Paper:
    """What the body is called to."""
    with translation.override("da"):
        nothing = {"heading": _("Items"), "kind": "words", "rows": [_("The agenda is not written yet.")]}
        sections = [*_agenda(meeting)] or [nothing]
        return _paper(meeting, _("Agenda"), [*sections, *_members(meeting, moment, meeting.planned_on)])


def minutes_paper(meeting: Meeting, held: MeetingHeld, moment: Moment, *, may_read: bool) -> Paper:
    """What the meeting came to; agenda and action points for those who may read them (`may_read`)."""
    with translation.override("da"):
        found = [
            *_members(meeting, moment, held.happened_on),
            *(_agenda(meeting) if may_read else ()),
            *_decisions(meeting, moment),
            *_documents(meeting, held, moment),
            *(_actions(meeting) if may_read else ()),
        ]
        return _paper(meeting, _("Minutes"), found, held)


def _paper(meeting: Meeting, kind: str, sections: list[Section], held: MeetingHeld | None = None) -> Paper:
    on = held.happened_on if held else meeting.planned_on
    made = _("made on %(day)s") % {"day": dato(today())}
    told = {
        "kind": kind,
        "title": on_one_line(meeting.title),
        "document": f"{kind}: {on_one_line(meeting.title)}",
        "author": on_one_line(meeting.body.name),
        "programme": f"Bydelsmødre · {on_one_line(str(meeting.programme))}",
        "facts": [{"label": label, "value": on_one_line(value)} for label, value in _facts(meeting, held)],
        "sections": sections,
        "footer": f"{on_one_line(meeting.body.name)} · {made}",
    }
    return Paper(
        f"{on.isoformat()}_{kind}_{in_a_name(meeting.body.name, 'moede')}.pdf", drawn(TEMPLATE, told, on=today())
    )


def _facts(meeting: Meeting, held: MeetingHeld | None) -> Iterator[tuple[str, str]]:
    yield _("Body"), meeting.body.name
    on = held.happened_on if held else meeting.planned_on
    yield _("Day"), _at(on, meeting.starts_at if on == meeting.planned_on else None)
    if meeting.place:
        yield _("Place"), meeting.place
    if held:
        yield from _next(meeting, held)


def _at(on: dt.date, starts_at: dt.time | None) -> str:
    """The day, and where it is known the time."""
    time = _("at %(time)s") % {"time": klokken(starts_at)}
    return f"{dato(on)} {time}" if starts_at else dato(on)


def _members(meeting: Meeting, moment: Moment, on: dt.date) -> Iterator[Section]:
    """Who had a seat on the day of the meeting, the chair first; one query."""
    seats = BodyMember.objects.at(Moment(on, moment.known_at)).filter(body=meeting.body_id)
    ordered = seats.select_related("organisation").order_by("-is_chair", "started_on", "pk")
    chair = _("chair of the body")
    rows = [on_one_line(f"{one.name} ({chair})" if one.is_chair else one.name) for one in ordered]
    if rows:
        yield {"heading": _("Members"), "kind": "bullets", "rows": rows}


def _agenda(meeting: Meeting) -> Iterator[Section]:
    """The items, by the numbers that stand in the agenda where each line has one."""
    lines = [line for one in meeting.agenda.splitlines() if (line := on_one_line(one))]
    numbered = [_NUMBERED.fullmatch(line) for line in lines]
    if all(numbered):
        rows = [{"mark": f"{found[1]}.", "text": found[2]} for found in numbered if found]
    else:
        rows = [{"mark": f"{number}.", "text": line} for number, line in enumerate(lines, 1)]
    if rows:
        yield {"heading": _("Agenda"), "kind": "points", "rows": rows}


def _decisions(meeting: Meeting, moment: Moment) -> Iterator[Section]:
    facts = Decision.objects.at(moment).filter(meeting=meeting).order_by("happened_on", "pk")
    rows = [{"mark": f"{number}.", "text": on_one_line(one.text)} for number, one in enumerate(facts, 1)]
    if rows:
        yield {"heading": _("Decisions"), "kind": "points", "rows": rows}
    else:
        yield {"heading": _("Decisions"), "kind": "words", "rows": [_("No decisions are recorded.")]}


def _documents(meeting: Meeting, held: MeetingHeld, moment: Moment) -> Iterator[Section]:
    """What the body decided on documents that day."""
    facts = Adoption.objects.at(moment).filter(body=meeting.body_id, happened_on=held.happened_on)
    found = facts.select_related("version__document").order_by("version__document__title", "pk")
    rows = [
        [on_one_line(one.version.document.title), on_one_line(one.version.label), capfirst(one.get_outcome_display())]
        for one in found
    ]
    if rows:
        head = [_("Document"), _("Version"), _("Outcome")]
        yield {"heading": _("Documents"), "kind": "table", "widths": [5, 2, 2], "head": head, "rows": rows}


def _actions(meeting: Meeting) -> Iterator[Section]:
    points = meeting.action_points.order_by("due_on", "pk")
    rows = [[on_one_line(one.text), on_one_line(one.office), kort_dato(one.due_on)] for one in points]
    if rows:
        head = [_("What"), _("Who"), _("Due on")]
        yield {"heading": _("Action points"), "kind": "table", "widths": [5, 3, 2], "head": head, "rows": rows}


def _next(meeting: Meeting, held: MeetingHeld) -> Iterator[tuple[str, str]]:
    """The body's next meeting, as it is planned."""
    later = Meeting.objects.filter(programme=meeting.programme_id, body=meeting.body_id)
    found = later.filter(planned_on__gt=max(held.happened_on, meeting.planned_on)).order_by("planned_on").first()
    if found:
        where = f", {found.place}" if found.place else ""
        yield _("Next meeting"), f"{_at(found.planned_on, found.starts_at)}{where}"
