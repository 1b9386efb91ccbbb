"""A file that somebody sends to be checked: what it is, what it holds, and which report it says that it is.

Pure. Nobody knows who has made the file: it is only looked through, within bounds, and nothing in it is run, drawn or
believed. The bounds are far above what a report of ours needs.
"""

import enum
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

#: So many bytes may a file have.
LARGEST = 20 * 1024 * 1024
#: So many parts may a JSON have (a value, a list, an object), and so many figures a number in it.
MOST_PARTS, LONGEST_NUMBER = 300_000, 16
#: So many packed streams of a PDF are unpacked, of so many bytes, to so many in each and in all.
MOST_STREAMS, LONGEST_STREAM, LARGEST_UNPACKED, MOST_UNPACKED = 1000, 1 << 20, 2 << 20, 16 << 20
#: So many marks of reports are looked up.
MOST_MARKS = 200

_PDF = b"%PDF-"
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")
_HASH = re.compile(rb"(?<![0-9A-Fa-f])[0-9A-Fa-f]{64}(?![0-9A-Fa-f])")
_UUID = re.compile(rb'"uuid"\s*:\s*"([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})"')
_STREAM = re.compile(rb"(?<!end)stream\r?\n")


class FileKind(enum.StrEnum):
    """What a file is, by its bytes; its name says nothing."""

    PDF = "pdf"
    JSON = "json"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Marks:
    """What a file says of itself: identities of reports, SHA-256s that stand in it, and the version's number."""

    uuids: tuple[str, ...] = ()
    hashes: tuple[str, ...] = ()
    number: int | None = None


def kind_of(data: bytes) -> FileKind:
    """What the file is."""
    if _PDF in data[:1024]:
        return FileKind.PDF
    return FileKind.JSON if _JSON.match(data) else FileKind.OTHER


def content_in(data: bytes) -> dict[str, Any] | None:
    """The content of a JSON; None where it cannot be a report's: a key that stands twice, a fraction, a number that
    programs read differently, too deep, or too much."""
    if sum(map(data.count, (b",", b"[", b"{"))) > MOST_PARTS:
        return None
    try:
        content = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_once,
            parse_int=_whole,
            parse_float=_refused,
            parse_constant=_refused,
        )
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("A key stands twice.")
    return found


def _whole(text: str) -> int:
    return int(text) if len(text) <= LONGEST_NUMBER else _refused(text)


def _refused(text: str) -> int:
    raise ValueError(f"No number of ours: {text[:LONGEST_NUMBER]}")


def marks_of(data: bytes, kind: FileKind, content: dict[str, Any] | None) -> Marks:
    """What the file says of itself; `content` is that of a JSON, where it could be read."""
    if kind == FileKind.PDF:
        return Marks(hashes=_distinct(_hashes_of_pdf(data)))
    if kind == FileKind.OTHER:
        return Marks()
    report = content.get("report") if content else None
    told = report if isinstance(report, dict) else {}
    number = told.get("number")
    return Marks(
        uuids=_distinct(found[1].decode() for found in _UUID.finditer(data)),
        hashes=_distinct(_hashes(data)),
        number=number if isinstance(number, int) and 0 < number < 1000 else None,
    )


def _distinct(found: Iterable[str]) -> tuple[str, ...]:
    """Each once, as they come; of what is repeated without end no more than a part is looked at."""
    return tuple(islice(dict.fromkeys(one.lower() for one in islice(found, MOST_MARKS * 20)), MOST_MARKS))


def _hashes(data: bytes) -> Iterator[str]:
    return (found[0].decode() for found in _HASH.finditer(data))


def _hashes_of_pdf(data: bytes) -> Iterator[str]:
    """In the file as it is (in two-byte letters too), and in what is packed."""
    yield from _hashes(data.replace(b"\0", b""))
    for unpacked in _unpacked(data):
        yield from _hashes(unpacked.replace(b"\0", b""))


def _unpacked(data: bytes) -> Iterator[bytes]:
    """The packed streams of a PDF, as far as they can be unpacked within the bounds."""
    at, left = 0, MOST_UNPACKED
    for _ in range(MOST_STREAMS):
        begin = _STREAM.search(data, at)
        if begin is None or left <= 0:
            return
        at = begin.end()
        end = data.find(b"endstream", at, at + LONGEST_STREAM)
        if end < 0:
            continue
        try:
            unpacked = zlib.decompressobj().decompress(data[at:end], min(LARGEST_UNPACKED, left))
        except zlib.error:
            continue
        at, left = end, left - len(unpacked)
        yield unpacked
