"""Pages that write of the scenarios: a draft, thrown away, or put forward as the anchoring model."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from budget.anchoring import discard, put_forward
from budget.forms.scenarios import AnchorForm, ScenarioForm
from budget.models import Scenario
from budget.scenario_words import Told
from bydelsmoedre.addresses import is_uuid, url
from bydelsmoedre.entry import OneTapForm, enter
from programme.access import StandingRequest, fetch, programme_to_change
from programme.models import DocumentVersion


def create(request: StandingRequest) -> HttpResponse:
    """A new scenario: empty, or like the one that `som` names."""
    programme = programme_to_change(request)
    named = request.GET.get("som", "")
    ours = Scenario.objects.visible_to(request.user).filter(programme=programme).prefetch_related("sources")
    model = ours.filter(uuid=named).first() if is_uuid(named) else None
    return enter(
        request,
        partial(ScenarioForm, programme=programme, model=model),
        save=lambda form: form.save(),
        title=_("New scenario"),
        intro=_("Begins as %(scenario)s.") % {"scenario": model} if model else "",
        submit_label=_("Save the scenario"),
        back_url=url("budget:scenarios"),
        done_url=lambda made: made.get_absolute_url(),
        template="budget/scenario_form.html",
    )


def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Go on writing a draft."""
    found = _scenario(request, uuid)
    if found.is_frozen:
        return _stays(request, found)
    return enter(
        request,
        partial(ScenarioForm, programme=found.programme, instance=found),
        save=lambda form: form.save(),
        title=_("Write on in the scenario"),
        intro=found.name,
        submit_label=_("Save the scenario"),
        back_url=found.get_absolute_url(),
        template="budget/scenario_form.html",
    )


def throw_away(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Throw a draft away."""
    found = _scenario(request, uuid)
    if found.is_frozen:
        return _stays(request, found)
    return enter(
        request,
        OneTapForm,
        save=lambda form: discard(found),
        title=_("Throw the scenario away"),
        intro=found.name,
        submit_label=_("Throw away"),
        back_url=url("budget:scenarios"),
        danger=True,
        success=_("The scenario is thrown away."),
    )


def anchor(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put the scenario forward as the anchoring model: a version of that document, to be decided on. It is frozen."""
    found = _scenario(request, uuid)
    if found.is_frozen:
        return _stays(request, found)
    told = Told(found, is_staff=True)
    by: Any = request.user

    def save(form: AnchorForm) -> DocumentVersion:
        given = form.cleaned_data
        return put_forward(found, label=given["label"], dated_on=given["dated_on"], by=by)

    return enter(
        request,
        partial(AnchorForm, scenario=found, has_municipal_money=told.outcome.has_municipal_money),
        save=save,
        title=_("Use as anchoring model"),
        intro=_("%(scenario)s becomes a version of the anchoring model. It is frozen: nothing in it can be changed.")
        % {"scenario": found},
        submit_label=_("Freeze and put forward"),
        back_url=found.get_absolute_url(),
        done_url=lambda version: url("programme:document", version.document.uuid),
        template="budget/scenario_anchor.html",
        success=_("The scenario is frozen. Record the decision on it when it is made."),
        told=told,
    )


def _scenario(request: HttpRequest, uuid: UUID) -> Scenario:
    rows = Scenario.objects.select_related("programme").prefetch_related("sources")
    found: Scenario = fetch(rows, request.user, uuid, change=True)
    return found


def _stays(request: HttpRequest, found: Scenario) -> HttpResponse:
    messages.error(request, _("The scenario is frozen, so it stays as it is. Copy it to go on from it."))
    return redirect(found)
