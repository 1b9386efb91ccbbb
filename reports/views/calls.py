"""Who awaits a call: one to tap, three answers to tap, and a message to send where nobody answers."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from associations.models import Association
from bydelsmoedre.addresses import url
from bydelsmoedre.danish import ugedag
from bydelsmoedre.moment import Moment
from programme.access import StandingRequest
from reports.calls import Reason, Waiting, waiting, waiting_among
from reports.views.own import own_associations
from reports.views.volunteer_recruitment import retract_url
from training.models import Course
from volunteers.invitations import Invitation, to_course, to_interview, to_talk
from volunteers.models import Call, LanguageSkill, Volunteer

#: So many persons stand on one page, and so many of today's calls below.
PAGE, LATEST = 50, 20


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A person who awaits a call, for one reader."""

    volunteer: Volunteer
    row: Waiting
    reason: str
    invitations: list[Invitation]
    #: Of the call that is recorded from here: tapped twice, it is stored once.
    identity: UUID = field(default_factory=uuid4)

    @property
    def call_url(self) -> str:
        return url("volunteers:call", self.volunteer.uuid)


@require_safe
def call_list(request: StandingRequest) -> HttpResponse:
    """Those whom the secretariat, or a local coordinator among her own, is to call today."""
    standing: Any = request.standing
    if not (standing.is_secretariat or standing.is_local):
        raise PermissionDenied
    mine = own_associations(request)
    programme = mine[0].programme if mine else standing.programme
    rows = _waiting(request, programme, mine) if programme else []
    page = Paginator(rows, PAGE).get_page(request.GET.get("side"))
    context = {"page": page, "lines": _lines(request, list(page.object_list)), "called": _called_today(request)}
    return render(request, "volunteers/calls.html", context)


def _waiting(request: StandingRequest, programme: Any, mine: list[Association]) -> list[Waiting]:
    if not mine:
        return waiting(programme.pk, Moment())
    hers = Volunteer.objects.changeable_by(request.user).filter(programme=programme)
    persons = list(hers.values_list("pk", flat=True))
    return waiting_among(programme.pk, Moment(), persons=persons, associations=[one.pk for one in mine])


def _lines(request: StandingRequest, rows: list[Waiting]) -> list[WaitingLine]:
    """With names, languages and courses; three queries for all."""
    seen = Volunteer.objects.visible_to(request.user).select_related("programme")
    persons = {one.pk: one for one in seen.filter(pk__in=[row.id for row in rows])}
    courses = {one.uuid: one for one in Course.objects.filter(uuid__in=[row.course for row in rows if row.course])}
    spoken: dict[int, set[str]] = {}
    skills = LanguageSkill.objects.at(Moment()).filter(volunteer__in=[*persons])
    for person, language in skills.values_list("volunteer", "language"):
        spoken.setdefault(person, set()).add(language)
    return [
        _line(persons[row.id], row, courses.get(row.course) if row.course else None, spoken.get(row.id, set()))
        for row in rows
        if row.id in persons
    ]


def _line(volunteer: Volunteer, row: Waiting, course: Course | None, spoken: set[str]) -> WaitingLine:
    if course:
        told = {"course": course.name, "day": ugedag(course.starts_on)}
        reason = _("“%(course)s” begins on %(day)s") % told
        return WaitingLine(volunteer, row, reason, to_course(course.name, course.starts_on, None, course.place, spoken))
    invite = to_interview if row.reason == Reason.APPLIED else to_talk
    return WaitingLine(volunteer, row, str(Reason(row.reason).label), invite(volunteer, spoken))


def _called_today(request: StandingRequest) -> list[Any]:
    """Today's calls, the latest first, so that a wrong tap can be retracted."""
    calls = Call.objects.changeable_by(request.user).current().filter(happened_on=Moment().on)
    latest = calls.select_related("volunteer").order_by("-recorded_at", "-pk")[:LATEST]
    return [(one, retract_url("opkald", one, may=True)) for one in latest]
