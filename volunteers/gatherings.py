"""Recording an association's meetings: one of a kind on a day, the plan follows what was held; and who came to a
monthly meeting.

Who has not written conversations is not told, and cannot be: a conversation is anonymous and belongs to its association
(`Conversation`). Who recorded it says whose login typed it, which is the coordinator's, often for several mothers; a
link to a mother would lead to the families whom she visits. So a meeting tells how many the association has written.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from associations.models import Association
from bydelsmoedre.moment import ALWAYS, Moment
from bydelsmoedre.sorting import DanishKey, danish_key, danish_order
from volunteers.models import Conversation, Gathering, GatheringHeld, Membership, Presence, Volunteer

#: Whose meeting the monthly one is.
COME = (Membership.Role.MOTHER, Membership.Role.COORDINATOR)


def is_held(gathering: Gathering) -> bool:
    """Is it recorded as held, as we know it now?"""
    return GatheringHeld.objects.current().filter(gathering=gathering.pk).exists()


@transaction.atomic
def let_plan_follow(gathering: Gathering, *, on: dt.date, by: Any) -> None:
    """The meeting was held on that day after all: the plan, and who is recorded as present, follow."""
    if gathering.planned_on != on or gathering.is_cancelled:
        gathering.planned_on, gathering.is_cancelled = on, False
        gathering.save(update_fields=["planned_on", "is_cancelled"])
    for presence in Presence.objects.current().filter(gathering=gathering).exclude(happened_on=on):
        presence.supersede(by=by, reason=gettext("The meeting was held on another day."), happened_on=on)


@transaction.atomic
def hold(association: Association, kind: str, *, on: dt.date, by: Any) -> tuple[Gathering, bool]:
    """Record that the association held a meeting of the kind on that day, whether it was planned or not. Gives the
    meeting, and whether that was news: who taps twice, or at the same time as another, records it once."""
    made, _is_new = Gathering.objects.get_or_create(association=association, kind=kind, planned_on=on)
    gathering = Gathering.objects.select_for_update().get(pk=made.pk)
    if is_held(gathering):
        return gathering, False
    let_plan_follow(gathering, on=on, by=by)
    GatheringHeld.record(by=by, gathering=gathering, happened_on=on)
    return gathering, True


@transaction.atomic
def nobody_came(gathering: Gathering, *, by: Any) -> None:
    """The meeting is cancelled after all: whoever is recorded as present was not."""
    for presence in Presence.objects.current().filter(gathering=gathering):
        presence.retract(by=by, reason=gettext("The meeting is cancelled."))


# --- The monthly meeting


def people_at(gathering: Gathering, user: Any, search: str = "") -> QuerySet[Any]:
    """The association's mothers and local coordinators on the day, and whoever is recorded as present (`is_there`), of
    those whom the user may meet and whose name holds `search`; in Danish order, as we know it now."""
    held = Membership.objects.at(Moment(gathering.planned_on, ALWAYS)).filter(role__in=COME)
    hers = held.filter(association=gathering.association_id, volunteer=OuterRef("pk"))
    there = Presence.objects.current().filter(gathering=gathering, volunteer=OuterRef("pk"))
    met: Any = Volunteer.objects.visible_to(user).annotate(is_there=Exists(there))
    people = met.filter(Q(Exists(hers)) | Q(is_there=True))
    if wanted := danish_key(search.strip()):
        people = people.annotate(key=DanishKey("name")).filter(key__contains=wanted)
    return people.order_by(danish_order("name"), "pk")


@transaction.atomic
def record_presence(gathering: Gathering, opened: Collection[UUID], came: Collection[UUID], *, by: Any) -> int:
    """Record who came, given who was marked when the screen was opened and who is now; and the meeting as held, if it
    is not yet. Only what was changed on the screen is changed here, so two who record at once add to each other. Gives
    how many were recorded or unmarked."""
    locked = Gathering.objects.select_for_update().get(pk=gathering.pk)
    hold(locked.association, locked.kind, on=locked.planned_on, by=by)
    there = {
        fact.volunteer.uuid: fact
        for fact in Presence.objects.current().filter(gathering=locked).select_related("volunteer")
    }
    added = (set(came) - set(opened)) - there.keys()
    for volunteer in Volunteer.objects.filter(uuid__in=added, programme=locked.association.programme_id):
        Presence.record(by=by, volunteer=volunteer, gathering=locked, happened_on=locked.planned_on)
    removed = (set(opened) - set(came)) & there.keys()
    for uuid in removed:
        there[uuid].retract(by=by, reason=gettext("She was unmarked: she did not come."))
    return len(added) + len(removed)


def next_monthly(association: Association, on: dt.date) -> Gathering | None:
    """The association's first monthly meeting after the day that is planned and not cancelled; one query."""
    planned = Gathering.objects.filter(association=association, kind=Gathering.Kind.MONTHLY, is_cancelled=False)
    return planned.filter(planned_on__gt=on).order_by("planned_on").first()


@dataclass(frozen=True, slots=True)
class Written:
    """How many conversations the association has had since its last monthly meeting, up to and including this one."""

    count: int
    since: dt.date | None  #: the day of the last meeting; None where this is the first


def written_before(gathering: Gathering, moment: Moment) -> Written:
    """As known at the Moment; two queries."""
    held = GatheringHeld.objects.at(moment).filter(
        gathering__association=gathering.association_id,
        gathering__kind=Gathering.Kind.MONTHLY,
        happened_on__lt=gathering.planned_on,
    )
    since = held.aggregate(last=Max("happened_on"))["last"]
    had = Conversation.objects.at(moment).filter(
        association=gathering.association_id, happened_on__lte=gathering.planned_on
    )
    if since:
        had = had.filter(happened_on__gt=since)
    return Written(had.count(), since)
