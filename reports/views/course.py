"""One course as a page shows it: its days, who takes part and was there, who waits."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato
from bydelsmoedre.moment import Moment, today
from bydelsmoedre.remembering import recall
from bydelsmoedre.sorting import danish_key
from programme.access import StandingRequest, fetch
from reports.moments import ask
from reports.views.training import FINISHED, SHAPES, counted, course_counts_told, state_in_words, state_of
from training.completion import Completion, completions, version_of
from training.models import Attendance, Course, Participation, Session, Transfer
from training.progress import in_words, requirement_in_words
from training.welcome import FIRST_MODULE
from volunteers.invitations import Invitation, to_course
from volunteers.models import Volunteer

PRESENT, ENROLLED = Attendance.Mark.PRESENT, Participation.Status.ENROLLED

#: What stands in the matrix: how it is marked, and in words.
UNRECORDED, NOT_YET, NOT_THERE, CARRIED = "unrecorded", "not_yet", "outside", "carried"
CELLS = {
    "present": gettext_lazy("Present"),
    CARRIED: gettext_lazy("Attended in an earlier course"),
    "partly": gettext_lazy("Partly there"),
    "excused": gettext_lazy("Sent an apology"),
    "absent": gettext_lazy("Stayed away"),
    UNRECORDED: gettext_lazy("Not recorded"),
    NOT_YET: gettext_lazy("No session yet"),
    NOT_THERE: gettext_lazy("Did not take part"),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """What the one who looks may do here."""

    may_see_persons: bool
    may_record: bool  #: attendance
    may_plan: bool  #: sessions, seats, certificates


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A day of the course, and how many of those expected were there."""

    session: Session
    title: str
    state: str  #: cancelled, planned, unrecorded or recorded
    present: int
    expected: int
    attendance_url: str
    edit_url: str
    welcome_url: str  #: at the first module: what the participants declare

    @property
    def hours(self) -> str:
        return hours_in_words(self.session.starts_at, self.session.ends_at)


@dataclass(frozen=True, slots=True)
class Carried:
    """An earlier course whose attendance counts here, up to a day."""

    course: str
    until: dt.date
    retract_url: str  #: where it was recorded by mistake


@dataclass(frozen=True, slots=True)
class ParticipantLine:
    """Somebody who has, had or waits for a seat."""

    name: str
    url: str
    held: Participation
    cells: list[str]
    progress: str
    state: str  #: proposed, certified, left, coming or here
    state_label: str
    since: dt.date | None
    issue_url: str = ""
    end_url: str = ""
    seat_url: str = ""
    retract_url: str = ""
    carried: Sequence["Carried"] = ()

    @property
    def is_out(self) -> bool:
        return self.state == "left"


