"""“Vent til …”: a finding waits until a day; and what waits, with when it is back."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from associations.models import Association
from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from bydelsmoedre.moment import Moment, today
from programme.access import StandingRequest
from programme.forms.deferrals import DeferralForm
from programme.models import Deferral, Programme
from reports import findings
from reports.labels import names_for
from reports.moments import ask
from reports.views.own import in_view

#: So many of each kind are listed among what waits.
LISTED = 50


def defer(request: StandingRequest, code: str, uuid: UUID) -> HttpResponse:
    """Let one finding wait, for whoever may mend it: else 403; 404 where she is told of no such finding."""
    found, programme = _to_change(request, code, uuid)
    return enter(
        request,
        partial(DeferralForm, programme=programme, code=code, thing=uuid),
        save=lambda form: form.record(by=request.user),
        title=_("Wait until …"),
        intro=_about(found, request),
        submit_label=_("Let it wait"),
        back_url=url("reports:today"),
        success=_("It waits. It is still told on its own page and on the overview."),
    )


def bring_back(request: StandingRequest, code: str, uuid: UUID) -> HttpResponse:
    """What waits is to be done now after all; 404 where it does not wait."""
    found, programme = _to_change(request, code, uuid)
    user: Any = request.user
    waits = Deferral.objects.at(Moment(today())).filter(programme=programme, code=code, thing=uuid).first()
    if waits is None:
        raise Http404
    return enter(
        request,
        forms.Form,
        save=lambda form: waits.retract(by=user, reason=_("Brought back")),
        title=_("Bring back"),
        intro=_about(found, request),
        submit_label=_("Bring it back"),
        back_url=url("reports:today"),
        success=_("It is among what is to be done again."),
    )


def _to_change(request: StandingRequest, code: str, uuid: UUID) -> tuple[findings.Found, Programme]:
    told = next(_found(request, code, uuid), None)
    if told is None:
        raise Http404
    found, programme = told
    request.standing = request.standing.within(programme)
    if not findings.may_mend(found, request.standing):
        raise PermissionDenied
    return found, programme


def _about(found: findings.Found, request: StandingRequest) -> str:
    what = "".join(names_for(findings.wanted([found]), request).values())
    why = found.kind.why(found.number)
    return f"{what}. {why}." if what else f"{why}."


def _found(request: StandingRequest, code: str, uuid: UUID) -> Iterator[tuple[findings.Found, Programme]]:
    """The finding in those programmes, or of those associations, whose findings she is told."""
    for programme, associations in _asked(request):
        there: Any = request.standing.within(programme)
        codes = findings.codes_for(there) if there.is_local or there.may_see_persons else findings.overview_codes(there)
        if code in codes:
            told = findings.found(programme, Moment(), codes=[code], associations=associations, about=uuid)
            yield from ((one, programme) for one in told[:1])


def _asked(request: StandingRequest) -> Iterator[tuple[Programme, list[Association] | None]]:
    """The programmes in which she has a role; then those others in which she coordinates associations, with these."""
    yield from ((programme, None) for programme in request.standing.programmes)
    others = Association.objects.visible_to(request.user).exclude(programme__in=request.standing.programmes)
    hers: dict[Programme, list[Association]] = {}
    for one in others.select_related("programme"):
        hers.setdefault(one.programme, []).append(one)
    yield from hers.items()


@require_safe
def deferred(request: StandingRequest) -> HttpResponse:
    """What waits on the day, with when it is back. Not the municipality's."""
    standing: Any = request.standing
    if standing.is_caseworker:
        raise PermissionDenied
    programme, mine = in_view(request)
    asked = ask(request, programme)
    told = []
    if programme is not None:
        found = findings.found(
            programme,
            asked.moment,
            codes=findings.codes_for(standing),
            associations=mine,
            most=LISTED,
            waiting=findings.Waiting.ALONE,
        )
        told = findings.in_words(found, request, is_present=asked.is_present)
    return render(request, "reports/deferred.html", asked.context() | {"findings": told})
