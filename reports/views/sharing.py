"""A frozen report shared with a reader without a login: the link made and closed by the staff, and what it opens."""

import io
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bydelsmoedre.entry import OneTapForm, enter
from programme.access import StandingRequest, fetch
from reports.models import FrozenReport, ShareLink, ShareOpening
from reports.progress import share_words as words
from reports.progress.canonical import sha256
from reports.progress.paper import file_name
from reports.progress.reading import told_by
from reports.progress.verifying import newest_of
from reports.share_form import ShareForm
from reports.sharing import close_link, is_opened_too_often, link_of, log_opening, may_share
from reports.views.danish import in_danish


def share(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Make a link to a frozen version; the address stands on its page afterwards."""
    rows = FrozenReport.objects.without_files().select_related("programme", "report")
    frozen: FrozenReport = fetch(rows, request.user, uuid)
    if not may_share(request.standing.within(frozen.programme)):
        raise PermissionDenied
    return enter(
        request,
        partial(ShareForm, frozen=frozen, by=request.user),
        save=lambda form: form.save(),
        title=_("Share by a link"),
        intro=str(frozen),
        submit_label=_("Make the link"),
        back_url=f"{frozen.get_absolute_url()}#deling",
        success=_("The link is ready. Copy the address, and send it to whom it is for."),
    )


def unshare(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Close a link, for the staff of its programme."""
    rows = ShareLink.objects.select_related("frozen__report", "frozen__programme").defer(
        "frozen__canonical", "frozen__pdf"
    )
    link: ShareLink = fetch(rows, request.user, uuid, change=True)
    user: Any = request.user
    return enter(
        request,
        OneTapForm,
        save=lambda _form: close_link(link, by=user),
        title=_("Close the link"),
        intro=_("The link for “%(label)s” opens nothing from now on. It cannot be opened again; make another instead.")
        % {"label": link.label},
        submit_label=_("Close the link"),
        back_url=f"{link.frozen.get_absolute_url()}#deling",
        success=_("The link is closed. It no longer opens anything."),
        danger=True,
    )


@login_not_required
@never_cache
@in_danish
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponseBase:
    """The one report that the link is to, as it was frozen."""
    link = link_of(token)
    if link is None:
        return _dead(request)
    if is_opened_too_often(link):
        return _dead(request, status=429)
    frozen = FrozenReport.objects.select_related("report").defer("pdf").get(pk=link.frozen_id)
    if sha256(bytes(frozen.canonical)) != frozen.sha256:
        return _dead(request)
    _log(request, link, ShareOpening.What.PAGE)
    told = told_by(frozen)
    context = {"link": link, "frozen": frozen, "told": told, "newest": newest_of(frozen), "token": token}
    return _unreferred(render(request, "reports/shared.html", context | {"words": words, "is_danish": True}))


@login_not_required
@never_cache
@in_danish
@require_safe
def shared_paper(request: HttpRequest, token: str) -> HttpResponseBase:
    """The report's PDF, byte for byte as it was frozen."""
    link = link_of(token)
    if link is None:
        return _dead(request)
    if is_opened_too_often(link):
        return _dead(request, status=429)
    frozen = FrozenReport.objects.get(pk=link.frozen_id)
    paper = bytes(frozen.pdf)
    if sha256(paper) != frozen.pdf_sha256:
        return _dead(request)
    _log(request, link, ShareOpening.What.PDF)
    answer = FileResponse(io.BytesIO(paper), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{file_name(frozen.content)}"'
    answer["Content-Security-Policy"] = "sandbox"
    return _unreferred(answer)


def _log(request: HttpRequest, link: ShareLink, what: str) -> None:
    """That somebody has read it; a program that asks for the head alone has not."""
    if request.method == "GET":
        log_opening(link, what)


def _dead(request: HttpRequest, status: int = 404) -> HttpResponseBase:
    """The same page for a link that was made up, is past its last day, or is closed: it does not say which."""
    context = {"words": words, "is_danish": True, "is_too_often": status != 404}
    return _unreferred(render(request, "reports/shared_dead.html", context, status=status))


def _unreferred(answer: HttpResponseBase) -> HttpResponseBase:
    """The address is the key: no other site is told of it."""
    answer["Referrer-Policy"] = "no-referrer"
    return answer
