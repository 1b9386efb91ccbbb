"""Rapporter: what has been sent, what is being written, what is to come."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from programme.access import StandingRequest
from reports.models import ProgressReport
from reports.progress.standing import State, versions


@require_safe
def report_list(request: StandingRequest) -> HttpResponse:
    """The reports of the programme in view, the newest first; for the staff the drafts too."""
    standing: Any = request.standing
    programme = standing.programme
    if programme is None:
        raise PermissionDenied
    found = versions(request.user, programme=programme)
    drafts = ProgressReport.objects.visible_to(request.user).filter(programme=programme)
    settled = {one.frozen.report_id for one in found if one.replaced_by is None and one.state != State.RETURNED}
    context = {
        "versions": found,
        "drafts": [one for one in drafts.order_by("period_to", "pk") if one.pk not in settled],
        "new_url": url("reports:report_new") if standing.is_secretariat else "",
    }
    return render(request, "reports/report_list.html", context)
