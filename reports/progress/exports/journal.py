"""“Hent til journal”: a frozen report with what a municipal journal asks about it, and the dialogue, in one archive.

Pure: the same report, numbers, dialogue and head give the same bytes, whenever and wherever it is made. All files bear
the time as known at which the report was made, and are stored as they are, so that no program packs them differently.
"""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bydelsmoedre.danish import tidspunkt
from bydelsmoedre.moment import COPENHAGEN
from reports.progress import words as paper_words
from reports.progress.canonical import sha256
from reports.progress.exports import words
from reports.progress.exports.dialogue import Said, dialogue_csv, dialogue_text
from reports.progress.exports.parts import Content, plain
from reports.progress.paper import file_name
from reports.progress.sections import days

FORMAT, SUMS = "bydelsmoedre/journal/1", "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Filed:
    """What stands beside the report: when it was locked and where it is checked, the municipality's own numbers ("" for
    those that she has not written), and the head of the chain as its reader sees it."""

    locked_at: dt.datetime
    code: str
    address: str
    head_place: int
    head_sha256: str
    head_locked_at: dt.datetime
    case_number: str = ""
    document_number: str = ""


def journal_of(canonical: bytes, pdf: bytes, filed: Filed, said: Sequence[Said]) -> bytes:
    """The archive."""
    content: Content = json.loads(canonical)
    stem = file_name(content).removesuffix(".pdf")
    files = {f"{stem}.pdf": pdf, f"{stem}.json": canonical}
    told = metadata(content, filed, files)
    title = plain(content["report"]["title"])
    files |= {
        f"{stem}_metadata.json": (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode(),
        f"{stem}_metadata.txt": _readable(_lines(told)),
        f"{stem}_dialog.csv": dialogue_csv(said).encode(),
        f"{stem}_dialog.txt": _readable([dialogue_text(said, title).rstrip("\n")]),
    }
    files[SUMS] = "".join(f"{sha256(data)}  {name}\n" for name, data in files.items()).encode()
    return _packed(files, dt.datetime.fromisoformat(content["report"]["known_at"]))


def metadata(content: Content, filed: Filed, files: dict[str, bytes]) -> dict[str, Any]:
    """What a journal registers about the report, as plain data."""
    report = content["report"]
    return {
        "format": FORMAT,
        "title": plain(report["title"]),
        "report_type": report["kind_name"],
        "version": report["number"],
        "programme": report["programme"],
        "sender": report["sender"],
        "recipient": report["recipient"],
        "case_number": filed.case_number or report["case_number"],
        "document_number": filed.document_number or report["document_number"],
        "case_number_in_report": report["case_number"],
        "period": report["period"],
        "cut_off": report["cut_off"],
        "known_at": report["known_at"],
        "locked_at": filed.locked_at.astimezone(dt.UTC).isoformat(),
        "approved_by": report["approved_by"],
        "replaces": report["replaces"],
        "code": filed.code,
        "address": filed.address,
        "sha256": sha256(files[_named(files, ".json")]),
        "pdf_sha256": sha256(files[_named(files, ".pdf")]),
        "previous": content["previous"] or "",
        "head": {
            "place": filed.head_place,
            "sha256": filed.head_sha256,
            "locked_at": filed.head_locked_at.astimezone(dt.UTC).isoformat(),
        },
        "files": [{"name": name, "bytes": len(data), "sha256": sha256(data)} for name, data in files.items()],
    }


def _named(files: dict[str, bytes], ending: str) -> str:
    return next(name for name in files if name.endswith(ending))


def _lines(told: dict[str, Any]) -> list[str]:
    """The same to be read."""
    facts = list(_facts(told))
    wide = max(len(label) for label, _ in facts) + 1
    head = [words.JOURNAL_TITLE, "=" * len(words.JOURNAL_TITLE), ""]
    listed = ["", f"{words.FILES_TITLE}:", *(f"  {one['name']}" for one in told["files"]), ""]
    return [*head, *(f"{label + ':':<{wide}} {value}" for label, value in facts), *listed, *words.HOW_TO_CHECK]


def _facts(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    sender, approver, head = told["sender"], told["approved_by"] or {}, told["head"]
    facts = {
        words.TITLE: told["title"],
        words.REPORT_TYPE: told["report_type"],
        paper_words.FACTS["version"]: str(told["version"]),
        paper_words.FACTS["programme"]: told["programme"],
        paper_words.FACTS["sender"]: sender["name"],
        words.CVR: sender["cvr"],
        paper_words.FACTS["recipient"]: told["recipient"],
        paper_words.FACTS["case_number"]: told["case_number"],
        paper_words.FACTS["document_number"]: told["document_number"],
        words.REPORT_CASE_NUMBER: told["case_number_in_report"],
        words.PERIOD: plain(days(told["period"])),
        paper_words.FACTS["cut_off"]: f"{dt.date.fromisoformat(told['cut_off']):%d.%m.%Y}",
        words.KNOWN_AT: _clock(told["known_at"]),
        words.LOCKED_AT: _clock(told["locked_at"]),
        paper_words.FACTS["approved_by"]: ", ".join(filter(None, approver.values())),
    }
    for label, value in facts.items():
        yield label, value or words.NOT_KNOWN
    if replaced := told["replaces"]:
        yield paper_words.FACTS["replaces"], paper_words.REPLACES.format(**replaced)
        yield words.REPLACES_SHA, replaced["sha256"]
    yield words.CHECKED_AT, told["address"]
    yield words.CHECK_CODE, told["code"]
    yield words.SHA, told["sha256"]
    yield words.SHA_PDF, told["pdf_sha256"]
    yield words.PREVIOUS, told["previous"] or words.NO_PREVIOUS
    at = _clock(head["locked_at"])
    yield words.HEAD, words.HEAD_SAYS.format(sha256=head["sha256"], place=head["place"], at=at)


def _clock(moment: str) -> str:
    return plain(tidspunkt(dt.datetime.fromisoformat(moment)))


def _readable(lines: Sequence[str]) -> bytes:
    """Text that old and new programs of Windows show as it is."""
    return ("\ufeff" + "\r\n".join("\n".join(lines).splitlines()) + "\r\n").encode()


def _packed(files: dict[str, bytes], known_at: dt.datetime) -> bytes:
    target = io.BytesIO()
    at = known_at.astimezone(COPENHAGEN)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, data)
    return target.getvalue()
