"""The frozen content of a progress report, as tests tell it: the story in the autumn of 2011."""

from typing import Any

HASH = "9f" * 32

#: Where such a report is verified.
CHECKED = {"sha256": "2d71" * 16, "code": "7K4M-QW2P-9D", "address": "https://example.dk/rapport/7K4MQW2P9D/"}


def content(**changes: Any) -> dict[str, Any]:
    """A report with something in every part; a change is of a whole part."""
    return {
        "schema": "bydelsmoedre/progress-report/1",
        "template": "1",
        "previous": HASH,
        "report": report(),
        "criteria": [
            criterion(),
            criterion(
                number=2, key="coordinators", name="Uddannede koordinatorer", value=7, target=15, standing="missed",
                standing_name="Ikke opfyldt ved fristen", accepted_on="2011-02-07", counting=None, nearly=None,
            ),
            criterion(
                number=3, key="concept", name="Fælles uddannelseskoncept", value=None, target=None, met=True,
                met_since="2011-06-05", standing="met", standing_name="Opfyldt", counting=["Koncept"], nearly=[],
            ),
        ],
        "figures": [
            {"code": "certificates", "label": "Gyldige kursusbeviser", "value": "9", "unit": "", "as_of": "2011-09-30"},
            {"code": "mothers", "label": "Nye bydelsmødre", "value": "Færre end 5", "unit": "", "as_of": "2011-09-30"},
            {"code": "diplomas", "label": "Diplomer", "value": "Ikke vist", "unit": "", "as_of": "2011-06-30"},
            {"code": "effect", "label": "Effekt", "value": None, "unit": "point", "as_of": "2011-09-30"},
        ],
        "curves": [curve(), curve(key="spent", title="Forbrug", target="1370000.00", steps=[["2011-03-31", "4.50"]])],
        "activities": [
            {"number": 0, "title": "Rammerne om indsatsen", "milestones": [milestone()]},
            {"number": 1, "title": "Udarbejde et nyt koncept", "milestones": [milestone()]},
        ],
        "economy": economy(),
        "forecast": None,
        "risks": [risk(), risk(likelihood=3, impact=4, next_look_on="2011-11-01")],
        "sections": [
            {"code": "goals", "title": "Mål", "text": "**Nørrebro** er *stiftet*.\n\n- Sjælør\n- Tingbjerg"},
            {"code": "learning", "title": "Læring undervejs", "text": "### Det gik godt\nVi lærte meget."},
        ],
    } | changes  # fmt: skip


def report(**changes: Any) -> dict[str, Any]:
    return {
        "uuid": "0b6f2a0e-7c1f-4c57-9b0e-3a3cf1f0c111",
        "kind": "status",
        "kind_name": "Statusrapport",
        "number": 1,
        "title": "Statusrapport pr. 30. september 2011",
        "programme": "København",
        "sender": {"name": "Fonden for Socialt Ansvar", "cvr": "29188459"},
        "recipient": "Københavns Kommune",
        "case_number": "2011-4711",
        "document_number": "",
        "period": {"from": "2011-07-01", "to": "2011-09-30"},
        "cut_off": "2011-09-30",
        "known_at": "2011-10-03T09:12:44.123456+00:00",
        "approved_by": {"office": "Programleder", "organisation": "Fonden for Socialt Ansvar"},
        "replaces": None,
    } | changes


def criterion(**changes: Any) -> dict[str, Any]:
    return {
        "number": 1,
        "key": "associations",
        "name": "Lokale foreninger",
        "wording": "At der etableres minimum tre lokale foreninger.",
        "rule_text": "En forening tæller, når den er stiftet.",
        "rule_version": "4d6e",
        "rule_from": "2011-01-01",
        "accepted_on": None,
        "deadline": "2011-12-31",
        "value": 2,
        "target": 3,
        "met": False,
        "met_since": None,
        "standing": "not_yet",
        "standing_name": "Ikke opfyldt endnu",
        "counting": ["Bydelsmødre i Tingbjerg", "Bydelsmødre på Nørrebro"],
        "nearly": [{"what": "Bydelsmødre i Sjælør", "lacks": ["Stiftende generalforsamling"]}],
        "checked": {"of": 2, "looked_at": 2, "in_order": 1, "latest_on": "2011-09-14"},
    } | changes


def curve(**changes: Any) -> dict[str, Any]:
    return {
        "key": "associations",
        "title": "Lokale foreninger",
        "description": "Antal stiftede foreninger dag for dag; målet er 3.",
        "from": "2011-01-01",
        "until": "2011-09-30",
        "deadline": "2011-12-31",
        "target": 3,
        "steps": [["2011-01-01", "0"], ["2011-05-26", "1"], ["2011-09-15", "2"]],
    } | changes


def milestone(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Konceptet er vedtaget",
        "due_on": "2011-12-31",
        "state": "under_way",
        "state_name": "I gang",
        "reached_on": None,
    } | changes


def economy(**changes: Any) -> dict[str, Any]:
    return {
        "year": 2011,
        "price_level": "2011",
        "state": "approved",
        "lines": [
            line("Løn til koordinator", "450000.00", "446000.00", "0.00", "4000.00"),
            line("Uddannelse, supervision og netværksmøder", "350000.00", "310500.50", "12000.00", "27499.50"),
            line("Effektmåling", "75000.00", None, None, "-1250.25"),
        ],
        "total": {
            "allocated": "1360000.00", "moved": "10000.00", "budgeted": "1370000.00", "spent": "1116500.00",
            "committed": "12000.00", "rest": "241500.00", "deviation": "253500.00",
        },
        "funders": [
            {
                "name": "Københavns Kommune", "proposed": "800000.00", "promised": None, "granted": "805000.00",
                "paid": "795000.00",
            },
        ],
    } | changes  # fmt: skip


def line(name: str, budgeted: str, spent: str | None, committed: str | None, rest: str) -> dict[str, Any]:
    return {
        "name": name,
        "allocated": "333333.33",
        "moved": "-7777.00",
        "budgeted": budgeted,
        "deviation": "-5432.10",
        "spent": spent,
        "committed": committed,
        "rest": rest,
        "deviation_percent": "-2.3",
        "explanation": "Koordinatoren begyndte 1. februar.",
    }


def risk(**changes: Any) -> dict[str, Any]:
    return {
        "text": "Modstand mod overgangen til frivillige",
        "consequence": "Færre fortsætter",
        "likelihood": None,
        "impact": None,
        "action": "Dialog og information",
        "owner": "Sekretariatet",
        "next_look_on": None,
    } | changes


FORECAST = {"expected": "1391250.50", "rest": "-21250.50"}

#: A programme in which nothing has happened and nothing is known.
EMPTY = content(
    previous=None,
    report=report(
        sender={"name": "Fonden for Socialt Ansvar", "cvr": ""}, recipient="", case_number="", approved_by=None
    ),
    criteria=[], figures=[], curves=[], activities=[], economy=None, risks=[], sections=[],
)  # fmt: skip
