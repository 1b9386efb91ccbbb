"""Record who was there: one screen for a day of a course, made for a phone."""

from functools import partial
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bydelsmoedre.danish import dato
from bydelsmoedre.entry import enter
from programme.access import StandingRequest, fetch
from training.completion import version_of
from training.forms import AttendanceForm
from training.forms.attendance import EVERYBODY, why_closed
from training.models import CurriculumVersion, Session


def session_to_record(request: StandingRequest, uuid: UUID) -> Session:
    """A day whose participants this user may record: the secretariat's, and the local coordinator's of the association
    that the course is for."""
    sessions = Session.objects.select_related("course__curriculum__programme")
    session: Session = fetch(sessions, request.user, uuid, change=True)
    standing = request.standing.within(session.course.curriculum.programme)
    if not (standing.is_secretariat or standing.is_local):
        raise PermissionDenied
    return session


def attendance(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Who was there."""
    session = session_to_record(request, uuid)
    version = version_of(session.course.curriculum_id, session.course.starts_on)
    return enter(
        request,
        partial(AttendanceForm, session=session, version=version),
        save=lambda form: form.save(by=request.user),
        title=_("Attendance %(day)s") % {"day": dato(session.held_on)},
        intro=f"{session.course.name} · {_module(session, version)}",
        submit_label=_("Save attendance"),
        back_url=session.course.get_absolute_url(),
        success=_recorded,
        template="training/attendance.html",
        session=session,
        everybody=EVERYBODY,
        closed=why_closed(session),
    )


def _module(session: Session, version: CurriculumVersion | None) -> str:
    titles = {int(one["number"]): one.get("title", "") for one in version.modules} if version else {}
    title = titles.get(session.module, "")
    return f"{session.module}. {title}" if title else _("Module %(number)s") % {"number": session.module}


def _recorded(changed: int) -> str:
    if not changed:
        return _("Nothing was changed.")
    said = ngettext("Attendance is saved for %(count)s person.", "Attendance is saved for %(count)s persons.", changed)
    return said % {"count": changed}
