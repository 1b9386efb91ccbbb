"""Supervision of the local coordinators: planned, and who was there recorded on one screen."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato
from bydelsmoedre.entry import enter
from bydelsmoedre.moment import calendar_today
from bydelsmoedre.sorting import danish_order
from bydelsmoedre.suppression import small_count
from programme.access import StandingRequest, fetch, only_secretariat, programme_to_change
from training.forms import SupervisionForm, TickForm
from training.forms.ticked import EVERYBODY
from training.models import Supervised, Supervision
from training.supervising import coordinators, record_supervised, standing, with_came
from volunteers.models import Volunteer

#: So many stand in the list, the latest first.
MOST = 200


@require_safe
def supervisions(request: StandingRequest) -> HttpResponse:
    """What is planned and held, the latest first, and how many came."""
    rows = Supervision.objects.visible_to(request.user)
    if request.standing.programme:
        rows = rows.filter(programme=request.standing.programme)
    listed: Any = with_came(rows.select_related("teacher")).order_by("-planned_on", "-pk")[:MOST]
    context = {
        "lines": [(one, _came(one.came, request.standing)) for one in listed],
        "may_write": request.standing.is_secretariat,
        "today": calendar_today(),
    }
    return render(request, "training/supervisions.html", context)


def _came(count: int, standing: Any) -> int | str:
    """How many came; who may not know of persons is told of no few."""
    return count if standing.may_see_persons else small_count(count)


def new_supervision(request: StandingRequest) -> HttpResponse:
    programme = programme_to_change(request)
    return enter(
        request,
        partial(SupervisionForm, programme=programme),
        save=lambda form: form.save(),
        title=_("Plan supervision"),
        submit_label=_("Plan"),
        back_url=url("training:supervisions"),
        done_url=lambda made: made.get_absolute_url(),
    )


def edit_supervision(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = _supervision(request, uuid, change=True)
    return enter(
        request,
        partial(SupervisionForm, programme=found.programme, instance=found),
        save=lambda form: form.save(),
        title=_("Correct the supervision"),
        back_url=found.get_absolute_url(),
    )


def supervision(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """One meeting: what it is about and who was there, by name for who may know; the secretariat records it here."""
    is_sent = request.method == "POST"
    found = _supervision(request, uuid, change=is_sent)
    reader = request.standing.within(found.programme)
    there = standing(found)
    people = coordinators(found) if reader.is_secretariat else []
    return enter(
        request,
        partial(TickForm, people=people, standing=there, closed=_why_closed(found)),
        save=lambda form: record_supervised(found, form.wanted, by=request.user),
        title=_("Supervision %(day)s") % {"day": dato(found.planned_on)},
        submit_label=_("Save who was there"),
        back_url=url("training:supervisions"),
        done_url=lambda _count: found.get_absolute_url(),
        success=_recorded,
        template="training/supervision.html",
        supervision=found,
        there=_named(there) if reader.may_see_persons else [],
        came=_came(len(there), reader),
        may_write=reader.is_secretariat,
        may_see_persons=reader.may_see_persons,
        everybody=EVERYBODY,
    )


def _named(there: dict[int, Supervised]) -> list[tuple[Supervised, Volunteer]]:
    """Who was there, in Danish order; one query."""
    people = Volunteer.objects.filter(pk__in=there).order_by(danish_order("name"), "pk")
    return [(there[one.pk], one) for one in people]


def _recorded(count: int) -> str:
    if not count:
        return _("Nothing was changed.")
    return ngettext("%(count)s is recorded.", "%(count)s are recorded.", count) % {"count": count}


def _why_closed(found: Supervision) -> str:
    if found.is_cancelled:
        return _("The supervision is cancelled.")
    if found.planned_on > calendar_today():
        return _("It has not been held yet. Who was there is recorded on the day itself or later.")
    return ""


def _supervision(request: HttpRequest, uuid: UUID, *, change: bool) -> Supervision:
    rows: Any = Supervision.objects.select_related("programme", "teacher")
    found: Supervision = fetch(rows, request.user, uuid, change=change)
    if change:
        only_secretariat(request.user, found.programme_id)
    return found
