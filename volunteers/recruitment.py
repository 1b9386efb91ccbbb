"""How far a person has come: her stage on a day, and the steps that may follow. The definition, in SQL for many and in
Python for one; a test holds them together.

A candidacy's steps are dated facts: interested → interview held → accepted or not accepted; withdrawn at any time
before the answer; paused, back, left only after she is accepted. What she does in an association is a role, and a role
says more than the step that led to it; only a pause stands above it. Whether somebody is in training is asked to the
right of here.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models.expressions import RawSQL
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bydelsmoedre.danish import dato
from bydelsmoedre.entry import Overtaken
from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask, inside
from volunteers.merging import with_duplicates
from volunteers.models import Candidacy, Membership, StageEvent, Volunteer

Stage = StageEvent.Stage


class Standing(models.TextChoices):
    """Where a person stands on a day: never stored."""

    APPLIED = "applied", gettext_lazy("interested")
    INTERVIEWED = "interviewed", gettext_lazy("interview held")
    ACCEPTED = "accepted", gettext_lazy("accepted")
    MOTHER = "mother", gettext_lazy("neighbourhood mother")
    COORDINATOR = "coordinator", gettext_lazy("local coordinator")
    PAUSED = "paused", gettext_lazy("paused")
    LEFT = "left", gettext_lazy("left")
    DECLINED = "declined", gettext_lazy("not accepted")
    WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")


#: On the way in, and not yet a mother or a coordinator.
CANDIDATES = (Standing.APPLIED, Standing.INTERVIEWED, Standing.ACCEPTED)
#: After these a candidacy takes no further step; who comes back has a new one.
CLOSING = (Stage.DECLINED, Stage.WITHDRAWN, Stage.LEFT)
#: What may be taken more than once.
REPEATED = (Stage.PAUSED, Stage.RESUMED)
#: What may follow each step. The database keeps it too (`recruitment_guard.py`).
FOLLOWING: dict[str | None, tuple[Stage, ...]] = {
    None: (Stage.APPLIED,),
    Stage.APPLIED: (Stage.INTERVIEWED, Stage.WITHDRAWN),
    Stage.INTERVIEWED: (Stage.ACCEPTED, Stage.DECLINED, Stage.WITHDRAWN),
    Stage.ACCEPTED: (Stage.PAUSED, Stage.LEFT),
    Stage.PAUSED: (Stage.RESUMED, Stage.LEFT),
    Stage.RESUMED: (Stage.PAUSED, Stage.LEFT),
    Stage.DECLINED: (),
    Stage.WITHDRAWN: (),
    Stage.LEFT: (),
}
#: What each step is called where it is recorded.
TITLES: dict[Stage, Any] = {
    Stage.APPLIED: gettext_lazy("She is interested"),
    Stage.INTERVIEWED: gettext_lazy("Interview held"),
    Stage.ACCEPTED: gettext_lazy("Accept"),
    Stage.DECLINED: gettext_lazy("Do not accept"),
    Stage.WITHDRAWN: gettext_lazy("She has withdrawn"),
    Stage.PAUSED: gettext_lazy("She takes a pause"),
    Stage.RESUMED: gettext_lazy("She is back from the pause"),
    Stage.LEFT: gettext_lazy("She has left"),
}
#: The roles of who works as a neighbourhood mother; a seat on a board is none. And the same as SQL.
HELD = (Membership.Role.MOTHER, Membership.Role.COORDINATOR)
HELD_SQL = "(" + ", ".join(f"'{role.value}'" for role in HELD) + ")"
#: The order of steps taken on one day; where it is the same, the one recorded last is the latest.
RANK: dict[Stage, int] = {
    Stage.APPLIED: 1,
    Stage.INTERVIEWED: 2,
    Stage.ACCEPTED: 3,
    Stage.DECLINED: 3,
    Stage.WITHDRAWN: 3,
    Stage.PAUSED: 4,
    Stage.RESUMED: 4,
    Stage.LEFT: 5,
}
_RANK_SQL = "case s.stage " + " ".join(f"when '{stage.value}' then {rank}" for stage, rank in RANK.items()) + " end"
#: To order by, the latest step first: of the alias `s`.
LATEST_FIRST = f"s.happened_on desc, s.candidacy_id desc, {_RANK_SQL} desc, s.id desc"

#: Common table expressions ending in `standing(volunteer_id, standing, stepped_on)`: everybody who has taken a step or
#: held a role, with the day of her latest step, or null.
#: Parameters: `on`, `known_at`, `programme`, and `persons` (ids) where `{whose}` is `THESE`. Who was merged into
#: another has no row; what was recorded of her is the other's.
STANDING_SQL = f"""
step as (
  select distinct on (person(c)) person(c) as volunteer_id, s.candidacy_id, s.stage, s.happened_on
  from volunteers_candidacy c same(c)
  join volunteers_volunteer v on v.id = c.volunteer_id and v.programme_id = %(programme)s and hers(v.id) {{whose}}
  join volunteers_stageevent s on s.candidacy_id = c.id
    and s.happened_on <= %(on)s::date and known(s)
  order by person(c), {LATEST_FIRST}
),
held as (
  select person(m) as volunteer_id,
    min(m.role) filter (where holds(m)) as role,  -- a coordinator who is a mother too is a coordinator
    max(m.ended_on) filter (where m.ended_on < %(on)s::date) as ended_on
  from volunteers_membership m same(m)
  join volunteers_volunteer v on v.id = m.volunteer_id and v.programme_id = %(programme)s and hers(v.id) {{whose}}
  where m.role in {HELD_SQL} and m.started_on <= %(on)s::date
    and known(m)
  group by 1
),
standing as (
  select coalesce(s.volunteer_id, h.volunteer_id) as volunteer_id, case
    when h.role is not null and s.stage is distinct from 'paused' then h.role
    when h.role is null and h.ended_on >= coalesce(s.happened_on, h.ended_on) then 'left'
    when s.stage = 'resumed' then 'accepted'
    else s.stage end as standing, s.happened_on as stepped_on
  from step s full join held h on h.volunteer_id = s.volunteer_id
)"""

#: Narrows to some persons, with whatever was recorded of them under another.
THESE = f"and v.id = any({with_duplicates('%(persons)s::bigint[]')})"

#: Who waits, for an interview or for the answer after it: `(uuid, standing, since)`. Parameters as above.
WAITING_SQL = f"""
with {STANDING_SQL.format(whose="")}
select v.uuid, s.standing, s.stepped_on as since
from standing s join volunteers_volunteer v on v.id = s.volunteer_id
where s.standing in ('applied', 'interviewed')
"""

_ASKED = f"""
with {STANDING_SQL.format(whose=THESE)}
select volunteer_id, standing from standing where volunteer_id = any(%(persons)s::bigint[])
"""
_STANDING_AT = (
    f"with {STANDING_SQL.format(whose='')} select volunteer_id from standing where standing = any(%(wanted)s::text[])"
)


class OutOfOrder(Overtaken):
    """A step that cannot be taken now: why, and the form field that it concerns."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message, self.field = message, field


