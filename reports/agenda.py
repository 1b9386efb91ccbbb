"""I dag: what happens this week, what falls due soon, and who waits for an answer; as of any Moment."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import budget.findings
import volunteers.findings
from associations.findings import IS_OPEN, NOT_TAKEN
from associations.models import Association, StepKind
from budget.findings import UNMET_SQL, UNPAID_SQL
from budget.reallocation import REALLOCATED_SQL
from bydelsmoedre.addresses import url
from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask
from programme.models import Programme
from reports.figures.criteria import criteria
from reports.figures.shapes import CriterionFigure
from reports.figures.workplan import MILESTONE_SQL, parameters_of
from reports.labels import Named
from volunteers.models import Gathering
from volunteers.recruitment import WAITING_SQL

#: So many days ahead is soon, and so many rows of a kind are listed.
SOON, MOST = 14, 20

WEEK, DUE, WAITING = "week", "due", "waiting"

# Each text selects (about, uuid, association, day, at, detail). Plans have no past: they are shown as they stand, until
# they are done. Who has waited so long that it is a finding stands there, and not here too; so does a certificate to be
# issued, which is a finding from its first day.
_TEXTS = {
    (WEEK, "meeting"): """
        select 'meeting', m.uuid, null::uuid, m.planned_on, m.starts_at, '' from programme_meeting m
        where m.programme_id = %(programme)s and m.planned_on between %(monday)s::date and %(sunday)s::date""",
    (WEEK, "gathering"): """
        select 'gathering', g.uuid, a.uuid, g.planned_on, g.starts_at, g.kind from volunteers_gathering g
        join associations_association a on a.id = g.association_id and a.programme_id = %(programme)s
        where not g.is_cancelled and g.planned_on between %(monday)s::date and %(sunday)s::date""",
    (WEEK, "session"): """
        select 'session', s.uuid, a.uuid, s.held_on, s.starts_at, s.module::text from training_session s
        join training_course c on c.id = s.course_id
        join training_curriculum u on u.id = c.curriculum_id and u.programme_id = %(programme)s
        left join associations_association a on a.id = c.association_id
        where not s.is_cancelled and s.held_on between %(monday)s::date and %(sunday)s::date""",
    (WEEK, "step"): f"""
        select 'association', a.uuid, a.uuid, p.planned_on, null::time, p.kind from associations_stepplan p
        join associations_association a on a.id = p.association_id and a.programme_id = %(programme)s
        where p.planned_on between %(monday)s::date and %(sunday)s::date and {NOT_TAKEN}""",
    (DUE, "action"): """
        select 'action_point', p.uuid, null::uuid, p.due_on, null::time, p.office from programme_actionpoint p
        join programme_meeting m on m.id = p.meeting_id and m.programme_id = %(programme)s
        where p.due_on between %(on)s::date and %(soon)s::date and m.planned_on <= %(on)s::date and not exists (
          select from programme_actiondone d where d.action_point_id = p.id
            and d.happened_on <= %(on)s::date and known(d))""",
    (DUE, "milestone"): """
        select 'milestone', m.uuid, null::uuid, m.due_on, null::time, m.owner_office from milestone m
        where m.reached_on is null and m.due_on between %(on)s::date and %(soon)s::date""",
    (DUE, "prospect"): f"""
        select 'prospect', p.uuid, null::uuid, p.next_step_on, null::time, p.next_step from associations_prospect p
        where p.programme_id = %(programme)s and p.next_step_on between %(on)s::date and %(soon)s::date
          and {IS_OPEN}""",
    (DUE, "plan"): f"""
        select 'association', a.uuid, a.uuid, p.planned_on, null::time, p.kind from associations_stepplan p
        join associations_association a on a.id = p.association_id and a.programme_id = %(programme)s
        where p.planned_on > %(sunday)s::date and p.planned_on <= %(soon)s::date and {NOT_TAKEN}""",
    (DUE, "instalment"): f"""
        select 'organisation', o.uuid, null::uuid, x.due_on, null::time, '' from ({UNPAID_SQL}) x
        join programme_organisation o on o.id = x.funder_id
        where x.due_on between %(on)s::date and %(soon)s::date""",
    (DUE, "condition"): f"""
        select 'condition', x.uuid, null::uuid, x.due_on, null::time, '' from ({UNMET_SQL}) x
        where x.due_on between %(on)s::date and %(soon)s::date""",
    (WAITING, "candidate"): f"""
        select 'volunteer', w.uuid, null::uuid, w.since, null::time, w.standing from ({WAITING_SQL}) w
        where not {volunteers.findings.WAITS_LONG}""",
    (WAITING, "reallocation"): f"""
        select 'reallocation', r.uuid, null::uuid, r.asked_on, null::time, '' from reallocated r
        where {budget.findings.WAITS} and not {budget.findings.WAITS_LONG}""",
}

_LISTED = """
(
  select '{part}'::text, '{code}'::text, t.*, count(*) over ()::int
  from ({sql}) as t(about, uuid, association, day, at, detail) where {narrowed}
  order by t.day, t.at nulls first, t.uuid limit {most}
)"""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on the agenda: identities and days; no names."""

    part: str
    code: str
    about: str
    uuid: UUID
    association: UUID | None
    day: dt.date
    at: dt.time | None
    detail: str
    total: int


