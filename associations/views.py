"""Pages of the associations: list, one association with its checklist, its master data, a founding step,
the templates for the founding."""

from functools import partial
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from associations.checklist import GUIDANCE
from associations.forms import AssociationAdoptionForm, AssociationForm, ClosingForm, FoundingStepForm, StepPlanForm
from associations.models import Association, StepKind, StepPlan
from associations.pack import FORMS, PackKind, sent
from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from programme.access import StandingRequest, fetch, only_secretariat, programme_to_change


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
    only_secretariat(request.user, association.programme_id)
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


@require_safe
def pack(request: StandingRequest, uuid: UUID, kind: str, form: str) -> FileResponse:
    """A template for the founding with the association's data in it, to print or to edit: for whoever founds it."""
    associations = Association.objects.select_related("programme", "housing_area__district")
    association = fetch(associations, request.user, uuid, change=True)
    if kind not in PackKind.values or form not in FORMS:
        raise Http404
    return sent(association, PackKind(kind), form)


def close(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Record that an association is dissolved; the secretariat's to do."""
    association = fetch(Association.objects.select_related("programme"), request.user, uuid, change=True)
    only_secretariat(request.user, association.programme_id)
    return enter(
        request,
        partial(ClosingForm, association=association),
        save=lambda form: form.record(by=request.user, programme=association.programme),
        title=_("Dissolve the association"),
        intro=_(
            "%(association)s exists up to and including that day. Figures for earlier days stay as they are. "
            "Roles and courses are ended by themselves."
        )
        % {"association": association.name},
        submit_label=_("Record the closing"),
        back_url=association.get_absolute_url(),
    )
