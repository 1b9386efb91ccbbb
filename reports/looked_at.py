"""What the Foundation has looked at, in words for a page. Of persons the municipality is told counts alone."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bydelsmoedre.danish import dato
from reports.figures.checked import CheckedFigure, RowCheck
from reports.models import Outcome

#: What to look at on the thing's own page, by its kind in a figure's row.
WHERE_TO_LOOK = {
    "association": gettext_lazy(
        "Look at the notice, the statutes, and the minutes of the general meeting and of the board."
    ),
    "volunteer": gettext_lazy("Look at the course certificate, and at the role as local coordinator."),
    "document": gettext_lazy("Look at the version that is adopted, and at the minutes in which it is."),
    "agreement": gettext_lazy("Look at the signed agreement, and at the decision on the anchoring model."),
}
NOT_YET = gettext_lazy("Documentation not looked at yet")


def told(check: RowCheck | None) -> str:
    """One row's check in a line."""
    if check is None:
        return str(NOT_YET)
    values = {"day": dato(check.happened_on), "outcome": Outcome(check.outcome).label}
    if not check.holds:
        return _("Documentation looked at by the Foundation on %(day)s; something was recorded anew since") % values
    if check.is_in_order:
        return _("Documentation looked at by the Foundation on %(day)s") % values
    return _("The Foundation looked on %(day)s: %(outcome)s") % values


def lines(checks: dict[tuple[int, UUID], RowCheck], number: int, things: list[UUID]) -> dict[UUID, str]:
    """The same of each of a criterion's rows, by its identity."""
    return {thing: told(checks.get((number, thing))) for thing in things}


def in_numbers(figure: CheckedFigure | None) -> str:
    """How much of what counts was looked at; "" where nothing counts."""
    if not figure or not figure.of:
        return ""
    if not figure.looked_at or figure.latest_on is None:
        return _("The Foundation has not looked at the documentation yet.")
    numbers = {"looked_at": figure.looked_at, "in_order": figure.in_order, "of": figure.of}
    values = {**numbers, "day": dato(figure.latest_on)}
    return (
        _(
            "The Foundation has looked at the documentation of %(looked_at)s of %(of)s, last on %(day)s. "
            "It was in order for %(in_order)s."
        )
        % values
    )
