"""What stands on the committee's two pages, ready to be placed: four texts, and the figures of the frozen content.

Pure: nothing is asked of the database or of the clock, and nothing is reckoned that the report does not say.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bydelsmoedre.danish import beloeb, dato, kroner, tidspunkt
from bydelsmoedre.money import ZERO
from bydelsmoedre.qr import drawn_as_qr
from reports.annex import words
from reports.drawable import in_a_name, is_seen, on_one_line, shortened
from reports.figures.shapes import ARE_MET
from reports.models import Kind
from reports.models.committee import MOST_LETTERS, MOST_LINES
from reports.progress import words as report_words
from reports.progress.sections import short_day, standing

Content = dict[str, Any]


def annex_of(content: Content, texts: Mapping[str, str], *, sha256: str, code: str, address: str) -> dict[str, Any]:
    """All that the papers are given. `texts`: the four, by the columns of `CommitteeAnnex`."""
    report = content["report"]
    title = on_one_line(report["title"]) if is_seen(report["title"]) else report_words.UNTITLED
    day = dato(dt.date.fromisoformat(report["cut_off"]))
    sender = shortened(on_one_line(report["sender"]["name"]), words.LONGEST_FACT) or report_words.BRAND
    return {
        "document": {
            "title": shortened(f"{words.TITLE}: {title}", report_words.LONGEST_PROPERTY),
            "author": sender,
            "subject": shortened(
                words.SUBJECT.format(title=title, number=report["number"]), report_words.LONGEST_PROPERTY
            ),
        },
        "brand": shortened(on_one_line(f"{report_words.BRAND} · {report['programme']}"), words.LONGEST_FACT),
        "title": words.TITLE,
        "subtitle": shortened(title, words.LONGEST_NAME),
        "facts": [{"label": report_words.FACTS[key], "value": value} for key, value in _facts(report, day)],
        "keys": _keys(content),
        "texts": [{"heading": heading, "lines": lines_of(texts[key])} for key, heading in words.HEADINGS.items()],
        "criteria": _criteria(content["criteria"], day),
        "money": _money(content, day),
        "risks": _risks(content["risks"]),
        "check": _check(report, title, sha256=sha256, code=code, address=address),
        "footer": shortened(f"{words.TITLE} · {title}, version {report['number']}", words.LONGEST_FACT),
        "sha": f"SHA-256 {sha256[: report_words.SHORT]}…",
        "page": report_words.PAGE,
        "of": report_words.OF_PAGES,
    }


def annex_name(content: Content) -> str:
    """`2011-09-30_Udvalgsbilag_Bydelsmoedre_v1`: as the report's own file is called."""
    report = content["report"]
    parts = (report["cut_off"], words.TITLE, in_a_name(report_words.BRAND, ""))
    return f"{'_'.join(parts)}_v{report['number']}"


def lines_of(text: str) -> list[str]:
    """A text line by line, never longer than the paper holds."""
    found = [line for one in shortened(text, MOST_LETTERS).splitlines() if (line := on_one_line(one))]
    return [*found[: MOST_LINES - 1], " ".join(found[MOST_LINES - 1 :])] if len(found) > MOST_LINES else found


def _facts(report: Content, day: str) -> Any:
    def fact(value: str) -> str:
        return shortened(on_one_line(value), words.LONGEST_FACT)

    yield "cut_off", day
    yield "version", str(report["number"])
    if report["recipient"]:
        yield "recipient", fact(report["recipient"])
    sender = report["sender"]
    yield "sender", fact(f"{sender['name']}, CVR {sender['cvr']}" if sender["cvr"] else sender["name"])
    for key in ("case_number", "document_number"):
        if report[key]:
            yield key, fact(report[key])
    if approver := _approver(report):
        yield "approved_by", approver


def _approver(report: Content) -> str:
    found = report["approved_by"] or {"office": "", "organisation": ""}
    parts = [part for part in (found["office"], found["organisation"]) if part]
    return shortened(on_one_line(", ".join(parts)), words.LONGEST_FACT)


def _keys(content: Content) -> list[dict[str, str]]:
    """The answer in three numbers; money only where there is a budget."""
    criteria, economy = content["criteria"], content["economy"]
    keys = []
    if criteria:
        met = sum(one["standing"] in ARE_MET for one in criteria)
        keys.append({"value": words.KEY_OF.format(met=met, all=len(criteria)), "label": words.KEY_GOALS})
    total = (economy or {}).get("total") or {}
    sums = {key: kroner(Decimal(total[key])) for key in report_words.MONEY if total.get(key) is not None}
    if {"budgeted", "spent"} <= sums.keys():
        keys.append({"value": sums["spent"], "label": words.KEY_SPENT.format(budgeted=sums["budgeted"])})
    if {"rest", "committed"} <= sums.keys():
        is_committed = Decimal(total["committed"]) != ZERO
        label = words.KEY_REST.format(committed=sums["committed"]) if is_committed else words.KEY_REST_BARE
        keys.append({"value": sums["rest"], "label": label})
    return keys


