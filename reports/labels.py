"""Labels for figures' rows: joined when shown, for what the reader may see. A figure itself holds no names."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, F, Func, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from associations.models import Association
from bydelsmoedre.prepared import ask_anew
from programme.models import Agreement, Document
from programme.readings import saw
from reports.figures.shapes import Row
from reports.models.progress import KIND_NAMES
from training.models import Session
from volunteers.models import Gathering, Volunteer

#: What things are called, by their kind and identity.
Named = dict[tuple[str, UUID], str]

_READABLE = "%(readable)s::bigint[]"
# As a report calls itself (`ProgressReport.__str__`), with its day in digits.
_REPORT = "case {0}.kind " + " ".join(f"when '{kind.value}' then '{name}'" for kind, name in KIND_NAMES.items())
_REPORT += " end || ' pr. ' || to_char({0}.period_to, 'DD.MM.YYYY')"
_VERSION = _REPORT.format("r") + " || ', version ' || f.number"

# What a reader calls each kind of thing, within the programmes that she reads, and persons within those where she may.
_NAMES = {
    "association": "select uuid, name from associations_association where programme_id = any(%(readable)s::bigint[])",
    "volunteer": """select uuid, name, programme_id from volunteers_volunteer
        where programme_id = any(%(persons)s::bigint[])""",
    "document": "select uuid, title from programme_document where programme_id = any(%(readable)s::bigint[])",
    "agreement": "select uuid, title from programme_agreement where programme_id = any(%(readable)s::bigint[])",
    "organisation": "select uuid, name from programme_organisation where programme_id = any(%(readable)s::bigint[])",
    "meeting": "select uuid, title from programme_meeting where programme_id = any(%(readable)s::bigint[])",
    "gathering": """select g.uuid, a.name || ', ' || to_char(g.planned_on, 'DD.MM.YYYY') from volunteers_gathering g
        join associations_association a on a.id = g.association_id
        where a.programme_id = any(%(persons)s::bigint[])""",
    "action_point": """select a.uuid, a.text from programme_actionpoint a
        join programme_meeting m on m.id = a.meeting_id where m.programme_id = any(%(readable)s::bigint[])""",
    "obligation": """select b.uuid, o.name || ': ' || b.text from programme_obligation b
        join programme_organisation o on o.id = b.organisation_id
        where o.programme_id = any(%(readable)s::bigint[])""",
    "indicator": "select uuid, name from programme_effectindicator where programme_id = any(%(readable)s::bigint[])",
    "milestone": "select uuid, title from programme_milestone where programme_id = any(%(readable)s::bigint[])",
    "risk": "select uuid, text from programme_risk where programme_id = any(%(readable)s::bigint[])",
    "prospect": """select p.uuid, h.name from associations_prospect p
        join associations_housingarea h on h.id = p.housing_area_id
        where p.programme_id = any(%(readable)s::bigint[])""",
    "criterion": """select uuid, number || '. ' || name from programme_successcriterion
        where programme_id = any(%(readable)s::bigint[])""",
    "line": """select l.uuid, l.name from budget_budgetline l
        join budget_budget b on b.id = l.budget_id where b.programme_id = any(%(readable)s::bigint[])""",
    "reallocation": """select r.uuid, f.name || ' → ' || t.name from budget_reallocation r
        join budget_budgetline f on f.id = r.from_line_id join budget_budgetline t on t.id = r.to_line_id
        join budget_budget b on b.id = r.budget_id where b.programme_id = any(%(readable)s::bigint[])""",
    "condition": """select c.uuid, o.name || ': ' || c.text from budget_grantcondition c
        join programme_organisation o on o.id = c.funder_id
        join budget_budget b on b.id = c.budget_id where b.programme_id = any(%(readable)s::bigint[])""",
    "voucher": """select v.uuid, v.text from budget_voucher v
        join budget_budget b on b.id = v.budget_id where b.programme_id = any(%(persons)s::bigint[])""",
    "outlay": """select o.uuid, o.purpose from budget_outlay o
        join associations_association a on a.id = o.association_id where a.programme_id = any(%(persons)s::bigint[])""",
    "curriculum": "select uuid, name from training_curriculum where programme_id = any(%(readable)s::bigint[])",
    "course": """select c.uuid, c.name from training_course c join training_curriculum u on u.id = c.curriculum_id
        where u.programme_id = any(%(readable)s::bigint[])""",
    "scheduled": f"""select p.uuid, {_REPORT.format("p")} from reports_reportschedule p
        where p.programme_id = any({_READABLE})""",
    "report": f"""select r.uuid, {_REPORT.format("r")} from reports_progressreport r
        where r.programme_id = any({_READABLE})""",
    "frozen": f"""select f.uuid, {_VERSION} from reports_frozenreport f
        join reports_progressreport r on r.id = f.report_id where f.programme_id = any({_READABLE})""",
    "question": f"""select s.uuid, {_VERSION} from reports_reportstep s
        join reports_frozenreport f on f.id = s.frozen_id join reports_progressreport r on r.id = f.report_id
        where f.programme_id = any({_READABLE})""",
    "message": """select m.uuid, t.subject from volunteers_message m
        join volunteers_messagetext t on t.message_id = m.id and t.language = 'da'
        where m.programme_id = any(%(persons)s::bigint[])""",
    "session": """select s.uuid, c.name || ', ' || to_char(s.held_on, 'DD.MM.YYYY') from training_session s
        join training_course c on c.id = s.course_id join training_curriculum u on u.id = c.curriculum_id
        where u.programme_id = any(%(readable)s::bigint[])""",
}


#: The kind whose names are logged.
PERSON = "volunteer"


def _with_day(name: str, day: str) -> Concat:
    """Something that is called by its name and its day."""
    written = Func(day, Value("DD.MM.YYYY"), function="to_char", output_field=TextField())
    return Concat(name, Value(", "), written, output_field=TextField())


#: What a local coordinator, who reads no programme, may meet, and how it is called.
_OF_HER_OWN: dict[str, tuple[Any, Combinable]] = {
    "association": (Association, F("name")),
    "volunteer": (Volunteer, F("name")),
    "session": (Session, _with_day("course__name", "held_on")),
    "gathering": (Gathering, _with_day("association__name", "planned_on")),
}


def public_labels(rows: Iterable[Row]) -> dict[UUID, str]:
    """What each row is called in public: associations, documents and agreements by name, persons by their uuid."""
    rows = list(rows)
    named = _named(
        [
            Association.objects.filter(uuid__in=_wanted(rows, "association")).values_list("uuid", "name"),
            Document.objects.filter(uuid__in=_wanted(rows, "document")).values_list("uuid", "title"),
            Agreement.objects.filter(uuid__in=_wanted(rows, "agreement")).values_list("uuid", "title"),
        ]
    )
    persons = {uuid: _("volunteer %(uuid)s") % {"uuid": uuid} for uuid in _wanted(rows, "volunteer")}
    return named | persons


def names_for(wanted: Iterable[tuple[str, UUID]], request: Any) -> Named:
    """What each thing is called for whoever asks: only what she may see has a name here. One query."""
    kinds: dict[str, set[UUID]] = defaultdict(set)
    for kind, uuid in wanted:
        kinds[kind].add(uuid)
    if not kinds:
        return {}
    standing = request.standing
    if standing.is_local:
        return _names_of_her_own(kinds, request.user)
    values: dict[str, Any] = {"readable": standing.readable, "persons": standing.persons}
    values |= {f"uuids_{kind}": list(uuids) for kind, uuids in kinds.items()}
    asked = " union all ".join(map(_asked_of, sorted(kinds)))
    return _told(ask_anew(asked, values))


def _asked_of(kind: str) -> str:
    """The names of one kind; of persons with the programme that it is logged in."""
    columns, programme = ("uuid, name, programme", "x.programme") if kind == PERSON else ("uuid, name", "null::bigint")
    return (
        f"select '{kind}', x.uuid, x.name, {programme} from ({_NAMES[kind]}) as x({columns}) "
        f"where x.uuid = any(%(uuids_{kind})s::uuid[])"
    )


def _told(found: Iterable[tuple[str, UUID, str, int | None]]) -> Named:
    """The names by kind and identity; whose names they are is logged."""
    named: Named = {}
    for kind, uuid, name, programme_id in found:
        named[kind, uuid] = name
        if programme_id is not None:
            saw(programme_id, uuid)
    return named


def _names_of_her_own(kinds: dict[str, set[UUID]], user: Any) -> Named:
    asked = [
        model.objects.visible_to(user)
        .filter(uuid__in=kinds[kind])
        .order_by()
        .values_list(Value(kind), "uuid", Cast(name, TextField()), _programme_of(kind))
        for kind, (model, name) in _OF_HER_OWN.items()
        if kind in kinds
    ]
    if not asked:
        return {}
    first, *others = asked
    found = first.union(*others, all=True) if others else first
    return _told(found)


def _programme_of(kind: str) -> Combinable:
    """Of a person, the programme that her name is logged in."""
    return F("programme_id") if kind == PERSON else Cast(Value(None), BigIntegerField())


def wanted(rows: Iterable[Row]) -> list[tuple[str, UUID]]:
    """What figures' rows are, and the associations that they point at: to be named."""
    rows = list(rows)
    return [(row.kind, row.uuid) for row in rows] + [
        ("association", row.association) for row in rows if row.association
    ]


def _named(querysets: list[QuerySet]) -> dict[UUID, str]:
    if not querysets:
        return {}
    first, *others = (queryset.order_by() for queryset in querysets)
    return dict(first.union(*others, all=True) if others else first)


def _wanted(rows: list[Row], kind: str) -> set[UUID]:
    """The uuids of one kind that the rows are, or (for associations) point at."""
    found = {row.uuid for row in rows if row.kind == kind}
    if kind == "association":
        found |= {row.association for row in rows if row.association}
    return found
