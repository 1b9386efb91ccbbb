"""Hele landet: the programmes that the Foundation follows, and another one begun from one that is there."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import is_uuid, url
from bydelsmoedre.danish import beloeb, dato
from bydelsmoedre.entry import enter
from bydelsmoedre.fields import FilterForm
from bydelsmoedre.listing import Column, Listing
from bydelsmoedre.money import ZERO
from bydelsmoedre.sorting import danish_key
from programme.access import StandingRequest
from programme.models import Programme
from reports.beginning_form import BeginningForm
from reports.figures.shapes import CriterionFigure
from reports.moments import ask
from reports.national import ProgrammeLine, programme_lines


def followed_by(request: StandingRequest) -> list[Programme]:
    """The programmes in which she is the Foundation; 403 where there is none."""
    if not request.standing.followed:
        raise PermissionDenied
    return request.standing.followed


def _reached(of: Callable[[ProgrammeLine], CriterionFigure | None]) -> Callable[[Any], str]:
    """“2 of 3” of one criterion; a dash where the programme has none by that rule."""

    def shown(line: ProgrammeLine) -> str:
        one = of(line)
        return _("%(number)s of %(target)s") % {"number": one.value, "target": one.target} if one else "–"

    return shown


def _value(of: Callable[[ProgrammeLine], CriterionFigure | None]) -> Callable[[Any], int | None]:
    def value(line: ProgrammeLine) -> int | None:
        return one.value if (one := of(line)) else None

    return value


def _kroner(amount: Decimal | None) -> str:
    return "–" if amount is None else beloeb(amount)


def _columns() -> list[Column]:
    return [
        Column("indsats", gettext_lazy("Programme"), lambda line: line.programme.name),
        Column("frist", gettext_lazy("Deadline"), lambda line: line.programme.deadline),
        Column(
            "opfyldt",
            gettext_lazy("Criteria met"),
            lambda line: line.met,
            shown=lambda line: _("%(number)s of %(target)s") % {"number": line.met, "target": len(line.criteria)},
            is_number=True,
        ),
        Column(
            "foreninger",
            gettext_lazy("Associations founded"),
            _value(lambda line: line.associations),
            shown=_reached(lambda line: line.associations),
            is_number=True,
        ),
        Column("i-drift", gettext_lazy("In operation"), lambda line: line.counts.associations_running, is_number=True),
        Column(
            "koordinatorer",
            gettext_lazy("Coordinators trained"),
            _value(lambda line: line.coordinators),
            shown=_reached(lambda line: line.coordinators),
            is_number=True,
        ),
        Column("moedre", gettext_lazy("New mothers"), lambda line: line.counts.new_mothers, is_number=True),
        Column("samtaler", gettext_lazy("Conversations"), lambda line: line.counts.conversations, is_number=True),
        Column(
            "budget",
            gettext_lazy("Budget, kr."),
            lambda line: line.budgeted,
            shown=lambda line: _kroner(line.budgeted),
            is_number=True,
        ),
        Column(
            "forbrug",
            gettext_lazy("Spent, kr."),
            lambda line: line.spent,
            shown=lambda line: _kroner(line.spent),
            is_number=True,
        ),
    ]


class NameFilter(FilterForm):
    """A part of the programme's name."""

    q = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=100, widget=forms.SearchInput)

    def filter(self, rows: list[ProgrammeLine]) -> list[ProgrammeLine]:
        words = self.cleaned_data["q"].casefold()
        return [line for line in rows if words in line.programme.name.casefold()]


@require_safe
def national(request: StandingRequest) -> HttpResponseBase:
    """Every programme that she follows for the Foundation, with its figures as of one day."""
    programmes = followed_by(request)
    asked = ask(request, None)
    lines = programme_lines(sorted(programmes, key=lambda one: danish_key(one.name)), asked.moment)
    listing = Listing(
        request=request,
        rows=lines,
        columns=_columns(),
        title=_("The whole country"),
        form=NameFilter(request.GET),
        about=[(_("As of"), dato(asked.moment.on))],
        moment_query=asked.query,
    )
    if file := listing.file(f"hele-landet-{asked.moment.on.isoformat()}"):
        return file
    context = {
        "listing": listing,
        "programmes": [line.programme for line in lines],
        "total": {
            "budgeted": sum((line.budgeted or ZERO for line in lines), ZERO),
            "spent": sum((line.spent or ZERO for line in lines), ZERO),
            "running": sum(line.counts.associations_running for line in lines),
            "mothers": sum(line.counts.new_mothers for line in lines),
        },
    }
    return render(request, "reports/national.html", asked.context() | context)


def begin_programme(request: StandingRequest) -> HttpResponse:
    """Another municipality begins, as `skabelon` (a programme that she follows) did."""
    programmes = followed_by(request)
    wanted = request.GET.get("skabelon", "")
    chosen = [one for one in programmes if is_uuid(wanted) and str(one.uuid) == wanted.lower()]
    model = next(iter(chosen + [one for one in programmes if one == request.standing.programme] + programmes))
    return enter(
        request,
        partial(BeginningForm, model=model),
        save=lambda form: form.begin(by=request.user),
        title=_("New programme"),
        intro=_(
            "It begins with the documents, trainings, checklist, budget lines and activities of %(model)s, and with "
            "nobody’s data."
        )
        % {"model": model},
        submit_label=_("Begin the programme"),
        back_url=url("reports:national"),
        done_url=lambda made: url("reports:national"),
        success=_("The programme is begun. Those who are to work in it have their roles."),
    )