def _criteria(criteria: list[Content], day: str) -> dict[str, Any]:
    rows = [_criterion(one) for one in criteria[: words.MOST_CRITERIA]]
    return {
        "heading": words.CRITERIA_HEADING.format(day=day),
        "head": words.CRITERIA_HEAD,
        "rows": rows,
        "otherwise": report_words.NO_GOALS,
    }


def _criterion(one: Content) -> dict[str, Any]:
    name = shortened(on_one_line(f"{one['number']}. {one['name']}"), words.LONGEST_NAME)
    since = one["met_since"] if one["met"] else None
    return standing(one) | {
        "name": name,
        "since": report_words.SINCE.format(day=short_day(since)) if since else "",
    }


def _money(content: Content, day: str) -> dict[str, Any]:
    """The budget by line, with what is overspent or not used; lines that the paper has no room for as one."""
    economy = content["economy"]
    rows = [_line(one, content["report"]["kind"]) for one in _some(economy["lines"])] if economy else []
    total = economy["total"] if economy else None
    columns = len(words.MONEY_HEAD) - (not any(row["cells"][-1] for row in rows))  # no column without remarks
    state = words.STATES.get(economy["state"] or "", "") if economy else ""
    return {
        "heading": words.MONEY_HEADING.format(day=day),
        "head": words.MONEY_HEAD[:columns],
        "rows": [row | {"cells": row["cells"][:columns]} for row in rows],
        "total": [report_words.IN_ALL, *_amounts(total), ""][:columns] if rows and total else [],
        "note": words.MONEY_NOTE.format(state=state),
        "otherwise": report_words.NO_ECONOMY,
    }


def _some(lines: list[Content]) -> list[Content]:
    """The lines in their order; where there are too many, those with the largest budgets, and the others as one."""
    if len(lines) <= words.MOST_LINES:
        return lines
    largest = sorted(lines, key=lambda one: -Decimal(one["budgeted"] or 0))[: words.MOST_LINES - 1]
    others = [one for one in lines if one not in largest]
    told: Content = {"name": words.OTHER_LINES.format(count=len(others))}
    for key in report_words.MONEY:
        known = [Decimal(one[key]) for one in others if one[key] is not None]
        told[key] = str(sum(known)) if len(known) == len(others) else None
    return [*(one for one in lines if one in largest), told]


def _line(one: Content, kind: str) -> dict[str, Any]:
    rest, spent, committed = (None if one[key] is None else Decimal(one[key]) for key in ("rest", "spent", "committed"))
    remark = ""
    if rest is not None and rest < ZERO:
        remark = words.OVERSPENT
    elif kind == Kind.FINAL and rest:
        remark = words.LEFT
    elif spent == ZERO and not committed:
        remark = words.UNUSED
    name = shortened(on_one_line(one["name"]), words.LONGEST_NAME)
    return {"cells": [name, *_amounts(one), remark], "is_overspent": remark == words.OVERSPENT}


def _amounts(sums: Content) -> list[str]:
    return [report_words.UNKNOWN if sums.get(key) is None else beloeb(Decimal(sums[key])) for key in report_words.MONEY]


def worst(risks: list[Content]) -> list[Content]:
    """The risks that weigh most, by likelihood × impact; those that nobody has rated come last."""
    return sorted(risks, key=lambda one: -_weight(one))[: words.MOST_RISKS]


def _weight(risk: Content) -> int:
    return int((risk["likelihood"] or 0) * (risk["impact"] or 0))


def _risks(risks: list[Content]) -> dict[str, Any]:
    def cell(text: str) -> str:
        return shortened(on_one_line(text), words.LONGEST_RISK) or report_words.UNKNOWN

    rows = [[cell(one["text"]), _rating(one), cell(one["action"])] for one in worst(risks)]
    more = f" {words.MORE_RISKS.format(count=len(risks))}" if len(risks) > len(rows) else ""
    return {
        "heading": words.RISKS_HEADING,
        "head": words.RISK_HEAD,
        "rows": rows,
        "note": words.RATING_NOTE + more,
        "otherwise": report_words.NO_RISKS,
    }


def _rating(risk: Content) -> str:
    weight = _weight(risk)
    rating = {"likelihood": risk["likelihood"], "impact": risk["impact"], "product": weight}
    return words.RATING.format(**rating) if weight else report_words.NOT_RATED


def _check(report: Content, title: str, *, sha256: str, code: str, address: str) -> dict[str, str]:
    """On what the figures rest, and where anybody sees that the report is genuine."""
    return {
        "heading": words.CHECK_HEADING,
        "intro": words.CHECK.format(
            title=shortened(title, words.LONGEST_NAME),
            number=report["number"],
            approver=_approver(report) or words.CHECK_UNSIGNED,
            cut_off=dato(dt.date.fromisoformat(report["cut_off"])),
            known_at=tidspunkt(dt.datetime.fromisoformat(report["known_at"])),
        ),
        "how": words.CHECK_HOW,
        "address": address,
        "code": words.CODE.format(code=code, sha=sha256[: report_words.SHORT]),
        "qr": drawn_as_qr(address),
        "qr_says": report_words.QR_SAYS.format(address=address),
    }