@dataclass(frozen=True, slots=True)
class Line:
    """Something on the agenda in words, with the page where it is done or seen."""

    day: dt.date
    at: dt.time | None
    what: str
    words: str
    url: str
    is_form: bool  #: is something done there at once? Then one comes back to the day


def agenda(
    programme: Programme,
    moment: Moment,
    measured: Iterable[CriterionFigure] | None = None,
    *,
    associations: Sequence[Association] | None = None,
) -> list[Entry]:
    """The week of the Moment's day, what falls due within a fortnight, and who waits; one query. For a local
    coordinator only what concerns her associations. Milestones rest on the criteria: who has measured
    those at the Moment gives them, else they are asked."""
    monday = moment.on - dt.timedelta(moment.on.weekday())
    met = criteria(programme, moment) if measured is None else measured
    values: dict[str, Any] = parameters_of(programme, moment, met) | {
        "monday": monday,
        "sunday": monday + dt.timedelta(6),
        "soon": moment.on + dt.timedelta(SOON),
    }
    narrowed = "true"
    if associations is not None:
        narrowed = "t.association = any(%(associations)s::uuid[])"
        values["associations"] = [association.uuid for association in associations]
    parts = " union all ".join(
        _LISTED.format(part=part, code=code, sql=sql, narrowed=narrowed, most=MOST)
        for (part, code), sql in _TEXTS.items()
    )
    rows = ask(f"with {REALLOCATED_SQL}, {MILESTONE_SQL} {parts}", values)
    return sorted((Entry(*row) for row in rows), key=lambda one: (one.day, one.at or dt.time(), one.code, one.uuid))


def wanted(entries: Iterable[Entry]) -> list[tuple[str, UUID]]:
    """What the entries are about: to be named."""
    return [(one.about, one.uuid) for one in entries]


_WAITS = {"applied": gettext_lazy("Waits for an interview"), "interviewed": gettext_lazy("Waits for an answer")}


def lines(entries: Iterable[Entry], part: str, named: Named, moment_query: str, *, may_write: bool) -> list[Line]:
    """One part of the agenda in words; forms are linked for who may send them."""
    return [
        Line(
            day=one.day,
            at=one.at,
            what=named.get((one.about, one.uuid), ""),
            words=words_of(one),
            url=_address(one, moment_query, may_write=may_write),
            is_form=one.code in _FORMS,
        )
        for one in entries
        if one.part == part
    ]


def words_of(one: Entry) -> str:
    """What happens, falls due or waits, without what it is about."""
    if one.code in ("step", "plan"):
        return str(StepKind(one.detail).label)
    if one.code == "candidate":
        return str(_WAITS[one.detail])
    if one.code == "gathering":
        return capfirst(str(Gathering.Kind(one.detail).label))
    words = {
        "meeting": _("Meeting"),
        "session": _("Module %(number)s") % {"number": one.detail},
        "milestone": _("Milestone · %(office)s") % {"office": one.detail},
        "instalment": _("An instalment is due"),
        "condition": _("A condition of a grant must be met"),
        "reallocation": _("A reallocation waits for the funders' answer"),
    }
    return words.get(one.code, one.detail)


_PAGES = {
    "meeting": "programme:meeting",
    "gathering": "volunteers:gathering",
    "step": "associations:detail",
    "plan": "associations:detail",
    "candidate": "volunteers:detail",
    "milestone": "programme:milestone",
}
_FORMS = {
    "session": "training:attendance",
    "prospect": "associations:prospect",
    "action": "programme:action_done",
    "condition": "budget:condition_met",
}


def _address(one: Entry, moment_query: str, *, may_write: bool) -> str:
    if one.code in _PAGES:
        return url(_PAGES[one.code], one.uuid) + moment_query
    if one.code in _FORMS:
        return url(_FORMS[one.code], one.uuid) if may_write else ""
    return url("budget:account") + moment_query
