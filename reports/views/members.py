"""Roles in associations as pages list them, with what may be done about each."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, OuterRef, QuerySet, When

from associations.models import Association
from bydelsmoedre.addresses import url
from bydelsmoedre.moment import Moment
from bydelsmoedre.sorting import danish_order
from training.models import Certificate
from volunteers.models import Membership
from volunteers.models.people import MembershipQuerySet

#: The order in which they are listed.
ROLES = (
    Membership.Role.CHAIR,
    Membership.Role.TREASURER,
    Membership.Role.BOARD_MEMBER,
    Membership.Role.SUBSTITUTE,
    Membership.Role.COORDINATOR,
    Membership.Role.MOTHER,
)


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


def placed(memberships: MembershipQuerySet, moment: Moment) -> QuerySet:
    """Roles that had begun on the day, as they are known; those that are over come last."""
    place = Case(*(When(role=role, then=number) for number, role in enumerate(ROLES)), default=len(ROLES))
    return (
        memberships.known(moment.known_at)
        .filter(started_on__lte=moment.on)
        .annotate(is_over=Case(When(ended_on__lt=moment.on, then=1), default=0), place=place)
        .select_related("volunteer", "association")
        .order_by("is_over", "place", danish_order("volunteer__name"), "started_on", "pk")
    )


def member_rows(memberships: MembershipQuerySet, moment: Moment) -> QuerySet:
    """The same, with whether their holder has a valid coordinator certificate."""
    valid = Certificate.objects.at(moment).filter(volunteer=OuterRef("volunteer"), curriculum__kind="coordinator")
    return placed(memberships, moment).annotate(has_certificate=Exists(valid))


def member_lines(memberships: MembershipQuerySet, moment: Moment, *, may_change: bool) -> list[MemberLine]:
    """The roles as a page shows them; one query."""
    return [MemberLine(one, one.has_certificate, may_change) for one in member_rows(memberships, moment)]
