"""The rows of a file as what they would record: each cell understood, or the reason why not."""

import datetime as dt
import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from associations.models import Association, HousingArea
from bydelsmoedre.danish import dato
from programme.models import Programme
from volunteers.importing import cells
from volunteers.importing.headings import Columns, Field, fold
from volunteers.importing.source import DELIMITERS, Table

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Issue:
    """What is wrong with a row, or odd about it: where it stands, what stands there, and why."""

    line: int
    column: str
    value: str
    reason: str


@dataclass(kw_only=True)
class Outcome:
    """What an import did with a file's rows, or what a trial would do."""

    rows: int = 0
    is_stored: bool = False
    ignored: list[str] = field(default_factory=list)
    errors: list[Issue] = field(default_factory=list)
    warnings: list[Issue] = field(default_factory=list)
    #: The places of the bad rows in the table.
    bad: list[int] = field(default_factory=list)

    @property
    def good(self) -> int:
        return self.rows - len(self.bad)


@dataclass(slots=True)
class Row:
    """One line of the file. `at` is its place among the table's rows."""

    at: int
    line: int
    name: str = ""
    email: str = ""
    phone: str = ""
    postcode: str = ""
    area: HousingArea | None = None
    languages: list[tuple[str, str]] = field(default_factory=list)
    role: str = ""
    association: Association | None = None
    started_on: dt.date | None = None
    ended_on: dt.date | None = None
    errors: list[Issue] = field(default_factory=list)
    warnings: list[Issue] = field(default_factory=list)
    #: Who she is: a person's key, or None for somebody new; set by `people.recognise`.
    person: Any = None

    def refuse(self, column: str, value: str, reason: str) -> None:
        self.errors.append(Issue(self.line, column, _short(value), reason))

    def warn(self, column: str, value: str, reason: str) -> None:
        self.warnings.append(Issue(self.line, column, _short(value), reason))


def _short(value: str) -> str:
    text = " ".join(value.split())
    return f"{text[:80]}…" if len(text) > 80 else text


@dataclass
class Reader:
    """Reads a table's rows with what the programme knows of its areas and associations."""

    programme: Programme
    table: Table
    columns: Columns

    def __post_init__(self) -> None:
        self.areas = _by_name(HousingArea.objects.filter(programme=self.programme))
        self.associations = _by_name(Association.objects.filter(programme=self.programme))
        #: What an unknown name is most like: a file repeats its mistakes, so each is looked for once.
        self.nearest: dict[tuple[str, str], str] = {}

    def rows(self) -> Iterator[Row]:
        for at, (line, told) in enumerate(self.table.rows):
            row = Row(at, line)
            self._read(row, told)
            yield row

    def _read(self, row: Row, told: list[str]) -> None:
        def cell(one: Field) -> str:
            place = self.columns.places.get(one, len(told))
            return told[place] if place < len(told) else ""

        if row.line in self.table.cpr:
            row.refuse(self.table.cpr[row.line], "", _("It looks like a CPR number. We may not store that."))
        if any(extra.strip() for extra in told[len(self.table.headings) :]):
            row.refuse("", "", _("The row has more cells than there are headings. Is a quotation mark missing?"))
        for cell_text in told:
            if _swallows_rows(cell_text, len(self.table.headings)):
                row.refuse("", cell_text, _("The cell goes on over several rows. Is a quotation mark missing?"))

        def take(one: Field, understand: Callable[[str], Found], default: Found) -> Found:
            try:
                return understand(cell(one))
            except ValidationError as error:
                row.refuse(one.value, cell(one), " ".join(error.messages))
                return default

        row.name = self._name(row, cell)
        row.email = take(Field.EMAIL, cells.email, "")
        row.phone = take(Field.PHONE, cells.phone, "")
        row.postcode = take(Field.POSTCODE, cells.postcode, "")
        row.area = take(Field.AREA, self._area, None)
        row.languages = take(Field.LANGUAGES, cells.languages, [])
        row.role = take(Field.ROLE, cells.role, "")
        row.association = take(Field.ASSOCIATION, self._association, None)
        row.started_on = take(Field.STARTED_ON, cells.day, None)
        row.ended_on = take(Field.ENDED_ON, cells.day, None)
        if not row.errors:
            _check_together(row, cell)

    def _name(self, row: Row, cell: Callable[[Field], str]) -> str:
        whole = cell(Field.NAME)
        column = Field.NAME if Field.NAME in self.columns.places else Field.FIRST_NAME
        if not whole.strip():
            whole = f"{cell(Field.FIRST_NAME)} {cell(Field.LAST_NAME)}".strip()
        try:
            return cells.name(whole)
        except ValidationError as error:
            row.refuse(column.value, whole, error.messages[0])
            return ""

    def _area(self, text: str) -> HousingArea | None:
        return self._named(text, self.areas, _("There is no such housing area in the programme."))

    def _association(self, text: str) -> Association | None:
        return self._named(text, self.associations, _("There is no such association in the programme."))

    def _named(self, text: str, known: dict[str, Any], missing: str) -> Any:
        wanted = cells.plain(text)
        if not wanted:
            return None
        found = known.get(wanted) or known.get(fold(wanted))
        if found is None:
            near = self._nearest(fold(wanted), known, missing)
            raise ValidationError(f"{missing} {near}".strip())
        return found

    def _nearest(self, wanted: str, known: dict[str, Any], missing: str) -> str:
        if (wanted, missing) not in self.nearest:
            like = difflib.get_close_matches(wanted[:100], list(known)[:500], n=1, cutoff=0.8)
            names = [known[one].name for one in like if known[one]]
            meant = _("Did you mean “%(name)s”?") % {"name": names[0]} if names else ""
            self.nearest[wanted, missing] = meant
        return self.nearest[wanted, missing]


