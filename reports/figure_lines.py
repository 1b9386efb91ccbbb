"""Every figure of a programme at a Moment as one table: for the file that Overblik sends and for the administration.

Made from the statement, which `manage.py status` prints: the same figures, the same definitions.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from bydelsmoedre.danish import dato, tidspunkt
from bydelsmoedre.moment import Moment
from bydelsmoedre.spreadsheets import Cell, Sheet
from programme.models import Programme, SuccessCriterion
from reports.municipality import answers_released, answers_told, certificates_told, conversations_released
from reports.statement import statement
from reports.suppression import small_count


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure: a code that never changes, what it is called, and what it says."""

    code: str
    label: str
    value: Cell
    target: Cell = None
    unit: str = ""


def figure_lines(programme: Programme, moment: Moment, *, may_see_persons: bool) -> list[FigureLine]:
    """All figures, in the order in which Overblik tells them; few persons are told as such to the municipality."""
    told = statement(programme, moment, asked_at=timezone.now())
    if not may_see_persons:
        counting = next((one["value"] for one in told["criteria"] if one["key"] == "coordinators"), None)
        told["figures"] = _suppressed(told["figures"], programme, moment, counting)
    names = dict(SuccessCriterion.objects.filter(programme=programme).values_list("key", "name"))
    return [*_criteria(told["criteria"], names), *_counts(told["figures"]), *_budget(told["budget"])]


def _suppressed(counts: dict[str, Any], programme: Programme, moment: Moment, counting: int | None) -> dict[str, Any]:
    answers = answers_told(answers_released(programme, moment))
    return counts | {
        "certificates": certificates_told(counts["certificates"], counting),
        "new_mothers": small_count(counts["new_mothers"]),
        "conversations": conversations_released(programme, moment),
        "transition": {name: getattr(answers, name) for name in ("yes", "no", "undecided")},
    }


def figures_sheet(programme: Programme, moment: Moment, *, may_see_persons: bool) -> Sheet:
    """The figures as a file."""
    lines = figure_lines(programme, moment, may_see_persons=may_see_persons)
    known = _("now") if moment.is_known_now else tidspunkt(moment.known_at)
    return Sheet(
        title=_("Figures"),
        headings=[_("Figure"), _("Value"), _("Target"), _("Unit"), _("Code")],
        rows=[(line.label, line.value, line.target, line.unit, line.code) for line in lines],
        about=[(_("Programme"), programme.name), (_("As of"), dato(moment.on)), (_("As we knew it on"), known)],
    )


def _criteria(criteria: list[dict[str, Any]], names: dict[str, str]) -> Iterator[FigureLine]:
    for criterion in criteria:
        label, code = names.get(criterion["key"], criterion["key"]), f"criterion.{criterion['key']}"
        if criterion["target"] is not None:
            yield FigureLine(code, label, criterion["value"], criterion["target"])
        yield FigureLine(f"{code}.met", _("%(criterion)s: met") % {"criterion": label}, criterion["met"])


def _counts(counts: dict[str, Any]) -> Iterator[FigureLine]:
    labels = {
        "associations_running": _("Associations in operation"),
        "certificates": _("Valid course certificates"),
        "new_mothers": _("New mothers with a diploma"),
        "conversations": _("Conversations"),
        "meetings": _("Meetings of the steering group"),
    }
    for name, label in labels.items():
        yield FigureLine(name, label, counts[name])
    answers = {
        "yes": _("Formerly paid: go on"),
        "no": _("Formerly paid: do not go on"),
        "undecided": _("Formerly paid: undecided"),
    }
    for name, label in answers.items():
        yield FigureLine(f"transition.{name}", label, counts["transition"][name])


def _budget(budget: dict[str, Any] | None) -> Iterator[FigureLine]:
    if budget is None:
        return
    amounts = {"budgeted": _("Budget"), "spent": _("Spent"), "committed": _("Committed"), "rest": _("Rest")}
    stages = {"proposed": _("Applied for / proposed"), "promised": _("Promised")}
    stages |= {"granted": _("Granted"), "paid": _("Paid")}
    for name, label in amounts.items():
        yield FigureLine(f"budget.{name}", label, budget[name], unit="kr.")
    for number, line in enumerate(budget["lines"], 1):
        for name, label in amounts.items():
            yield FigureLine(f"line.{number}.{name}", f"{line['name']}: {label}", _money(line[name]), unit="kr.")
    for number, funder in enumerate(budget["funding"], 1):
        for name, label in stages.items():
            yield FigureLine(
                f"funder.{number}.{name}", f"{funder['funder']}: {label}", _money(funder[name]), unit="kr."
            )


def _money(amount: Any) -> Decimal:
    return Decimal(amount)
