"""The frozen content of a report as it is told on paper: its words, amounts and days, ready for the template to place.

Pure. What is null in the content is unknown or not told, and stands as a dash or as a sentence: it is never 0.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from bydelsmoedre.danish import dato, tidspunkt
from bydelsmoedre.qr import drawn_as_qr
from reports.drawable import is_seen, on_one_line, shortened
from reports.progress import words
from reports.progress.amounts import headline
from reports.progress.sections import days, sections, standing

Content = dict[str, Any]


def told_of(content: Content, *, sha256: str, code: str, address: str) -> dict[str, Any]:
    """All that the template is given."""
    report = content["report"]
    title = on_one_line(report["title"]) if is_seen(report["title"]) else words.UNTITLED
    brand = on_one_line(f"{words.BRAND} · {report['programme']}")
    facts = [{"label": words.FACTS[key], "value": value} for key, value in _facts(report)]
    return {
        "document": _document(content, facts, sha256),
        "brand": brand,
        "title": title,
        "header": [shortened(title, words.LONGEST_RUNNING), shortened(brand, words.LONGEST_RUNNING)],
        "facts": facts,
        "basis": {"heading": words.BASIS_HEADING, "rows": list(_basis(content))},
        "glance": _glance(content["criteria"]),
        "money": _money(content["economy"]),
        "sections": sections(content),
        "check": _check(content, sha256, code, address),
        "footer": shortened(_version(report), words.LONGEST_RUNNING),
        "sha": f"SHA-256 {sha256[: words.SHORT]}…",
        "page": words.PAGE,
        "of": words.OF_PAGES,
    }


def _version(report: Content) -> str:
    return words.FOOTER.format(kind=on_one_line(report["kind_name"]), version=report["number"])


def _facts(report: Content) -> Iterator[tuple[str, str]]:
    """What the report is, by the keys of its labels; an office approved it, and no person is named."""
    yield "period", days(report["period"])
    yield "cut_off", dato(dt.date.fromisoformat(report["cut_off"]))
    yield "version", str(report["number"])
    sender = report["sender"]
    yield "sender", f"{sender['name']}, CVR {sender['cvr']}" if sender["cvr"] else sender["name"]
    for key in ("recipient", "case_number", "document_number"):
        if report[key]:
            yield key, report[key]
    if replaced := report["replaces"]:
        yield "replaces", words.REPLACES.format(number=replaced["number"], reason=replaced["reason"])
    if approver := report["approved_by"]:
        yield "approved_by", ", ".join(part for part in (approver["office"], approver["organisation"]) if part)


def _document(content: Content, facts: list[dict[str, str]], sha256: str) -> dict[str, Any]:
    """The file's own properties. The SHA-256 among them tells which report a file is of that was changed afterwards."""
    report = content["report"]
    own = [(words.FACTS["kind"], report["kind_name"]), (words.FACTS["programme"], report["programme"])]
    told = [*own, *((fact["label"], fact["value"]) for fact in facts)]
    return {
        "title": _property(report["title"]) or words.UNTITLED,
        "author": _property(report["sender"]["name"]) or words.BRAND,
        "description": "; ".join(_property(f"{label}: {value}") for label, value in told),
        "keywords": [*(_property(value) for _, value in told if value.strip()), words.MARK.format(sha256=sha256)],
    }


def _property(text: str) -> str:
    return shortened(on_one_line(text), words.LONGEST_PROPERTY)


def _basis(content: Content) -> Iterator[str]:
    """On what the figures rest."""
    report = content["report"]
    known_at = tidspunkt(dt.datetime.fromisoformat(report["known_at"]))
    yield words.BASIS.format(cut_off=dato(dt.date.fromisoformat(report["cut_off"])), known_at=known_at)
    if content["criteria"]:
        yield words.BASIS_GOALS
    if content["economy"]:
        yield words.BASIS_MONEY
    if any(one.get("as_of", report["cut_off"]) != report["cut_off"] for one in content["figures"]):
        yield words.BASIS_RELEASED
    few = [one["value"] for one in content["figures"] if (one["value"] or "").startswith(words.FEW)]
    if few:
        yield words.BASIS_FEW.format(words=few[0])
    if any(one["value"] == words.HIDDEN for one in content["figures"]):
        yield words.BASIS_HIDDEN.format(words=words.HIDDEN)


def _glance(criteria: list[Content]) -> dict[str, Any]:
    """Each criterion in a line."""
    count = len(criteria)
    name = words.COUNTS[count] if count < len(words.COUNTS) else str(count)
    return {
        "heading": words.GLANCE_ONE if count <= 1 else words.GLANCE_HEADING.format(count=name),
        "head": words.GLANCE_HEAD,
        "rows": [{"name": f"{one['number']}. {one['name']}", **standing(one)} for one in criteria],
        "otherwise": words.NO_GOALS,
    }


def _money(economy: Content | None) -> dict[str, Any] | None:
    """The sums of the budget, and what part of it each is where it can be drawn."""
    if not economy or not economy["total"]:
        return None
    return {"heading": words.MONEY_HEADING, **headline(economy["total"], words.MONEY)}


def _check(content: Content, sha256: str, code: str, address: str) -> dict[str, Any]:
    values = {"address": address, "code": code, "sha256": sha256, "previous": content["previous"]}
    facts = [
        {"label": label, "value": values[key] or words.CHECK_FIRST, "is_code": bool(values[key])}
        for key, label in words.CHECK_FACTS.items()
    ]
    return {
        "heading": words.CHECK_HEADING,
        "intro": words.CHECK_INTRO,
        "steps": words.CHECK_STEPS,
        "facts": facts,
        "why": words.CHECK_WHY,
        "qr": drawn_as_qr(address),
        "qr_says": words.QR_SAYS.format(address=address),
    }