# --- The stage


def standings(programme_id: int, moment: Moment, *, persons: Sequence[int]) -> dict[int, Standing]:
    """By person's id: where these stand; who has taken no step and held no role is left out. One query."""
    values = {
        "on": moment.on,
        "known_at": moment.known_at,
        "programme": programme_id,
        "persons": list(persons),
    }
    return {volunteer: Standing(found) for volunteer, found in ask(_ASKED, values)}


def standing_at(programme_id: int, moment: Moment, wanted: Iterable[str]) -> RawSQL:
    """The ids of everybody who stands so: for use inside a query, as in `filter(pk__in=…)`."""
    values = {
        "on": moment.on,
        "known_at": moment.known_at,
        "programme": programme_id,
        "wanted": [str(one) for one in wanted],
    }
    return inside(_STANDING_AT, values)


def standing_of(steps: Iterable[StageEvent], roles: Iterable[Any], on: dt.date) -> Standing | None:
    """The same for one person, of her known steps and roles: for a page that has them already."""
    taken = [step for step in steps if step.happened_on <= on]
    last = max(taken, key=_latest, default=None)
    counted = [role for role in roles if role.role in HELD and role.started_on <= on]
    held = min((role.role for role in counted if role.is_active(on)), default="")
    ended = max((role.ended_on for role in counted if role.ended_on and role.ended_on < on), default=None)
    if held and (last is None or last.stage != Stage.PAUSED):
        return Standing(held)
    if not held and ended and (last is None or ended >= last.happened_on):
        return Standing.LEFT
    if last is None:
        return None
    return Standing.ACCEPTED if last.stage == Stage.RESUMED else Standing(last.stage)


