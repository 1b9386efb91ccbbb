"""A progress report as PDF: what it says, that it lasts and is read aloud, and that nothing in it is ever markup."""

import json
import re
import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bydelsmoedre.danish import beloeb
from reports.progress.paper import file_name, paper_of
from reports.progress.sections import sections
from tests.pdf import faults, pdf_text
from tests.progress_content import CHECKED, EMPTY, FORECAST, HASH, content, criterion, curve, economy, milestone, report


def bare(text):
    return re.sub(r"[\s\u00ad\u200b]", "", text)


def drawn(told):
    """All that is drawn of a report, without blanks."""
    return bare(pdf_text(paper_of(told, **CHECKED)))


def pages(pdf):
    return len(re.findall(rb"/Type/Page\b", pdf))


def with_words(words):
    """A report in which people have written the same words wherever they may write."""
    told = content(
        report=report(title=words, programme=words, recipient=words, sender={"name": words, "cvr": words}),
        criteria=[
            criterion(name=words, wording=words, rule_text=words, standing_name=words, counting=[words],
                      nearly=[{"what": words, "lacks": [words]}]),
        ],
        curves=[curve(title=words, description=words)],
        figures=[{"code": "x", "label": words, "value": words, "unit": words}],
        activities=[{"number": 1, "title": words, "milestones": [milestone(title=words, state_name=words)]}],
        forecast=FORECAST,
        sections=[{"code": code, "title": words, "text": words} for code in ("goals", "own")],
    )  # fmt: skip
    for one in told["economy"]["lines"] + told["economy"]["funders"]:
        one.update({key: words for key in ("name", "explanation") if key in one})
    for one in told["risks"]:
        one.update(text=words, consequence=words, action=words, owner=words)
    return told


@pytest.mark.parametrize(
    "told",
    [content(), content(forecast=FORECAST), EMPTY, content(economy=economy(lines=[], funders=[], total=None))],
    ids=["whole", "with-forecast", "empty", "no-lines"],
)
def test_report_is_read_aloud_and_kept(told):
    assert faults(paper_of(told, **CHECKED)) == []


@pytest.mark.parametrize(
    "needed", [b"/Marked true", b"/StructTreeRoot", b"/Alt", b"/DisplayDocTitle true", b"pdfuaid:part"]
)
def test_report_that_lacks_what_the_standards_ask_is_noticed(needed):
    pdf = paper_of(content(), **CHECKED)

    assert needed in pdf
    assert faults(pdf.replace(needed, needed[:-1] + b"x")) != []


def test_tables_have_header_cells_and_drawings_their_words():
    pdf = paper_of(content(), **CHECKED)

    assert pdf.count(b"/S/TH") >= 4 + 4 + 4 + 7 + 5 + 5 + 4 + 2
    assert pdf.count(b"/S/Figure") == 2 + 1  # two curves and the QR code


def test_same_content_gives_the_same_bytes_whatever_was_drawn_between():
    first = paper_of(content(), **CHECKED)
    other = paper_of(EMPTY, **CHECKED)

    assert paper_of(content(), **CHECKED) == first != other


def test_content_is_left_as_it_was():
    told = content(forecast=FORECAST)
    before = json.dumps(told)

    paper_of(told, **CHECKED)

    assert json.dumps(told) == before


def test_file_tells_what_it_is():
    pdf = paper_of(content(), **CHECKED).decode("latin-1").encode("latin-1").decode("utf-8", "ignore")

    assert "<xmp:CreateDate>2011-10-03T09:12:44" in pdf
    for part in (
        "Statusrapport pr. 30. september 2011", "Ansvar, CVR 29188459", "Modtager: Københavns Kommune",
        "Sagsnummer: 2011-4711", "Type: Statusrapport", "Periode: 1.\u00a0juli\u00a02011 til", "Version: 1",
        "Opgjort pr.: 30.\u00a0september\u00a02011", "Godkendt af: Programleder, Fonden for Socialt Ansvar",
    ):  # fmt: skip
        assert part.replace("\u00a0", " ") in pdf.replace("\u00a0", " ")


