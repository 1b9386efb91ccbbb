"""Associations as a page shows them: with their standing at a Moment, their checklist and their members."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from associations.checklist import step_lines
from associations.founding import Founding, founding_of, foundings
from associations.models import Association
from bydelsmoedre.moment import Moment
from bydelsmoedre.sorting import danish_order
from programme.access import StandingRequest, fetch
from reports.moments import ask
from training.models import Certificate
from volunteers.models import Membership

PAGE = 50


@dataclass(frozen=True, slots=True)
class AssociationLine:
    """An association in the list."""

    association: Association
    status: Founding

    @property
    def standing(self) -> str:
        return self.status.standing.value

    @property
    def standing_label(self) -> Any:
        return self.status.standing.label

    @property
    def founded_on(self) -> Any:
        return self.status.founded_on

    @property
    def running_on(self) -> Any:
        return self.status.running_on

    @property
    def done(self) -> int:
        return self.status.done

    @property
    def total(self) -> int:
        return self.status.total


@require_safe
def association_list(request: StandingRequest) -> HttpResponse:
    """The associations within reach, in Danish order, each with how far it is."""
    standing: Any = request.standing
    associations = Association.objects.visible_to(request.user)
    if standing.programme:
        associations = associations.filter(programme=standing.programme)
    ordered = associations.select_related("housing_area__district").order_by(danish_order("name"), "pk")
    page: Any = Paginator(ordered, PAGE).get_page(request.GET.get("side"))
    found = list(page.object_list)
    programme = standing.programme or (found[0].programme if found else None)
    asked = ask(request, programme)
    status = _by_id(found, asked.moment)
    page.object_list = [AssociationLine(one, status[one.pk]) for one in found]
    context = {"page": page, "can_create": standing.is_secretariat}
    return render(request, "associations/list.html", asked.context() | context)


def _by_id(found: list[Association], moment: Moment) -> dict[int, Founding]:
    """The standing of the associations on the page; one query per programme that they belong to."""
    status: dict[int, Founding] = {}
    for programme_id in sorted({one.programme_id for one in found}):
        ours = [one.pk for one in found if one.programme_id == programme_id]
        status |= {one.id: one for one in foundings(programme_id, moment, only=ours)}
    return status


@require_safe
def association_detail(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """One association: standing, checklist, members."""
    associations = Association.objects.select_related("programme", "housing_area__district")
    association = fetch(associations, request.user, uuid)
    standing: Any = request.standing.within(association.programme)
    asked = ask(request, association.programme)
    status = founding_of(association, asked.moment)
    may_change = standing.is_secretariat or standing.is_local
    may_read = standing.may_see_persons or standing.is_local
    steps = step_lines(
        association, status, asked.moment, may_change=may_change and asked.moment.is_known_now, may_read_words=may_read
    )
    context = {
        "association": association,
        "standing": status.standing.value,
        "standing_label": status.standing.label,
        "founded_on": status.founded_on,
        "running_on": status.running_on,
        "steps": steps,
        "members": _members(request, association, asked.moment, may_change) if may_read else None,
        "can_change": may_change,
        "edit_url": reverse("associations:edit", args=[uuid]) if standing.is_secretariat else "",
        "add_member_url": _add_member_url(association) if may_change else "",
    }
    return render(request, "associations/detail.html", asked.context() | context)


def _add_member_url(association: Association) -> str:
    query = urlencode({"forening": association.uuid, "next": association.get_absolute_url()})
    return f"{reverse('volunteers:create')}?{query}"


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A role that somebody holds, with what may be done about it."""

    membership: Membership
    has_certificate: bool
    may_change: bool

    @property
    def volunteer(self) -> Any:
        return self.membership.volunteer

    @property
    def name(self) -> str:
        return str(self.membership.volunteer)

    @property
    def url(self) -> str:
        return self.membership.volunteer.get_absolute_url()

    @property
    def association(self) -> Association:
        return self.membership.association

    @property
    def role_label(self) -> str:
        return self.membership.get_role_display()

    @property
    def started_on(self) -> Any:
        return self.membership.started_on

    @property
    def ended_on(self) -> Any:
        return self.membership.ended_on

    @property
    def end_url(self) -> str:
        is_open = self.may_change and self.membership.is_current and self.ended_on is None
        return reverse("volunteers:end_membership", args=[self.membership.uuid]) if is_open else ""

    @property
    def retract_url(self) -> str:
        is_open = self.may_change and self.membership.is_current
        return reverse("reports:retract", args=["rolle", self.membership.uuid]) if is_open else ""


def member_lines(memberships: Any, moment: Moment, *, may_change: bool) -> list[MemberLine]:
    """Roles with whether their holder has a valid coordinator certificate on the day; one query."""
    valid = Certificate.objects.at(moment).filter(volunteer=OuterRef("volunteer"), curriculum__kind="coordinator")
    found = (
        memberships.known(moment.known_at)
        .annotate(has_certificate=Exists(valid))
        .select_related("volunteer", "association")
        .order_by("role", danish_order("volunteer__name"), "started_on")
    )
    return [MemberLine(one, one.has_certificate, may_change) for one in found]


def _members(request: StandingRequest, association: Association, moment: Moment, may_change: bool) -> list[MemberLine]:
    ours = Membership.objects.visible_to(request.user).filter(association=association)
    return member_lines(ours, moment, may_change=may_change)
