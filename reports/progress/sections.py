"""The sections of a report after its first page: criteria, activities, money, risks, forecast and figures, each with
the narrative that is written for it. A section is a heading and its blocks; the template knows how to draw each kind.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bydelsmoedre.danish import dato, kort_dato
from reports.drawable import is_seen
from reports.progress import words
from reports.progress.amounts import amount, headline, per_cent
from reports.progress.curves import curve
from reports.progress.markdown import Kind, read

Content = dict[str, Any]
Block = dict[str, Any]

#: The shape beside a status, as on the site's pages; what is on its way is half full.
_SHAPES = {
    "met": "met",
    "reached": "met",
    "met_late": "met_late",
    "reached_late": "met_late",
    "missed": "missed",
    "overdue": "missed",
    "under_way": "half",
    "waiting": "waiting",
}
#: So many are drawn as a mark each.
_MOST_MARKS = 20


def sections(content: Content) -> list[dict[str, Any]]:
    """Those of the report in their order, then those that only the narrative has, then the figures."""
    written = {words.SAME_AS.get(one["code"], one["code"]): one for one in content["sections"]}
    own = {
        words.GOALS: _goals(content),
        words.ACTIVITIES: _activities(content["activities"]),
        words.ECONOMY: _economy(content["economy"]),
        words.RISKS: _risks(content["risks"]),
        words.FORECAST: _forecast(content["forecast"]),
    }
    codes = [*own, *(code for code in written if code not in own)]
    told = [_section(code, written.get(code), own.get(code, ())) for code in codes]
    figures = _section(words.FIGURES, None, _figures(content))
    return [one for one in (*told, figures) if one["blocks"]]


def _section(code: str, written: Content | None, blocks: Iterable[Block]) -> dict[str, Any]:
    """What is written and what is counted, under one heading, which is never empty."""
    heading = written["title"] if written and is_seen(written["title"]) else words.HEADINGS.get(code, words.UNKNOWN)
    return {"code": code, "heading": heading, "blocks": [*(narrative(written["text"]) if written else ()), *blocks]}


def day(value: str | None) -> str:
    """`31. december 2011`; a dash where it is not known."""
    return words.UNKNOWN if value is None else dato(dt.date.fromisoformat(value))


def short_day(value: str | None) -> str:
    """`31.12.2011`, in a table."""
    return words.UNKNOWN if value is None else kort_dato(dt.date.fromisoformat(value))


def days(period: Content) -> str:
    """From the first day to the last."""
    return f"{day(period['from'])} {words.UNTIL} {day(period['to'])}"


def standing(criterion: Content) -> dict[str, Any]:
    """How a criterion stands: a shape and a word, what it has come to, and its deadline."""
    value, target, since = criterion["value"], criterion["target"], criterion["met_since"]
    has_marks = isinstance(value, int) and isinstance(target, int) and max(value, target) <= _MOST_MARKS
    return {
        "shape": _SHAPES.get(criterion["standing"], "open"),
        "standing": criterion["standing_name"],
        "since": words.SINCE.format(day=day(since)) if criterion["met"] and since else "",
        "result": _result(criterion),
        "marks": {"full": value, "of": target} if has_marks else None,
        "deadline": short_day(criterion["deadline"]),
    }


def _result(criterion: Content) -> str:
    value, target = criterion["value"], criterion["target"]
    if target is not None:
        return words.OF.format(value=words.UNKNOWN if value is None else value, target=target)
    if value is not None:
        return str(value)
    return {True: words.YES, False: words.NO}.get(criterion["met"], words.UNKNOWN)


def narrative(text: str) -> Iterator[Block]:
    """What is written, block by block: headings, paragraphs and lists."""
    for piece in read(text or ""):
        entries = [
            [{"text": run.text, "bold": run.is_bold, "italic": run.is_italic} for run in entry]
            for entry in piece.entries
        ]
        is_heading = piece.kind == Kind.HEADING and any(is_seen(run.text) for run in piece.entries[0])
        kind = Kind.PARAGRAPH if piece.kind == Kind.HEADING and not is_heading else piece.kind
        yield {"kind": kind, "entries": entries}


def _goals(content: Content) -> Iterator[Block]:
    curves = {one["key"]: one for one in content["curves"]}
    if not content["criteria"]:
        yield _words(words.NO_GOALS)
    for one in content["criteria"]:
        yield {
            "kind": "criterion",
            "name": f"{one['number']}. {one['name']}",
            **standing(one),
            "deadline": words.DEADLINE.format(day=day(one["deadline"])),
            "texts": [
                {"label": words.WORDING, "text": one["wording"] or words.UNKNOWN},
                {"label": words.RULE, "text": one["rule_text"] or words.UNKNOWN},
            ],
            "rule": list(_rule(one)),
            "lists": list(_counting(one)),
        }
        if one["key"] in curves:
            yield curve(curves[one["key"]])


def _rule(criterion: Content) -> Iterator[str]:
    if criterion["rule_from"]:
        version = (criterion["rule_version"] or words.UNKNOWN)[: words.LONGEST_VERSION]
        yield words.RULE_FROM.format(day=day(criterion["rule_from"]), version=version)
    accepted = criterion["accepted_on"]
    yield words.ACCEPTED.format(day=day(accepted)) if accepted else words.NOT_ACCEPTED


def _counting(criterion: Content) -> Iterator[Block]:
    """What counts, and what nearly counts with what it lacks; where those are not told, that they are not."""
    counting, nearly = criterion["counting"], criterion["nearly"]
    otherwise = words.NOT_NAMED if counting is None else words.NOTHING_COUNTS
    rows = [{"text": one, "lacks": ""} for one in counting or ()]
    # content from before the checks has none
    note = _checked(criterion.get("checked"))
    yield {"label": words.COUNTING, "shape": "met", "rows": rows, "otherwise": otherwise, "note": note}
    if nearly:
        found = [{"text": one["what"], "lacks": _lacks(one["lacks"])} for one in nearly]
        yield {"label": words.NEARLY, "shape": "near", "rows": found, "otherwise": "", "note": ""}


def _checked(checked: Content | None) -> str:
    """What the Foundation has looked at of what counts; nothing where nothing counts."""
    if not checked:
        return ""
    of, looked_at, in_order = (checked[key] for key in ("of", "looked_at", "in_order"))
    if not looked_at:
        return words.NOT_CHECKED
    told = words.CHECKED_ALL if in_order == of == 1 else words.CHECKED
    return told.format(looked_at=looked_at, in_order=in_order, of=of, day=day(checked["latest_on"]))


def _lacks(lacks: list[str] | None) -> str:
    return words.LACKS.format(lacks=", ".join(lacks)) if lacks else words.NOT_LACKING


def _activities(activities: list[Content]) -> Iterator[Block]:
    if not activities:
        yield _words(words.NO_ACTIVITIES)
    for one in activities:
        if not one["number"] and not one["milestones"]:
            continue  # what is around the activities, and nothing is
        yield {"kind": "subheading", "text": f"{one['number']}. {one['title']}" if one["number"] else one["title"]}
        if not one["milestones"]:
            yield _words(words.NO_MILESTONES)
            continue
        rows: list[list[Any]] = [
            [
                milestone["title"],
                {"text": milestone["state_name"], "shape": _SHAPES.get(milestone["state"], "open")},
                short_day(milestone["due_on"]),
                _reached(milestone),
            ]
            for milestone in one["milestones"]
        ]
        yield _table(words.MILESTONE_HEAD, "1aaa", rows)


def _reached(milestone: Content) -> str:
    is_reached = _SHAPES.get(milestone["state"]) in ("met", "met_late")
    return short_day(milestone["reached_on"]) if milestone["reached_on"] or is_reached else words.NOT_REACHED


def _economy(economy: Content | None) -> Iterator[Block]:
    if not economy:
        yield _words(words.NO_ECONOMY)
        return
    if economy["year"]:
        state = words.STATES.get(economy["state"] or "", "")
        level = economy["price_level"]
        price_level = words.PRICE_LEVEL.format(price_level=level) if level else ""
        yield _words(words.ECONOMY_INTRO.format(year=economy["year"], price_level=price_level, state=state))
    else:
        yield _words(words.ECONOMY_INTRO_BARE)
    if economy["lines"]:
        rows = [_line(one) for one in economy["lines"]]
        total = economy["total"]
        if total:
            rows.append([words.IN_ALL, *(amount(total.get(key)) for key in words.MONEY), "", ""])
        yield _table(words.LINE_HEAD, "4rrrrr4", rows, has_total=bool(total), is_small=True)
    if any("allocated" in one for one in economy["lines"]):
        yield {"kind": "subheading", "text": words.MOVES_HEADING}
        moves = [_moved(one["name"], one) for one in economy["lines"]]
        rows = [*moves, _moved(words.IN_ALL, economy["total"] or {})]
        yield _table(words.MOVES_HEAD, "1rrrr", rows, has_total=True, is_small=True)
    if economy["funders"]:
        yield {"kind": "subheading", "text": words.FUNDERS_HEADING}
        keys = ("proposed", "promised", "granted", "paid")
        funders = [[one["name"], *(amount(one[key]) for key in keys)] for one in economy["funders"]]
        yield _table(words.FUNDER_HEAD, "1rrrr", funders)


def _moved(name: str, sums: Content) -> list[str]:
    """How a budget became the corrected one, and how far spending is from it."""
    return [name, *(amount(sums.get(key)) for key in words.MOVES)]


def _line(one: Content) -> list[str]:
    amounts = [amount(one[key]) for key in words.MONEY]
    return [one["name"], *amounts, per_cent(one["deviation_percent"]), one["explanation"] or ""]


def _risks(risks: list[Content]) -> Iterator[Block]:
    if not risks:
        yield _words(words.NO_RISKS)
        return
    yield _table(words.RISK_HEAD, "33a4", [_risk(one) for one in risks], is_small=True)


def _risk(one: Content) -> list[str]:
    rating = (one["likelihood"], one["impact"])
    done = [one["action"] or words.UNKNOWN]
    if one["owner"]:
        done.append(words.OWNER.format(owner=one["owner"]))
    if one["next_look_on"]:
        done.append(words.NEXT_LOOK.format(day=day(one["next_look_on"])))
    return [
        one["text"],
        one["consequence"] or words.UNKNOWN,
        words.NOT_RATED if None in rating else words.RATING.format(likelihood=rating[0], impact=rating[1]),
        "\n".join(done),
    ]


def _forecast(forecast: Content | None) -> Iterator[Block]:
    """Where the year is expected to end."""
    if forecast:
        yield _words(words.FORECAST_INTRO)
        yield {"kind": "amounts", **headline(forecast, words.FORECAST_TOTAL)}


def _figures(content: Content) -> Iterator[Block]:
    """The figures, and the curves that belong to no criterion."""
    if content["figures"]:
        cut_off = content["report"]["cut_off"]
        rows = [[one["label"], figure_told(one), short_day(one.get("as_of", cut_off))] for one in content["figures"]]
        yield _table(words.FIGURE_HEAD, "1ra", rows)
    else:
        yield _words(words.NO_FIGURES)
    drawn = {one["key"] for one in content["criteria"]}
    yield from (curve(one) for one in content["curves"] if one["key"] not in drawn)


def figure_told(one: Content) -> str:
    """A figure as it is told: with its unit, or that it was not measured."""
    if one["value"] is None:
        return words.NOT_MEASURED
    value = amount(one["value"]) if one["value"].isdecimal() else one["value"]
    return f"{value}\u00a0{one['unit']}" if one["unit"] else value


def _words(text: str) -> Block:
    return {"kind": "words", "text": text}


def _table(
    head: Sequence[str], columns: str, rows: Iterable[Sequence[Any]], *, has_total: bool = False, is_small: bool = False
) -> Block:
    """A table. Of each column: `r` holds numbers and `a` words, each as wide as they are; a digit shares what is left.
    Where a cell is a dash, a note says what that means."""
    cells = [[one if isinstance(one, dict) else {"text": one, "shape": ""} for one in row] for row in rows]
    return {
        "kind": "table",
        "head": list(head),
        "columns": list(columns),
        "rows": cells,
        "has_total": has_total,
        "is_small": is_small,
        "note": words.UNKNOWN_NOTE if any(one["text"] == words.UNKNOWN for row in cells for one in row) else "",
    }
