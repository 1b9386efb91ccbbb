"""Write in the work plan: a milestone, new or moved, and that one is reached."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from programme.access import StandingRequest, fetch, programme_to_change
from programme.forms.workplan import MilestoneForm, MilestoneReachedForm
from programme.models import Milestone


def create(request: StandingRequest) -> HttpResponse:
    """A new milestone."""
    return enter(
        request,
        partial(MilestoneForm, programme=programme_to_change(request)),
        save=lambda form: form.save(),
        title=_("New milestone"),
        submit_label=_("Save the milestone"),
        back_url=url("programme:workplan"),
    )


def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The milestone as it is planned now: moved, with another owner, or waiting for something else."""
    milestone = fetch(Milestone.objects.select_related("programme"), request.user, uuid, change=True)
    return enter(
        request,
        partial(MilestoneForm, programme=milestone.programme, instance=milestone),
        save=lambda form: form.save(),
        title=_("Change the milestone"),
        intro=milestone.title,
        submit_label=_("Save the milestone"),
        back_url=milestone.get_absolute_url(),
    )


def reached(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record that a milestone is reached. One that something measures is not marked by hand."""
    milestone = fetch(Milestone.objects.select_related("programme"), request.user, uuid, change=True)
    if not milestone.is_by_hand:
        raise Http404(_("What measures the milestone says when it is reached."))
    return enter(
        request,
        partial(MilestoneReachedForm, milestone=milestone),
        save=lambda form: form.record(by=request.user, programme=milestone.programme),
        title=_("Mark as reached"),
        intro=milestone.title,
        submit_label=_("Mark as reached"),
        back_url=milestone.get_absolute_url(),
    )
