"""Plan an association's meetings, and record that they were held; who came to a monthly one, on one screen."""

from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from associations.models import Association
from bydelsmoedre.danish import dato
from bydelsmoedre.entry import back_to, enter
from bydelsmoedre.moment import Moment, today
from programme.access import StandingRequest, fetch
from volunteers.forms.gatherings import (
    GatheringForm,
    GatheringHeldForm,
    GatheringMinutesForm,
    NewGatheringForm,
    PresenceForm,
    UnplannedHeldForm,
    why_closed,
)
from volunteers.gatherings import hold, next_monthly, nobody_came, people_at, written_before
from volunteers.models import Gathering, GatheringHeld, Presence

#: In the address of the screen: everybody stands marked when it opens; which page of the people; a part of a name.
EVERYBODY, SIDE, SEARCH = "alle", "side", "q"
#: The button that saves and goes on to the next page.
NEXT = "videre"
#: So many people stand on one page of the screen.
PAGE = 50


def _association_to_change(request: StandingRequest, uuid: UUID) -> Association:
    """The municipality's contact meets no meeting of an association, whatever else she has been granted."""
    association: Association = fetch(Association.objects.select_related("programme"), request.user, uuid, change=True)
    standing = request.standing.within(association.programme)
    if not (standing.is_secretariat or standing.is_local):
        raise PermissionDenied
    return association


def _to_change(request: StandingRequest, uuid: UUID) -> Gathering:
    gatherings = Gathering.objects.select_related("association__programme")
    found: Gathering = fetch(gatherings, request.user, uuid, change=True)
    return found


def _named(gathering: Gathering) -> str:
    return f"{gathering.association}: {gathering.get_kind_display()} {dato(gathering.planned_on)}"


def plan(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Plan a meeting of an association; the monthly one, unless another kind is chosen."""
    association = _association_to_change(request, uuid)
    return enter(
        request,
        partial(NewGatheringForm, association=association),
        save=lambda form: form.save(),
        title=_("Plan a meeting"),
        intro=association.name,
        submit_label=_("Plan the meeting"),
        back_url=association.get_absolute_url(),
    )


def edit(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Move a meeting, or cancel it."""
    gathering = _to_change(request, uuid)

    def save(form: GatheringForm) -> None:
        planned = form.save()
        if planned.is_cancelled:
            nobody_came(planned, by=request.user)

    return enter(
        request,
        partial(GatheringForm, instance=gathering),
        save=save,
        title=_("Correct the meeting"),
        intro=_named(gathering),
        back_url=gathering.get_absolute_url(),
    )


@require_POST
def hold_today(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """“Møde holdt”: one tap records a board meeting that is held today. The minutes may follow."""
    association = _association_to_change(request, uuid)
    _gathering, is_new = hold(association, Gathering.Kind.BOARD, on=today(), by=request.user)
    if is_new:
        messages.success(request, _("Saved: a board meeting is held today. The minutes may follow."))
    else:
        messages.info(request, _("Today's board meeting was recorded already."))
    return redirect(back_to(request, association.get_absolute_url()))


def unplanned(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Record that a meeting was held which nobody had planned."""
    association = _association_to_change(request, uuid)
    return enter(
        request,
        partial(UnplannedHeldForm, association=association),
        save=lambda form: form.record(by=request.user, programme=association.programme),
        title=_("Record a meeting that was held"),
        intro=association.name,
        submit_label=_("Record the meeting"),
        back_url=association.get_absolute_url(),
    )


def held(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Record that a planned meeting was held, on its day or on another."""
    gathering = _to_change(request, uuid)
    return enter(
        request,
        partial(GatheringHeldForm, gathering=gathering),
        save=lambda form: form.record(by=request.user, programme=gathering.association.programme),
        title=_("Record the meeting as held"),
        intro=_named(gathering),
        submit_label=_("Record the meeting"),
        back_url=gathering.get_absolute_url(),
    )


def minutes(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Add the minutes of a meeting that was recorded without."""
    gathering = _to_change(request, uuid)
    found: Any = get_object_or_404(GatheringHeld.objects.current(), gathering=gathering)
    return enter(
        request,
        partial(GatheringMinutesForm, held=found),
        save=lambda form: form.record(by=request.user, programme=gathering.association.programme),
        title=_("Add the minutes"),
        intro=_named(gathering),
        submit_label=_("Add the minutes"),
        back_url=gathering.get_absolute_url(),
    )


def presence(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """The monthly meeting on one screen of a phone: who came, how many conversations are written, when the next is."""
    gathering = _to_change(request, uuid)
    if gathering.kind != Gathering.Kind.MONTHLY:
        raise Http404
    is_everybody = EVERYBODY in request.GET
    search = request.GET.get(SEARCH, "").replace("\x00", "")[:100]
    page = Paginator(people_at(gathering, request.user, search), PAGE).get_page(request.GET.get(SIDE))
    is_part = page.has_other_pages() or bool(search)
    answer = enter(
        request,
        partial(
            PresenceForm,
            gathering=gathering,
            user=request.user,
            people=page,
            is_part=is_part,
            everybody=is_everybody,
        ),
        save=lambda form: form.save(by=request.user),
        title=capfirst(f"{gathering.get_kind_display()} {dato(gathering.planned_on)}"),
        intro=gathering.association.name,
        submit_label=_("Save who came"),
        back_url=gathering.get_absolute_url(),
        success=_recorded,
        template="volunteers/presence.html",
        gathering=gathering,
        is_everybody=is_everybody,
        everybody_url=_address(request, **{EVERYBODY: "1"}),
        page=page,
        is_part=is_part,
        search=search,
        marked=Presence.objects.current().filter(gathering=gathering).count(),
        previous_url=_address(request, **{SIDE: page.number - 1}) if page.has_previous() else "",
        next_url=_address(request, **{SIDE: page.number + 1}) if page.has_next() else "",
        closed=why_closed(gathering),
        next_meeting=next_monthly(gathering.association, gathering.planned_on),
        written=written_before(gathering, Moment(gathering.planned_on)),
    )
    is_saved = answer.status_code == HTTPStatus.FOUND
    if is_saved and NEXT in request.POST and page.has_next():
        return redirect(request.path + _address(request, **{SIDE: page.number + 1}))
    return answer


def _address(request: StandingRequest, **changes: Any) -> str:
    """The screen with something else asked for; that everybody stands marked is asked for page by page."""
    kept = {name: value for name, value in request.GET.items() if name != EVERYBODY}
    return f"?{urlencode(kept | changes)}"


def _recorded(changed: int | None) -> str:
    if changed is None:
        return _("Nobody was marked there, and nothing was changed.")
    if not changed:
        return _("The meeting is held. Nothing else was changed.")
    said = ngettext("Saved for %(count)s person.", "Saved for %(count)s persons.", changed)
    return said % {"count": changed}
