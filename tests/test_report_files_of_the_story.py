"""The story's reports as files: every number is the frozen one and the one on the page; and their format is as
published."""

import csv
import io
import json
import re
import subprocess
from decimal import Decimal
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from django.utils import translation
from python_calamine import CalamineWorkbook

from reports.models import FrozenReport, Kind
from reports.progress.exports.longlist import csv_of
from reports.progress.exports.workbook import workbook_of
from reports.progress.paper import as_drawn
from reports.progress.telling import told_of
from tests.progress_content import CHECKED, FORECAST, content, economy, report
from tests.reports import frozen

pytestmark = pytest.mark.django_db
D = Decimal
SCHEMA = json.loads(Path("reports/progress/progress-report-1.json").read_text())
MONEY = {
    "allocated": "Oprindeligt budget",
    "moved": "Omdisponeret",
    "budgeted": "Korrigeret budget",
    "spent": "Forbrug",
    "committed": "Disponeret",
    "rest": "Rest",
    "deviation": "Afvigelse i kr.",
}
STAGES = {"proposed": "Foreslået", "promised": "Tilsagn", "granted": "Bevilget", "paid": "Udbetalt"}
LOOKED_AT = {"of": "Tæller med i alt", "looked_at": "Dokumentation kontrolleret", "in_order": "Dokumentation i orden"}
FORECAST_WORDS = {"expected": "Ventet forbrug ved årets udgang", "rest": "Ventet rest"}


@pytest.fixture(scope="module")
def contents(story):
    """The frozen content of a report of each kind."""
    found = {}
    for kind in Kind:
        told = FrozenReport.objects.filter(programme=story, report__kind=kind).first()
        one = told or frozen(story, kind=kind, to=story.deadline, period_from=story.starts_on)
        found[kind.value] = json.loads(bytes(one.canonical))
    return found


def faults(told):
    check = jsonschema.FormatChecker()
    found = jsonschema.Draft202012Validator(SCHEMA, format_checker=check).iter_errors(told)
    return [f"{one.json_path}: {one.message}" for one in found]


@pytest.mark.parametrize("kind", [kind.value for kind in Kind])
def test_each_kind_of_report_is_as_its_format_says(contents, kind):
    assert faults(contents[kind]) == []
    assert contents[kind]["report"]["kind"] == kind


def test_format_is_one_itself():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def places(value, path=()):
    """Each object within the content, by its path."""
    if isinstance(value, dict):
        yield path, value
    for key, one in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(one, (*path, key))


def test_no_key_is_taken_that_the_format_does_not_name_and_none_is_left_out(contents):
    told = contents["midway"]
    assert told["forecast"]
    for _, place in places(told):
        place["ukendt"] = 1
        assert faults(told), place
        del place["ukendt"]
        for key in list(place):
            value = place.pop(key)
            assert faults(told), key
            place[key] = value
    assert faults(told) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"schema": "bydelsmoedre/progress-report/2"},
        {"previous": "9F" * 32},
        {"forecast": {"expected": "1.00", "rest": "1.00"}},
        {"figures": [{"code": "x", "label": "x", "value": 3, "unit": ""}]},
    ],
    ids=["schema", "previous", "forecast of a status report", "number instead of text"],
)
def test_format_refuses_what_is_not_of_it(contents, changes):
    assert faults(contents["status"] | changes)


# --- Every number


def numbers_frozen(told):
    """Part, of what, which → the number that the content holds."""
    found = {}
    for one in told["criteria"]:
        name = f"{one['number']}. {one['name']}"
        found |= {("Mål", name, "Resultat"): one["value"], ("Mål", name, "Måltal"): one["target"]}
        checked = one.get("checked") or dict.fromkeys(LOOKED_AT)
        found |= {("Mål", name, words): checked[key] for key, words in LOOKED_AT.items()}
    for one in told["curves"]:
        found |= {("Dag for dag", f"{one['title']} · {danish(day)}", "Værdi"): value for day, value in one["steps"]}
    for one in told["figures"]:
        found["Nøgletal", "", one["label"]] = one["value"] if re.fullmatch(r"\d+", one["value"] or "") else None
    for one in [*told["economy"]["lines"], {"name": "I alt"} | told["economy"]["total"]]:
        found |= {("Økonomi", one["name"], words): one[key] for key, words in MONEY.items()}
        found["Økonomi", one["name"], "Afvigelse i %"] = one.get("deviation_percent")
    for one in told["economy"]["funders"]:
        found |= {("Bidragydere", one["name"], words): one[key] for key, words in STAGES.items()}
    for one in told["risks"]:
        found["Risici", one["text"], "Sandsynlighed (1–5)"] = one["likelihood"]
        found["Risici", one["text"], "Konsekvens (1–5)"] = one["impact"]
    for key, words in FORECAST_WORDS.items() if told["forecast"] else ():
        found["Prognose", "", words] = told["forecast"][key]
    return {key: D(value) for key, value in found.items() if value is not None}


def danish(day):
    year, month, date = day.split("-")
    return f"{date}.{month}.{year}"


#: Of each sheet how many columns name the row.
NAMED = {"Mål": 2, "Dag for dag": 2, "Nøgletal": 0, "Økonomi": 1, "Bidragydere": 1, "Risici": 1, "Prognose": 0}


