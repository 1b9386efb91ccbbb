"""Who teaches: written down and corrected."""

from functools import partial
from uuid import UUID

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from bydelsmoedre.sorting import danish_order
from programme.access import StandingRequest, fetch, programme_to_change
from training.forms import TeacherForm
from training.models import Teacher


@require_safe
def teachers(request: StandingRequest) -> HttpResponse:
    """The teachers within reach, and at how many courses and single sessions each teaches."""
    rows = Teacher.objects.visible_to(request.user)
    if request.standing.programme:
        rows = rows.filter(programme=request.standing.programme)
    counted = rows.annotate(held=Count("courses", distinct=True), days=Count("sessions", distinct=True))
    context = {
        "teachers": list(counted.order_by(danish_order("office"), "pk")),
        "may_write": request.standing.is_secretariat,
    }
    return render(request, "training/teachers.html", context)


def create_teacher(request: StandingRequest) -> HttpResponse:
    programme = programme_to_change(request)
    return enter(
        request,
        partial(TeacherForm, programme=programme),
        save=lambda form: form.save(),
        title=_("New teacher"),
        back_url=url("training:teachers"),
    )


def edit_teacher(request: HttpRequest, uuid: UUID) -> HttpResponse:
    teacher = fetch(Teacher.objects.select_related("programme"), request.user, uuid, change=True)
    return enter(
        request,
        partial(TeacherForm, programme=teacher.programme, instance=teacher),
        save=lambda form: form.save(),
        title=_("Correct the teacher"),
        back_url=url("training:teachers"),
    )
