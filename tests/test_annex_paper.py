"""The committee's annex: two pages whatever is written, and nothing in them that the frozen report does not say."""

import datetime as dt
import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.annex.document import as_docx, size_of_texts
from reports.annex.pdf import as_pdf
from reports.annex.suggesting import suggested
from reports.annex.telling import annex_of, lines_of
from reports.models.committee import MOST_LETTERS, MOST_LINES, TEXTS
from reports.progress.paper import as_drawn
from tests.committee import WORDS
from tests.pdf import OBJECT, faults, pdf_text
from tests.progress_content import EMPTY, content, criterion, economy, line, report, risk

KNOWN_AT = dt.datetime(2011, 10, 3, 9, 12, 44, 123456, dt.UTC)
SHA = "2d71" * 16
CHECKED = {"sha256": SHA, "code": "2d71 2d71 2d71 2d71 2d71", "address": f"https://example.dk/kontrol/{SHA[:20]}/"}


def told(of=None, texts=WORDS):
    return annex_of(as_drawn(of or content()), texts, **CHECKED)


def paper(of=None, texts=WORDS):
    return as_pdf(told(of, texts), known_at=KNOWN_AT)


def document(of=None, texts=WORDS):
    return as_docx(told(of, texts), known_at=KNOWN_AT)


def pages(pdf):
    return sum(bool(re.search(rb"/Type/Page\b", body)) for _, body in OBJECT.findall(pdf))


def each(text):
    return dict.fromkeys(TEXTS, text)


LONG_NAME = (
    "En forankringsmodel, der er forpligtende for parterne, og et partnerskab om den, i alle de udsatte boligområder"
)
LONGEST = content(
    report=report(case_number="2011-" + "4711-" * 7, title="Statusrapport pr. 30. september 2011 " * 3),
    criteria=[
        criterion(number=number, name=LONG_NAME, value=14, target=15, standing="missed", met=True,
                  standing_name="Ikke opfyldt ved fristen", met_since="2011-11-30")
        for number in range(1, 6)
    ],
    economy=economy(lines=[line(f"{number} {LONG_NAME}", "1370000.25", "1370000.25", "12000.00", "-1250.25")
                           for number in range(1, 12)]),
    risks=[risk(text=LONG_NAME * 4, action=LONG_NAME * 4, likelihood=5, impact=5) for _ in range(9)],
)  # fmt: skip
SENTENCE = "Isolerede kvinder i udsatte boligområder nås ikke af de almindelige tilbud, og det koster. "
TEXTS_OF = {
    "sentences": (SENTENCE * 9)[:MOST_LETTERS],
    "wide": "W" * MOST_LETTERS,
    "lines": "\n".join(["Næste skridt"] * MOST_LINES),
    "arabic": ("أمهات الحي ۱۲۳ " * 60)[:MOST_LETTERS],
    "phrases": "\ufdfd" * MOST_LETTERS,
    "no letter of ours": "👩🏽‍🤝‍👩🏿" * 100,
    "turned": "\u202e" + "a" * 600,
    "code": '#panic("x") #read("/etc/passwd") $x^2$ @citat <b>fed</b> \\u{41} #{while true {}}',
}


@pytest.mark.parametrize("of", [content(), LONGEST, EMPTY], ids=["usual", "longest", "empty"])
@pytest.mark.parametrize("text", TEXTS_OF.values(), ids=TEXTS_OF)
def test_paper_is_two_pages_by_the_standards_whatever_is_written(of, text):
    pdf = paper(of, each(text))

    assert (pages(pdf), faults(pdf)) == (2, [])


def test_code_is_drawn_as_text():
    found = pdf_text(paper(texts=each(TEXTS_OF["code"])))

    assert '#panic("x")' in found
    assert '#read("/etc/passwd")' in found
    assert "<b>fed</b>" in found


def test_same_content_and_texts_give_the_same_bytes():
    assert paper() == paper()


def test_both_papers_say_what_the_report_says():
    file = docx.Document(io.BytesIO(document()))
    written = "\n".join(one.text for one in file.paragraphs)
    cells = "\n".join(cell.text for table in file.tables for row in table.rows for cell in row.cells)
    drawn = pdf_text(paper())

    for words in (*WORDS["next_steps"].split("\n"), "Socialt Ansvar, CVR 29188459", "2011-4711", "2d712d712d71…"):
        assert words in written
        assert words.split()[0] in drawn
    for words in (
        "2. Uddannede koordinatorer",
        "Ikke opfyldt ved fristen",
        "7 af 15",
        "310.500,50",
        "−1.250,25",
        "3 × 4",
    ):
        assert words in cells
    assert "1 af 3" in written, "criteria that are met"


def test_line_that_is_overspent_is_named_and_what_is_unknown_is_a_dash():
    (*_, measuring) = told()["money"]["rows"]

    assert measuring == {
        "cells": ["Effektmåling", "75.000", "–", "–", "−1.250,25", "Overskredet"],
        "is_overspent": True,
    }


@pytest.mark.parametrize(
    ("kind", "spent", "committed", "rest", "remark"),
    [
        ("status", "0.00", "0.00", "100.00", ["Ikke brugt endnu"]),
        ("status", "0.00", "50.00", "50.00", []),
        ("status", "100.01", "0.00", "-0.01", ["Overskredet"]),
        ("status", "100.00", "0.00", "0.00", []),
        ("final", "0.00", "0.00", "100.00", ["Uforbrugt"]),
        ("final", "100.00", "0.00", "0.00", []),
    ],
)
def test_remark_on_a_line(kind, spent, committed, rest, remark):
    of = content(report=report(kind=kind), economy=economy(lines=[line("Kontor", "100.00", spent, committed, rest)]))

    (row,) = told(of)["money"]["rows"]

    assert row["cells"][5:] == remark


