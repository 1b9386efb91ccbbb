"""The forecast in words: what each line's assumes, and the same as a file."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bydelsmoedre.danish import kroner
from bydelsmoedre.spreadsheets import Cell, Sheet
from reports.figures.forecast import Forecast, LineForecast, Method, Planned, Rest


def forecast_columns() -> list[tuple[str, str]]:
    """The columns in kroner, by the figure's own names."""
    return [
        ("budgeted", _("Corrected budget")),
        ("spent", _("Spent")),
        ("committed", _("Committed")),
        ("plans", _("Planned")),
        ("remainder", _("The rest, by the method")),
        ("total", _("Forecast")),
        ("deviation", _("Deviation, kr.")),
    ]


def assumptions(line: LineForecast) -> list[str]:
    """What the line's forecast consists of besides what is spent and committed, a sentence for each part."""
    told = [_planned(line.planned)] * (line.planned is not None) + [_rest(line.rest)]
    return [one.replace("kr..", "kr.") for one in told]  # one full stop ends both the abbreviation and the sentence


def _planned(planned: Planned | None) -> str:
    if planned is None:
        return ""
    words = _salaries(planned) if planned.what == "salary" else _sessions(planned)
    if planned.taken_off and planned.each is not None and planned.count:
        words += " " + _("Less %(amount)s that is committed for them.") % {"amount": kroner(planned.taken_off)}
    return words


def _salaries(planned: Planned) -> str:
    told = {"count": planned.count, "each": kroner(planned.each)}
    if not planned.count:
        return _("All months of the year have their salaries.")
    if planned.each is None:
        left = ngettext(
            "%(count)s month of salaries is left.", "%(count)s months of salaries are left.", planned.count
        )  # fmt: skip
        why = _("What they cost cannot be estimated: no salary stands in a month that is over.")
        return f"{left % told} {why}"
    words = ngettext(
        "%(count)s month of salaries at %(each)s", "%(count)s months of salaries at %(each)s", planned.count
    )  # fmt: skip
    return f"{words % told}."


def _sessions(planned: Planned) -> str:
    told = {"count": planned.count, "each": kroner(planned.each)}
    if planned.each is None:
        ahead = ngettext("%(count)s session is planned.", "%(count)s sessions are planned.", planned.count)
        why = _("What they cost cannot be estimated: none that is held has cost anything.")
        return f"{ahead % told} {why}"
    words = ngettext("%(count)s session at %(each)s", "%(count)s sessions at %(each)s", planned.count)
    return f"{words % told}."


def _rest(rest: Rest) -> str:
    if rest.method == Method.NOTHING:
        return _("Nothing more than what is committed and planned.")
    if rest.method == Method.BUDGET:
        words = _("As the budget: what is left of it, %(amount)s, is spent.")
        return words % {"amount": kroner(rest.amount)} if rest.amount else _("As the budget: nothing is left of it.")
    if rest.each is None:
        return _("As so far: it cannot be estimated before a month is over.")
    return _("As so far: %(each)s a month, what is committed and planned included.") % {"each": kroner(rest.each)}


def method_words(line: LineForecast) -> str:
    """Which method stands, and whose choice it is."""
    name = str(Method(line.method).label)
    return name if line.is_chosen else _("%(method)s (usual for this kind of line)") % {"method": name}


def lacking() -> str:
    return _("At least: a part cannot be estimated")


def forecast_sheet(found: Forecast, year: int, about: Sequence[tuple[str, str]]) -> Sheet:
    """A row for each line, with what its forecast assumes; then their sum."""
    columns = forecast_columns()
    headings = [_("No."), _("Budget line"), *(words for _name, words in columns), _("What it assumes")]
    return Sheet(_("Forecast %(year)s") % {"year": year}, headings, _rows(found), about)


def _rows(found: Forecast) -> Iterator[list[Cell]]:
    for line in found.lines:
        said = [] if found.is_over else assumptions(line)
        said += [lacking()] * line.is_lacking
        yield [line.line.number, line.line.name, *_cells(line), " ".join(said)]
    yield [None, _("Sum of the lines"), *_cells(found), lacking() if found.is_lacking else ""]


def _cells(row: LineForecast | Forecast) -> list[Decimal]:
    return [getattr(row, name) for name, _words in forecast_columns()]
