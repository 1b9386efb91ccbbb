"""Files as offices make them, and files that mean harm: read by their content, or refused with a reason."""

import io
import time
import zipfile
from pathlib import Path

import pytest
from django.utils.translation import gettext, override

from tests.imports import csv_of, xlsx_of
from volunteers.importing.headings import Unreadable, is_forbidden, understand
from volunteers.importing.source import MOST_COLUMNS, MOST_ROWS, read

DATA = Path(__file__).parent / "data" / "import"

HEADINGS = ["TELEFON", "Fornavn", "efternavn", "E-mail", "Postnr.", "Boligområde", "Sprog", "Rolle", "Forening"]
FIRST = ["20123456", "Åse", "Mølgård", "Aase@Example.org", "2700", "Tingbjerg", "arabisk; dansk (B2)", "Koordinator"]
SECOND = ["+45 30 12 34 56", "Zeynep", "Özdemir Ærø", "", "", "", "tyrkisk (modersmål)", "kasserer"]


@pytest.mark.parametrize("path", sorted(DATA.glob("libreoffice*")), ids=lambda path: path.name)
def test_files_of_libreoffice_are_read_alike(path):
    table = read(path.read_bytes())

    (first_line, first), (second_line, second) = table.rows
    assert table.headings[:9] == HEADINGS
    assert (first[:8], first[8:9], first[-1]) == (FIRST, ["Bydelsmødre i Tingbjerg"], 'To linjer;\nmed "gåseøjne"')
    assert (second[:8], second[9]) == (SECOND, "40908")
    # the row in the sheet, the line in the text
    assert (first_line, second_line) == ((4, 6) if path.suffix == ".xlsx" else (4, 7))


TEXT = "Navn{0}E-mail{0}Bemærkning\r\nÅse Ærø{0}aase@example.org{0}x\r\n\r\n{0}{0}\r\nBo{0}{0}\r\n"