def kroner_in(told):
    """Every amount of the economy and the forecast."""
    if isinstance(told, dict):
        return [amount for value in told.values() for amount in kroner_in(value)]
    if isinstance(told, list):
        return [amount for value in told for amount in kroner_in(value)]
    return [told] if isinstance(told, str) and re.fullmatch(r"-?\d+\.\d\d", told) else []


def test_every_amount_stands_in_danish():
    told = content(forecast=FORECAST)
    text = drawn(told)

    amounts = kroner_in([told["economy"], told["forecast"]])

    assert len(amounts) > 20
    assert [one for one in amounts if beloeb(Decimal(one)) not in text] == []
    for part in ("1.370.000 kr.", "310.500,50", "−1.250,25", "−2,3 %", "−21.250,50 kr."):
        assert bare(part) in text


def test_report_says_what_counts_and_what_is_lacking():
    text = drawn(content())

    for part in (
        "1. juli 2011 til 30. september 2011", "De tre mål i overblik", "2 af 3", "Ikke opfyldt endnu", "7 af 15",
        "Ikke opfyldt ved fristen", "siden 5. juni 2011", "At der etableres minimum tre lokale foreninger.",
        "En forening tæller, når den er stiftet.", "Bydelsmødre i Tingbjerg",
        "Bydelsmødre i Sjælør – mangler: Stiftende generalforsamling", "godkendt reglen 7. februar 2011",
        "registreret 3. oktober 2011 kl. 11.12", "»Færre end 5«", "»Ikke vist«", "Ikke målt",
        "Sandsynlighed 3 af 5", "Ikke vurderet",
        "Ses igen 1. november 2011", "Læring undervejs", "Vi lærte meget.",
    ):  # fmt: skip
        assert bare(part) in text, part
    assert "**" not in text


def test_each_page_says_which_report_it_is_of_and_the_last_how_it_is_verified():
    pdf = paper_of(content(), **CHECKED)
    text = bare(pdf_text(pdf))
    count = pages(pdf)

    assert text.count(f"SHA-256{CHECKED['sha256'][:12]}…") == text.count("Statusrapport,version1") == count
    assert all(f"Side{number}af{count}" in text for number in range(1, count + 1))
    for part in (CHECKED["sha256"], CHECKED["code"], CHECKED["address"], HASH, "Kontrollér rapporten"):
        assert bare(part) in text


def test_later_version_says_what_it_replaces_and_why():
    replaced = {"number": 1, "sha256": HASH, "reason": "Forbruget var forkert"}

    text = drawn(content(report=report(number=2, replaces=replaced)))

    assert bare("Erstatter Version 1: Forbruget var forkert") in text
    assert "Statusrapport,version2" in text


def test_final_report_tells_attainment_and_accounts_under_their_own_names():
    codes = {"attainment": "Målopfyldelse", "accounts": "Regnskab", "anchoring": "Forankring", "risks": "Risici"}
    written = [{"code": code, "title": title, "text": f"Om {code}."} for code, title in codes.items()]

    headings = [one["heading"] for one in sections(content(sections=written))]

    assert headings == ["Målopfyldelse", "Aktiviteter", "Regnskab", "Risici", "Forankring", "Nøgletal"]


def test_frame_around_the_activities_has_no_number():
    text = drawn(content())

    assert bare("Rammerne om indsatsen") in text
    assert "0.Rammerne" not in text


def test_first_report_has_none_before_it():
    assert "Ingen:detererdenførste" not in drawn(content())
    assert bare("Ingen: det er den første rapport i rækken.") in drawn(EMPTY)


