"""The reports that are agreed on: written down, moved, and opened where they are now."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from bydelsmoedre.moment import today
from programme.access import StandingRequest, fetch, programme_to_change
from reports.models import ReportSchedule
from reports.progress.schedule import scheduled
from reports.progress.schedule_form import ScheduleForm
from reports.progress.standing import versions

SCHEDULE = ReportSchedule.objects.select_related("programme", "recipient", "agreement")


def schedule_new(request: StandingRequest) -> HttpResponse:
    """A report is agreed on."""
    return enter(
        request,
        partial(ScheduleForm, programme=programme_to_change(request)),
        save=lambda form: form.save(),
        title=_("New agreed report"),
        intro=_("What is to be reported, and by when. You are reminded a fortnight before."),
        back_url=url("reports:reports"),
    )


def schedule_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Another day or period is agreed on."""
    plan = fetch(SCHEDULE, request.user, uuid, change=True)
    return enter(
        request,
        partial(ScheduleForm, programme=plan.programme, instance=plan),
        save=lambda form: form.save(),
        title=_("Change the agreed report"),
        intro=str(plan),
        back_url=url("reports:reports"),
    )


@require_safe
def schedule_open(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """To the report as far as it has come: its version, its draft, or where the draft is begun."""
    plan = fetch(SCHEDULE, request.user, uuid, change=True)
    of_it: dict[str, Any] = {"programme": plan.programme, "kind": plan.kind, "period_to": plan.period_to}
    drafts = plan.programme.reports.visible_to(request.user).filter(**of_it)
    seen = versions(request.user, **{f"report__{name}": value for name, value in of_it.items()})
    (found,) = scheduled([plan], drafts, seen, today(), may_write=True, sees_drafts=True)
    return redirect(found.url)
