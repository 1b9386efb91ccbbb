"""A frozen report as files: every number as it was frozen, nothing computed, and the same bytes each time."""

import csv
import datetime as dt
import io
import json
import re
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.progress.exports.longlist import csv_of
from reports.progress.exports.passages import LONGEST, passages
from reports.progress.exports.workbook import workbook_of
from tests.progress_content import CHECKED, EMPTY, FORECAST, content, criterion, report
from tests.test_spreadsheets import FORMULAS

D = dt.date
SHEETS = [
    "Om rapporten", "Mål", "Grundlag for mål", "Dag for dag", "Nøgletal", "Aktiviteter", "Økonomi", "Bidragydere",
    "Risici", "Tekster",
]  # fmt: skip


def sheets(told):
    """The sheets as another program reads them: title → rows."""
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(told, **CHECKED)))
    return {page.title: list(page.iter_rows(values_only=True)) for page in book}


def lines(told):
    text = csv_of(told, **CHECKED)
    assert text[0] == "\ufeff"
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";"))


def test_each_part_is_a_sheet_and_the_forecast_where_there_is_one():
    assert list(sheets(content())) == SHEETS
    assert list(sheets(content(forecast=FORECAST))) == [*SHEETS[:-1], "Prognose", "Tekster"]
    assert list(sheets(EMPTY)) == SHEETS


def test_what_is_not_told_is_empty_and_never_zero():
    rows = sheets(content())

    assert rows["Økonomi"][3][3:7] == (75000, None, None, -1250.25)
    assert rows["Nøgletal"][2:5] == [
        ("Nye bydelsmødre", "Færre end 5", None, "mothers", dt.datetime(2011, 9, 30)),
        ("Diplomer", "Ikke vist", None, "diplomas", dt.datetime(2011, 6, 30)),
        ("Effekt", "Ikke målt", "point", "effect", dt.datetime(2011, 9, 30)),
    ]
    assert rows["Mål"][3][:6] == (3, "Fælles uddannelseskoncept", None, None, "Ja", dt.datetime(2011, 6, 5))


def test_line_of_a_figure_says_the_day_that_the_figure_is_of():
    days = {line["Oplysning"]: line["Opgjort pr."] for line in lines(content()) if line["Afsnit"] == "Nøgletal"}

    assert (days["Diplomer"], days["Gyldige kursusbeviser"]) == ("30.06.2011", "30.09.2011")


def test_what_an_empty_report_lacks_is_said():
    rows = sheets(EMPTY)

    assert {title: rows[title][1][0] for title in SHEETS[1:]} == {
        "Mål": "Programmet har ingen mål, der er opgjort i denne rapport.",
        "Grundlag for mål": "Intet tæller med endnu, eller det er ikke nævnt enkeltvis.",
        "Dag for dag": "Ingen kurver er med i rapporten.",
        "Nøgletal": "Ingen nøgletal er opgjort.",
        "Aktiviteter": "Arbejdsplanen har ingen aktiviteter.",
        "Økonomi": "Der er ikke noget budget at fortælle om.",
        "Bidragydere": "Ingen bidragydere er med i rapporten.",
        "Risici": "Ingen risici er skrevet ned.",
        "Tekster": "Der er ingen tekster i rapporten.",
    }


def test_workbook_is_laid_out_for_screen_and_paper():
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(content(), **CHECKED)))

    for page in book:
        assert page.freeze_panes == "A2"
        assert (page.print_title_rows, page.page_setup.paperSize) == ("$1:$1", 9)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) in [(1, 0), (None, 0)]
        assert page.oddFooter.left.text == "Statusrapport, version 1 · SHA-256 2d712d712d71…"
        assert page.oddFooter.right.text == "&A · Side &P af &N"
    money = book["Økonomi"]
    assert money.auto_filter.ref == "A1:J4", "the total is not filtered away"
    assert [cell.value for cell in money[5]][:2] == ["I alt", 1360000]
    assert (money["B2"].number_format, money["I2"].number_format) == ("#,##0.00", "0.0")
    facts = {row[0].value: row[1] for row in book["Om rapporten"].iter_rows(min_row=2)}
    assert (facts["Opgjort pr."].is_date, facts["Opgjort pr."].number_format) == (True, "dd.mm.yyyy")
    assert (facts["Som registreret"].value, facts["Som registreret"].number_format) == (
        dt.datetime(2011, 10, 3, 11, 12, 44), "dd.mm.yyyy hh:mm",
    )  # fmt: skip
    assert (facts["Budgetår"].value, facts["Budgetår"].number_format) == (2011, "0")


