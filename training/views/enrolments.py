"""Who takes part: enrol, give a seat to one who waits, go on in another course, end."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bydelsmoedre.danish import dato, kort_dato
from bydelsmoedre.entry import enter
from bydelsmoedre.moment import today
from programme.access import StandingRequest, fetch, only_secretariat
from training import enrolment
from training.clashes import elsewhere
from training.forms import EndParticipationForm, EnrolForm, SeatForm, TransferForm
from training.models import Course, Participation, Session


def enrol(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Enrol a volunteer: she gets a seat, or where the course is full, goes on the waiting list."""
    course = fetch(Course.objects.select_related("curriculum"), request.user, uuid, change=True)
    only_secretariat(request.user, course.curriculum.programme_id)
    taken = enrolment.seats_taken(course, max(today(), course.starts_on))
    search = request.GET.get("q", "").replace("\x00", "")[:100]

    def save(form: Any) -> Participation:
        given = form.cleaned_data
        form.notice = _elsewhere(elsewhere(given["volunteer"], course, given["started_on"]))
        return enrolment.enrol(
            course, given["volunteer"], since=given["started_on"], by=request.user, note=given["note"]
        )

    return enter(
        request,
        partial(EnrolForm, course=course, search=search),
        save=save,
        title=_("Enrol"),
        intro=course.name,
        submit_label=_("Enrol"),
        back_url=course.get_absolute_url(),
        success=_enrolled,
        template="training/enrol.html",
        search=search,
        taken=taken,
        course=course,
    )


def _elsewhere(clashes: list[Session]) -> str:
    if not clashes:
        return ""
    told = ", ".join(f"{kort_dato(one.held_on)} ({one.course.name})" for one in clashes[:5])
    return _("She has a seat in another course at the same time: %(days)s.") % {"days": told}


def _enrolled(participation: Participation) -> str:
    name = {"name": participation.enrolment.volunteer}
    if participation.status == Participation.Status.WAITING:
        return _("The course is full. %(name)s is on the waiting list.") % name
    return _("%(name)s has a seat.") % name


def seat(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Give a seat to one who waits."""
    waiting = _participation(request, uuid, status=Participation.Status.WAITING)
    return enter(
        request,
        partial(SeatForm, fact=waiting),
        save=lambda form: enrolment.give_seat(
            waiting, since=form.cleaned_data["started_on"], by=request.user, reason=_("She got a seat.")
        ),
        title=_("Give a seat"),
        intro=str(waiting.enrolment),
        submit_label=_("Give the seat"),
        back_url=waiting.enrolment.course.get_absolute_url(),
    )


def end_participation(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Somebody leaves the course, or its waiting list, before it ends."""
    held = _participation(request, uuid)
    is_waiting = held.status == Participation.Status.WAITING

    def save(form: Any) -> Participation:
        given = form.cleaned_data
        reason = _("She waits no longer.") if is_waiting else _("She takes part no longer.")
        return enrolment.end_participation(
            held, ended_on=given["ended_on"], end_reason=given["end_reason"], by=request.user, reason=reason
        )

    return enter(
        request,
        partial(EndParticipationForm, fact=held),
        save=save,
        title=_("Take off the waiting list") if is_waiting else _("End the participation"),
        intro=_("%(who)s, from %(day)s") % {"who": held.enrolment, "day": dato(held.started_on)},
        submit_label=_("End"),
        back_url=held.enrolment.course.get_absolute_url(),
        template="training/end.html",
        held=held,
    )


def transfer(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """A participant goes on in another course, where what she has attended counts."""
    held = _participation(request, uuid, status=Participation.Status.ENROLLED)

    def save(form: Any) -> Participation:
        course, since = form.cleaned_data["course"], form.cleaned_data["started_on"]
        form.notice = _elsewhere(elsewhere(held.enrolment.volunteer, course, since))
        return enrolment.transfer(
            held, course, since=since, by=request.user, reason=_("She goes on in another course.")
        )

    return enter(
        request,
        partial(TransferForm, fact=held),
        save=save,
        title=_("Move to another course"),
        intro=_("%(who)s, from %(day)s") % {"who": held.enrolment, "day": dato(held.started_on)},
        submit_label=_("Move"),
        back_url=held.enrolment.course.get_absolute_url(),
        done_url=lambda made: made.enrolment.course.get_absolute_url(),
    )


def _participation(request: StandingRequest, uuid: UUID, **lookup: Any) -> Participation:
    """A participation that lasts still."""
    held = Participation.objects.current().select_related("enrolment__volunteer", "enrolment__course")
    found: Participation = fetch(held, request.user, uuid, change=True, ended_on=None, **lookup)
    return found
