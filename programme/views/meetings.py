"""Plan a meeting, record that it was held and what came of it, and follow its action points."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato
from bydelsmoedre.entry import enter
from programme.access import StandingRequest, fetch, programme_to_change
from programme.forms import (
    ActionDoneForm,
    ActionPointForm,
    DecisionForm,
    MeetingForm,
    MeetingHeldForm,
    MinutesForm,
    NewMeetingForm,
)
from programme.models import ActionPoint, Meeting, MeetingHeld


def _meeting_to_change(request: HttpRequest, uuid: UUID) -> Meeting:
    return fetch(Meeting.objects.select_related("programme", "body"), request.user, uuid, change=True)


def _named(meeting: Meeting) -> str:
    return _("%(meeting)s, planned for %(day)s") % {"meeting": meeting.title, "day": dato(meeting.planned_on)}


def create(request: StandingRequest) -> HttpResponse:
    """Plan a meeting of a body."""
    return enter(
        request,
        partial(NewMeetingForm, programme=programme_to_change(request)),
        save=lambda form: form.save(),
        title=_("Plan a meeting"),
        submit_label=_("Plan the meeting"),
        back_url=url("programme:meetings"),
        done_url=lambda meeting: meeting.get_absolute_url(),
    )


def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change when and where a meeting is to be held, and its agenda."""
    meeting = _meeting_to_change(request, uuid)
    return enter(
        request,
        partial(MeetingForm, instance=meeting),
        save=lambda form: form.save(),
        title=_("Correct the meeting"),
        intro=str(meeting.body),
        back_url=meeting.get_absolute_url(),
    )


def held(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record that a meeting was held, with its minutes and decisions."""
    meeting = _meeting_to_change(request, uuid)
    return enter(
        request,
        partial(MeetingHeldForm, meeting=meeting),
        save=lambda form: form.record(by=request.user, programme=meeting.programme),
        title=_("Record the meeting as held"),
        intro=_named(meeting),
        submit_label=_("Record the meeting"),
        back_url=meeting.get_absolute_url(),
    )


def minutes(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Add the minutes of a meeting that was held without."""
    meeting = _meeting_to_change(request, uuid)
    found: Any = get_object_or_404(MeetingHeld.objects.current(), meeting=meeting)
    return enter(
        request,
        partial(MinutesForm, held=found),
        save=lambda form: form.record(by=request.user, programme=meeting.programme),
        title=_("Add the minutes"),
        intro=_named(meeting),
        submit_label=_("Add the minutes"),
        back_url=meeting.get_absolute_url(),
    )


def decision(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record what a meeting decided, in a sentence."""
    meeting = _meeting_to_change(request, uuid)
    held_on = MeetingHeld.objects.current().filter(meeting=meeting).values_list("happened_on", flat=True).first()
    return enter(
        request,
        partial(DecisionForm, meeting=meeting, held_on=held_on),
        save=lambda form: form.record(by=request.user, programme=meeting.programme),
        title=_("Add a decision"),
        intro=_named(meeting),
        submit_label=_("Record the decision"),
        back_url=meeting.get_absolute_url(),
    )


def action_point(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Agree after a meeting on who does what by when."""
    meeting = _meeting_to_change(request, uuid)
    return enter(
        request,
        partial(ActionPointForm, meeting=meeting),
        save=lambda form: form.save(),
        title=_("Add an action point"),
        intro=_named(meeting),
        submit_label=_("Add the action point"),
        back_url=meeting.get_absolute_url(),
    )


def _point_to_change(request: HttpRequest, uuid: UUID) -> ActionPoint:
    return fetch(ActionPoint.objects.select_related("meeting__programme"), request.user, uuid, change=True)


def action_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change what is to be done, by whom or by when."""
    point = _point_to_change(request, uuid)
    return enter(
        request,
        partial(ActionPointForm, meeting=point.meeting, instance=point),
        save=lambda form: form.save(),
        title=_("Correct the action point"),
        intro=_named(point.meeting),
        back_url=point.meeting.get_absolute_url(),
    )


def action_done(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record that an action point has been carried out."""
    point = _point_to_change(request, uuid)
    return enter(
        request,
        partial(ActionDoneForm, action_point=point),
        save=lambda form: form.record(by=request.user, programme=point.meeting.programme),
        title=_("Mark the action point as done"),
        intro=point.text,
        submit_label=_("Mark as done"),
        back_url=point.meeting.get_absolute_url(),
    )
