"""Record who has a seat in a body, and that a seat ends."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from programme.access import fetch
from programme.forms import BodyMemberForm, EndSeatForm
from programme.models import BodyMember, Organisation


def member(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An organisation or an office gets a seat in a body."""
    body = fetch(Organisation.objects.select_related("programme"), request.user, uuid, change=True)
    return enter(
        request,
        partial(BodyMemberForm, body=body),
        save=lambda form: form.record(by=request.user, programme=body.programme),
        title=_("Add a member"),
        intro=body.name,
        submit_label=_("Add the member"),
        back_url=url("programme:meetings"),
    )


def end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A seat ends: the version without an end is superseded by one with it."""
    seats = BodyMember.objects.current().select_related("body", "organisation")
    seat: Any = fetch(seats, request.user, uuid, change=True)
    return enter(
        request,
        partial(EndSeatForm, fact=seat),
        save=lambda form: seat.supersede(
            by=request.user, reason=_("The seat has ended."), ended_on=form.cleaned_data["ended_on"]
        ),
        title=_("End the seat"),
        intro=f"{seat.body}: {seat.name}",
        submit_label=_("End the seat"),
        back_url=url("programme:meetings"),
    )
