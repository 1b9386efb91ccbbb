"""Pages of the associations: list, one association with its checklist, its master data, a founding step."""

from functools import partial
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from associations.checklist import GUIDANCE
from associations.forms import AssociationAdoptionForm, AssociationForm, FoundingStepForm, ProspectForm, StepPlanForm
from associations.models import Association, Prospect, StepKind, StepPlan
from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from programme.access import StandingRequest, fetch, programme_to_change
from programme.models import Programme


def create(request: StandingRequest) -> HttpResponse:
    """A new association, in formation until its steps say otherwise."""
    return enter(
        request,
        partial(AssociationForm, programme=programme_to_change(request)),
        save=lambda form: form.save(),
        title=_("New association"),
        intro=_("It counts as forming until its founding steps are recorded."),
        submit_label=_("Create the association"),
        back_url=url("associations:list"),
        done_url=lambda association: association.get_absolute_url(),
    )


def edit(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Correct an association's master data; the secretariat's to do, not the local coordinator's."""
    association = fetch(Association.objects.select_related("programme"), request.user, uuid, change=True)
    if not Programme.objects.changeable_by(request.user).filter(pk=association.programme_id).exists():
        raise PermissionDenied
    return enter(
        request,
        partial(AssociationForm, programme=association.programme, instance=association),
        save=lambda form: form.save(),
        title=_("Correct the association"),
        back_url=association.get_absolute_url(),
    )


def step(request: StandingRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Record that a founding step has been taken."""
    association = fetch(Association.objects.select_related("programme"), request.user, uuid, change=True)
    if kind not in StepKind.values:
        raise Http404
    chosen = StepKind(kind)
    return enter(
        request,
        partial(FoundingStepForm, association=association, kind=chosen),
        save=lambda form: form.record(by=request.user, programme=association.programme),
        title=str(chosen.label),
        intro=f"{association.name}. {GUIDANCE[chosen]}",
        submit_label=_("Mark as done"),
        back_url=association.get_absolute_url(),
    )


def adopt(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Record that the association has adopted a version of a document for itself."""
    association = fetch(Association.objects.select_related("programme"), request.user, uuid, change=True)
    return enter(
        request,
        partial(AssociationAdoptionForm, association=association),
        save=lambda form: form.record(by=request.user, programme=association.programme),
        title=_("Adopted in the association"),
        intro=association.name,
        submit_label=_("Record the adoption"),
        back_url=association.get_absolute_url(),
    )


def plan(request: StandingRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Say when a founding step is to be taken, move it, or take the plan away."""
    association = fetch(Association.objects.select_related("programme"), request.user, uuid, change=True)
    if kind not in StepKind.values:
        raise Http404
    chosen = StepKind(kind)
    known = StepPlan.objects.filter(association=association, kind=chosen).first()
    return enter(
        request,
        partial(StepPlanForm, association=association, kind=chosen, instance=known),
        save=lambda form: form.save_or_take_away(),
        title=_("Plan: %(step)s") % {"step": chosen.label},
        intro=association.name,
        back_url=association.get_absolute_url(),
    )


def prospect(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Note who is interested in an area, and what happens next."""
    found = fetch(Prospect.objects.select_related("housing_area"), request.user, uuid, change=True)
    return enter(
        request,
        partial(ProspectForm, instance=found),
        save=lambda form: form.save(),
        title=_("Note the next step"),
        intro=str(found.housing_area),
        back_url=url("associations:list"),
    )
