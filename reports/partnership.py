"""What an agreement says and asks for, as a page tells it: its versions, annexes, term and obligations."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato
from bydelsmoedre.moment import Moment
from programme.models import (
    Agreement,
    AgreementAnnex,
    AgreementTerm,
    AgreementVersion,
    Obligation,
    ObligationMet,
)
from reports.facts import FactLine, fact_line
from reports.moments import Asked


def versions_at(agreed: Sequence[Agreement], moment: Moment) -> dict[int, list[AgreementVersion]]:
    """The versions of each agreement's text up to the day, the oldest first; one query."""
    found: dict[int, list[AgreementVersion]] = {one.pk: [] for one in agreed}
    rows = AgreementVersion.objects.at(moment).filter(agreement__in=agreed).select_related("evidence")
    for one in rows.order_by("happened_on"):
        found[one.agreement_id].append(one)
    return found


@dataclass(frozen=True, slots=True)
class AnnexLine:
    """A document that is annexed, with the fact that it is."""

    title: str
    annex: str
    url: str
    fact: FactLine


def annex_lines(agreement: Agreement, asked: Asked, request: Any, *, may_change: bool) -> list[AnnexLine]:
    """The annexes on the day, by the marks and names of the documents; one query."""
    rows = AgreementAnnex.objects.at(asked.moment).filter(agreement=agreement).select_related("document", "evidence")
    return [
        AnnexLine(
            title=one.document.title,
            annex=one.document.annex,
            url=one.document.get_absolute_url() + asked.query,
            fact=fact_line(one, one.document.title, "aftalebilag", request, may_change=may_change),
        )
        for one in rows.order_by("document__annex", "document__title", "pk")
    ]


def runs_out(terms: Sequence[AgreementTerm], on: dt.date) -> str:
    """What is to be known of the end of the term that holds, or of the last one; "" where there is no end."""
    begun = [one for one in terms if one.started_on <= on]
    holding = begun[-1] if begun else None
    if holding is None or holding.ended_on is None:
        return ""
    following = next((one for one in terms if one.started_on > holding.ended_on), None)
    words = {"day": dato(holding.ended_on), "next": dato(following.started_on) if following else ""}
    if holding.ended_on < on:
        said = (
            _("Ran out on %(day)s. The next term begins on %(next)s.")
            if following
            else _("Ran out on %(day)s. No term is recorded after it.")
        )
    elif following:
        said = _("Runs out on %(day)s. The next term begins on %(next)s.")
    else:
        said = _("Runs out on %(day)s, and is not renewed by itself.")
    return said % words


@dataclass(frozen=True, slots=True)
class ObligationLine:
    """An obligation as a page tells it."""

    text: str
    party: str
    due_on: dt.date | None
    state: str  #: "met", "late", "overdue", "open", or of one that lasts "kept" and "lasting"
    met: list[FactLine]  #: the latest first; of one with a day there is one at most
    met_url: str
    edit_url: str


def obligation_lines(agreement: Agreement, moment: Moment, request: Any, *, may_change: bool) -> list[ObligationLine]:
    """The obligations in their order, with what is known of each; two queries."""
    met: dict[int, list[ObligationMet]] = {}
    facts = ObligationMet.objects.at(moment).filter(obligation__agreement=agreement).select_related("evidence")
    for fact in facts.order_by("-happened_on", "-pk"):
        met.setdefault(fact.obligation_id, []).append(fact)
    rows = Obligation.objects.filter(agreement=agreement).select_related("organisation")
    return [
        _line(one, met.get(one.pk, []), moment.on, request, may_change=may_change)
        for one in rows.order_by("number", "pk")
    ]


def _line(
    obligation: Obligation, met: list[ObligationMet], on: dt.date, request: Any, *, may_change: bool
) -> ObligationLine:
    lasts = obligation.due_on is None
    return ObligationLine(
        text=obligation.text,
        party=obligation.organisation.name,
        due_on=obligation.due_on,
        state=obligation_state(obligation.due_on, met[0].happened_on if met else None, on),
        met=[fact_line(one, str(_("Met")), "forpligtelse-opfyldt", request, may_change=may_change) for one in met],
        met_url=url("programme:obligation_met", obligation.uuid) if may_change and (lasts or not met) else "",
        edit_url=url("programme:obligation_edit", obligation.uuid) if may_change and not met else "",
    )


def obligation_state(due_on: dt.date | None, met_on: dt.date | None, on: dt.date) -> str:
    """How an obligation stands on a day."""
    if due_on is None:
        return "kept" if met_on else "lasting"
    if met_on:
        return "met" if met_on <= due_on else "late"
    return "overdue" if due_on < on else "open"
