"""A partnership agreement at a Moment: its parties, who has signed, its term, and from when it is in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato
from bydelsmoedre.moment import Moment
from programme.access import StandingRequest, fetch
from programme.models import Agreement, AgreementParty, AgreementTerm, Signature
from reports.facts import FactLine, fact_line
from reports.figures.agreements import AgreementFigure, agreements
from reports.findings import found, in_words
from reports.lacks import text_of
from reports.moments import ask


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party, with its signature where it has signed."""

    fact: FactLine
    signature: FactLine | None
    sign_url: str


def party_lines(
    agreed: Sequence[Agreement], moment: Moment, request: Any, *, may_change: bool
) -> dict[int, list[PartyLine]]:
    """The parties of each agreement on the day, in the order of their names, with their signatures; two queries."""
    signed = {
        (one.agreement_id, one.organisation_id): fact_line(
            one, str(_("signed")), "underskrift", request, may_change=may_change
        )
        for one in Signature.objects.at(moment).filter(agreement__in=agreed).select_related("evidence")
    }
    parties = AgreementParty.objects.at(moment).filter(agreement__in=agreed)
    found_: dict[int, list[PartyLine]] = {one.pk: [] for one in agreed}
    for one in parties.select_related("agreement", "organisation", "evidence").order_by("organisation__name", "pk"):
        signature = signed.get((one.agreement_id, one.organisation_id))
        fact = fact_line(one, one.organisation.name, "part", request, may_change=may_change)
        found_[one.agreement_id].append(
            PartyLine(fact, signature, _sign_url(one) if may_change and not signature else "")
        )
    return found_


def _sign_url(party: AgreementParty) -> str:
    return f"{url('programme:signature', party.agreement.uuid)}?part={party.organisation.kind}"


def agreement_lacks(figure: AgreementFigure) -> list[str]:
    """What the agreement lacks to be in force, in words."""
    return [str(text_of(code)) for code in figure.lacks]


@require_safe
def agreement_detail(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """One agreement, with the facts that it rests on."""
    agreement = fetch(Agreement.objects.select_related("programme"), request.user, uuid)
    standing: Any = request.standing.within(agreement.programme)
    request.standing = standing
    asked = ask(request, agreement.programme)
    figure = next(one for one in agreements(agreement.programme, asked.moment) if one.uuid == uuid)
    may_change = standing.is_secretariat and asked.is_present
    findings = found(agreement.programme, asked.moment, about=uuid, codes=("signature_missing",))
    names = ("signature", "party", "term")
    context = {
        "agreement": agreement,
        "figure": figure,
        "lacks": agreement_lacks(figure),
        "parties": party_lines([agreement], asked.moment, request, may_change=may_change)[agreement.pk],
        "terms": _terms(agreement, asked.moment, request, may_change=may_change),
        "findings": in_words(findings, request, is_present=asked.is_present),
        "urls": {name: url(f"programme:{name}", uuid) for name in names} if may_change else {},
    }
    return render(request, "programme/agreement.html", asked.context() | context)


def _terms(agreement: Agreement, moment: Moment, request: Any, *, may_change: bool) -> list[FactLine]:
    """Every term that was known, also one to come."""
    found_ = AgreementTerm.objects.known(moment.known_at).filter(agreement=agreement).select_related("evidence")
    terms = found_.order_by("started_on")
    return [fact_line(one, _span(one), "periode", request, may_change=may_change) for one in terms]


def _span(term: AgreementTerm) -> str:
    words = {"start": dato(term.started_on), "end": dato(term.ended_on)}
    return _("%(start)s to %(end)s, both included") % words if term.ended_on else _("From %(start)s on") % words
