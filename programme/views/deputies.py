"""Stedfortræder: who stands in for whom in the secretariat, and when."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato
from bydelsmoedre.entry import enter
from bydelsmoedre.moment import today
from programme.access import Role, StandingRequest, fetch
from programme.forms.deputies import DeputyForm
from programme.models import Deputy, Programme, RoleGrant


def own_grant(user: Any, programme: Programme | None) -> RoleGrant | None:
    """Her own role as the programme's secretariat: one that she holds for another does not count."""
    return RoleGrant.objects.filter(user=user, programme=programme, role=Role.SECRETARIAT).first()


@require_safe
def deputies(request: StandingRequest) -> HttpResponse:
    """Who stands in now and later, in the programme in view."""
    standing: Any = request.standing
    if not standing.may_see_persons:
        raise PermissionDenied
    coming = Deputy.objects.of_staff().filter(grant__programme=standing.programme, until_on__gte=today())
    context = {
        "deputies": coming.select_related("deputy", "grant__user"),
        "on": today(),
        "may_name": own_grant(request.user, standing.programme) is not None,
        "may_end": standing.is_secretariat,
    }
    return render(request, "programme/deputies.html", context)


def name_deputy(request: StandingRequest) -> HttpResponse:
    """Name one's own deputy; only for whoever holds the secretariat's role herself."""
    grant = own_grant(request.user, request.standing.programme)
    if grant is None:
        raise PermissionDenied
    return enter(
        request,
        partial(DeputyForm, grant=grant),
        save=lambda form: form.save(),
        title=_("Name your deputy"),
        intro=_("On those days your deputy may do what you may. What she does bears her own name."),
        submit_label=_("Name the deputy"),
        back_url=url("programme:deputies"),
    )


def end_deputy(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """She stands in no longer, from now on."""
    deputies = Deputy.objects.select_related("deputy", "grant__user")
    row = fetch(deputies, request.user, uuid, change=True)
    told = {"deputy": row.deputy, "user": row.grant.user, "from": dato(row.from_on), "until": dato(row.until_on)}
    return enter(
        request,
        forms.Form,
        save=lambda form: row.delete(),
        title=_("End the deputyship"),
        intro=_("%(deputy)s stands in for %(user)s from %(from)s to %(until)s.") % told,
        submit_label=_("End it"),
        back_url=url("programme:deputies"),
        danger=True,
        success=_("It is ended."),
    )
