"""The statement of a programme at a Moment: all figures as plain data, for `manage.py status`, and later exports."""

import datetime as dt
from typing import Any

from bydelsmoedre.moment import Moment
from bydelsmoedre.money import ZERO, format_amount
from programme.models import Programme
from reports.figures.counts import counts
from reports.figures.criteria import Measure, figures, measures, rows
from reports.figures.finances import budget
from reports.figures.formerly_paid import ANSWERS, FormerlyPaid, formerly_paid
from reports.figures.funnel import STAGES, Funnel, funnel
from reports.figures.residence import Residence, residence
from reports.figures.shapes import BudgetFigure, CountsFigure, Row
from reports.labels import public_labels


def statement(programme: Programme, moment: Moment, *, asked_at: dt.datetime) -> dict[str, Any]:
    """Everything that the figures say, named and ordered as documented in docs/architecture.md."""
    return {
        "programme": programme.name,
        "on": moment.on,
        "known_at": (asked_at if moment.is_known_now else moment.known_at).isoformat(),
        "criteria": _criteria(measures(programme, moment)),
        "figures": _counts(counts(programme, moment)),
        "recruitment": _recruitment(funnel(programme, moment)),
        "residence": _residence(residence(programme, moment)),
        "formerly_paid": _formerly_paid(formerly_paid(programme, moment)),
        "budget": _budget(budget(programme, moment)),
    }


def _recruitment(figure: Funnel) -> dict[str, Any]:
    """Shares from 0 to 1 and median days, to each stage from the one before; null where nobody has come so far."""
    total = figure.total
    return {
        "reached": dict(zip(STAGES, total.reached, strict=True)),
        "stands": total.stands,
        "conversion": dict(zip(STAGES[1:], total.conversions, strict=True)),
        "days": dict(zip(STAGES[1:], total.days, strict=False)),
        "days_in_all": total.days[-1],
        "lacking": figure.aside,
        "without_candidacy": figure.outside,
    }


def _residence(figure: Residence) -> dict[str, Any]:
    return {"candidates": figure.candidates.counts, "mothers": figure.mothers.counts}


def _formerly_paid(figure: FormerlyPaid) -> dict[str, Any]:
    """The answers of those recorded by name, and by months after her answer who goes on and is active."""
    return {
        "total": figure.total,
        "expected": figure.expected,
        "protest": figure.protest,
        "answers": {answer: figure.count(answer) for answer in ANSWERS},
        "active_after": {
            str(one.months): {"active": one.active, "inactive": one.inactive, "coming": one.coming}
            for one in figure.milestones
        },
    }


def _counts(figure: CountsFigure) -> dict[str, Any]:
    return {
        "associations_running": figure.associations_running,
        "certificates": figure.certificates,
        "new_mothers": figure.new_mothers,
        "transition": {name: getattr(figure.transition, name) for name in ("yes", "no", "undecided")},
        "conversations": figure.conversations,
        "meetings": figure.meetings,
    }


def _criteria(asked: list[Measure]) -> list[dict[str, Any]]:
    counting, near = rows(asked, counting=True), rows(asked, counting=False)
    told = []
    for figure in figures(asked):
        ours, almost = counting[figure.number], near[figure.number]
        named = public_labels([*ours, *almost])
        told.append(
            {
                "key": figure.key,
                "value": figure.value,
                "target": figure.target,
                "met": figure.is_met,
                "standing": figure.standing,
                "qualifying": [_row(row, named) | {"since": row.since} for row in ours],
                "near_misses": [_row(row, named) | {"lacks": list(row.lacks)} for row in almost],
            }
        )
    return told


def _row(row: Row, named: dict[Any, str]) -> dict[str, Any]:
    place = {"association": named[row.association]} if row.association else {}
    return {"what": named[row.uuid], "kind": row.kind, "uuid": row.uuid} | place


def _budget(figure: BudgetFigure | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    amounts = ("budgeted", "spent", "committed", "rest")  # budgeted is the corrected budget
    stages = ("proposed", "promised", "granted", "paid")
    return {
        "state": figure.state,
        "year": figure.year,
        "price_level": figure.price_level,
        "stated_total": figure.stated_total,
        **{name: getattr(figure, name) for name in amounts},
        "lines": [{"name": line.name} | {name: getattr(line, name) for name in amounts} for line in figure.lines],
        "funding": [
            {"funder": funder.funder} | {stage: getattr(funder, stage) or ZERO for stage in stages}
            for funder in figure.funding
        ],
    }


def statement_text(told: dict[str, Any]) -> str:
    """The statement as a page of Danish text for a terminal."""
    lines = [f"{told['programme']} pr. {told['on']:%d.%m.%Y}", ""]
    for number, criterion in enumerate(told["criteria"], 1):
        reached = "" if criterion["target"] is None else f"{criterion['value']} af {criterion['target']}, "
        lines.append(f"{number}. {criterion['key']}: {reached}{'opfyldt' if criterion['met'] else 'ikke opfyldt'}")
        for row in criterion["near_misses"][:5]:
            lines.append(f"     tæt på: {row['what']} – mangler {', '.join(row['lacks'])}")
    lines += ["", *_counts_text(told["figures"]), *_persons_text(told)]
    if told["budget"]:
        lines += ["", *_budget_text(told["budget"])]
    return "\n".join(lines)


def _counts_text(told: dict[str, Any]) -> list[str]:
    transition = told["transition"]
    return [
        f"I drift: {told['associations_running']} foreninger. Kursusbeviser: {told['certificates']}. "
        f"Nye bydelsmødre: {told['new_mothers']}. Samtaler: {told['conversations']}. "
        f"Styregruppemøder: {told['meetings']}.",
        f"Tidligere lønnede: {transition['yes']} fortsætter, {transition['no']} gør ikke, "
        f"{'?' if transition['undecided'] is None else transition['undecided']} er uafklarede.",
    ]


def _persons_text(told: dict[str, Any]) -> list[str]:
    reached, paid = told["recruitment"]["reached"], told["formerly_paid"]
    words = dict(zip(("interesseret", "samtale", "optaget", "uddannelse", "diplom", "bydelsmor"), STAGES, strict=True))
    after = ", ".join(f"{months} mdr.: {one['active']}" for months, one in paid["active_after"].items())
    living = told["residence"]["mothers"]
    return [
        "Rekruttering: " + ", ".join(f"{name} {reached[code]}" for name, code in words.items()) + ".",
        f"Bydelsmødre bor: {living['listed']} i et område på en liste, {living['near']} tæt på, "
        f"{living['outside']} uden for, {living['unknown']} ukendt.",
        f"Tidligere lønnede, der fortsætter og er aktive efter {after}.",
    ]


def _budget_text(budget: dict[str, Any]) -> list[str]:
    state = "godkendt" if budget["state"] == "approved" else "foreslået"
    lines = [f"Budget {budget['year']} ({state}): {format_amount(budget['budgeted'])}"]
    lines += [f"  {format_amount(line['budgeted']):>16}  {line['name']}" for line in budget["lines"]]
    for funder in budget["funding"]:
        lines.append(
            f"  {funder['funder']}: foreslået {format_amount(funder['proposed'])}, "
            f"tilsagn {format_amount(funder['promised'])}, bevilget {format_amount(funder['granted'])}, "
            f"udbetalt {format_amount(funder['paid'])}"
        )
    return lines
