"""What a sheet of attendance says: who stands in each row, which day in each column, and what each mark means."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from bydelsmoedre.danish import dato
from bydelsmoedre.sorting import danish_key
from training.completion import version_of
from training.models import Attendance, Course, Enrolment, Session
from volunteers.importing import cells
from volunteers.importing.headings import FIELDS, Field, Unreadable, fold, refuse_forbidden, shown
from volunteers.importing.rows import Issue
from volunteers.importing.source import Table
from volunteers.models import SamePerson

Mark = Attendance.Mark

#: What offices write in a cell, folded. An empty cell says nothing: it is not "stayed away".
MARKS: dict[str, Mark] = {
    **dict.fromkeys(("x", "1", "ja", "j", "til stede", "tilstede", "mødt", "kom", "✓", "✔", "v"), Mark.PRESENT),
    **dict.fromkeys(("delvist", "delvis", "halv", "halvt", "½"), Mark.PARTLY),
    **dict.fromkeys(("afbud", "a"), Mark.EXCUSED),
    **dict.fromkeys(("fravær", "fraværende", "0", "nej", "n", "udeblevet", "udeblev"), Mark.ABSENT),
}
_WANTED = "x, 1, ja, delvist, afbud, fravær"

#: "7.3.", "7/3": the year is the course's.
_SHORT = re.compile(r"(\d{1,2})[./-](\d{1,2})\.?$")

_WHO = {Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.EMAIL}


@dataclass(slots=True)
class Row:
    """One participant of the sheet. `at` is the row's place among the table's."""

    at: int
    line: int
    enrolment: Enrolment | None = None
    marks: dict[int, Mark] = field(default_factory=dict)  #: by the session's id
    errors: list[Issue] = field(default_factory=list)
    warnings: list[Issue] = field(default_factory=list)

    def refuse(self, column: str, value: str, reason: str) -> None:
        self.errors.append(Issue(self.line, column, value[:80], reason))

    def warn(self, column: str, value: str, reason: str) -> None:
        self.warnings.append(Issue(self.line, column, value[:80], reason))


def recognised(row: Sequence[str]) -> int:
    """How many of a row's cells are headings: a name, an e-mail, a day."""
    who = {fold(cell) for cell in row} & {spelling for spelling, one in FIELDS.items() if one in _WHO}
    return len(who) + sum(_is_day(cell) for cell in row) if who else 0


def _is_day(text: str) -> bool:
    try:
        return bool(_SHORT.match(text.strip()) or cells.day(text))
    except ValidationError:
        return False


