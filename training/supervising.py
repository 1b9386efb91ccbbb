"""Supervision of local coordinators: who is expected, who was there, and who has been without it for too long."""

import calendar
import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet

from bydelsmoedre.moment import Moment
from bydelsmoedre.sorting import danish_order
from training.models import Supervised, Supervision
from volunteers.merging import each_once, has, person_of
from volunteers.models import Membership, Volunteer


def coordinators(supervision: Supervision) -> list[Volunteer]:
    """Who holds a role as local coordinator on the day, as known now, in Danish order; each person once."""
    moment = Moment(supervision.planned_on)
    held = Membership.objects.at(moment).filter(
        role=Membership.Role.COORDINATOR, association__programme=supervision.programme_id
    )
    people = Volunteer.objects.filter(has(held, moment), programme=supervision.programme_id, erased_at=None)
    return list(each_once(people, moment).order_by(danish_order("name"), "pk"))


def standing(supervision: Supervision) -> dict[int, Supervised]:
    """By the id of the volunteer for whom it counts: who is recorded as having been there, without names."""
    recorded = Supervised.objects.current().filter(supervision=supervision)
    return {one.person: one for one in recorded.annotate(person=person_of("volunteer"))}


def with_came(supervision: QuerySet[Supervision]) -> QuerySet[Supervision]:
    """The meetings, each with how many persons came (`came`)."""
    recorded = Q(participations__retracted_at=None)
    return supervision.annotate(came=Count(person_of("participations__volunteer"), filter=recorded, distinct=True))


@transaction.atomic
def record_supervised(supervision: Supervision, people: Iterable[Volunteer], *, by: Any) -> int:
    """Record that they were there; gives how many were new. Two at once wait for each other."""
    locked = Supervision.objects.select_for_update(of=("self",)).get(pk=supervision.pk)
    known = standing(locked)
    new = [one for one in people if one.pk not in known]
    for one in new:
        Supervised.record(by=by, volunteer=one, supervision=locked, happened_on=locked.planned_on)
    return len(new)


def months_before(day: dt.date, months: int) -> dt.date:
    """So many months earlier, on the same day of the month or its last."""
    years, month = divmod(day.month - 1 - months, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def too_long() -> int:
    """After so many months without supervision a coordinator is told of."""
    return int(settings.SUPERVISION_MONTHS)
