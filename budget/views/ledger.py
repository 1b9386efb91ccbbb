"""What is bound but not spent, and which line a course is paid from. Vouchers have pages of their own."""

from collections.abc import Collection
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse as address
from django.utils.translation import gettext as _

from budget.forms.ledger import CommitmentForm, CourseLineForm, EndCommitmentForm
from budget.models import BudgetLine, Commitment, CourseLine
from budget.rest import overspent
from bydelsmoedre.entry import enter
from bydelsmoedre.moment import today
from programme.access import StandingRequest, fetch, only_secretariat, programme_to_change
from training.models import Course


def lines_to_change(request: StandingRequest) -> QuerySet[BudgetLine]:
    """The lines of the programme in view, if this user may book on them."""
    return BudgetLine.objects.filter(budget__programme=programme_to_change(request))


def _wanted(request: HttpRequest, lines: QuerySet[BudgetLine]) -> BudgetLine | None:
    """The line that the form was opened for."""
    try:
        return lines.filter(uuid=UUID(request.GET.get("post", ""))).first()
    except ValueError:
        return None


def warn(request: HttpRequest, told: Collection[str]) -> None:
    """It is saved all the same: what is spent is spent. But whoever recorded it is told."""
    for words in told:
        messages.warning(request, words)


def initial_of(request: HttpRequest, lines: QuerySet[BudgetLine]) -> dict[str, Any]:
    given = {"line": _wanted(request, lines), "happened_on": request.GET.get("dato")}
    return {name: value for name, value in given.items() if value}


def commit(request: StandingRequest) -> HttpResponse:
    """Bind an amount to a line: agreed, but not spent yet."""
    lines = lines_to_change(request)

    def save(form: CommitmentForm) -> Commitment:
        programme = form.cleaned_data["line"].budget.programme
        commitment: Any = form.record(by=request.user, programme=programme)
        line = commitment.line
        warn(request, overspent(line.budget, {line.uuid}, commitment.started_on))
        return commitment

    return enter(
        request,
        partial(CommitmentForm, lines=lines, initial=initial_of(request, lines)),
        save=save,
        title=_("New commitment"),
        intro=_("An amount that is agreed but not spent yet. End it when the bill has come."),
        submit_label=_("Save the commitment"),
        back_url=address("budget:account"),
    )


def end_commitment(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """End a commitment: the version without an end is superseded by one with it."""
    bound = fetch(Commitment.objects.current().select_related("line"), request.user, uuid, change=True)

    def save(form: EndCommitmentForm) -> None:
        bound.supersede(by=request.user, reason=_("The commitment has ended."), ended_on=form.cleaned_data["ended_on"])

    return enter(
        request,
        partial(EndCommitmentForm, fact=bound, initial={"ended_on": max(today(), bound.started_on)}),
        save=save,
        title=_("End the commitment"),
        intro=str(bound),
        submit_label=_("End the commitment"),
        back_url=address("budget:account"),
    )


def course_line(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Say which line of the budget a course is paid from."""
    courses = Course.objects.select_related("curriculum__programme")
    course: Course = fetch(courses, request.user, uuid, change=True)
    only_secretariat(request.user, course.curriculum.programme_id)
    return enter(
        request,
        partial(CourseLineForm, course=course, instance=CourseLine.objects.filter(course=course).first()),
        save=lambda form: form.save(),
        title=_("Budget line of the course"),
        intro=course.name,
        back_url=course.get_absolute_url(),
    )
