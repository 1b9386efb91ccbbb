"""A report as it is read in a browser: the words and numbers of its paper, block by block."""

from typing import Any

from django.utils import translation

from bydelsmoedre.moment import Moment
from reports.models import FrozenReport, ProgressReport
from reports.progress.content import content_of
from reports.progress.freezing import address_of, fingerprint_of
from reports.progress.paper import as_drawn
from reports.progress.telling import told_of


def told_by(frozen: FrozenReport) -> dict[str, Any]:
    """A frozen version, told from its stored bytes; nothing is reckoned anew."""
    return _told(frozen.content, sha256=frozen.sha256, code=frozen.code, address=address_of(frozen.sha256))


def told_so_far(report: ProgressReport, moment: Moment) -> dict[str, Any]:
    """A draft, told of the Moment: as it would be frozen now. Nobody has approved it, and it has no hash."""
    return _told(_so_far(report, moment), sha256="", code="", address="")


def fingerprint(report: ProgressReport, moment: Moment) -> str:
    """The same for as long as the draft would say the same, whenever it is asked."""
    return fingerprint_of(_so_far(report, moment))


def _so_far(report: ProgressReport, moment: Moment) -> dict[str, Any]:
    head = {"previous": "", "number": report.frozen.count() + 1, "approved_by": None, "replaces": None}
    return content_of(report, moment, head)


def _told(content: dict[str, Any], **check: str) -> dict[str, Any]:
    with translation.override("da"):
        told = told_of(as_drawn(content), **check)
    for row in told["glance"]["rows"]:
        row["shape"] = _shape(row["shape"])
    for section in told["sections"]:
        for block in section["blocks"]:
            _as_on_pages(block)
            for line in block.get("lines", ()):
                line["points"] = " ".join(f"{x:g},{y:g}" for x, y in line["points"])
    return told


def _shape(name: str) -> str:
    """What a shape of the paper is called on the pages."""
    return {"half": "founded", "waiting": "waived", "open": "not_yet"}.get(name, name)


def _as_on_pages(block: dict[str, Any]) -> None:
    """The shapes of a criterion, and of a table's cells."""
    if "shape" in block:
        block["shape"] = _shape(block["shape"])
    for listed in block.get("lists", ()):
        listed["shape"] = _shape(listed["shape"])
    if block["kind"] == "table":
        for cell in (cell for row in block["rows"] for cell in row):
            cell["shape"] = _shape(cell["shape"]) if cell["shape"] else ""


def sections_told(told: dict[str, Any]) -> list[tuple[str, str]]:
    """The code and the heading of each section, to choose among."""
    return [(one["code"], one["heading"]) for one in told["sections"]]