@dataclass
class CoursePage:
    """Everything about one course at a Moment; a query for each kind of row, however many there are."""

    course: Course
    moment: Moment
    reader: Reader
    reachable: set[int] | None = None  #: ids of the volunteers whose page may be opened; None: all

    def __post_init__(self) -> None:
        course, moment = self.course, self.moment
        taught = course.curriculum_id, course.starts_on, moment.known_at
        self.version = recall(("version", *taught), lambda: version_of(*taught))
        listed = self.version.modules if self.version else []
        self.titles = {int(one["number"]): str(one.get("title", "")) for one in listed}
        self.sessions = recall(
            ("sessions", course.pk),
            lambda: list(course.sessions.select_related("teacher").order_by("held_on", "module", "pk")),
        )
        self.modules = sorted(set(self.titles) | {one.module for one in self.sessions})
        self.held = self._participations()
        self.marks = recall(("marks", course.pk, moment), self._marks)
        self.carried = self._carried() if self.reader.may_see_persons else {}

    def _marks(self) -> dict[tuple[int, int], str]:
        """By enrolment and session."""
        recorded = Attendance.objects.known(self.moment.known_at).filter(
            enrolment__course=self.course, happened_on__lte=self.moment.on
        )
        asked = ("enrolment_id", "session_id", "mark")
        return {(who, when): mark for who, when, mark in recorded.values_list(*asked)}

    def _carried(self) -> dict[int, list[Carried]]:
        """By enrolment: from which courses she was moved here."""
        known = Transfer.objects.known(self.moment.known_at).filter(
            enrolment__course=self.course, happened_on__lte=self.moment.on
        )
        found: dict[int, list[Carried]] = defaultdict(list)
        for one in known.select_related("source__course").order_by("happened_on", "pk"):
            may_retract = self.reader.may_plan and one.is_current
            retract_url = url("reports:retract", "overflytning", one.uuid) if may_retract else ""
            found[one.enrolment_id].append(Carried(one.source.course.name, one.happened_on, retract_url))
        return found

    def _participations(self) -> dict[int, list[Participation]]:
        """By enrolment, the earliest first."""
        known = Participation.objects.known(self.moment.known_at).filter(enrolment__course=self.course)
        found: dict[int, list[Participation]] = defaultdict(list)
        if self.reader.may_see_persons:
            known = known.select_related("enrolment__volunteer")
        for one in known.order_by("started_on", "pk"):
            found[one.enrolment_id].append(one)
        return found

    # --- Days

    def session_lines(self) -> list[SessionLine]:
        return [self._session_line(session) for session in self.sessions]

    def _session_line(self, session: Session) -> SessionLine:
        marks = [mark for (_who, when), mark in self.marks.items() if when == session.pk]
        seated = {who for who in self.held if self._is_seated(who, session.held_on)}
        may_record = self.reader.may_record and not session.is_cancelled and session.held_on <= today()
        is_first = session.module == FIRST_MODULE and not session.is_cancelled
        return SessionLine(
            session,
            self.titles.get(session.module, ""),
            self._state_of(session, bool(marks), bool(seated)),
            present=marks.count(PRESENT),
            expected=len(marks) if session.is_make_up else max(len(seated), len(marks)),
            attendance_url=url("training:attendance", session.uuid) if may_record else "",
            edit_url=url("training:edit_session", session.uuid) if self.reader.may_plan else "",
            welcome_url=url("training:welcome", session.uuid) if is_first and self.reader.may_record else "",
        )

    def _state_of(self, session: Session, is_recorded: bool, has_seated: bool) -> str:
        if session.is_cancelled:
            return "cancelled"
        if is_recorded:
            return "recorded"
        return "unrecorded" if session.held_on < self.moment.on and has_seated else "planned"

    def _is_seated(self, enrolment_id: int, on: dt.date) -> bool:
        return any(one.status == ENROLLED and one.is_active(on) for one in self.held[enrolment_id])

    # --- Persons

    @property
    def taken(self) -> int:
        return sum(self._is_seated(who, self.moment.on) for who in self.held)

    def now(self, enrolment_id: int) -> Participation:
        """What holds on the day; else the latest that has begun, else the first to come."""
        all_of_them = self.held[enrolment_id]
        begun = [one for one in all_of_them if one.started_on <= self.moment.on]
        return begun[-1] if begun else all_of_them[0]

    @property
    def waiting(self) -> list[Participation]:
        """Who waits on the day, in the order in which they came."""
        ours = [self.now(who) for who in self.held]
        listed = [one for one in ours if one.status != ENROLLED and one.is_active(self.moment.on)]
        return sorted(listed, key=lambda one: (one.started_on, one.pk))

    def participants(self, far: dict[int, Completion]) -> list[ParticipantLine]:
        """Who has or had a seat: those who take part first, in Danish order."""
        taught = self._taught()
        seats = [self.now(who) for who in self.held]
        lines = [self._participant(one, far.get(one.enrolment_id), taught) for one in seats if one.status == ENROLLED]
        return sorted(lines, key=lambda line: (line.is_out, danish_key(line.name)))

    def waiting_lines(self) -> list[ParticipantLine]:
        return [self._line(one, [], "", "waiting", "", None) for one in self.waiting]

    def _taught(self) -> dict[int, list[Session]]:
        found: dict[int, list[Session]] = defaultdict(list)
        for session in self.sessions:
            found[session.module].append(session)
        return found

    def _participant(
        self, held: Participation, far: Completion | None, taught: dict[int, list[Session]]
    ) -> ParticipantLine:
        cells = [self._cell(held.enrolment_id, taught[module]) for module in self.modules]
        if far:
            state, label, since = self._how_far(held, far)
            cells = [self._with_carried(*one, far) for one in zip(self.modules, cells, strict=True)]
            so_far = None if NOT_YET not in cells else self._taught_so_far(cells)
            return self._line(held, cells, in_words(far, taught=so_far), state, label, since)
        done = _("%(attended)s of %(modules)s modules")
        progress = done % {"attended": cells.count(PRESENT), "modules": len(self.modules)}
        if held.ended_on and held.ended_on < self.moment.on:
            return self._line(held, cells, progress, "left", held.get_end_reason_display(), held.ended_on)
        return self._line(held, cells, "", "coming", _("has a seat from"), held.started_on)

    @staticmethod
    def _with_carried(module: int, cell: str, far: Completion) -> str:
        """A module that she attended in a course that she was moved from."""
        return CARRIED if module in far.attended and cell != PRESENT else cell

    def _taught_so_far(self, cells: list[str]) -> set[int]:
        return {module for module, cell in zip(self.modules, cells, strict=True) if cell != NOT_YET}

    def _how_far(self, held: Participation, far: Completion) -> tuple[str, str, dt.date | None]:
        named = self.course.curriculum.certificate_name
        if far.certified_on:
            return "certified", str(named), far.certified_on
        if far.is_proposed:
            return "proposed", _("can be issued a %(certificate)s") % {"certificate": named}, far.completed_on
        return "here", "", None

    def _cell(self, enrolment_id: int, sessions: Iterable[Session]) -> str:
        """What is known of her and a module: one day on which she was there is enough."""
        days = [one for one in sessions if not one.is_cancelled]
        marks = [self.marks[key] for one in days if (key := (enrolment_id, one.pk)) in self.marks]
        if marks:
            return PRESENT.value if PRESENT in marks else marks[-1]
        passed = [one for one in days if one.held_on < self.moment.on and not one.is_make_up]
        if not passed:
            return NOT_YET
        return UNRECORDED if any(self._is_seated(enrolment_id, one.held_on) for one in passed) else NOT_THERE

    def _line(
        self, held: Participation, cells: list[str], progress: str, state: str, label: str, since: dt.date | None
    ) -> ParticipantLine:
        person = held.enrolment.volunteer
        may_open = self.reachable is None or person.pk in self.reachable
        may_plan = self.reader.may_plan and held.is_current
        may_plan = may_plan and state != "certified"  # what a certificate rests on is not changed in passing
        is_open = may_plan and held.ended_on is None
        is_proposed = may_plan and state == "proposed"
        return ParticipantLine(
            str(person),
            url("volunteers:detail", person.uuid) if may_open else "",
            held,
            cells,
            progress,
            state,
            capfirst(label),
            since,
            issue_url=url("training:certificate", person.uuid) if is_proposed else "",
            end_url=url("training:end_participation", held.uuid) if is_open else "",
            seat_url=url("training:seat", held.uuid) if is_open and state == "waiting" else "",
            retract_url=url("reports:retract", "deltagelse", held.uuid) if may_plan and not is_open else "",
            carried=self.carried.get(held.enrolment_id, ()),
        )


