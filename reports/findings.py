"""The register of findings: every app's kinds, asked in one statement, labelled for one reader.

The apps' kinds are composed here, where all apps may be known; a new app's list is added to `KINDS`.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext as _

import associations.findings
import budget.findings
import programme.findings
import reports.progress.due
import reports.stuck
import training.findings
import volunteers.findings
from associations.founding import FOUNDING_SQL, parameters
from associations.models import Association
from budget.reallocation import REALLOCATED_SQL
from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato
from bydelsmoedre.entry import here
from bydelsmoedre.moment import COPENHAGEN, Moment, today
from bydelsmoedre.prepared import ask, of_one
from programme.findings import FindingKind, Whose
from programme.models import Deferral, Programme
from reports.asking import opening_day
from reports.figures.criteria import criteria
from reports.figures.recruiting import PLACE_SQL
from reports.figures.shapes import CriterionFigure
from reports.figures.workplan import MILESTONE_SQL, parameters_of
from reports.labels import Named, names_for
from training.completion import UNCERTIFIED_SQL
from volunteers.board import BOARD_SQL

KINDS: dict[str, FindingKind] = {
    kind.code: kind
    for kinds in (
        *(app.findings.FINDINGS for app in (programme, associations, volunteers, training, budget)),
        reports.stuck.FINDINGS,
        reports.progress.due.FINDINGS,
    )
    for kind in kinds
}

#: The common tables that a kind may ask.
_COMMON = {
    "board": BOARD_SQL,
    "founding": FOUNDING_SQL,
    "completion": UNCERTIFIED_SQL,
    "milestone": MILESTONE_SQL,
    "reallocated": REALLOCATED_SQL,
    "place": f"place as (with {PLACE_SQL} select * from place)",  # its other tables have names of theirs
}

#: So many of each kind are listed; all are counted.
MOST = 5

# A finding that somebody has let wait is the same finding; only the lists of what is to be done leave it out.
_FOUND = """
(
  select {code}::text as code, f.*, w.ended_on, coalesce(w.why, ''), count(*) over () as total
  from ({sql}) as f(about, uuid, association, since, number)
  left join programme_deferral w on w.programme_id = %(programme)s and w.code = {code}::text and w.thing = f.uuid
    and %(let_wait_on)s::date between w.started_on and w.ended_on and known(w)
  where {narrowed} and {waiting}
  order by f.since nulls first, f.uuid limit %(most)s
)"""


#: Of a kind with a row for every association: one for each that it is about, among those that are asked for.
_ONCE = """
  select distinct on (f.uuid) f.*
  from ({sql}) as f(about, uuid, association, since, number) where {narrowed}
  order by f.uuid, f.since, f.association
