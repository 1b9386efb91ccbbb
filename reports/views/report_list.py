"""Rapporter: what has been sent, what is being written, what is to come."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.moment import Moment
from programme.access import StandingRequest
from reports.models import ProgressReport
from reports.progress.schedule import schedule_context
from reports.progress.standing import State, versions


@require_safe
def report_list(request: StandingRequest) -> HttpResponse:
    """The reports of the programme in view, the newest first; for the staff the drafts too."""
    standing: Any = request.standing
    programme = standing.programme
    if programme is None:
        raise PermissionDenied
    found = versions(request.user, programme=programme)
    written = ProgressReport.objects.visible_to(request.user).filter(programme=programme)
    drafts = list(written.order_by("period_to", "pk"))
    settled = {one.frozen.report_id for one in found if one.replaced_by is None and one.state != State.RETURNED}
    context = {
        "versions": found,
        "drafts": [one for one in drafts if one.pk not in settled],
        "new_url": url("reports:report_new") if standing.is_secretariat else "",
        **schedule_context(programme, request, Moment(), found, drafts),
    }
    return render(request, "reports/report_list.html", context)