@require_safe
def course_detail(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """One course: for the municipality its days and totals, for the others also who takes part."""
    courses = Course.objects.select_related("curriculum__programme", "association", "teacher")
    course = fetch(courses, request.user, uuid)
    programme = course.curriculum.programme
    standing: Any = request.standing.within(programme)
    asked = ask(request, programme)
    reader = Reader(
        may_see_persons=standing.may_see_persons or standing.is_local,
        may_record=asked.is_present and (standing.is_secretariat or standing.is_local),
        may_plan=asked.is_present and standing.is_secretariat,
    )
    page = CoursePage(course, asked.moment, reader)
    sessions = page.session_lines()
    context = {"course": course, "page": page, "reader": reader, "sessions": sessions} | _facts(page, reader, sessions)
    context["invitations"] = _invitations(page, reader)
    if reader.may_see_persons:
        if standing.is_local:
            seen = Volunteer.objects.visible_to(request.user).filter(enrolments__course=course)
            page.reachable = set(seen.values_list("pk", flat=True))
        far = completions(programme.pk, asked.moment, courses=[course])
        context |= {"participants": page.participants(far), "waiting": page.waiting_lines(), "cells": CELLS}
    return render(request, "training/course.html", asked.context() | context)


def _invitations(page: CoursePage, reader: Reader) -> list[Invitation]:
    """To the next day of the course, for who may invite."""
    coming = (one for one in page.sessions if one.held_on >= page.moment.on and not one.is_cancelled)
    following = next(coming, None) if reader.may_record else None
    if following is None:
        return []
    course = page.course
    return to_course(course.name, following.held_on, following.starts_at, course.place, {course.language})


def _facts(page: CoursePage, reader: Reader, sessions: list[SessionLine]) -> dict[str, Any]:
    """The course's own facts and totals, in words for this reader."""
    course, on = page.course, page.moment.on
    ordinary = [one for one in page.sessions if not (one.is_make_up or one.is_cancelled)]
    begun = sum(one.held_on <= on for one in ordinary)

    told = _counts_told(page, reader)
    return {
        "is_over": state_of(course, on) == FINISHED,
        "state_shape": SHAPES[state_of(course, on)],
        "state_label": state_in_words(course, on, begun, len(ordinary)),
        "requirement": requirement_in_words(page.version),
        "taken": told["taken"],
        "waiting_count": told["waiting"],
        "issued": told["issued"],
        "hours": _hours(page.sessions),
        "dates": f"{dato(course.starts_on)} – {dato(course.ends_on)}",
        "next_unrecorded": next((one for one in sessions if one.state == "unrecorded"), None),
    }


def _hours(sessions: list[Session]) -> str:
    """“17.00–19.00” where all days have the same hours; "" where they differ, and stand beside each day."""
    hours = {(one.starts_at, one.ends_at) for one in sessions}
    return hours_in_words(*hours.pop()) if len(hours) == 1 else ""


def hours_in_words(starts_at: dt.time | None, ends_at: dt.time | None) -> str:
    return "–".join(f"{time:%H.%M}" for time in (starts_at, ends_at) if time)


def _counts_told(page: CoursePage, reader: Reader) -> dict[str, Any]:
    """The course's counts of persons as the list tells them; one query."""
    if reader.may_see_persons:
        issued = recall(("issued", page.course.pk, page.moment), lambda: _issued(page))
        return {"taken": page.taken, "waiting": len(page.waiting), "issued": issued}
    ours = Course.objects.filter(curriculum__programme=page.course.curriculum.programme_id)
    return course_counts_told(list(counted(ours, page.moment)))[page.course.pk]


def _issued(page: CoursePage) -> int:
    course: Any = counted(Course.objects.filter(pk=page.course.pk), page.moment).get()
    return int(course.issued)