def _swallows_rows(text: str, columns: int) -> bool:
    """Does a line within the cell look like a row of its own? A quotation mark without a fellow eats what follows."""
    inner = text.splitlines()[1:] if columns >= 3 and "\n" in text else []
    return any(max(line.count(sign) for sign in DELIMITERS) >= columns - 1 for line in inner)


def _by_name(found: Any) -> dict[str, Any]:
    """By their folded names; of two that fold alike, none is guessed."""
    named: dict[str, Any] = {}
    for one in found:
        named[fold(one.name)] = None if fold(one.name) in named else one
    return named | {one.name: one for one in found}


def _check_together(row: Row, cell: Callable[[Field], str]) -> None:
    """What the cells of a row must agree on."""
    for one, given in ((Field.STARTED_ON, row.started_on), (Field.ENDED_ON, row.ended_on)):
        if given and not row.role:
            row.refuse(one.value, cell(one), _("A date belongs to a role, and there is none."))
    if row.role and not row.association:
        row.refuse(Field.ASSOCIATION.value, "", _("A role needs an association."))
    if row.role and not row.started_on:
        row.refuse(Field.STARTED_ON.value, "", _("A role needs the day that it began."))
    if row.started_on and row.ended_on and row.ended_on < row.started_on:
        row.refuse(Field.ENDED_ON.value, cell(Field.ENDED_ON), _("The end is before the start."))
    opened_on = row.association.opened_on if row.association else None
    if row.role and row.started_on and opened_on and row.started_on < opened_on:
        reason = _("The role begins before the association's work did, on %(day)s.") % {"day": dato(opened_on)}
        row.refuse(Field.STARTED_ON.value, cell(Field.STARTED_ON), reason)
    if row.association and not row.role:
        row.warn(Field.ASSOCIATION.value, cell(Field.ASSOCIATION), _("Without a role, the association is not stored."))
    if row.postcode and row.area and row.area.postcode != row.postcode:
        reason = _("The housing area lies in %(postcode)s. Both are stored as they stand.")
        row.warn(Field.POSTCODE.value, cell(Field.POSTCODE), reason % {"postcode": row.area.postcode})