def _latest(step: StageEvent) -> tuple[Any, ...]:
    return step.happened_on, step.candidacy_id, RANK[Stage(step.stage)], step.pk or 0


# --- The steps


@dataclass(frozen=True, slots=True)
class Place:
    """Where the next step of a candidacy goes: after one step, and where one was retracted, before another."""

    allowed: tuple[Stage, ...]
    after: StageEvent | None
    before: StageEvent | None = None


def in_order(steps: Iterable[StageEvent]) -> list[StageEvent]:
    """A candidacy's steps as they were taken."""
    return sorted(steps, key=_latest)


def next_place(steps: Iterable[StageEvent]) -> Place:
    """Which steps may be recorded now. Where a step in the middle was retracted, it is that which is missing."""
    ordered = in_order(steps)
    before: StageEvent | None = None
    taken = {step.stage for step in ordered}
    for step in ordered:
        allowed = FOLLOWING[before.stage if before else None]
        if step.stage not in allowed:
            missing = tuple(one for one in allowed if one not in CLOSING and (one in REPEATED or one not in taken))
            return Place(missing, before, step)
        before = step
    return Place(FOLLOWING[before.stage if before else None], before)


def is_open(steps: Iterable[StageEvent]) -> bool:
    """May the candidacy still take a step?"""
    ordered = in_order(steps)
    return not ordered or ordered[-1].stage not in CLOSING


def check(steps: Iterable[StageEvent], stage: str, on: dt.date | None) -> None:
    """Raise `OutOfOrder` unless the step may be recorded on that day (None: on any)."""
    place = next_place(steps)
    if stage not in place.allowed:
        raise OutOfOrder(_refusal(stage, place.after))
    if on and place.after and on < place.after.happened_on:
        words = {"step": _name(place.after.stage), "day": dato(place.after.happened_on)}
        raise OutOfOrder(_("The step before, “%(step)s”, was on %(day)s.") % words, "happened_on")
    if on and place.before and on > place.before.happened_on:
        words = {"step": _name(place.before.stage), "day": dato(place.before.happened_on)}
        raise OutOfOrder(_("The step after, “%(step)s”, was on %(day)s.") % words, "happened_on")


def _name(stage: str) -> str:
    return capfirst(str(Stage(stage).label))


def _refusal(stage: str, after: StageEvent | None) -> str:
    if after is None:
        return _("A candidacy begins with the day on which she became interested.")
    return _("“%(step)s” cannot follow “%(last)s”.") % {"step": _name(stage), "last": _name(after.stage)}


@transaction.atomic
def record_stage(candidacy: Candidacy, *, stage: str, on: dt.date, by: Any, note: str = "") -> StageEvent:
    """Record a step of a candidacy. Raises `OutOfOrder` where it cannot be taken; two at once wait for each other."""
    Candidacy.objects.select_for_update().get(pk=candidacy.pk)
    check(StageEvent.objects.current().filter(candidacy=candidacy), stage, on)
    return StageEvent.record(by=by, candidacy=candidacy, stage=stage, happened_on=on, note=note)


@transaction.atomic
def begin_candidacy(volunteer: Volunteer, *, on: dt.date, by: Any, note: str = "") -> Candidacy:
    """Somebody is interested. Raises `OutOfOrder` where she has a candidacy that is not closed."""
    Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    check_beginning(volunteer, on)
    begun = Candidacy.objects.filter(volunteer=volunteer).exclude(stages__in=StageEvent.objects.current()).first()
    candidacy = begun or Candidacy.objects.create(volunteer=volunteer)
    StageEvent.record(by=by, candidacy=candidacy, stage=Stage.APPLIED, happened_on=on, note=note)
    return candidacy


def check_beginning(volunteer: Volunteer, on: dt.date | None) -> None:
    """Raise `OutOfOrder` unless a candidacy may begin on that day (None: on any)."""
    former = list(StageEvent.objects.current().filter(candidacy__volunteer=volunteer))
    for candidacy_id in {step.candidacy_id for step in former}:
        steps = in_order(step for step in former if step.candidacy_id == candidacy_id)
        if is_open(steps):
            raise OutOfOrder(_("She has a candidacy that is not closed. Record its next step."))
        if on and on < steps[-1].happened_on:
            words = {"step": _name(steps[-1].stage), "day": dato(steps[-1].happened_on)}
            raise OutOfOrder(_("The step before, “%(step)s”, was on %(day)s.") % words, "happened_on")
