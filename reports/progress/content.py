"""What a report says, as plain data: the figures of one Moment as the municipality is told them, and the words of its
sections. No person's name, no person's identity: who approves is an office and an organisation."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import translation

from budget.month_end import latest_explanations
from bydelsmoedre.moment import Moment
from programme.models import CriterionVersion, Organisation, Programme, Risk
from reports.figure_lines import figure_lines
from reports.figures.criteria import Measure, figures, measures, rows
from reports.figures.curves import steps
from reports.figures.finances import budget
from reports.figures.forecast import forecast
from reports.figures.shapes import BudgetFigure, CriterionFigure, Row, Standing
from reports.figures.workplan import State, workplan
from reports.labels import public_labels
from reports.lacks import text_of
from reports.models import Kind, ProgressReport
from reports.models.progress import KIND_NAMES
from reports.progress.checked import checked_of
from reports.progress.kinds import sections_of

SCHEMA, TEMPLATE = "bydelsmoedre/progress-report/1", "1"

#: The rules whose rows are persons: how many is told, never who.
OF_PERSONS = (CriterionVersion.Rule.COORDINATORS_TRAINED,)
STANDINGS = {
    Standing.MET: "Opfyldt",
    Standing.NOT_YET: "Ikke opfyldt endnu",
    Standing.MISSED: "Ikke opfyldt ved fristen",
    Standing.MET_LATE: "Opfyldt efter fristen",
}
STATES = {
    State.REACHED: "Nået",
    State.REACHED_LATE: "Nået for sent",
    State.OVERDUE: "Frist overskredet",
    State.WAITING: "Afventer",
    State.UNDER_WAY: "I gang",
    State.TO_COME: "Ikke begyndt",
}
#: So many near misses of a criterion are told.
NEAR = 5
#: Figures that the report tells in tables of their own.
ELSEWHERE = ("criterion.", "budget.", "line.", "funder.")


def content_of(report: ProgressReport, moment: Moment, head: dict[str, Any]) -> dict[str, Any]:
    """The report at a Moment. `head` is what freezing adds: the version, who approved, what it replaces, and the hash
    of the one before it in the chain (`previous`)."""
    with translation.override("da"):
        asked = measures(report.programme, moment)
        found = figures(asked)
        money = budget(report.programme, moment)
        return {
            "schema": SCHEMA,
            "template": TEMPLATE,
            "previous": head["previous"],
            "report": _about(report, moment, head),
            "criteria": _criteria(report, asked, found),
            "curves": [_curve(one, report, moment) for one in found if one.is_number],
            "figures": _figures(report, moment),
            "activities": _activities(report, moment, found),
            "economy": _economy(report, money, moment) if money else None,
            "forecast": _forecast(money, moment) if money and report.kind == Kind.MIDWAY else None,
            "risks": _risks(report, moment.on),
            "sections": _sections(report),
        }


def sender_of(programme: Programme) -> Organisation | None:
    """Who sends the programme's reports: the Foundation, which is the coordinator's employer."""
    return programme.organisations.filter(kind=Organisation.Kind.FOUNDATION).order_by("pk").first()


def _about(report: ProgressReport, moment: Moment, head: dict[str, Any]) -> dict[str, Any]:
    kind = KIND_NAMES[Kind(report.kind)]
    sender = sender_of(report.programme)
    return {
        "uuid": str(report.uuid),
        "kind": report.kind,
        "kind_name": kind,
        "title": str(report),
        "number": head["number"],
        "programme": report.programme.name,
        "sender": {"name": sender.name if sender else "", "cvr": sender.cvr if sender else ""},
        "recipient": report.recipient.name,
        "case_number": report.case_number,
        "document_number": "",
        "period": {"from": _day(report.period_from), "to": _day(report.period_to)},
        "cut_off": _day(moment.on),
        "known_at": moment.known_at.astimezone(dt.UTC).isoformat(),
        "approved_by": head["approved_by"],
        "replaces": head["replaces"],
    }


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _kroner(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _criteria(report: ProgressReport, asked: list[Measure], found: list[CriterionFigure]) -> list[dict[str, Any]]:
    told = [measure for measure in asked if measure.version.rule not in OF_PERSONS]
    counting, near = rows(told, counting=True), rows(told, counting=False, limit=NEAR)
    named = public_labels([row for of in (counting, near) for listed in of.values() for row in listed])
    versions = {measure.number: measure.version for measure in asked}
    looked_at = checked_of(asked)
    return [
        _criterion(one, versions[one.number], counting.get(one.number), near.get(one.number), named)
        | {"checked": looked_at[one.number]}
        for one in found
    ]


def _criterion(
    one: CriterionFigure,
    version: CriterionVersion,
    counting: list[Row] | None,
    near: list[Row] | None,
    named: dict[Any, str],
) -> dict[str, Any]:
    """What counts and what nearly counts by name; None for both where they are persons."""
    return {
        "number": one.number,
        "key": one.key,
        "name": one.name,
        "wording": one.wording,
        "rule_text": one.rule_text,
        "rule_version": str(one.rule_version),
        "rule_from": _day(version.started_on),
        "accepted_on": _day(version.accepted_on),
        "deadline": _day(one.deadline),
        "value": one.value,
        "target": one.target,
        "met": one.is_met,
        "met_since": _day(one.met_since),
        "standing": one.standing.value,
        "standing_name": STANDINGS[one.standing],
        "counting": None if counting is None else [named[row.uuid] for row in counting],
        "nearly": None
        if near is None
        else [{"what": named[row.uuid], "lacks": [str(text_of(code)) for code in row.lacks]} for row in near],
    }


def _curve(one: CriterionFigure, report: ProgressReport, moment: Moment) -> dict[str, Any]:
    return {
        "key": one.key,
        "title": one.name,
        "description": f"{one.name} dag for dag: {one.value} den sidste dag; målet er {one.target}.",
        "from": _day(report.programme.starts_on),
        "until": _day(moment.on),
        "deadline": _day(one.deadline),
        "target": one.target,
        "steps": [[_day(day), str(value)] for day, value in steps(one.changes)],
    }


def _figures(report: ProgressReport, moment: Moment) -> list[dict[str, Any]]:
    """What is counted besides, as the municipality is told it: few persons are “Færre end 5”."""
    lines = figure_lines(report.programme, moment, may_see_persons=False)
    return [
        {
            "code": line.code,
            "label": line.label,
            "value": _told(line.value),
            "unit": line.unit,
            "as_of": _day(line.as_of or moment.on),
        }
        for line in lines
        if not line.code.startswith(ELSEWHERE)
    ]


def _told(value: Any) -> str | None:
    return None if value is None else str(value)


def _activities(report: ProgressReport, moment: Moment, found: list[CriterionFigure]) -> list[dict[str, Any]]:
    titles = dict(report.programme.milestones.values_list("uuid", "title"))
    reached = workplan(report.programme, moment, found)
    activities = {one.number: one.title for one in report.programme.activities.order_by("number")}
    return [
        {
            "number": number or 0,
            "title": activities.get(number or 0, "Rammerne om indsatsen"),
            "milestones": [
                {
                    "title": titles[one.uuid],
                    "due_on": _day(one.due_on),
                    "reached_on": _day(one.reached_on),
                    "state": one.state.value,
                    "state_name": STATES[one.state],
                }
                for one in reached
                if one.activity == number
            ],
        }
        for number in (None, *activities)
    ]


def _economy(report: ProgressReport, money: BudgetFigure, moment: Moment) -> dict[str, Any]:
    """Explained is what is explained in the report's period; the same explanations it is approved by."""
    explained = latest_explanations(money.uuid, moment, report.period_from)
    names = ("allocated", "moved", "budgeted", "spent", "committed", "rest", "deviation")
    return {
        "year": money.year,
        "price_level": money.price_level,
        "state": money.state,
        "lines": [
            {"name": line.name}
            | {name: _kroner(getattr(line, name)) for name in names}
            | {
                "deviation_percent": _percent(line.deviation_share),
                "explanation": explained[line.uuid].text if line.uuid in explained else "",
            }
            for line in money.lines
        ],
        "total": {name: _kroner(getattr(money, name)) for name in names},
        "funders": [
            {"name": one.funder}
            | {stage: _kroner(getattr(one, stage)) for stage in ("proposed", "promised", "granted", "paid")}
            for one in money.funding
        ],
    }


def _percent(share: Decimal | None) -> str | None:
    return None if share is None else f"{share:.1f}"


def _forecast(money: BudgetFigure, moment: Moment) -> dict[str, Any]:
    found = forecast(money, moment)
    return {"expected": _kroner(found.total), "rest": _kroner(found.budgeted - found.total)}


def _risks(report: ProgressReport, on: dt.date) -> list[dict[str, Any]]:
    return [
        {
            "text": one.text,
            "consequence": one.consequence,
            "likelihood": one.likelihood,
            "impact": one.impact,
            "action": one.action,
            "owner": one.owner_office,
            "next_look_on": _day(one.next_look_on),
        }
        for one in Risk.objects.filter(programme=report.programme).order_by("pk")
        if one.closed_on is None or one.closed_on > on
    ]


def _sections(report: ProgressReport) -> list[dict[str, Any]]:
    written = dict(report.sections.values_list("code", "text"))
    return [
        {"code": one.code, "title": one.title, "text": written.get(one.code, "")} for one in sections_of(report.kind)
    ]
