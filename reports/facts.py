"""The facts behind a criterion that is a decision: what bodies have decided and parties have signed, with evidence."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from bydelsmoedre.addresses import url
from programme.models import Adoption, CriterionVersion, Document, Signature
from reports.moments import Asked


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact as a page tells it. `recorded_at` and `happened_on` show what was recorded afterwards."""

    text: str
    happened_on: dt.date
    is_date_unknown: bool
    recorded_at: dt.datetime
    has_evidence: bool
    evidence: str
    note: str
    retract_url: str
    file_url: str = ""


def decisions(version: CriterionVersion, asked: Asked, request: Any) -> list[FactLine]:
    """Adoptions and signatures that the criterion rests on, as known at the Moment, oldest first; two queries."""
    programme, moment, may_change = version.criterion.programme_id, asked.moment, asked.is_present
    kind = version.document_kind or Document.Kind.ANCHORING_MODEL
    adoptions = Adoption.objects.at(moment).filter(version__document__programme=programme, version__document__kind=kind)
    lines = [
        fact_line(
            one,
            f"{one.version}: {one.get_outcome_display()}, {one.body}",
            "vedtagelse",
            request,
            may_change=may_change,
        )
        for one in adoptions.select_related("version__document", "body", "evidence")
    ]
    if version.rule == CriterionVersion.Rule.PARTNERSHIP_ANCHORED:
        signatures = Signature.objects.at(moment).filter(agreement__programme=programme)
        signed = _("%(agreement)s: signed by %(party)s")
        lines += [
            fact_line(
                one,
                signed % {"agreement": one.agreement, "party": one.organisation},
                "underskrift",
                request,
                may_change=may_change,
            )
            for one in signatures.select_related("agreement", "organisation", "evidence")
        ]
    return sorted(lines, key=lambda line: line.happened_on)


def fact_line(fact: Any, text: str, kind: str, request: Any, *, may_change: bool) -> FactLine:
    """The fact in words; its note and the words of its evidence only for those who may read about persons.

    `may_change`: may the secretariat retract it here? Not on a page of the past.
    """
    may_read = request.standing.may_see_persons
    may_retract = may_change and request.standing.is_secretariat and fact.is_current
    has_file = may_read and fact.evidence_id is not None and bool(fact.evidence.file)
    return FactLine(
        text=capfirst(text),
        happened_on=getattr(fact, "happened_on", None) or fact.started_on,
        is_date_unknown=fact.is_date_unknown,
        recorded_at=fact.recorded_at,
        has_evidence=fact.evidence_id is not None,
        evidence=str(fact.evidence) if fact.evidence and may_read else "",
        note=fact.note if may_read else "",
        retract_url=url("reports:retract", kind, fact.uuid) if may_retract else "",
        file_url=url("reports:evidence", kind, fact.uuid) if has_file else "",
    )
