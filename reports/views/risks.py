"""The risks of the programme: open ones first, the greatest first. A plan, so it is shown as it stands."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.danish import kort_dato
from bydelsmoedre.listing import Column, Listing
from bydelsmoedre.moment import Moment, today
from programme.access import StandingRequest
from programme.models import Risk
from reports.findings import found, in_words

CODES = ("risk_to_look_at",)


def _rated(risk: Any) -> str:
    if risk.size is None:
        return _("Not rated")
    return _("%(size)s (likelihood %(likelihood)s, impact %(impact)s)") % {
        "size": risk.size,
        "likelihood": risk.likelihood,
        "impact": risk.impact,
    }


def _standing(risk: Risk) -> tuple[str, str]:
    """In words, and the shape beside them."""
    if risk.is_closed(today()):
        return _("Closed"), "met"
    return (_("Look at it now"), "near") if risk.is_to_be_looked_at(today()) else (_("Open"), "not_yet")


def _columns(*, may_change: bool) -> list[Column]:
    listed = [
        Column("risiko", gettext_lazy("Risk"), lambda one: one.text, detail=lambda one: one.consequence),
        Column("konsekvens", gettext_lazy("Consequence"), lambda one: one.consequence, on_page=False),
        Column("stoerrelse", gettext_lazy("Size"), lambda one: one.size, shown=_rated),
        Column("handling", gettext_lazy("What is done"), lambda one: one.action, can_sort=False),
        Column("ejer", gettext_lazy("Owner"), lambda one: one.owner_office),
        Column(
            "naeste",
            gettext_lazy("Next look"),
            lambda one: one.next_look_on,
            shown=lambda one: "" if one.is_closed(today()) else _day(one),
        ),
        Column(
            "status",
            gettext_lazy("Standing"),
            lambda one: _standing(one)[0],
            shape=lambda one: _standing(one)[1],
        ),
        Column("lukket", gettext_lazy("Closed on"), lambda one: one.closed_on, on_page=False),
    ]
    if may_change:
        listed.append(
            Column(
                "ret",
                gettext_lazy("Actions"),
                lambda one: _("Look at it"),
                url=lambda one: url("programme:risk_edit", one.uuid),
                in_file=False,
                can_sort=False,
            )
        )
    return listed


def _day(risk: Any) -> str:
    return kort_dato(risk.next_look_on) if risk.next_look_on else _("No day is set")


@require_safe
def risk_list(request: StandingRequest) -> HttpResponseBase:
    """Every risk, those that are closed last."""
    standing: Any = request.standing
    programme = standing.programme
    if programme is None:
        raise PermissionDenied
    risks, on = Risk.objects.filter(programme=programme), today()
    rows = sorted(risks, key=lambda one: (one.is_closed(on), -(one.size or 0), one.pk))
    listing = Listing(
        request=request,
        rows=rows,
        columns=_columns(may_change=standing.is_secretariat),
        title=_("Risks"),
        about=[(_("Programme"), str(programme))],
    )
    if file := listing.file("risici"):
        return file
    findings = found(programme, Moment(on), codes=CODES)
    context = {
        "listing": listing,
        "can_create": standing.is_secretariat,
        "findings": in_words(findings, request, is_present=True),
    }
    return render(request, "programme/risks.html", context)
