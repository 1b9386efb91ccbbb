"""The words of a PDF as Typst writes it (no packed objects): enough of the format for a test to read what is drawn;
and whether it follows the standards for files that can be read aloud and kept, as another program sees it."""

import re
import zlib

import page as checker

#: In what is drawn: a string, or a font that is chosen, or the end of a text.
TOKEN = re.compile(r"(\((?:\\.|[^\\()]|\([^()]*\))*\)|<[0-9a-fA-F]*>(?!>))|/(\w+) [\d.]+ Tf|(\bET\b)", re.DOTALL)
OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)

STANDARDS = (checker.ValidationProfile.PDF_A_2A, checker.ValidationProfile.PDF_UA_1)
LENGTH = "PDFA2A-STREAM-LENGTH-001"


def faults(content: bytes) -> list[str]:
    """What breaks a rule of PDF/A-2a or PDF/UA-1."""
    reports = [checker.validate_pdf_bytes(content, profile=one) for one in STANDARDS]
    failures = [failure for report in reports for failure in report.failures]
    return [f"{one.rule_id}: {one.message}" for one in failures if not (one.rule_id == LENGTH and _is_as_long(content))]


def _is_as_long(content: bytes) -> bool:
    """Is each stream as long as it says? The checker takes a last byte that is a carriage return for a line's end."""
    streams = re.finditer(rb"/Length (\d+).*?>>\nstream\n", content, re.DOTALL)
    return all(content.startswith(b"\nendstream", one.end() + int(one[1])) for one in streams)


def pdf_text(content: bytes) -> str:
    """All that is drawn, page by page, each piece set apart by a blank."""
    objects = {int(number): body for number, body in OBJECT.findall(content)}
    pages = [body for body in objects.values() if re.search(rb"/Type/Page\b", body)]
    return " ".join(_page(objects, page) for page in pages)


def _stream(body: bytes) -> str:
    head, _, rest = body.partition(b"stream\n")
    packed = rest.rpartition(b"\nendstream")[0]
    return (zlib.decompress(packed) if b"FlateDecode" in head else packed).decode("latin-1")


def _page(objects: dict[int, bytes], page: bytes) -> str:
    fonts = _fonts(objects, page)
    drawn = _stream(objects[int(re.search(rb"/Contents (\d+) 0 R", page)[1])])
    letters: dict[int, str] = {}
    told = []
    for string, font, end in TOKEN.findall(drawn):
        if font:
            letters = fonts[font]
        elif string:
            told += [letters.get(glyph, "?") for glyph in _glyphs(string)]
        elif end:
            told.append(" ")
    return "".join(told)


def _fonts(objects: dict[int, bytes], page: bytes) -> dict[str, dict[int, str]]:
    resources = page
    if referred := re.search(rb"/Resources (\d+) 0 R", page):
        resources = objects[int(referred[1])]
    listed = re.search(rb"/Font<<(.*?)>>", resources, re.DOTALL)[1]
    return {name.decode(): _letters(objects, int(number)) for name, number in re.findall(rb"/(\w+) (\d+) 0 R", listed)}


def _letters(objects: dict[int, bytes], font: int) -> dict[int, str]:
    """Which letters each glyph of a font stands for."""
    number = re.search(rb"/ToUnicode (\d+) 0 R", objects[font])[1]
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", _stream(objects[int(number)]), re.DOTALL):
        for glyph, letters in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(glyph, 16)] = bytes.fromhex(letters).decode("utf-16-be")
    return found


def _glyphs(string: str) -> list[int]:
    """The glyphs of a piece of text, two bytes each, written as letters or in hexadecimal."""
    raw = _unescaped(string[1:-1]) if string.startswith("(") else bytes.fromhex(string[1:-1])
    return [int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2)]


def _unescaped(letters: str) -> bytes:
    named = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}

    def one(found: re.Match[str]) -> str:
        return chr(int(found[1], 8)) if found[1][0].isdigit() else named.get(found[1], found[1])

    return re.sub(r"\\(\d{1,3}|.)", one, letters, flags=re.DOTALL).encode("latin-1")