class Reader:
    """Reads the sheet of one course. Raises `Unreadable` where its columns cannot be meant."""

    def __init__(self, course: Course, table: Table) -> None:
        self.course, self.table = course, table
        version = version_of(course.curriculum_id, course.starts_on)
        self.counts_hours = version is not None and version.counts_hours
        self.sessions = list(
            Session.objects.filter(course=course, is_cancelled=False).order_by(
                "held_on", F("starts_at").asc(nulls_first=True), "module", "pk"
            )
        )
        refuse_forbidden(table.headings)
        self.who: dict[Field, int] = {}
        self.days: dict[int, list[Session]] = {}
        self.ignored: list[str] = []
        self._read_headings()
        self._read_participants()

    def _read_headings(self) -> None:
        columns: dict[dt.date, list[int]] = {}
        for place, heading in enumerate(self.table.headings):
            known = FIELDS.get(fold(heading))
            if known in _WHO and known not in self.who:
                self.who[known] = place
            elif _is_day(heading):
                columns.setdefault(self._day(heading), []).append(place)
            elif heading.strip():
                self.ignored.append(shown(heading))
        if not self.who.keys() & {Field.NAME, Field.EMAIL, Field.FIRST_NAME}:
            raise Unreadable(_("No column has the heading “Navn” or “E-mail”. The headings stand in the first row."))
        if not columns:
            raise Unreadable(
                _("No column is a day of the course. The days stand in the first row, such as 07.03.2011.")
            )
        for on, places in columns.items():
            self._take_day(on, places)

    def _day(self, heading: str) -> dt.date:
        """The day; where no year is given, the one in which the course has that day."""
        if not (short := _SHORT.match(heading.strip())):
            found = cells.day(heading)
            assert found is not None
            return found
        day, month = int(short[1]), int(short[2])
        of_course = [one.held_on for one in self.sessions if (one.held_on.day, one.held_on.month) == (day, month)]
        if not of_course:
            raise Unreadable(_("The course has no session on %(day)s.") % {"day": shown(heading)})
        return of_course[0]

    def _take_day(self, on: dt.date, places: list[int]) -> None:
        """One column for each session of the day, in their order; or one for all of them."""
        held = [one for one in self.sessions if one.held_on == on]
        if not held:
            days = ", ".join(f"{one.held_on:%d.%m.%Y}" for one in self.sessions)
            raise Unreadable(
                _("The course has no session on %(day)s. It has these: %(days)s.") % {"day": dato(on), "days": days}
            )
        if len(places) == 1:
            self.days[places[0]] = held
        elif len(places) == len(held):
            self.days |= {place: [session] for place, session in zip(places, held, strict=True)}
        else:
            raise Unreadable(
                _("There are %(columns)s columns for %(day)s, and the course has %(sessions)s sessions on that day.")
                % {"columns": len(places), "day": dato(on), "sessions": len(held)}
            )

    def _read_participants(self) -> None:
        """Whoever is enrolled, by name and by e-mail; somebody recorded twice by both of her records."""
        self.by_name: dict[str, set[Enrolment]] = {}
        self.by_email: dict[str, set[Enrolment]] = {}
        enrolments = list(Enrolment.objects.filter(course=self.course).select_related("volunteer"))
        merges = SamePerson.objects.current().filter(duplicate__enrolments__course=self.course).select_related("kept")
        kept = {one.duplicate_id: one.kept for one in merges}
        for one in enrolments:
            for person in {one.volunteer, kept.get(one.volunteer_id, one.volunteer)}:
                self.by_name.setdefault(danish_key(person.name), set()).add(one)
                if person.email:
                    self.by_email.setdefault(person.email.lower(), set()).add(one)

    def rows(self) -> list[Row]:
        """The rows, read; two rows about one participant are refused both but the first."""
        found: list[Row] = []
        first: dict[int, int] = {}
        for at, (line, told) in enumerate(self.table.rows):
            row = Row(at, line)
            self._read(row, told)
            if row.enrolment and (before := first.setdefault(row.enrolment.pk, line)) != line:
                row.refuse("", str(row.enrolment.volunteer), _("She stands in line %(line)s too.") % {"line": before})
            found.append(row)
        return found

    def _read(self, row: Row, told: list[str]) -> None:
        if row.line in self.table.cpr:
            row.refuse(self.table.cpr[row.line], "", _("It looks like a CPR number. We may not store that."))
        if any(extra.strip() for extra in told[len(self.table.headings) :]):
            row.refuse("", "", _("The row has more cells than there are headings. Is a quotation mark missing?"))
        row.enrolment = self._participant(row, told)
        for place, sessions in self.days.items():
            self._take_mark(row, self.table.headings[place], _cell(told, place), sessions)

    def _participant(self, row: Row, told: list[str]) -> Enrolment | None:
        name, email = self._name(told), _cell(told, self.who.get(Field.EMAIL)).strip().lower()
        named = self.by_name.get(danish_key(name), set()) if name else None
        mailed = self.by_email.get(email, set()) if email else None
        found = named & mailed if named is not None and mailed is not None else mailed if named is None else named
        if not found:
            row.refuse("", name or email, _("Nobody of that name or e-mail is enrolled in the course."))
            return None
        if len(found) > 1:
            row.refuse("", name, _("Several participants have that name. Write her e-mail, too."))
            return None
        return next(iter(found))

    def _name(self, told: list[str]) -> str:
        parts = [_cell(told, self.who.get(one)) for one in (Field.NAME, Field.FIRST_NAME, Field.LAST_NAME)]
        return " ".join(" ".join(parts).split())

    def _take_mark(self, row: Row, heading: str, text: str, sessions: list[Session]) -> None:
        stated = " ".join(text.split()).casefold()
        if not stated:
            return
        mark = MARKS.get(stated)
        if mark is None:
            row.refuse(heading, text, _("The mark is none of %(marks)s.") % {"marks": _WANTED})
        elif mark == Mark.PARTLY and not self.counts_hours:
            row.refuse(heading, text, _("This training counts no hours: she was there, or she was not."))
        else:
            row.marks |= dict.fromkeys((one.pk for one in sessions), mark)


def _cell(told: list[str], place: int | None) -> str:
    return told[place] if place is not None and place < len(told) else ""
