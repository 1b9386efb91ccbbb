"""The evaluation of a course: its page for who holds it, and the one that its participants answer without a login."""

import io
from functools import partial
from typing import Any
from uuid import UUID

import segno
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter, saved_by
from bydelsmoedre.moment import calendar_today, today
from bydelsmoedre.sorting import danish_key
from programme.access import StandingRequest, fetch, only_secretariat
from programme.limits import address_of, is_too_often
from training.completion import version_of
from training.evaluating import NotOpen, answer, comments_told, course_of, summary, token_of, window
from training.evaluating import remove_comments as removing
from training.forms import AnswerForm, RemoveCommentsForm, TickForm
from training.forms.ticked import EVERYBODY
from training.models import Course, Enrolment, EvaluationAnswer, EvaluationGiven, Participation

#: So many answers an hour from one address: a class that shares a network.
FROM_ONE = 60


@login_not_required
@never_cache
def evaluate(request: HttpRequest, token: str) -> HttpResponse:
    """The five questions, for who has the address."""
    course = course_of(token)
    if course is None:
        return _open_page(request, status=404)
    if "tak" in request.GET:
        return _open_page(request, course=course, is_done=True)
    if not window(course).is_open(calendar_today()):
        return _open_page(request, course=course, status=409 if request.method == "POST" else 200)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if is_too_often(course.curriculum.programme, "evaluation", address_of(request), most=FROM_ONE):
            return _open_page(request, course=course, form=form, is_limited=True, status=429)
        try:
            if saved_by(form, lambda one: answer(course, one.cleaned_data, on=calendar_today())):
                return redirect(f"{request.path}?tak")
        except NotOpen:
            return _open_page(request, course=course, status=409)
    return _open_page(request, course=course, form=form)


def _open_page(request: HttpRequest, status: int = 200, **told: Any) -> HttpResponse:
    context = {"course": None, "is_done": False, "is_limited": False, "is_open": "form" in told} | told
    response = render(request, "training/evaluate.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def evaluation(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """The address to share, how many have answered, what they think once it is over; and who has evaluated, where the
    training asks for it."""
    courses = Course.objects.select_related("curriculum__programme", "association")
    course: Course = fetch(courses, request.user, uuid)
    standing = request.standing.within(course.curriculum.programme)
    if not (standing.may_see_persons or standing.is_local):
        raise PermissionDenied
    may_record = standing.is_secretariat or standing.is_local
    if request.method == "POST" and not may_record:
        raise PermissionDenied
    version = version_of(course.curriculum_id, course.starts_on)
    is_asked = version is not None and version.requires_evaluation
    times = window(course)
    enrolments = _seated(course, times.opens) if is_asked and may_record and times.opens else {}
    given = EvaluationGiven.objects.current().filter(enrolment__in=[one.pk for one in enrolments.values()])
    recorded = {one.enrolment.volunteer_id: one for one in given.select_related("enrolment__volunteer")}
    address = request.build_absolute_uri(url("training:evaluate", token_of(course)))

    by: Any = request.user

    def save(form: TickForm) -> int:
        for person in form.wanted:
            EvaluationGiven.record(by=by, enrolment=enrolments[person.pk], happened_on=times.opens)
        return len(form.wanted)

    return enter(
        request,
        partial(
            TickForm,
            people=sorted((one.volunteer for one in enrolments.values()), key=lambda one: danish_key(str(one))),
            standing=recorded,
            closed="" if times.opens and times.opens <= calendar_today() else _("The last module is not held yet."),
        ),
        save=save,
        title=_("Evaluation"),
        intro=course.name,
        submit_label=_("Save who has evaluated"),
        back_url=course.get_absolute_url(),
        done_url=lambda _count: url("training:evaluation", course.uuid),
        success=lambda count: (
            ngettext("%(count)s is recorded.", "%(count)s are recorded.", count) % {"count": count}
            if count
            else _("Nothing was changed.")
        ),
        template="training/evaluation.html",
        course=course,
        window=times,
        is_open=times.is_open(calendar_today()),
        summary=summary(course, on=today()),
        smileys=[one.label for one in EvaluationAnswer.Smiley],
        address=address,
        qr=_qr(address),
        may_remove=standing.is_secretariat,
        asks=bool(enrolments),
        everybody=EVERYBODY,
        recorded=sorted(recorded.values(), key=lambda one: danish_key(str(one.enrolment.volunteer))),
    )


def remove_comments(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Comments that somebody is written about in are removed by the secretariat, for good."""
    courses = Course.objects.select_related("curriculum__programme")
    course: Course = fetch(courses, request.user, uuid, change=True)
    only_secretariat(request.user, course.curriculum.programme_id)
    comments = comments_told(course, on=today())
    if not comments:
        return redirect("training:evaluation", course.uuid)
    return enter(
        request,
        partial(RemoveCommentsForm, comments=comments),
        save=lambda form: removing(course, form.cleaned_data["ticked"]),
        title=_("Remove comments"),
        intro=course.name,
        submit_label=_("Remove for good"),
        back_url=url("training:evaluation", course.uuid),
        success=lambda count: (
            ngettext("%(count)s comment is removed.", "%(count)s comments are removed.", count) % {"count": count}
        ),
        template="training/remove_comments.html",
        danger=True,
    )


def _seated(course: Course, on: Any) -> dict[int, Enrolment]:
    """By volunteer's id: who has a seat on the day."""
    seats = Participation.objects.current().filter(
        enrolment__course=course, status=Participation.Status.ENROLLED, period__contains=on
    )
    found = Enrolment.objects.filter(pk__in=seats.values("enrolment")).select_related("volunteer")
    return {one.volunteer_id: one for one in found}


def _qr(address: str) -> str:
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return mark_safe(drawing.getvalue().decode())  # noqa: S308 (drawn by segno from an address of ours)
