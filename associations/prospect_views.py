"""Pages of the prospects: a new one, what happens next, an association that comes of it, or none."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from associations.models import Prospect
from associations.prospect_forms import FormingForm, GivingUpForm, NewProspectForm, OwnRegimeForm, ProspectForm
from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from programme.access import StandingRequest, fetch, programme_to_change


def create(request: StandingRequest) -> HttpResponse:
    """An area where an association may start."""
    return enter(
        request,
        partial(NewProspectForm, programme=programme_to_change(request)),
        save=lambda form: form.save(),
        title=_("New prospect"),
        intro=_("A housing area where an association may come. It counts for nothing yet."),
        submit_label=_("Add the prospect"),
        back_url=url("associations:list"),
    )


def edit(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Note who is interested in an area, and what happens next."""
    found = _fetch(request, uuid)
    return enter(
        request,
        partial(ProspectForm, instance=found),
        save=lambda form: form.save(),
        title=_("Note the next step"),
        intro=str(found.housing_area),
        back_url=url("associations:list"),
    )


def form_association(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """An association in formation comes of the prospect."""
    found = _fetch(request, uuid)
    return enter(
        request,
        partial(FormingForm, prospect=found),
        save=lambda form: form.become(by=request.user),
        title=_("Begin an association"),
        intro=_("In %(area)s. It counts as forming until its founding steps are recorded.")
        % {"area": found.housing_area},
        submit_label=_("Create the association"),
        back_url=url("associations:list"),
        done_url=lambda association: association.get_absolute_url(),
    )


def give_up(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """No association comes of the prospect, for a reason."""
    found = _fetch(request, uuid)
    return enter(
        request,
        partial(GivingUpForm, prospect=found),
        save=lambda form: form.record(by=request.user, programme=found.programme),
        title=_("Give the prospect up"),
        intro=str(found.housing_area),
        submit_label=_("Give up"),
        back_url=url("associations:list"),
    )


def own_regime(request: StandingRequest) -> HttpResponse:
    """Record how many mothers a housing plan runs by itself."""
    programme = programme_to_change(request)
    return enter(
        request,
        partial(OwnRegimeForm, programme=programme),
        save=lambda form: form.record(by=request.user, programme=programme),
        title=_("Mothers in a housing plan's own regime"),
        intro=_("They belong to no association, and are counted apart from the success criteria."),
        back_url=url("associations:list"),
    )


def _fetch(request: StandingRequest, uuid: UUID) -> Any:
    prospects = Prospect.objects.select_related("programme", "housing_area")
    return fetch(prospects, request.user, uuid, change=True)
