"""Files as Danish offices open them: numbers as numbers, dates as dates, and text that is never computed."""

import csv
import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from bydelsmoedre.spreadsheets import Sheet, write_csv, write_xlsx

FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "  =cmd|' /C calc'!A0", "\t=1", '=HYPERLINK("http://x")']
NAMES = ["Åse Mølgaard", "أمهات الحي", "👩🏽‍🤝‍👩🏿 Søster", "Fatma <b>&amp;</b>", 'Ane "And" Andersen; bestyrelse']


def sheet(*rows, headings=("Navn", "Antal", "Beløb", "Dato", "Ja")):
    return Sheet("Foreninger", headings, rows, about=[("Pr. dato", "31. december 2011")])


def workbook(made):
    target = io.BytesIO()
    write_xlsx(made, target)
    target.seek(0)
    return target


ROW = ("Åse", 12, Decimal("-1370000.50"), dt.date(2011, 12, 31), True)


def test_xlsx_holds_numbers_amounts_and_dates_as_such():
    (page, _about) = openpyxl.load_workbook(workbook(sheet(ROW))).worksheets

    cells = [(cell.data_type, cell.value) for cell in page[2]]

    assert cells == [
        ("s", "Åse"),
        ("n", 12),
        ("n", -1370000.5),
        ("d", dt.datetime(2011, 12, 31)),
        ("s", "Ja"),
    ]


def test_xlsx_shows_kroner_with_two_decimals_and_dates_as_danes_write_them():
    page = openpyxl.load_workbook(workbook(sheet(ROW))).worksheets[0]

    assert (page["C2"].number_format, page["D2"].number_format) == ("#,##0.00", "dd.mm.yyyy")


def test_another_reader_finds_the_same_values():
    (name, number, amount, day, yes) = (
        CalamineWorkbook.from_filelike(workbook(sheet(ROW))).get_sheet_by_index(0).to_python()[1]
    )

    assert (name, number, amount, day, yes) == ("Åse", 12, -1370000.5, dt.date(2011, 12, 31), "Ja")


@pytest.mark.parametrize("text", FORMULAS, ids=ascii)
def test_xlsx_makes_no_formula_of_text(text):
    page = openpyxl.load_workbook(workbook(sheet((text, None, None, None, None)))).worksheets[0]

    assert page["A2"].data_type == "s"


@pytest.mark.parametrize("text", FORMULAS, ids=ascii)
def test_csv_marks_text_that_would_be_computed(text):
    (_heading, row) = csv.reader(io.StringIO(write_csv(sheet((text,))).lstrip("\ufeff")), delimiter=";")

    assert row == [f"'{text}"]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_every_script_survives_in_both(name):
    made = sheet((name, None, None, None, None))
    (_heading, row) = csv.reader(io.StringIO(write_csv(made).lstrip("\ufeff")), delimiter=";")

    assert (openpyxl.load_workbook(workbook(made)).worksheets[0]["A2"].value, row[0]) == (name, name)


def test_phone_number_is_left_as_it_is_in_csv():
    assert "+45 20 12 34 56" in write_csv(sheet(("+45 20 12 34 56",))).splitlines()


def test_csv_is_what_a_danish_excel_opens():
    text = write_csv(sheet(ROW, ("Ukendt", None, Decimal(0), None, False)))

    assert text == ("\ufeffNavn;Antal;Beløb;Dato;Ja\r\nÅse;12;-1370000,50;31.12.2011;Ja\r\nUkendt;;0,00;;Nej\r\n")


def test_workbook_keeps_its_headings_in_view_and_says_what_it_shows():
    page, about = openpyxl.load_workbook(workbook(sheet(ROW))).worksheets

    assert (page.freeze_panes, page.auto_filter.ref, page.print_title_rows) == ("A2", "A1:E2", "$1:$1")
    assert [cell.value for cell in about[1]] == ["Pr. dato", "31. december 2011"]


def test_title_that_no_sheet_may_have_is_made_to_fit():
    made = Sheet("Foreninger: [alle] / København og omegn i 2011", ("Navn",), [("Åse",)])

    assert openpyxl.load_workbook(workbook(made)).sheetnames[0] == "Foreninger   alle    København"


def test_sheet_without_rows_has_its_headings():
    page = openpyxl.load_workbook(workbook(sheet())).worksheets[0]

    assert [cell.value for cell in page[1]] == ["Navn", "Antal", "Beløb", "Dato", "Ja"]


def test_characters_that_no_xml_holds_are_left_out():
    page = openpyxl.load_workbook(workbook(sheet(("A\x00B\x0b",)))).worksheets[0]

    assert page["A2"].value == "AB"


def test_words_follow_the_reader_s_language():
    with override("en"):
        page = openpyxl.load_workbook(workbook(sheet(ROW))).worksheets[0]

    assert page["E2"].value == "Yes"