def numbers_in_sheets(sheets):
    """The same of a workbook that is read: title → rows."""
    found = {}
    for title, named in NAMED.items():
        head, *rows = sheets.get(title, [()])
        for row in rows:
            for place in range(named or 1, len(row)):
                if isinstance(row[place], int | float) and (named or place == 1):
                    found[(title, *subject(row, named, head[place]))] = D(str(row[place]))
    return {key: value for key, value in found.items() if key[2] != "Måltal" or key[0] == "Mål"}


def subject(row, named, heading):
    if not named:
        return "", row[0]
    if named == 1:
        return row[0], heading
    if isinstance(row[0], int | float):
        return f"{int(row[0])}. {row[1]}", heading
    return f"{row[0]} · {row[1]:%d.%m.%Y}", heading


def numbers_in_csv(text):
    found = {}
    for line in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"):
        value = line["Værdi"]
        if line["Afsnit"] in NAMED and re.fullmatch(r"-?\d+(,\d+)?", value):
            found[line["Afsnit"], line["Emne"], line["Oplysning"]] = D(value.replace(",", "."))
    return {key: value for key, value in found.items() if key[2] != "Måltal" or key[0] == "Mål"}


def read(words):
    """A number as it is told: “−1.370.000,50 kr.”; None where it is none."""
    bare = re.sub(r"\s*(kr\.|%)$", "", words.replace("\u00a0", " ")).replace("−", "-")
    is_number = re.fullmatch(r"-?\d{1,3}(\.\d{3})*(,\d+)?|-?\d+", bare)
    return D(bare.replace(".", "").replace(",", ".")) if is_number else None


def numbers_told(told):
    """The same as the page and the paper tell them, where they do."""
    found = {}
    heads = {"Linje": "Økonomi", "Bevillingsgiver": "Bidragydere", "Nøgletal": "Nøgletal"}
    for section in told["sections"]:
        for block in section["blocks"]:
            if block["kind"] == "criterion":
                value, _, target = block["result"].partition(" af ")
                found["Mål", block["name"], "Resultat"] = read(value)
                found["Mål", block["name"], "Måltal"] = read(target)
                looked_at = re.search(r"for (\d+) af (\d+), .* i orden for (\d+)", block["lists"][0]["note"])
                names = ("looked_at", "of", "in_order")
                for what, number in zip(names, looked_at.groups() if looked_at else (), strict=False):
                    found["Mål", block["name"], LOOKED_AT[what]] = D(number)
            if block["kind"] == "amounts":
                found |= {("Prognose", "", row["label"]): read(row["value"]) for row in block["rows"]}
            if block["kind"] == "table" and block["head"][0] in heads:
                part = heads[block["head"][0]]
                for row in block["rows"]:
                    for head, cell in list(zip(block["head"], row, strict=True))[1:]:
                        if head == "Opgjort pr.":
                            continue
                        what = {"Afvigelse": "Afvigelse i %"}.get(head, head.replace("\n", " "))
                        key = ("", row[0]["text"]) if part == "Nøgletal" else (row[0]["text"], what)
                        found[(part, *key)] = read(cell["text"])
    return {key: value for key, value in found.items() if value is not None}


def assert_same_everywhere(one):
    expected = numbers_frozen(one)
    data = workbook_of(one, **CHECKED)
    book = openpyxl.load_workbook(io.BytesIO(data))
    other = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = {page.title: list(page.iter_rows(values_only=True)) for page in book}
    again = {name: other.get_sheet_by_name(name).to_python() for name in other.sheet_names}
    with translation.override("da"):
        told = numbers_told(told_of(as_drawn(one), **CHECKED))

    assert numbers_in_sheets(sheets) == expected
    assert numbers_in_sheets(again) == expected
    assert numbers_in_csv(csv_of(one, **CHECKED)) == expected
    is_told = {key for key in expected if key[0] not in ("Risici", "Dag for dag")}
    is_told -= {key for key in expected if key[2] in LOOKED_AT.values() and key not in told}  # said in words
    assert {key: expected[key] for key in is_told} == told
    return expected


@pytest.mark.parametrize("kind", [kind.value for kind in Kind])
def test_every_number_of_the_files_is_the_frozen_one_and_the_pages(contents, kind):
    expected = assert_same_everywhere(contents[kind])

    assert {part for part, *_ in expected} >= {"Mål", "Dag for dag", "Nøgletal", "Økonomi", "Bidragydere"}
    assert expected["Økonomi", "I alt", "Korrigeret budget"] == 1_370_000


def test_so_are_numbers_below_zero_with_oere_and_unknown():
    one = content(
        forecast=FORECAST,
        report=report(kind="midway"),
        economy=economy(),
        figures=[{"code": "conversations", "label": "Samtaler", "value": "1234567", "unit": "", "as_of": "2011-06-30"}],
        curves=[],
    )
    one["economy"]["lines"][0] |= {"deviation": "-0.01", "deviation_percent": "-0.0", "moved": "999999999999.99"}

    expected = assert_same_everywhere(one)

    assert expected["Økonomi", "Løn til koordinator", "Omdisponeret"] == D("999999999999.99")
    assert expected["Prognose", "", "Ventet rest"] == D("-21250.50")


def test_files_are_made_with_no_office_program(contents, monkeypatch):
    """Nothing is started: neither LibreOffice nor anything else is needed."""
    monkeypatch.setattr(subprocess, "Popen", None)
    monkeypatch.setenv("PATH", "")

    assert workbook_of(contents["final"], **CHECKED)[:2] == b"PK"