def test_lines_that_have_no_room_stand_as_one_with_their_sums():
    lines = [line(f"Linje {number}", f"{number}00.00", f"{number}.50", "0.00", "0.00") for number in range(1, 12)]

    rows = [row["cells"][:3] for row in told(content(economy=economy(lines=lines)))["money"]["rows"]]

    assert [name for name, *_ in rows] == [*(f"Linje {number}" for number in range(5, 12)), "4 andre poster"]
    assert rows[-1] == ["4 andre poster", "1.000", "12"]


def test_three_risks_that_weigh_most_are_told_those_not_rated_last():
    risks = [risk(text=f"{a}{b}", likelihood=a, impact=b) for a, b in ((1, 5), (None, None), (3, 3), (5, 5), (2, 4))]

    found = told(content(risks=risks))["risks"]

    assert [row[:2] for row in found["rows"]] == [["55", "5 × 5 = 25"], ["33", "3 × 3 = 9"], ["24", "2 × 4 = 8"]]
    assert "i alt 5 risici" in found["note"]
    assert told(content(risks=[risk()]))["risks"]["rows"][0][1] == "Ikke vurderet"


def test_text_longer_than_allowed_is_cut():
    assert lines_of("a" * (MOST_LETTERS + 1))[0][-2:] == "a…"
    assert len(lines_of("a\n\n" * 20)) == MOST_LINES


# --- The document


def test_document_has_headings_repeated_heads_and_speaks_danish():
    file = docx.Document(io.BytesIO(document()))
    headings = [one.text for one in file.paragraphs if one.style.name == "Heading 1"]
    heads = [[bool(row._tr.findall(f".//{qn('w:tblHeader')}")) for row in table.rows] for table in file.tables]
    language = file.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")

    assert headings[:4] == ["Problem", "Løsning", "Økonomi", "Næste skridt"]
    assert len(headings) == 8
    assert [one.text for one in file.paragraphs if one.style.name == "Title"] == ["Udvalgsbilag"]
    assert len(heads) == 3
    assert {(head[0], any(head[1:])) for head in heads} == {(True, False)}
    assert language.get(qn("w:val")) == "da-DK"


def test_document_says_who_made_it_and_holds_no_macro():
    data = document()
    properties = docx.Document(io.BytesIO(data)).core_properties

    assert (properties.title, properties.author, properties.language) == (
        "Udvalgsbilag: Statusrapport pr. 30. september 2011", "Fonden for Socialt Ansvar", "da-DK",
    )  # fmt: skip
    assert properties.subject == "Bilag til udvalget: Statusrapport pr. 30. september 2011, version 1"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert [name for name in archive.namelist() if "vba" in name.lower() or "embed" in name] == []


def test_documents_letters_are_smaller_the_more_is_written():
    sizes = [size_of_texts(told(texts=each(text))["texts"]) for text in ("Kort.", TEXTS_OF["sentences"], "W" * 700)]

    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[1] > sizes[2]
    assert sizes[1] >= 9


@pytest.mark.parametrize("text", TEXTS_OF.values(), ids=TEXTS_OF)
def test_document_opens_whatever_is_written(text):
    file = docx.Document(io.BytesIO(document(LONGEST, each(text))))

    assert len(file.tables) == 3


# --- The first texts


def test_first_texts_are_drawn_from_the_report():
    found = suggested(content())

    assert found["economy"] == (
        "Pr. 30. september 2011 er 1.116.500 kr. af 1.370.000 kr. brugt. 12.000 kr. er disponeret, og 241.500 kr. er "
        "tilbage. Overskredet: Effektmåling med 1.250,25 kr."
    )
    assert "1 af 3 opfyldt. Ikke opfyldt inden fristen: Uddannede koordinatorer (7 af 15). " in found["problem"]
    assert found["problem"].endswith(" Ikke opfyldt endnu: Lokale foreninger (2 af 3).")
    assert "Bydelsmødre i Tingbjerg" in found["solution"]
    assert found["next_steps"].startswith("Konceptet er vedtaget: senest 31.12.2011.")


def test_criterion_that_was_met_at_its_deadline_is_met_whatever_came_after():
    names = {"met": "Foreninger", "met_late": "Koordinatorer", "missed": "Partnerskab", "not_yet": "Koncept"}
    criteria = [criterion(name=name, standing=code, met=code == "met_late") for code, name in names.items()]
    of = content(criteria=criteria)

    said = suggested(of)["problem"].partition(" er 2 af 4 opfyldt. ")[2]
    assert said == (
        "Opfyldt efter fristen: Koordinatorer (2 af 3). Ikke opfyldt inden fristen: Partnerskab (2 af 3). "
        "Ikke opfyldt endnu: Koncept (2 af 3)."
    )
    assert told(of)["keys"][0]["value"] == "2 af 4"


def test_first_texts_of_nothing_say_so():
    assert all(suggested(EMPTY).values())


@settings(max_examples=25, deadline=None)
@given(name=st.text(max_size=900), count=st.integers(0, 30))
def test_first_texts_have_room(name, count):
    criteria = [criterion(number=number, name=name) for number in range(count)]

    found = suggested(content(criteria=criteria))

    assert {
        key: len(text) <= MOST_LETTERS and text.count("\n") < MOST_LINES for key, text in found.items()
    } == dict.fromkeys(TEXTS, True)
