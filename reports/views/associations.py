"""Associations as a page shows them: with their standing at a Moment, their checklist and their members."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page
from django.db.models import Case, Exists, OuterRef, QuerySet, When
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from associations.checklist import step_lines
from associations.founding import founding_of
from associations.models import Association, Closing
from associations.pack import pack_lines
from bydelsmoedre.addresses import url
from bydelsmoedre.entry import here
from bydelsmoedre.listing import Pages
from bydelsmoedre.moment import Moment, today
from bydelsmoedre.sorting import danish_order
from programme.access import StandingRequest, fetch
from reports.findings import Finding, codes_for, found, in_words
from reports.gatherings import meetings_of
from reports.moments import Asked, ask
from reports.views.conversations import conversation_count
from reports.views.gatherings import new_meeting_urls
from training.models import Certificate
from volunteers.models import Membership
from volunteers.models.people import MembershipQuerySet

#: The order in which they are listed.
ROLES = (
    Membership.Role.CHAIR,
    Membership.Role.TREASURER,
    Membership.Role.BOARD_MEMBER,
    Membership.Role.COORDINATOR,
    Membership.Role.MOTHER,
)


@require_safe
def association_detail(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """One association: standing, checklist, members."""
    associations = Association.objects.select_related("programme", "housing_area__district")
    association = fetch(associations, request.user, uuid)
    standing: Any = request.standing.within(association.programme)
    asked = ask(request, association.programme)
    status = founding_of(association, asked.moment)
    may_change = asked.is_present and (standing.is_secretariat or standing.is_local)
    may_write = may_change and standing.is_secretariat
    may_read = standing.may_see_persons or standing.is_local
    closing = _closing(association, asked.moment)
    steps = step_lines(association, status, asked.moment, may_change=may_change, may_read_words=may_read)
    context = {
        "association": association,
        "association_standing": status.standing.value,
        "standing_label": status.standing.label,
        "founded_on": status.founded_on,
        "running_on": status.running_on,
        "closing": closing,
        "closing_url": url("reports:retract", "lukning", closing.uuid) if closing and may_write else "",
        "close_url": url("associations:close", uuid) if may_write and closing is None else "",
        "steps": steps,
        "pack": pack_lines(association) if may_change else [],
        "members": _members(request, association, asked.moment, may_change) if may_read else None,
        "can_change": may_change,
        "edit_url": url("associations:edit", uuid) if may_write else "",
        "add_member_url": _add_member_url(request, association) if may_change else "",
        "findings": _findings(request, association, asked) if may_read else [],
        "meetings": meetings_of(association, asked.moment) if may_read else None,
        "meeting_urls": new_meeting_urls(association) if may_change else {},
        "current_day": today(),
        "conversations": conversation_count(association, asked.moment) if may_read else None,
        "courses": list(association.courses.order_by("-starts_on")) if may_read else None,
    }
    return render(request, "associations/detail.html", asked.context() | context)


def _closing(association: Association, moment: Moment) -> Closing | None:
    """That it is dissolved, as known, on the day itself too; one query."""
    return Closing.objects.at(moment).filter(association=association).first()


def _findings(request: StandingRequest, association: Association, asked: Asked) -> list[Finding]:
    """What needs attention about the association and those who belong to it."""
    codes = codes_for(request.standing.within(association.programme))
    listed = found(association.programme, asked.moment, codes=codes, associations=[association])
    return in_words(listed, request, is_present=asked.is_present)


def _add_member_url(request: StandingRequest, association: Association) -> str:
    query = urlencode({"forening": association.uuid, "next": here(request)})
    return f"{url('volunteers:create')}?{query}"


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
        return url("volunteers:end_membership", self.membership.uuid) if is_open else ""

    @property
    def retract_url(self) -> str:
        is_open = self.may_change and self.membership.is_current
        return url("reports:retract", "rolle", self.membership.uuid) if is_open else ""


def member_rows(memberships: MembershipQuerySet, moment: Moment) -> QuerySet:
    """Roles that had begun on the day, as they are known, with whether their holder has a valid coordinator
    certificate; those that are over come last."""
    place = Case(*(When(role=role, then=number) for number, role in enumerate(ROLES)), default=len(ROLES))
    valid = Certificate.objects.at(moment).filter(volunteer=OuterRef("volunteer"), curriculum__kind="coordinator")
    return (
        memberships.known(moment.known_at)
        .filter(started_on__lte=moment.on)
        .annotate(
            has_certificate=Exists(valid), is_over=Case(When(ended_on__lt=moment.on, then=1), default=0), place=place
        )
        .select_related("volunteer", "association")
        .order_by("is_over", "place", danish_order("volunteer__name"), "started_on", "pk")
    )


def member_lines(memberships: MembershipQuerySet, moment: Moment, *, may_change: bool) -> list[MemberLine]:
    """The roles as a page shows them; one query."""
    return [MemberLine(one, one.has_certificate, may_change) for one in member_rows(memberships, moment)]


def _members(request: StandingRequest, association: Association, moment: Moment, may_change: bool) -> Page:
    """The association's roles, a page at a time; two queries."""
    ours = Membership.objects.visible_to(request.user).filter(association=association)
    question = "members", association.pk, request.user.pk, moment, today()
    page: Any = Pages(member_rows(ours, moment), question).get_page(request.GET.get("medlemmer"))
    page.object_list = [MemberLine(one, one.has_certificate, may_change) for one in page.object_list]
    return page