def test_unknown_is_a_dash_and_never_0():
    total = {"budgeted": None, "spent": None, "committed": None, "rest": None}
    unknown = criterion(
        value=None, met=None, counting=None, nearly=None, wording="", rule_text="", rule_version=None, rule_from=None
    )
    line = {"name": "Linje", "deviation_percent": None, "explanation": None} | total

    text = drawn(content(criteria=[unknown], economy=economy(total=total, lines=[line], funders=[]), curves=[]))

    assert "–af3" in text
    assert bare("Linje–––––") in text
    assert bare("ikke nævnt enkeltvis") in text
    assert "None" not in text


def test_empty_programme_says_what_there_is_not():
    text = drawn(EMPTY)

    for part in ("ingen mål", "ingen aktiviteter", "ikke noget budget", "Ingen risici", "Ingen nøgletal"):
        assert bare(part) in text
    assert bare("Prognose") not in text


def test_curve_whose_numbers_are_not_told_is_words():
    few = curve(steps=[["2011-01-01", "0"], ["2011-05-26", "Færre end 5"]])

    pdf = paper_of(content(curves=[few]), **CHECKED)

    assert pdf.count(b"/S/Figure") == 1  # the QR code
    assert bare("26. maj 2011: Færre end 5") in bare(pdf_text(pdf))


@pytest.mark.parametrize(
    "words",
    [
        '#import "@preview/x:1.0.0": y', '#read("/etc/passwd")', "$x^2$ \\ `kode` @ref = H", "/* a */ // b -- ~",
        "<script>alert(1)</script>&amp;", "{{ navn }} %(name)s {name} {0}", "x" * 5_000, "foreningskoordinatorer" * 30,
    ],
    ids=["import", "read", "typst", "comments", "html", "format", "long", "compound"],
)  # fmt: skip
def test_whatever_is_written_is_text(words):
    pdf = paper_of(with_words(words), **CHECKED)

    assert faults(pdf) == []
    assert bare(pdf_text(pdf)).count(bare(words)) >= 15


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        ("أمهات الحي", "أ"),
        ("אמהות", "א"),
        ("漢", "[U+6F22]"),
        ("አማርኛ", "[U+12A0]"),
        ("👩🏽‍🤝‍👩🏿 ⚠️", "[U+1F469]"),
        ("a\u0651\u0301\u0338\u20dd ا\u0301", "a"),
        ("a\x00b\x07\u202ec\ufeff\ue000\U0010ffff\u2028d\r\ne", "e"),
        ("\u200b\u200d\ufe0f", "Rapport"),
        ("", "Rapport"),
    ],
    ids=["arabic", "hebrew", "chinese", "amharic", "emoji", "marks", "control", "unseen", "nothing"],
)
def test_whatever_script_it_is_in_the_file_lasts(words, stands):
    pdf = paper_of(with_words(words), **CHECKED)

    assert faults(pdf) == []
    assert b"pdfaid:part" in pdf
    assert stands in pdf_text(pdf)


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_any_text_can_be_drawn(words):
    assert b"pdfuaid:part" in paper_of(with_words(words), **CHECKED)


def test_200_pages_are_drawn_within_seconds():
    paragraph = "Foreningen på **Nørrebro** er *stiftet*, og der er valgt en bestyrelse. " * 12
    long = [{"code": "goals", "title": "Mål", "text": f"{paragraph}\n\n- et\n- to\n\n" * 1_000}]
    began = time.perf_counter()

    pdf = paper_of(content(sections=long), **CHECKED)

    assert pages(pdf) >= 200
    assert time.perf_counter() - began < 10


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, "2011-09-30_Statusrapport_Bydelsmoedre_v1.pdf"),
        ({"kind_name": "Års-/slutrapport", "number": 12}, "2011-09-30_Aars_slutrapport_Bydelsmoedre_v12.pdf"),
        ({"kind_name": "تقرير"}, "2011-09-30_rapport_Bydelsmoedre_v1.pdf"),
    ],
)
def test_file_name_is_plain(changes, name):
    assert file_name(content(report=report(**changes))) == name
