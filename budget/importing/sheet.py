"""What an accounting system's file says: a posting in each row, and which line its account belongs to."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from budget.models import BudgetLine
from bydelsmoedre.danish import kroner, maaned
from bydelsmoedre.moment import calendar_today
from bydelsmoedre.money import LIMIT, parse_amount
from volunteers.importing import cells
from volunteers.importing.headings import Unreadable, fold, refuse_forbidden, shown
from volunteers.importing.rows import Issue
from volunteers.importing.source import Table


class Field(StrEnum):
    """The columns, by the heading that the file has."""

    DAY = "Dato"
    VOUCHER = "Bilag"
    ACCOUNT = "Konto"
    TEXT = "Tekst"
    AMOUNT = "Beløb"
    VAT = "Moms"
    SUPPLIER = "Leverandør"


_ALSO = {
    Field.DAY: ("bilagsdato", "posteringsdato", "bogføringsdato"),
    Field.VOUCHER: ("bilagsnr", "bilagsnummer", "bilag nr"),
    Field.ACCOUNT: ("kontonr", "kontonummer"),
    Field.TEXT: ("posteringstekst", "beskrivelse"),
    Field.AMOUNT: ("beløb kr", "beløb dkk", "beløb i kr"),
    Field.VAT: ("momsbeløb", "moms kr"),
    Field.SUPPLIER: ("kreditor",),
}
FIELDS = {fold(spelling): one for one in Field for spelling in (one.value, *_ALSO[one])}
#: Headings of amounts in øre.
_IN_ORE = {fold(spelling) for spelling in ("beløb øre", "beløb i øre", "beløb (øre)")}
NEEDED = (Field.DAY, Field.ACCOUNT, Field.TEXT, Field.AMOUNT)

#: Of the other file, which says where each account belongs.
ACCOUNT, LINE = fold("Konto"), fold("Post")


@dataclass(slots=True)
class Row:
    """One posting. `at` is the row's place among the table's."""

    at: int
    line: int
    day: dt.date | None = None
    voucher: str = ""
    account: str = ""
    text: str = ""
    amount: Decimal | None = None
    vat: Decimal | None = None
    supplier: str = ""
    booked_on: BudgetLine | None = None
    errors: list[Issue] = field(default_factory=list)

    def refuse(self, column: str, value: str, reason: str) -> None:
        self.errors.append(Issue(self.line, column, " ".join(value.split())[:80], reason))


def recognised(row: Sequence[str]) -> int:
    """How many of a row's cells are headings of postings."""
    return sum(fold(cell) in FIELDS or fold(cell) in _IN_ORE for cell in row)


def mapping_recognised(row: Sequence[str]) -> int:
    """The same for the file of accounts."""
    return len({fold(cell) for cell in row} & {ACCOUNT, LINE})


def amount_of(text: str, *, is_in_ore: bool = False) -> Decimal | None:
    """An amount as accounting systems write it: Danish, the minus before or after it; or whole øre. Raises
    `ValidationError`; None where nothing is written."""
    found = cells.plain(text)
    if not found:
        return None
    if found.endswith(("-", "\u2212")) and not found.endswith(",-"):
        found = f"-{found[:-1].strip()}"
    if not is_in_ore:
        return parse_amount(found)
    digits = found.removeprefix("-").removeprefix("\u2212").replace(".", "")
    if not (digits.isascii() and digits.isdigit()):
        raise ValidationError(_("Write whole øre, such as 125050."))
    amount = Decimal(digits).scaleb(-2)
    if amount >= LIMIT:
        raise ValidationError(_("The amount is too large."))
    return -amount if found[0] in "-\u2212" else amount


def accounts_of(table: Table, lines: Mapping[int, BudgetLine]) -> dict[str, BudgetLine]:
    """By account, the line that the file of accounts names by its number. Raises `Unreadable`."""
    places = {fold(heading): place for place, heading in enumerate(table.headings)}
    if not {ACCOUNT, LINE} <= places.keys():
        raise Unreadable(_("The file of accounts has the columns “Konto” and “Post”. They stand in the first row."))
    found: dict[str, BudgetLine] = {}
    for number, told in table.rows:
        account, post = (_cell(told, places[one]).strip() for one in (ACCOUNT, LINE))
        if not account or len(account) > 20:
            raise Unreadable(_("Line %(line)s of the file of accounts has no account.") % {"line": number})
        line = lines.get(int(post)) if post.isascii() and post.isdigit() and len(post) < 5 else None
        if line is None:
            raise Unreadable(
                _("Line %(line)s of the file of accounts: there is no line “%(post)s” in the budget.")
                % {"line": number, "post": post[:20]}
            )
        if found.setdefault(account, line) != line:
            raise Unreadable(_("The account %(account)s stands twice in the file of accounts.") % {"account": account})
    return found