"""


class Waiting(StrEnum):
    """Which findings are asked for, of those that somebody has let wait (“Vent til …”) and the others."""

    TOLD = "true"  #: all of them, and of one that waits how long
    LEFT_OUT = "w.id is null"  #: what is to be done now
    ALONE = "w.id is not null"  #: what waits


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as it is found: identities, dates and codes; no names."""

    kind: FindingKind
    about: str
    uuid: UUID
    association: UUID | None
    since: dt.date | None
    number: int | None
    waits_to: dt.date | None  #: the last day on which somebody lets it wait
    reason: str  #: why it waits; "" where it does not
    total: int  #: how many findings of the kind there are


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding in words, for one reader."""

    code: str
    what: str  #: what it is about, by the name that this reader may see
    why: str
    since: dt.date | None
    whose: Any
    url: str  #: the page that mends it; "" where this reader may not
    action: str
    defer_url: str  #: where it is let wait, or longer; "" where this reader may not
    back_url: str  #: where what waits is brought back; "" where it does not wait, or this reader may not
    waiting: str  #: until when it waits and why, as a sentence; "" where it does not
    total: int


def found(
    programme: Programme,
    moment: Moment,
    *,
    codes: Iterable[str] | None = None,
    associations: Sequence[Association] | None = None,
    about: UUID | None = None,
    measured: Sequence[CriterionFigure] | None = None,
    most: int = MOST,
    waiting: Waiting = Waiting.TOLD,
) -> list[Found]:
    """What needs attention at a Moment, the oldest first; one query. Of some kinds or associations, or one object.

    Milestones rest on the criteria: who has measured those at the Moment gives them (`measured`), else they are asked.
    """
    chosen = [kind for code, kind in KINDS.items() if codes is None or code in codes]
    if associations is not None:  # no milestone is an association's
        chosen = [kind for kind in chosen if "milestone" not in kind.needs]
    if not chosen:
        return []
    needs = sorted({name for kind in chosen for name in kind.needs})
    narrowed = ["true"]
    values: dict[str, Any] = {"on": moment.on, "most": most}
    values |= parameters(programme.pk, moment)
    if "milestone" in needs:
        values |= parameters_of(programme, moment, criteria(programme, moment) if measured is None else measured)
    # The pages of a finished programme open at its deadline; what waits is waiting today all the same, or on the day of
    # which it is known.
    known_on = min(today(), moment.known_at.astimezone(COPENHAGEN).date())
    values["let_wait_on"] = known_on if moment.on == opening_day(programme) else moment.on
    if associations is not None:
        narrowed.append("f.association = any(%(associations)s::uuid[])")
        values["associations"] = [association.uuid for association in associations]
    if about is not None:
        narrowed.append("f.uuid = %(about)s::uuid")
        values["about"] = about
    common = f"with {', '.join(_COMMON[name] for name in needs)}" if needs else ""
    parts = " union all ".join(_part(kind, " and ".join(narrowed), waiting) for kind in chosen)
    asked = f"{common} {parts}"
    rows = ask(asked if about is None else of_one(asked), values)
    listed = [Found(KINDS[code], *told) for code, *told in rows]
    return sorted(listed, key=lambda one: (one.since or dt.date.min, one.kind.code, one.uuid))


def _part(kind: FindingKind, narrowed: str, waiting: Waiting) -> str:
    sql, outside = (_ONCE.format(sql=kind.sql, narrowed=narrowed), "true") if kind.is_shared else (kind.sql, narrowed)
    return _FOUND.format(code=f"'{kind.code}'", sql=sql, narrowed=outside, waiting=waiting.value)


def overview_codes(standing: Any) -> list[str]:
    """The kinds that Overblik tells: what concerns the programme as a whole, and for the municipality what is public.
    Those about single persons stand in I dag and on their own pages."""
    may_see_all = standing.may_see_persons
    return [code for code, kind in KINDS.items() if not kind.is_wide and (kind.is_public or may_see_all)]


def codes_for(standing: Any) -> list[str]:
    """The kinds that are told of an association to whoever meets its persons: a local coordinator is not asked to mend
    what is the secretariat's to follow up."""
    return [code for code, kind in KINDS.items() if not (kind.is_for_staff and standing.is_local)]


def wanted(findings: Iterable[Found]) -> list[tuple[str, UUID]]:
    """What the findings are about: to be named together with other things of a page."""
    return [(one.about, one.uuid) for one in findings]


def total(findings: Iterable[Found]) -> int:
    """How many there are in all, those that are not listed too."""
    return sum({one.kind.code: one.total for one in findings}.values())


def in_words(findings: Sequence[Found], request: Any, *, is_present: bool, named: Named | None = None) -> list[Finding]:
    """The findings with names for whoever asks, and with the page that mends for who may mend at present; one query,
    or none where the page has asked for the names already."""
    known = names_for(wanted(findings), request) if named is None else named
    return [_in_words(one, known, request, is_present=is_present) for one in findings]


def _in_words(one: Found, named: Named, request: Any, *, is_present: bool) -> Finding:
    may = is_present and may_mend(one, request.standing)
    back = urlencode({"next": here(request)})
    return Finding(
        code=one.kind.code,
        what=named.get((one.about, one.uuid), ""),
        why=one.kind.why(one.number),
        since=one.since,
        whose=one.kind.whose.label,
        url=f"{one.kind.mend(one.uuid)}?{back}" if may else "",
        action=str(one.kind.action),
        defer_url=f"{url('reports:defer', one.kind.code, one.uuid)}?{back}" if may else "",
        back_url=f"{url('reports:bring_back', one.kind.code, one.uuid)}?{back}" if may and one.waits_to else "",
        waiting=_waiting(one),
        total=one.total,
    )


def _waiting(one: Found) -> str:
    if one.waits_to is None:
        return ""
    told = {"day": dato(one.waits_to + dt.timedelta(1)), "reason": Deferral.Reason(one.reason).label}
    return _("Waits until %(day)s: %(reason)s.") % told


def may_mend(one: Found, standing: Any) -> bool:
    """The secretariat mends all; a local coordinator what is hers."""
    return standing.is_secretariat or (standing.is_local and one.kind.whose == Whose.LOCAL)
