"""Fetch the agenda or the minutes of a meeting as PDF."""

import io
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from programme.access import StandingRequest, fetch
from programme.models import Meeting, MeetingHeld
from reports.meeting_papers import Paper, agenda_paper, minutes_paper
from reports.moments import Asked, ask


@require_safe
def agenda_file(request: StandingRequest, uuid: UUID) -> FileResponse:
    """The agenda of a meeting, for whoever may read it on the meeting's page."""
    meeting, asked, may_read = _asked(request, uuid)
    if not may_read:
        raise PermissionDenied
    return sent(agenda_paper(meeting, asked.moment))


@require_safe
def minutes_file(request: StandingRequest, uuid: UUID) -> FileResponse:
    """The minutes of a meeting that was held: what its page tells this reader."""
    meeting, asked, may_read = _asked(request, uuid)
    held: Any = MeetingHeld.objects.at(asked.moment).filter(meeting=meeting).first()
    if held is None:
        raise Http404
    return sent(minutes_paper(meeting, held, asked.moment, may_read=may_read))


def _asked(request: StandingRequest, uuid: UUID) -> tuple[Meeting, Asked, bool]:
    """The meeting, the Moment, and whether agenda and action points may be read."""
    meeting: Meeting = fetch(Meeting.objects.select_related("programme", "body"), request.user, uuid)
    standing: Any = request.standing.within(meeting.programme)
    request.standing = standing
    return meeting, ask(request, meeting.programme), standing.may_see_persons


def sent(paper: Paper, media_type: str = "application/pdf") -> FileResponse:
    """A paper as something to be saved."""
    answer = FileResponse(io.BytesIO(paper.content), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{paper.name}"'
    answer["Content-Security-Policy"] = "sandbox"
    return answer
