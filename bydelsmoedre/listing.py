"""Lists: what is asked for in the address (filter, order, page), shown as a table, or sent as XLSX or CSV.

A column is declared once; page and file show the same. Rows come from a queryset or, where what they are sorted by is
derived, from a list.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import F, OrderBy, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from bydelsmoedre.danish import beloeb, kort_dato
from bydelsmoedre.moment import today
from bydelsmoedre.remembering import recall
from bydelsmoedre.sorting import danish_key
from bydelsmoedre.spreadsheets import FORMATS, Cell, Sheet

PAGE = 50
#: So many rows are fetched at a time for a file.
CHUNK = 2000

#: What the address holds besides the filter's own fields.
SORT, SIDE, FORMAT = "sorter", "side", "format"
#: The filter's field for words.
TEXT = "q"
MOMENT = ("on", "known_at")


@dataclass(frozen=True)
class Column:
    """A column: its heading, what stands in it, and how rows are sorted by it."""

    name: str  #: in the address
    label: Any
    value: Callable[[Any], Cell]  #: of a line, as it goes into a file
    order: Sequence[Any] = ()  #: what a queryset is ordered by; a list is ordered by the value
    shown: Callable[[Any], str] | None = None  #: on the page, where that differs from the value
    url: Callable[[Any], str] | None = None
    detail: Callable[[Any], str] | None = None  #: a quieter second line
    shape: Callable[[Any], str] | None = None  #: the shape beside the words of a status
    is_number: bool = False
    on_page: bool = True
    in_file: bool = True
    can_sort: bool = True
    is_derived: bool = False  #: a queryset cannot be ordered by it: the view then makes a list of all lines


class Shown(NamedTuple):
    """A cell as the page shows it."""

    label: str
    text: str
    url: str
    detail: str
    shape: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading: a link that sorts by it, and whether it does so now."""

    label: str
    url: str
    sorted: str  #: "ascending", "descending" or ""
    is_number: bool


