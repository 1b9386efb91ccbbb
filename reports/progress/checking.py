"""Is a chain of frozen reports as it was sent? The stored bytes are checked, never drawn anew; and each row is held
against its bytes, since lists and pages show the row."""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.models import FrozenReport
from reports.progress.canonical import canonical, sha256


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was sent: of the version at a place in the chain, or of the chain (place 0)."""

    place: int
    code: str  #: "hash", "pdf", "previous", "place", "canonical", "row", "head"


def faults(chain: Sequence[FrozenReport], *, heads: Iterable[str] = (), papers_from: int = 1) -> list[Fault]:
    """What is wrong with a programme's whole chain, in its order, each with its `report`. `heads` are hashes that were
    sent out at some time: each must still be there, so that a history that was cut or written anew shows. The papers
    are read from the place `papers_from` on: they are no part of the chain."""
    found, before = [], ""
    for expected, one in enumerate(chain, 1):
        found += [Fault(expected, code) for code in _faults_of(one, expected, before)]
        if expected >= papers_from and sha256(bytes(one.pdf)) != one.pdf_sha256:
            found.append(Fault(expected, "pdf"))
        before = one.sha256
    there = {one.sha256 for one in chain}
    return found + [Fault(0, "head") for head in heads if head not in there]


def _faults_of(one: FrozenReport, place: int, before: str) -> list[str]:
    data = bytes(one.canonical)
    found = []
    if sha256(data) != one.sha256:
        found.append("hash")
    if one.place != place:
        found.append("place")
    content = _read(data)
    if content is None or canonical(content) != data:
        found.append("canonical")
    if content is not None and not _says(content, one):
        found.append("row")
    if one.previous != before or (content or {}).get("previous") != before:
        found.append("previous")
    return found


def _says(content: dict, one: FrozenReport) -> bool:
    """Does the content say what the row does: which version of which report, of which day, known when, and why?"""
    try:
        about = content["report"]
        replaces = about["replaces"] or {"reason": ""}
        told = (about["uuid"], about["number"], about["cut_off"], replaces["reason"])
        return told == (str(one.report.uuid), one.number, one.cut_off.isoformat(), one.reason) and (
            dt.datetime.fromisoformat(about["known_at"]) == one.known_at
        )
    except (KeyError, TypeError, ValueError):
        return False


def _read(data: bytes) -> dict | None:
    try:
        content = json.loads(data)
    except ValueError:
        return None
    return content if isinstance(content, dict) else None
