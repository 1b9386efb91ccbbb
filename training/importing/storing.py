"""Storing a sheet of attendance: in one transaction, all or nothing, or the good rows where that is asked for.

What is recorded already stands: an import adds, and never corrects what somebody has recorded. A trial is the import
itself, taken back at the end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from bydelsmoedre.danish import dato
from bydelsmoedre.moment import calendar_today
from training.importing.sheet import Reader, Row
from training.models import Attendance, Course, Participation, Session
from volunteers.importing.rows import Outcome
from volunteers.importing.source import Table

WORDS = {mark.value: mark.label for mark in Attendance.Mark}


@dataclass(kw_only=True)
class Report(Outcome):
    """What an import of attendance did."""

    recorded: int = 0  #: marks that are new
    known: int = 0  #: marks that stood already


def run(
    table: Table,
    course: Course,
    *,
    by: Any,
    accept_good: bool = False,
    is_trial: bool = False,
    finish: Callable[[Report], None] = lambda report: None,
) -> Report:
    """Import the sheet, or try it. `finish` is called in the transaction, before it is committed; where it fails,
    nothing is stored. Raises `Unreadable` where the columns cannot be meant."""
    with pghistory.context(user=by.pk if by else None, source="import"), transaction.atomic():
        # Whoever records attendance of these days waits, as two who use the page do.
        sessions = {one.pk: one for one in Session.objects.select_for_update().filter(course=course).order_by("pk")}
        reader = Reader(course, table)
        rows = reader.rows()
        report = Report(rows=len(rows), ignored=reader.ignored)
        _record(rows, sessions, course, by, report)
        for row in rows:
            report.errors += row.errors
            report.warnings += row.warnings if not row.errors else []
            if row.errors:
                report.bad.append(row.at)
        report.is_stored = not is_trial and report.good > 0 and (accept_good or not report.bad)
        if report.is_stored:
            finish(report)
        else:
            transaction.set_rollback(True)
    return report


def _record(rows: list[Row], sessions: dict[int, Session], course: Course, by: Any, report: Report) -> None:
    current = Attendance.objects.current().filter(session__course=course)
    standing = {(one.enrolment_id, one.session_id): one.mark for one in current}
    seats = Participation.objects.current().filter(enrolment__course=course, status=Participation.Status.ENROLLED)
    held: dict[int, list[Participation]] = {}
    for seat in seats:
        held.setdefault(seat.enrolment_id, []).append(seat)
    for row in rows:
        if row.enrolment is None:
            continue
        for pk in row.marks:
            _check(row, sessions[pk], held.get(row.enrolment.pk, []))
        if not row.errors:
            _record_row(row, sessions, standing, by, report)


def _check(row: Row, session: Session, seats: list[Participation]) -> None:
    column = f"{session.held_on:%d.%m.%Y}"
    if session.held_on > calendar_today():
        row.refuse(
            column, "", _("The session has not been held yet. Attendance is recorded on the day itself or later.")
        )
    elif not any(seat.is_active(session.held_on) for seat in seats):
        row.refuse(column, "", _("She had no seat in the course on %(day)s.") % {"day": dato(session.held_on)})


def _record_row(
    row: Row, sessions: dict[int, Session], standing: dict[tuple[int, int], str], by: Any, report: Report
) -> None:
    assert row.enrolment is not None
    for pk, mark in row.marks.items():
        session = sessions[pk]
        recorded = standing.get((row.enrolment.pk, pk))
        if recorded is None:
            Attendance.record(
                by=by, enrolment=row.enrolment, session=session, mark=mark.value, happened_on=session.held_on
            )
            report.recorded += 1
            continue
        report.known += 1
        if recorded != mark:
            told = {"mark": WORDS[recorded]}
            column = f"{session.held_on:%d.%m.%Y}"
            row.warn(column, str(mark.label), _("“%(mark)s” is recorded already, and is kept.") % told)
