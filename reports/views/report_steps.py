"""What is done about a frozen report: sent, received, asked about, answered, approved or returned."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bydelsmoedre.entry import OneTapForm, enter, saved_by
from programme.access import Standing, StandingRequest, fetch
from reports.models import FrozenReport, ReportStep
from reports.progress.forms import QuestionForm, WordsForm
from reports.progress.readers import FROZEN, is_contact
from reports.progress.reading import sections_told, told_by
from reports.progress.sending import Told, contacts, tell
from reports.progress.standing import State, Version, What, versions


def send(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """The secretariat sends the version to the municipality."""
    report, standing = _fetched(request, uuid)
    if not standing.is_secretariat:
        raise PermissionDenied
    return enter(
        request,
        OneTapForm,
        save=lambda _form: _step(report, What.SENT, request.user),
        title=_("Send to the municipality"),
        intro=str(report),
        submit_label=_("Send to the municipality"),
        back_url=report.get_absolute_url(),
        success=lambda _step: _is_sent(tell(report)),
        template="reports/send.html",
        contacts=contacts(report),
    )


@require_POST
def remind(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Another e-mail to the municipality, which has not answered."""
    report, standing = _fetched(request, uuid)
    if not standing.is_secretariat:
        raise PermissionDenied
    if _version(report, request.user).is_answered:
        messages.warning(request, _("The report has been answered already."))
    elif _one_tap(request, report, What.REMINDED):
        messages.success(request, _written_to(tell(report, is_reminder=True)))
    return redirect(report.get_absolute_url())


def _is_sent(told: Told) -> str:
    """Said of a report that was just sent."""
    on_page = _("The report is on the municipality’s page.")
    return f"{on_page} {_written_to(told)}"


def _written_to(told: Told) -> str:
    """To how many the e-mail went."""
    if not told.sent and not told.failed:
        return _("The municipality has no contact with a login, so nobody was written to.")
    found = []
    if told.sent:
        words = ngettext("An e-mail went to %(count)s contact.", "An e-mail went to %(count)s contacts.", told.sent)
        found.append(words % {"count": told.sent})
    if told.failed:
        words = ngettext(
            "%(count)s e-mail could not be sent. Remind the municipality later.",
            "%(count)s e-mails could not be sent. Remind the municipality later.",
            told.failed,
        )
        found.append(words % {"count": told.failed})
    return " ".join(found)


@require_POST
def receive(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """The municipality has received the version."""
    report = _hers(request, uuid)
    if _one_tap(request, report, What.RECEIVED):
        messages.success(request, _("Confirmed. The secretariat can see it."))
    return redirect(report.get_absolute_url())


def accept(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """The municipality approves the version."""
    report = _hers(request, uuid)
    return enter(
        request,
        OneTapForm,
        save=lambda _form: _step(report, What.ACCEPTED, request.user),
        title=_("Approve the report"),
        intro=str(report),
        submit_label=_("Approve"),
        back_url=report.get_absolute_url(),
        success=_("The report is approved."),
    )


def return_(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """The municipality sends the version back, and says why."""
    report = _hers(request, uuid)
    label, help_text = _("What is to be different?"), _("The secretariat makes a new version. Nobody’s name.")
    return enter(
        request,
        partial(WordsForm, label=label, help_text=help_text),
        save=lambda form: _step(report, What.RETURNED, request.user, text=form.cleaned_data["text"]),
        title=_("Return the report"),
        intro=str(report),
        submit_label=_("Return the report"),
        back_url=report.get_absolute_url(),
        success=_("The report is returned. The secretariat can see why."),
    )


def ask(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """The municipality asks for more, about the report or a section of it (`?om=`)."""
    report = _hers(request, uuid)
    return enter(
        request,
        partial(QuestionForm, sections=sections_told(told_by(report)), initial={"section": request.GET.get("om", "")}),
        save=lambda form: _step(
            report,
            What.QUESTION,
            request.user,
            text=form.cleaned_data["text"],
            section=form.cleaned_data["section"],
        ),
        title=_("Ask for more"),
        intro=str(report),
        submit_label=_("Send the question"),
        back_url=report.get_absolute_url(),
        success=_("The question is sent to the secretariat."),
    )


def answer(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """The staff answers a question."""
    asked = ReportStep.objects.filter(what=What.QUESTION).select_related("frozen__report", "frozen__programme")
    question: ReportStep = fetch(asked, request.user, uuid)
    standing: Any = request.standing.within(question.frozen.programme)
    if not standing.may_see_persons:
        raise PermissionDenied
    return enter(
        request,
        partial(WordsForm, label=_("Answer")),
        save=lambda form: _step(
            question.frozen,
            What.ANSWER,
            request.user,
            text=form.cleaned_data["text"],
            section=question.section,
            question=question,
        ),
        title=_("Answer the question"),
        intro=question.text,
        submit_label=_("Send the answer"),
        back_url=question.frozen.get_absolute_url(),
        success=_("The answer is on the municipality’s page."),
    )


def _fetched(request: StandingRequest, uuid: UUID) -> tuple[FrozenReport, Standing]:
    report: FrozenReport = fetch(FROZEN.defer("pdf"), request.user, uuid)
    standing: Any = request.standing.within(report.programme)
    request.standing = standing
    return report, standing


def _hers(request: StandingRequest, uuid: UUID) -> FrozenReport:
    """A version that was sent to the municipality, for its contact: 404 before, 403 for others."""
    report, standing = _fetched(request, uuid)
    if not is_contact(standing):
        raise PermissionDenied
    if _version(report, request.user).state == State.LOCKED:
        raise Http404
    return report


def _version(report: FrozenReport, user: Any) -> Version:
    return next(one for one in versions(user, report=report.report_id) if one.frozen.pk == report.pk)


def _step(report: FrozenReport, what: str, by: Any, **values: Any) -> ReportStep:
    """Record it; the database refuses what somebody was faster with, or what a later version has overtaken."""
    return ReportStep.objects.create(frozen=report, what=what, by=by, **values)


def _one_tap(request: HttpRequest, report: FrozenReport, what: str) -> bool:
    """Record a step of which nothing is asked; a second tap changes nothing."""
    form = OneTapForm(request.POST)
    return saved_by(form, lambda _form: _step(report, what, request.user)) is not None