class Reader:
    """Reads the postings of one budget's year. Raises `Unreadable` where the columns cannot be meant."""

    def __init__(self, table: Table, year: int, accounts: Mapping[str, BudgetLine], closed: set[dt.date]) -> None:
        self.table, self.year, self.accounts, self.closed = table, year, accounts, closed
        refuse_forbidden(table.headings)
        self.places: dict[Field, int] = {}
        self.ignored: list[str] = []
        self.is_in_ore = False
        for place, heading in enumerate(table.headings):
            self._take_heading(place, heading)
        if missing := [one.value for one in NEEDED if one not in self.places]:
            raise Unreadable(
                _("The file lacks these columns: %(columns)s. They stand in the first row.")
                % {"columns": ", ".join(missing)}
            )

    def _take_heading(self, place: int, heading: str) -> None:
        is_in_ore = fold(heading) in _IN_ORE
        known = Field.AMOUNT if is_in_ore else FIELDS.get(fold(heading))
        if known is None:
            if heading.strip():
                self.ignored.append(shown(heading))
            return
        if known in self.places:
            first = shown(self.table.headings[self.places[known]])
            raise Unreadable(
                _("Two columns mean the same: %(first)s and %(second)s. Delete one of them, and try again.")
                % {"first": first, "second": shown(heading)}
            )
        self.places[known] = place
        self.is_in_ore |= is_in_ore

    def rows(self) -> list[Row]:
        return [self._read(Row(at, line), told) for at, (line, told) in enumerate(self.table.rows)]

    def _read(self, row: Row, told: list[str]) -> Row:
        def take(one: Field, understand: Callable[[str], Any]) -> Any:
            text = _cell(told, self.places.get(one))
            try:
                return understand(text)
            except ValidationError as error:
                row.refuse(one.value, text, " ".join(error.messages))
                return None

        if row.line in self.table.cpr:
            row.refuse(self.table.cpr[row.line], "", _("It looks like a CPR number. We may not store that."))
        if any(extra.strip() for extra in told[len(self.table.headings) :]):
            row.refuse("", "", _("The row has more cells than there are headings. Is a quotation mark missing?"))
        row.day = take(Field.DAY, self._day)
        row.voucher = take(Field.VOUCHER, _words(30)) or ""
        row.text = take(Field.TEXT, _words(200, is_needed=True)) or ""
        row.supplier = take(Field.SUPPLIER, _words(120)) or ""
        row.amount = take(Field.AMOUNT, self._amount)
        row.vat = take(Field.VAT, lambda text: amount_of(text, is_in_ore=self.is_in_ore))
        row.account = take(Field.ACCOUNT, _words(20, is_needed=True)) or ""
        row.booked_on = take(Field.ACCOUNT, self._line) if row.account else None
        return row

    def _day(self, text: str) -> dt.date:
        day = cells.day(text)
        if day is None:
            raise ValidationError(_("There is no date."))
        if day.year != self.year:
            raise ValidationError(_("The date is not in %(year)s.") % {"year": self.year})
        if day > calendar_today():
            raise ValidationError(_("That day has not come yet."))
        if day.replace(day=1) in self.closed:
            raise ValidationError(_("%(month)s is closed.") % {"month": maaned(day).capitalize()})
        return day

    def _amount(self, text: str) -> Decimal:
        amount = amount_of(text, is_in_ore=self.is_in_ore)
        if not amount:
            raise ValidationError(_("The amount cannot be 0 kr."))
        return amount

    def _line(self, text: str) -> BudgetLine:
        account = cells.plain(text)
        if account not in self.accounts:
            raise ValidationError(_("The account belongs to no line yet. Say which in the file of accounts (--map)."))
        return self.accounts[account]


def _words(longest: int, *, is_needed: bool = False) -> Callable[[str], str]:
    def understand(text: str) -> str:
        found = cells.plain(text)
        if is_needed and not found:
            raise ValidationError(_("Nothing is written."))
        if len(found) > longest:
            raise ValidationError(_("There are more than %(number)s characters.") % {"number": longest})
        return found

    return understand


def _cell(told: list[str], place: int | None) -> str:
    return told[place] if place is not None and place < len(told) else ""


def note_of(row: Row, source: str) -> str:
    """Where it was booked and approved, and how much of it is VAT."""
    said = _("Booked and approved in %(source)s, account %(account)s.") % {"source": source, "account": row.account}
    if row.vat:
        said += " " + _("Of it VAT: %(amount)s.") % {"amount": kroner(row.vat)}
    return said