@pytest.mark.parametrize("delimiter", [";", ",", "\t"], ids=["semicolon", "comma", "tab"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_by_hand_is_read_in_every_encoding_with_every_separator(encoding, delimiter):
    table = read(TEXT.format(delimiter).encode(encoding))

    assert table.headings == ["Navn", "E-mail", "Bemærkning"]
    assert table.rows == [(2, ["Åse Ærø", "aase@example.org", "x"]), (5, ["Bo"])]


def test_line_that_names_the_separator_for_excel_is_no_heading():
    assert read(b"sep=;\r\nNavn;Mail\r\nBo;\r\n").rows == [(3, ["Bo"])]


def test_headings_may_stand_under_a_title_and_in_one_column():
    assert read(b"Medlemmer 2011\n\nNAVN\nBo\n").rows == [(4, ["Bo"])]


def test_what_a_csv_of_ours_marks_as_text_is_read_as_it_was():
    assert read(csv_of("'=Bo;'-;'Et")).rows == [(2, ["=Bo", "-", "'Et"])]


def test_cpr_number_is_taken_out_before_anything_else():
    table = read(csv_of("Bo 010170-1234;;20123456", headings="Navn;Bemærkning;Telefon"))

    assert (table.rows, table.cpr) == ([(2, ["Bo (…)", "", "20123456"])], {2: "Navn"})


# --- Columns


FORBIDDEN = ["CPR", "cpr-nr.", "CPRNR", "Personnummer", "Nationalitet", "ETNICITET", "Etnisk baggrund", "Religion"]
FORBIDDEN += ["Fødeland", "FOEDELAND", "Opholdsgrundlag", "Statsborgerskab", "Tro", "Helbredsoplysninger"]
FORBIDDEN += ["Straffeattest"]
ALLOWED = ["Tronhjem", "Bemærkning", "Land", "Terrasse", "Startdato", "Sprog", "Trofast"]


def test_column_that_is_forbidden_is_told_from_others_that_look_alike():
    found = [heading for heading in [*FORBIDDEN, *ALLOWED] if is_forbidden(heading)]

    assert found == FORBIDDEN


def test_column_that_is_forbidden_stops_the_import_with_an_explanation():
    with override("da"), pytest.raises(Unreadable) as refused:
        understand(["Navn", "Cpr-nr.", "E-mail", "Nationalitet"])

    said = "Filen har kolonner, som vi ikke må gemme: »Cpr-nr.«, »Nationalitet«. "
    assert str(refused.value).startswith(said)


def test_columns_are_known_by_heading_in_any_order_and_case_and_the_rest_is_named():
    found = understand(["TLF.", "Skostørrelse", "boligomraade", " Navn ", ""])

    assert {field.value: place for field, place in found.places.items()} == {"Telefon": 0, "Boligområde": 2, "Navn": 3}
    assert found.ignored == ["»Skostørrelse«"]


@pytest.mark.parametrize("headings", [["E-mail"], ["Fornavn"], ["Navn", "Telefon", "Mobil"]])
def test_without_a_name_or_with_one_meaning_twice_nothing_is_imported(headings):
    with pytest.raises(Unreadable):
        understand(headings)


# --- Files that cannot be read, or mean harm

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
WIDE = f'<row r="1"><c r="A1"><v>1</v></c><c r="{"ZZ"}1"><v>1</v></c></row>'


def workbook_with(parts):
    """A workbook of ours whose parts are others."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_of(("Bo",)))) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in source.namelist():
            made.writestr(name, parts.get(name, source.read(name)))
    return target.getvalue()


SHEET_PART = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
MANY = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>' + "x" * 30_000 + "</t></si></sst>"
)
REPEATED = "".join(
    f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="B{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_000)
)
HARMFUL = {
    "empty": b"",
    "spaces": b" \r\n\t",
    "a pdf": b"%PDF-1.7\n\x00\x01",
    "a photo": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512,
    "a broken archive": b"PK\x03\x04" + b"\x00" * 100,
    "half a workbook": xlsx_of(("Bo",))[:2000],
    "NUL in the text": b"Navn\nBo\x00\n",
    "a broken mark": b"\xef\xbb\xbfNavn\n\xff\n",
    "no letters of any kind": b"Navn\n\x81\x8d\n",
    "an open quotation mark": b'Navn;E-mail\n"Bo;bo@example.org\nIda;\n',
    "a huge cell": b"Navn\n" + b"x" * 200_000 + b"\n",
    "a million columns": b"Navn" + b";" * 1_000_000 + b"\nBo\n",
    "too many columns": b"Navn" + b";x" * MOST_COLUMNS + b"\nBo\n",
    "too many rows": b"Navn\n" + b"Bo\n" * (MOST_ROWS + 20),
    "too many cells": (b"Navn" + b";x" * 150 + b"\n") * 10_000,
    "nothing but lines": b"Navn\n" + b"\n" * 600_000,
    "too large": b"Navn\n" + b"x" * (10 * 1024 * 1024),
    "corners far apart": workbook_with({SHEET_PART: SHEET.format(FAR)}),
    "a wide workbook": workbook_with({SHEET_PART: SHEET.format(WIDE)}),
    "a bomb that tells its size": workbook_with({SHEET_PART: b" " * (301 * 1024 * 1024)}),
    "a string told a million times": workbook_with({STRINGS: MANY, SHEET_PART: SHEET.format(REPEATED)}),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMFUL)
def test_file_that_cannot_be_read_is_refused_with_a_reason_and_soon(name):
    began = time.monotonic()

    with pytest.raises(Unreadable) as refused:
        read(HARMFUL[name])

    assert str(refused.value)
    assert time.monotonic() - began < 30


def test_archive_that_is_no_workbook_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")

    with pytest.raises(Unreadable) as refused:
        read(target.getvalue())

    assert str(refused.value) == gettext("This is neither XLSX nor CSV. Save the list as one of them, and try again.")


def test_workbook_is_unpacked_elsewhere_within_its_limits(monkeypatch):
    """Seen to fail where the limits are taken away: this process would then be as large as the bomb."""
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(Unreadable):
        read(HARMFUL["corners far apart"])

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kilobytes
