"""The parts of a frozen report as tables of plain values, which the workbook and the long table are both made of.

Pure. An unknown value is None and never 0; what is told in words, such as “Færre end 5”, stays words.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reports.progress import words as paper_words
from reports.progress.exports import words
from reports.progress.exports.passages import passages

Content = dict[str, Any]
#: Text, a count, kroner or per cent, a day, a time, or unknown.
Cell = str | int | Decimal | dt.date | dt.datetime | None

_COUNT = re.compile(r"-?\d+", re.ASCII)
_AMOUNT = re.compile(r"-?\d+\.\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its unit ("" for none), how wide it is in letters, and whether its numbers are counted
    (a year is not)."""

    title: str
    unit: str = ""
    width: int = 12
    is_counted: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """A table of the report. Its first `named_by` columns name the row; where that is 0, a row is a name, its value
    and perhaps its unit."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    named_by: int = 0
    #: The column that says each row's own day, where that need not be the report's cut-off.
    dated_by: int | None = None
    total: Sequence[Cell] | None = None
    otherwise: str = ""  #: said where there is no row


def parts_of(content: Content, *, sha256: str, code: str, address: str) -> list[Part]:
    """All parts in the order of the sheets; the forecast where there is one."""
    checked = {words.SHA: sha256, words.CHECK_CODE: code, words.CHECKED_AT: address}
    found = [
        _about(content, checked),
        _goals(content["criteria"]),
        _grounds(content["criteria"]),
        _curves(content["curves"]),
        _figures(content["figures"]),
        _activities(content["activities"]),
        _economy(content["economy"]),
        _funders(content["economy"]),
        _risks(content["risks"]),
        _forecast(content["forecast"]),
        _texts(content["sections"]),
    ]
    return [part for part in found if part is not None]


def _columns(titles: Sequence[str], widths: Sequence[int], **units: str) -> list[Column]:
    """`units` by the place of the column, as in `c3="kr."`."""
    return [
        Column(title, units.get(f"c{place}", ""), width)
        for place, (title, width) in enumerate(zip(titles, widths, strict=True))
    ]


def _day(value: str | None) -> dt.date | None:
    return None if value is None else dt.date.fromisoformat(value)


def _kroner(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value) + 0  # of −0.00 nobody knows what it says


def number(value: str | int | None) -> Cell:
    """A number where the content tells one, also as text; else its words."""
    if not isinstance(value, str):
        return value
    if _COUNT.fullmatch(value):
        return int(value)
    return _kroner(value) if _AMOUNT.fullmatch(value) else value


def plain(text: str) -> str:
    """With blanks that a search finds."""
    return text.replace("\u00a0", " ")


def _yes(value: bool | None) -> str | None:
    return None if value is None else (words.YES if value else words.NO)


def _about(content: Content, checked: dict[str, str]) -> Part:
    columns = [Column(words.FACT, width=32), Column(words.VALUE, width=80, is_counted=False)]
    facts = [*_report(content["report"]), *_budget(content["economy"])]
    facts += [*checked.items(), (words.PREVIOUS, content["previous"] or None)]
    facts += [(words.SCHEMA, content["schema"]), (words.IDENTITY, content["report"]["uuid"])]
    facts += [(words.HOW_TO_READ, words.EMPTY), (words.HOW_TO_READ, words.AMOUNTS)]
    return Part(words.ABOUT, columns, facts)


def _report(report: Content) -> Iterator[tuple[str, Cell]]:
    yield words.TITLE, plain(report["title"])
    yield paper_words.FACTS["kind"], report["kind_name"]
    yield paper_words.FACTS["programme"], report["programme"]
    yield paper_words.FACTS["sender"], report["sender"]["name"] or None
    yield words.CVR, report["sender"]["cvr"] or None
    for key in ("recipient", "case_number", "document_number"):
        yield paper_words.FACTS[key], report[key] or None
    yield words.PERIOD_FROM, _day(report["period"]["from"])
    yield words.PERIOD_TO, _day(report["period"]["to"])
    yield paper_words.FACTS["cut_off"], _day(report["cut_off"])
    yield words.KNOWN_AT, dt.datetime.fromisoformat(report["known_at"])
    yield paper_words.FACTS["version"], report["number"]
    approver = report["approved_by"] or {}
    yield words.APPROVED_BY_OFFICE, approver.get("office") or None
    yield words.APPROVED_AT_ORGANISATION, approver.get("organisation") or None
    if replaced := report["replaces"]:
        yield words.REPLACES_NUMBER, replaced["number"]
        yield words.REPLACES_REASON, replaced["reason"]
        yield words.REPLACES_SHA, replaced["sha256"]


def _budget(economy: Content | None) -> Iterator[tuple[str, Cell]]:
    if economy:
        yield words.YEAR, economy["year"]
        yield words.PRICE_LEVEL, economy["price_level"] or None
        yield words.STATE, words.STATES.get(economy["state"] or "", economy["state"])


def _goals(criteria: Sequence[Content]) -> Part:
    columns = _columns(words.GOAL_HEAD, (5, 28, 10, 10, 9, 13, 20, 12, 36, 36, 13, 13, 14, 12, 15, 15, 13))
    rows: list[list[Cell]] = [
        [
            one["number"], one["name"], one["value"], one["target"], _yes(one["met"]), _day(one["met_since"]),
            one["standing_name"], _day(one["deadline"]), one["wording"], one["rule_text"], _day(one["rule_from"]),
            _day(one["accepted_on"]), one["rule_version"], *_looked_at(one.get("checked")),
        ]
        for one in criteria
    ]  # fmt: skip
    return Part(words.GOALS, columns, rows, named_by=2, otherwise=paper_words.NO_GOALS)


def _looked_at(checked: Content | None) -> list[Cell]:
    """Of how many that count the Foundation has looked at the documentation, and when last."""
    if not checked:
        return [None] * 4
    return [checked["of"], checked["looked_at"], checked["in_order"], _day(checked["latest_on"])]


def _grounds(criteria: Sequence[Content]) -> Part:
    """What counts toward each criterion, and what nearly does; of persons neither is told."""
    rows: list[list[Cell]] = []
    for one in criteria:
        named = [one["number"], one["name"]]
        rows += [[*named, paper_words.COUNTING, what, ""] for what in one["counting"] or ()]
        rows += [
            [*named, paper_words.NEARLY, near["what"], ", ".join(near["lacks"] or ())] for near in one["nearly"] or ()
        ]
    columns = _columns(words.GROUND_HEAD, (5, 28, 14, 48, 60))
    return Part(words.GROUNDS, columns, rows, named_by=3, otherwise=words.NOTHING[words.GROUNDS])


def _curves(curves: Sequence[Content]) -> Part:
    rows = [
        [one["title"], _day(day), number(value), number(one["target"])] for one in curves for day, value in one["steps"]
    ]
    columns = _columns(words.CURVE_HEAD, (40, 13, 14, 14))
    return Part(words.CURVES, columns, rows, named_by=2, otherwise=words.NOTHING[words.CURVES])


def _figures(figures: Sequence[Content]) -> Part:
    rows = [[one["label"], _told(one["value"]), one["unit"], one["code"], _day(one.get("as_of"))] for one in figures]
    columns = _columns(words.FIGURE_HEAD, (60, 16, 10, 30, 13))
    return Part(words.FIGURES, columns, rows, dated_by=4, otherwise=paper_words.NO_FIGURES)


def _told(value: str | None) -> Cell:
    return paper_words.NOT_MEASURED if value is None else number(value)


def _activities(activities: Sequence[Content]) -> Part:
    rows: list[list[Cell]] = []
    for one in activities:
        named = [one["number"] or None, one["title"]]
        rows += [
            [*named, each["title"], each["state_name"], _day(each["due_on"]), _day(each["reached_on"])]
            for each in one["milestones"]
        ]
        if one["number"] and not one["milestones"]:
            rows.append([*named, "", paper_words.NO_MILESTONES, None, None])
    columns = _columns(words.ACTIVITY_HEAD, (5, 46, 52, 20, 12, 12))
    return Part(words.ACTIVITIES, columns, rows, named_by=3, otherwise=paper_words.NO_ACTIVITIES)


_MONEY = ("allocated", "moved", "budgeted", "spent", "committed", "rest", "deviation")


def _economy(economy: Content | None) -> Part:
    units = {f"c{place}": words.KRONER for place in range(1, 8)} | {"c8": words.PER_CENT}
    columns = _columns(words.LINE_HEAD, (44, 14, 14, 14, 14, 14, 14, 14, 11, 46), **units)
    rows: list[list[Cell]] = []
    total: list[Cell] | None = None
    if economy:
        rows = [
            [one["name"], *(_kroner(one[key]) for key in _MONEY), _kroner(one["deviation_percent"]), one["explanation"]]
            for one in economy["lines"]
        ]
        if sums := economy["total"]:
            total = [paper_words.IN_ALL, *(_kroner(sums[key]) for key in _MONEY), None, ""]
    return Part(words.ECONOMY, columns, rows, named_by=1, total=total, otherwise=paper_words.NO_ECONOMY)


def _funders(economy: Content | None) -> Part:
    keys = ("proposed", "promised", "granted", "paid")
    rows = [[one["name"], *(_kroner(one[key]) for key in keys)] for one in (economy or {}).get("funders", ())]
    units = {f"c{place}": words.KRONER for place in range(1, 5)}
    columns = _columns(words.FUNDER_HEAD, (44, 16, 16, 16, 16), **units)
    return Part(words.FUNDERS, columns, rows, named_by=1, otherwise=words.NOTHING[words.FUNDERS])


def _risks(risks: Sequence[Content]) -> Part:
    rows = [
        [
            one["text"], one["consequence"], one["likelihood"], one["impact"], one["action"], one["owner"],
            _day(one["next_look_on"]),
        ]
        for one in risks
    ]  # fmt: skip
    columns = _columns(words.RISK_HEAD, (44, 40, 15, 13, 44, 22, 12))
    return Part(words.RISKS, columns, rows, named_by=1, otherwise=paper_words.NO_RISKS)


def _forecast(forecast: Content | None) -> Part | None:
    if not forecast:
        return None
    rows = [[label, _kroner(forecast[key])] for key, label in paper_words.FORECAST_TOTAL.items()]
    return Part(words.FORECAST, _columns(words.FORECAST_HEAD, (44, 18), c1=words.KRONER), rows)


def _texts(sections: Sequence[Content]) -> Part:
    rows: list[list[Cell]] = [
        [one["title"], place, words.KINDS_OF_TEXT[kind], text]
        for one in sections
        for place, (kind, text) in enumerate(passages(one["text"]), 1)
    ]
    columns = _columns(words.TEXT_HEAD, (26, 5, 12, 100))
    return Part(words.TEXTS, columns, rows, named_by=3, otherwise=words.NOTHING[words.TEXTS])
