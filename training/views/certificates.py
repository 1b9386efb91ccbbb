"""Issue a certificate, with how far the person is; a new paper in the place of another; the paper itself."""

import io
from functools import partial
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bydelsmoedre.danish import dato
from bydelsmoedre.entry import enter
from programme.access import fetch, only_secretariat
from training.diploma import Paper, drawn_diploma, languages
from training.forms import CertificateForm, ReissueForm
from training.issuing import learnt, reissue
from training.models import Certificate, Curriculum
from training.verifying import holder
from volunteers.models import Volunteer


def certificate(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Issue a certificate: the secretariat's to do, not the local coordinator's."""
    volunteer = fetch(Volunteer.objects.select_related("programme"), request.user, uuid, change=True)
    only_secretariat(request.user, volunteer.programme_id)
    has_learnt = learnt(volunteer)
    proposed = has_learnt.proposed
    initial = {"curriculum": proposed.course.curriculum_id} if proposed else {}
    title, label = _words(proposed.course.curriculum if proposed else None)
    return enter(
        request,
        partial(CertificateForm, volunteer=volunteer, learnt=has_learnt, initial=initial),
        save=lambda form: form.record(by=request.user, programme=volunteer.programme),
        title=title,
        intro=str(volunteer),
        submit_label=label,
        back_url=volunteer.get_absolute_url(),
        template="training/certificate.html",
        success=_issued,
        proposed=proposed,
        steps=[step for step in has_learnt.steps if step.completion.certified_on is None],
    )


def _words(curriculum: Curriculum | None) -> tuple[str, str]:
    """The page's title and its button: mothers get a diploma, coordinators a course certificate."""
    if curriculum is None:
        return _("Issue a diploma or a course certificate"), _("Issue")
    if curriculum.kind == Curriculum.Kind.BASIC:
        return _("Issue a diploma"), _("Issue the diploma")
    return _("Issue a course certificate"), _("Issue the course certificate")


def _issued(made: Certificate) -> str:
    said = {"what": str(made.curriculum.certificate_name).capitalize(), "number": made.printed_number}
    if made.ended_on:
        until = _("%(what)s %(number)s is issued, valid to and including %(day)s.")
        return until % {**said, "day": dato(made.ended_on)}
    return _("%(what)s %(number)s is issued.") % said


def new_paper(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Withdraw a certificate's number and give a new one, for the same days."""
    issued = Certificate.objects.current().select_related("volunteer", "curriculum")
    old = fetch(issued, request.user, uuid, change=True)
    return enter(
        request,
        partial(ReissueForm, fact=old),
        save=lambda form: reissue(old, by=request.user, reason=form.cleaned_data["reason"]),
        title=_("A new paper in the place of %(number)s") % {"number": old.printed_number},
        intro=f"{old.volunteer} · {old.curriculum}",
        submit_label=_("Withdraw the old and issue a new"),
        back_url=old.volunteer.get_absolute_url(),
        template="training/new_paper.html",
        success=_issued,
        old=old,
    )


@never_cache
@require_safe
def diploma(request: HttpRequest, uuid: UUID, language: str = "") -> FileResponse:
    """The paper: in Danish, or in Danish and one of her own languages."""
    issued = Certificate.objects.current().select_related("volunteer", "curriculum__programme")
    found: Certificate = fetch(issued, request.user, uuid)
    if language and language not in languages():
        raise Http404
    paper = Paper(found, holder(found), request.build_absolute_uri(reverse("training:check", args=[found.number])))
    answer = FileResponse(io.BytesIO(drawn_diploma(paper, language)), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{found.printed_number}.pdf"'
    answer["Content-Security-Policy"] = "sandbox"
    return answer