@dataclass
class Listing:
    """One list, as one request asks for it."""

    request: HttpRequest
    rows: Any  #: a queryset, or a list of lines
    columns: Sequence[Column]
    title: str
    form: Any = None  #: a filter: a GET form with `filter(rows)`, or none
    default: str = ""  #: the column sorted by where nothing is asked; "-name" for the other way
    lines: Callable[[list[Any]], list[Any]] = list  #: what is made of the rows of a page
    about: Sequence[tuple[str, str]] = field(default_factory=tuple)
    moment_query: str = ""
    is_impersonal: bool = False  #: its rows hold no person's words, and may be recalled

    # --- What is asked

    @cached_property
    def found(self) -> Any:
        """The rows that pass the filter, in the order asked for."""
        rows = self.rows
        if self.form is not None and self.form.is_valid():
            rows = self.form.filter(rows)
        return self._sorted(rows)

    @cached_property
    def sort(self) -> tuple[Column | None, bool]:
        """The column sorted by, and whether from the end."""
        for asked in (self.request.GET.get(SORT, ""), self.default):
            column = next((one for one in self.columns if one.name == asked.removeprefix("-") and one.can_sort), None)
            if column and (column.order or not self._is_queryset):
                return column, asked.startswith("-")
        return None, False

    @property
    def _is_queryset(self) -> bool:
        return isinstance(self.rows, QuerySet)

    def _sorted(self, rows: Any) -> Any:
        column, is_reversed = self.sort
        if column is None:
            return rows
        if self._is_queryset:
            return rows.order_by(*(_directed(one, is_reversed) for one in column.order), "pk")
        known = [row for row in rows if column.value(row) is not None]
        known.sort(key=lambda row: _key(column.value(row)), reverse=is_reversed)
        return known + [row for row in rows if column.value(row) is None]

    # --- As a page

    @cached_property
    def page(self) -> Page:
        """The page asked for; a page that is none is the nearest that is."""
        page = Pages(self.found, self.question).get_page(self.request.GET.get(SIDE))
        rows = page.object_list
        question = ("rows", page.number, *self.question)
        may_keep = self.is_impersonal and self.question
        page.object_list = self.lines(recall(question, lambda: list(rows)) if may_keep else list(rows))
        return page

    @property
    def question(self) -> tuple[Any, ...]:
        """All that the list depends on besides the database: who asks for what, and when. Empty where words are looked
        for: they may be a person's name, and are not kept."""
        request: Any = self.request
        if request.GET.get(TEXT):
            return ()
        asked = tuple(sorted((name, value) for name, value in request.GET.items() if name not in (SIDE, FORMAT)))
        return request.path, asked, request.user.pk, request.session.get("programme"), today()

    @cached_property
    def table(self) -> list[list[Shown]]:
        shown = [(column, str(column.label)) for column in self.columns if column.on_page]
        return [[_shown(column, label, line) for column, label in shown] for line in self.page.object_list]

    @cached_property
    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in self.columns if column.on_page]

    def _heading(self, column: Column) -> Heading:
        chosen, is_reversed = self.sort
        is_chosen = column is chosen
        can_sort = column.can_sort and (column.order or column.is_derived or not self._is_queryset)
        wanted = f"-{column.name}" if is_chosen and not is_reversed else column.name
        return Heading(
            label=str(column.label),
            url=self._address(**{SORT: wanted}) if can_sort else "",
            sorted=("descending" if is_reversed else "ascending") if is_chosen else "",
            is_number=column.is_number,
        )

    def _address(self, **changes: str) -> str:
        """This list with something else asked for; from its first page."""
        kept = {name: value for name, value in self.request.GET.items() if value and name not in (SIDE, FORMAT)}
        return f"?{urlencode(kept | changes)}"

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def is_filtered(self) -> bool:
        """Does the filter ask for anything?"""
        return self.form is not None and any(self.request.GET.get(name) for name in self.form.fields)

    @property
    def filter_query(self) -> str:
        """What the filter asks for, for another page about the same rows; "" where it asks for nothing."""
        fields = self.form.fields if self.form is not None else ()
        asked = {name: self.request.GET[name] for name in fields if self.request.GET.get(name)}
        return f"?{urlencode(asked)}" if asked else ""

    @property
    def reset_url(self) -> str:
        return self.request.path + self.moment_query

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the filter's form sends along: the Moment and the order."""
        return [(name, self.request.GET[name]) for name in (*MOMENT, SORT) if self.request.GET.get(name)]

    @property
    def files(self) -> list[tuple[str, str]]:
        """The addresses of the files, by their kind."""
        return [("Excel", self._address(**{FORMAT: "xlsx"})), ("CSV", self._address(**{FORMAT: "csv"}))]

    # --- As a file

    def file(self, name: str) -> HttpResponseBase | None:
        """The list as the file that is asked for; None where a page is."""
        answer = FORMATS.get(self.request.GET.get(FORMAT, ""))
        return answer(self.sheet, name) if answer else None

    @property
    def sheet(self) -> Sheet:
        columns = [column for column in self.columns if column.in_file]
        rows = ([column.value(line) for column in columns] for line in self._all_lines())
        return Sheet(self.title, [str(column.label) for column in columns], rows, self.about)

    def _all_lines(self) -> Iterator[Any]:
        waiting: list[Any] = []
        rows = self.found.iterator(chunk_size=CHUNK) if self._is_queryset else self.found
        for row in rows:
            waiting.append(row)
            if len(waiting) == CHUNK:
                yield from self.lines(waiting)
                waiting = []
        yield from self.lines(waiting)


class Pages(Paginator):
    """A list in pages; how many rows there are is counted once while nothing is written. `question` says all that the
    rows depend on besides the database; empty where that is not kept."""

    def __init__(self, rows: Any, question: tuple[Any, ...]) -> None:
        super().__init__(rows, PAGE)
        self.question = question

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows)
        return recall(("count", *self.question), rows.count) if self.question else rows.count()


def _directed(order: Any, is_reversed: bool) -> OrderBy:
    """An order with what is unknown last, whichever way."""
    if isinstance(order, OrderBy):
        found = order.copy()
        if is_reversed:
            found.reverse_ordering()
        return found
    expression = F(order) if isinstance(order, str) else order
    return expression.desc(nulls_last=True) if is_reversed else expression.asc(nulls_last=True)


def _key(value: Cell) -> Any:
    return danish_key(value) if isinstance(value, str) else value


def _shown(column: Column, label: str, line: Any) -> Shown:
    return Shown(
        label=label,
        text=column.shown(line) if column.shown else in_words(column.value(line)),
        url=column.url(line) if column.url else "",
        detail=column.detail(line) if column.detail else "",
        shape=column.shape(line) if column.shape else "",
        is_number=column.is_number,
    )


def in_words(value: Cell) -> str:
    """A value as a page writes it; a dash where it is not known."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Decimal):
        return beloeb(value)
    if isinstance(value, dt.date):
        return kort_dato(value)
    return str(value)
