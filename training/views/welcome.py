"""The welcome sheet of a course's first module: one screen made for a phone, and the paper to sign."""

import io
from functools import partial
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bydelsmoedre.danish import dato
from bydelsmoedre.entry import enter
from programme.access import StandingRequest
from training.forms import WelcomeForm
from training.forms.attendance import why_closed
from training.forms.welcome import EVERYBODY
from training.models import Session
from training.papers import welcome_paper
from training.views.attendance import session_to_record
from training.welcome import FIRST_MODULE, welcomed
from volunteers.declarations import ABOUT, AT_WELCOME, WORDS


def _first_session(request: StandingRequest, uuid: UUID) -> Session:
    session = session_to_record(request, uuid)
    if session.module != FIRST_MODULE:
        raise Http404
    return session


def welcome(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """What the participants have declared and been told, recorded in one go."""
    session = _first_session(request, uuid)
    return enter(
        request,
        partial(WelcomeForm, session=session),
        save=lambda form: form.save(by=request.user),
        title=_("Welcome sheet"),
        intro=f"{session.course.name} · {dato(session.held_on)}",
        submit_label=_("Save what is ticked"),
        back_url=session.course.get_absolute_url(),
        success=_recorded,
        template="training/welcome.html",
        session=session,
        everybody=EVERYBODY,
        closed=why_closed(session),
        words=[(ABOUT[kind], WORDS[kind]) for kind in AT_WELCOME],
    )


def _recorded(count: int) -> str:
    if not count:
        return _("Nothing was changed.")
    return ngettext("%(count)s declaration is saved.", "%(count)s declarations are saved.", count) % {"count": count}


@require_safe
def welcome_sheet(request: StandingRequest, uuid: UUID) -> FileResponse:
    """The same as a paper, to print and have signed."""
    session = _first_session(request, uuid)
    content = welcome_paper(session, welcomed(session))
    answer = FileResponse(io.BytesIO(content), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="Velkomstark-{session.held_on}.pdf"'
    answer["Content-Security-Policy"] = "sandbox"
    return answer