def test_great_amount_fits_into_its_column():
    told = content()
    told["economy"]["total"]["spent"] = "-999999999999.99"

    money = openpyxl.load_workbook(io.BytesIO(workbook_of(told, **CHECKED)))["Økonomi"]

    assert money.column_dimensions["E"].width >= len("-999.999.999.999,99") + 1 > money.column_dimensions["D"].width


def test_workbook_tells_what_it_is_and_is_dated_when_the_content_was_known():
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(content(), **CHECKED)))

    assert (book.properties.title, book.properties.creator) == (
        "Statusrapport pr. 30. september 2011", "Fonden for Socialt Ansvar",
    )  # fmt: skip
    assert book.properties.created == book.properties.modified == dt.datetime(2011, 10, 3, 9, 12, 44)
    assert {one.name: one.value for one in book.custom_doc_props.props} == {
        "Program": "København", "Modtager": "Københavns Kommune", "Sagsnummer": "2011-4711", "Version": 1,
        "SHA-256": CHECKED["sha256"],
    }  # fmt: skip


def test_same_content_gives_the_same_bytes_and_stays_as_it_was():
    told = content(forecast=FORECAST)
    before = json.dumps(told)
    first = workbook_of(told, **CHECKED), csv_of(told, **CHECKED)
    workbook_of(EMPTY, **CHECKED)

    assert (workbook_of(told, **CHECKED), csv_of(told, **CHECKED)) == first
    assert json.dumps(told) == before


@pytest.mark.parametrize("words", [*FORMULAS, "{=1+1}", "https://example.org", "mailto:a@b.dk", "\x00\ufffe", "  "])
def test_nothing_that_is_written_is_ever_computed(words):
    told = content(
        report=report(title=words, programme=words, recipient=words, case_number=words),
        criteria=[criterion(name=words, wording=words, counting=[words], nearly=[{"what": words, "lacks": [words]}])],
        sections=[{"code": "goals", "title": words, "text": words}],
        risks=[{"text": words, "consequence": words, "likelihood": 1, "impact": 1, "action": words, "owner": words,
                "next_look_on": None}],
        figures=[{"code": "x", "label": words, "value": words, "unit": words}],
    )  # fmt: skip
    data = workbook_of(told, **CHECKED)

    for page in openpyxl.load_workbook(io.BytesIO(data)):
        assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n", "d"}
        assert page._hyperlinks == []
    parts = {
        name: zipfile.ZipFile(io.BytesIO(data)).read(name) for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
    }
    assert not any(b"<f>" in part or b"externalLink" in part for part in parts.values())
    for line in lines(told):
        assert not any(re.match(r"\s*[=@]|\s*[+-]\D", value) for value in line.values()), line


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=9000))
@settings(deadline=None, max_examples=60)
def test_narrative_is_cut_for_the_cells_and_no_letter_is_lost(text):
    found = list(passages(text))
    whole = "".join(piece for _, piece in found)

    assert all(0 < len(piece) <= LONGEST or not piece for _, piece in found)
    marks = re.compile(r"[\s*#-]")
    assert marks.sub("", whole) == marks.sub("", text)


def test_report_of_two_hundred_pages_is_a_workbook_still():
    told = content(sections=[{"code": "goals", "title": "Mål", "text": "Vi har nået målene. " * 30_000}])

    rows = sheets(told)["Tekster"][1:]

    assert sum(len(row[3]) for row in rows) >= 30_000 * 20 - 1
    assert max(len(row[3]) for row in rows) <= LONGEST
