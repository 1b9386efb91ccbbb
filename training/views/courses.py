"""Plan a course and its days."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from bydelsmoedre.addresses import is_uuid, url
from bydelsmoedre.entry import enter
from programme.access import StandingRequest, fetch, only_secretariat, programme_to_change
from programme.models import Programme
from training.forms import CourseForm, NewCourseForm, NewSessionForm, SessionForm
from training.models import Course, Session
from volunteers.messages.sending import send_waiting
from volunteers.models import Message

#: So many seconds a page sends for.
SECONDS = 5


def create(request: StandingRequest) -> HttpResponse:
    """A new course, with a day for each of its modules; like an earlier one, where `som` names it."""
    programme = programme_to_change(request)
    model = _model(request, programme)
    return enter(
        request,
        partial(NewCourseForm, programme=programme, initial=_like(model) if model else None),
        save=lambda form: form.plan(),
        title=_("New course"),
        intro=_("The days are planned from the training's modules, one a week. Each can be moved afterwards."),
        submit_label=_("Plan the course"),
        back_url=url("training:list"),
        done_url=lambda course: course.get_absolute_url(),
    )


def _model(request: StandingRequest, programme: Programme) -> Course | None:
    named = request.GET.get("som", "")
    courses = Course.objects.visible_to(request.user).filter(curriculum__programme=programme)
    return courses.filter(uuid=named).first() if is_uuid(named) else None


def _like(course: Course) -> dict[str, Any]:
    """What a new course takes over from an earlier one: all but its name and its days."""
    first = course.sessions.order_by("held_on").first()
    return {
        **{name: getattr(course, f"{name}_id") for name in ("curriculum", "association", "teacher")},
        **{name: getattr(course, name) for name in ("place", "language", "capacity")},
        **({"starts_at": first.starts_at, "ends_at": first.ends_at} if first else {}),
    }


def edit(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Correct a course."""
    course = _course(request, uuid)
    told: list[Message] = []

    def save(form: CourseForm) -> None:
        if message := form.tell(form.save(), by=request.user):
            told.append(message)

    answer = enter(
        request,
        partial(CourseForm, programme=course.curriculum.programme, instance=course),
        save=save,
        title=_("Correct the course"),
        intro=course.curriculum.name,
        back_url=course.get_absolute_url(),
    )
    return _sent(request, told, answer)


def add_session(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """One day more of a course."""
    course = _course(request, uuid)
    return enter(
        request,
        partial(NewSessionForm, course=course),
        save=lambda form: form.plan(),
        title=_("Add a session"),
        intro=course.name,
        submit_label=_("Add the session"),
        back_url=course.get_absolute_url(),
    )


def edit_session(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Move a day of a course, or cancel it."""
    sessions = Session.objects.select_related("course__curriculum__programme")
    session = fetch(sessions, request.user, uuid, change=True)
    only_secretariat(request.user, session.course.curriculum.programme_id)
    told: list[Message] = []

    def save(form: SessionForm) -> None:
        planned = form.plan()
        if message := form.tell(planned, by=request.user):
            told.append(message)

    answer = enter(
        request,
        partial(SessionForm, course=session.course, instance=session),
        save=save,
        title=_("Move or cancel the session"),
        intro=_("%(course)s, module %(number)s") % {"course": session.course.name, "number": session.module},
        back_url=session.course.get_absolute_url(),
    )
    return _sent(request, told, answer)


def _sent(request: HttpRequest, told: list[Message], answer: HttpResponse) -> HttpResponse:
    """Once the change is saved, what was written is sent, and shown instead of the page that one came from."""
    for message in told if answer.status_code == 302 else []:
        _send(request, message)
        return redirect(message.get_absolute_url())
    return answer


def _send(request: HttpRequest, message: Message) -> None:
    """Send it at once as far as it goes: `send_messages` sends what waits, and who has no e-mail is named there."""
    tally = send_waiting(message, seconds=SECONDS)
    if tally.is_server_away:
        messages.warning(request, _("The mail server does not answer. What waits is sent later, by itself."))
    told = _("The participants are told: %(count)s by e-mail. Here you see who is to be told in another way.")
    messages.success(request, told % {"count": tally.sent})


def _course(request: StandingRequest, uuid: UUID) -> Course:
    course: Course = fetch(Course.objects.select_related("curriculum__programme"), request.user, uuid, change=True)
    only_secretariat(request.user, course.curriculum.programme_id)
    return course
