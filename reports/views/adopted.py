"""What associations have adopted for themselves, as an association's page and a document's page show it at a Moment."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.paginator import Page

from associations.models import Association, AssociationAdoption
from associations.models.adoptions import ADOPTED_KINDS
from bydelsmoedre.addresses import url
from bydelsmoedre.listing import Pages
from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask
from bydelsmoedre.sorting import danish_order
from programme.access import StandingRequest
from programme.models import Document
from reports.facts import FactLine
from reports.views.evidence import evidence_url

# Every version of the documents that associations adopt: when it is from, and whether the body that must adopt it (or,
# where none is named, any body) has done so and not taken it back.
_VERSIONS = f"""
with word as (
  select distinct on (w.version_id, w.body_id) w.version_id, w.body_id, w.outcome
  from programme_adoption w
  where w.happened_on <= %(on)s::date and known(w)
  order by w.version_id, w.body_id, w.happened_on desc, w.id desc
)
select d.uuid, d.title, d.adopted_by_id is null, v.id, v.label, v.dated_on, (
    select min(w.happened_on) from programme_adoption w
    where w.version_id = v.id and w.happened_on <= %(on)s::date and known(w)
  ), exists (
    select from word where word.version_id = v.id and word.outcome = 'adopted'
      and (d.adopted_by_id is null or word.body_id = d.adopted_by_id)
  )
from programme_document d left join programme_documentversion v on v.document_id = d.id
where d.programme_id = %(programme)s and d.kind in ({", ".join(f"'{kind.value}'" for kind in ADOPTED_KINDS)})
order by array_position(array[{", ".join(f"'{kind.value}'" for kind in ADOPTED_KINDS)}], d.kind::text), d.id
"""

#: How versions follow each other: by the day that each is from; where that is the same or unknown, as they came.
Age = tuple[dt.date, int]


@dataclass(slots=True)
class AdoptedLine:
    """A document, with what one association has adopted of it: the newest first."""

    title: str
    url: str  #: the document's page; "" for who reads no programme
    is_own: bool  #: no body adopts it for all: each association decides for itself
    ages: dict[int, Age] = field(default_factory=dict)
    adopted: dict[int, str] = field(default_factory=dict)  #: versions that the deciding body has adopted
    facts: list[tuple[str, FactLine]] = field(default_factory=list)  #: label of the version → the fact
    held: Age = dt.date.min, 0  #: the newest version that the association has adopted

    @property
    def newer(self) -> str:
        """The newest version that is adopted for all, where the association has adopted none as new; or ""."""
        return self.newer_than(self.held)

    def newer_than(self, held: Age) -> str:
        """The newest version that is adopted for all, where it is newer than the one that is held; or ""."""
        newest = max(self.adopted, key=lambda version: self.ages[version], default=None)
        if newest is None or self.ages[newest] <= held:
            return ""
        return self.adopted[newest]


def documents_to_adopt(
    programme_id: int, moment: Moment, query: str, *, is_reader: bool = True
) -> dict[UUID, AdoptedLine]:
    """Each document that associations adopt, with its versions; one query."""
    lines: dict[UUID, AdoptedLine] = {}
    values = {"programme": programme_id, "on": moment.on, "known_at": moment.known_at}
    for uuid, title, is_own, version, label, dated_on, spoken_on, is_adopted in ask(_VERSIONS, values):
        address = url("programme:document", uuid) + query if is_reader else ""
        line = lines.setdefault(uuid, AdoptedLine(title, address, is_own))
        if version is not None:
            line.ages[version] = dated_on or spoken_on or dt.date.min, version
            if is_adopted:
                line.adopted[version] = label
    return lines


def adopted_lines(
    request: StandingRequest, association: Association, moment: Moment, query: str, *, may_read: bool, may_change: bool
) -> list[AdoptedLine]:
    """Each document that associations adopt, with what this one has adopted of it; two queries."""
    is_reader = not request.standing.is_local
    lines = documents_to_adopt(association.programme_id, moment, query, is_reader=is_reader)
    facts = AssociationAdoption.objects.at(moment).filter(association=association)
    for fact in facts.select_related("version__document", "evidence").order_by("-happened_on", "-pk"):
        line = lines[fact.version.document.uuid]
        line.held = max(line.held, line.ages[fact.version_id])
        line.facts.append((fact.version.label, _fact_line(fact, may_read=may_read, may_change=may_change)))
    return list(lines.values())


def _fact_line(fact: Any, *, may_read: bool, may_change: bool) -> FactLine:
    """The fact for its reader: words and papers for who may read those of the association."""
    may_retract = may_change and fact.is_current
    return FactLine(
        text=str(fact.version),
        happened_on=fact.happened_on,
        is_date_unknown=fact.is_date_unknown,
        recorded_at=fact.recorded_at,
        has_evidence=fact.evidence_id is not None,
        evidence=str(fact.evidence) if fact.evidence and may_read else "",
        note=fact.note if may_read else "",
        retract_url=url("reports:retract", "foreningsvedtagelse", fact.uuid) if may_retract else "",
        file_url=evidence_url(fact) if may_read and fact.is_current else "",
    )


def adopted_in(request: StandingRequest, document: Document, moment: Moment) -> Page | None:
    """The associations that have adopted the document, each with its latest version, a page at a time; two queries.
    None where it is no document that associations adopt."""
    if document.kind not in ADOPTED_KINDS:
        return None
    facts = AssociationAdoption.objects.at(moment).visible_to(request.user).filter(version__document=document)
    latest = facts.order_by("association", "-happened_on", "-pk").distinct("association").values("pk")
    rows = AssociationAdoption.objects.filter(pk__in=latest).select_related("association", "version")
    question = "adopted_in", document.pk, request.user.pk, moment
    return Pages(rows.order_by(danish_order("association__name"), "pk"), question).get_page(
        request.GET.get("foreninger")
    )
