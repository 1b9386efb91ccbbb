"""A partnership agreement at a Moment: its parties, text and term, who has signed, and what they owe each other."""

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
from programme.models import (
    Agreement,
    AgreementParty,
    AgreementTerm,
    AgreementVersion,
    Signature,
    signed_version,
)
from reports.facts import FactLine, fact_line
from reports.figures.agreements import AgreementFigure, agreements
from reports.findings import found, in_words
from reports.lacks import text_of
from reports.moments import ask
from reports.partnership import annex_lines, obligation_lines, runs_out, versions_at

#: Findings of an agreement, for its page.
CODES = ("signature_missing", "renewal_missing")

#: Versions of an agreement's text by the agreement's key, the oldest first.
Texts = dict[int, list[AgreementVersion]]


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A signature with the version that it is on; "" where no version is recorded."""

    fact: FactLine
    version: str


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party, with its signature on the latest version where it has signed that, and those on earlier ones."""

    fact: FactLine
    signature: FactLine | None
    earlier: list[SignatureLine]
    sign_url: str


def party_lines(
    agreed: Sequence[Agreement], texts: Texts, moment: Moment, request: Any, *, may_change: bool
) -> dict[int, list[PartyLine]]:
    """The parties of each agreement on the day, in the order of their names, with their signatures; two queries."""
    latest, earlier = _signatures(agreed, texts, moment, request, may_change=may_change)
    parties = AgreementParty.objects.at(moment).filter(agreement__in=agreed)
    found_: dict[int, list[PartyLine]] = {one.pk: [] for one in agreed}
    for one in parties.select_related("agreement", "organisation", "evidence").order_by("organisation__name", "pk"):
        whose = (one.agreement_id, one.organisation_id)
        signature = latest.get(whose)
        fact = fact_line(one, one.organisation.name, "part", request, may_change=may_change)
        found_[one.agreement_id].append(
            PartyLine(fact, signature, earlier.get(whose, []), _sign_url(one) if may_change and not signature else "")
        )
    return found_


def _signatures(
    agreed: Sequence[Agreement], texts: Texts, moment: Moment, request: Any, *, may_change: bool
) -> tuple[dict[tuple[int, int], FactLine], dict[tuple[int, int], list[SignatureLine]]]:
    """By agreement and organisation: the signature on the latest version, and those on earlier ones; one query."""
    latest: dict[tuple[int, int], FactLine] = {}
    earlier: dict[tuple[int, int], list[SignatureLine]] = {}
    signatures = Signature.objects.at(moment).filter(agreement__in=agreed).select_related("evidence")
    for one in signatures.order_by("happened_on", "pk"):
        versions = texts[one.agreement_id]
        version, whose = signed_version(versions, one.happened_on), (one.agreement_id, one.organisation_id)
        line = fact_line(one, str(_("signed")), "underskrift", request, may_change=may_change)
        if version is None or version == versions[-1]:
            latest[whose] = line
        else:
            earlier.setdefault(whose, []).append(SignatureLine(line, version.label))
    return latest, earlier


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
    findings = found(agreement.programme, asked.moment, about=uuid, codes=CODES)
    texts, terms = versions_at([agreement], asked.moment), _terms(agreement, asked.moment)
    parties = party_lines([agreement], texts, asked.moment, request, may_change=may_change)[agreement.pk]
    names = ("signature", "party", "term", "agreement_version", "annex", "obligation_new")
    context = {
        "agreement": agreement,
        "figure": figure,
        "lacks": agreement_lacks(figure),
        "parties": parties,
        "versions": _versions(texts[agreement.pk], request, may_change=may_change),
        "unsigned": [one.fact.text for one in parties if not one.signature],
        "annexes": annex_lines(agreement, asked, request, may_change=may_change),
        "terms": [fact_line(one, _span(one), "periode", request, may_change=may_change) for one in terms],
        "runs_out": runs_out(terms, asked.moment.on),
        "obligations": obligation_lines(agreement, asked.moment, request, may_change=may_change),
        "findings": in_words(findings, request, is_present=asked.is_present),
        "urls": {name: url(f"programme:{name}", uuid) for name in names} if may_change else {},
    }
    return render(request, "programme/agreement.html", asked.context() | context)


def _versions(versions: list[AgreementVersion], request: Any, *, may_change: bool) -> list[FactLine]:
    """The versions, the newest first."""
    return [fact_line(one, one.label, "aftaleversion", request, may_change=may_change) for one in reversed(versions)]


def _terms(agreement: Agreement, moment: Moment) -> list[AgreementTerm]:
    """Every term that was known, also one to come, the first first."""
    found_ = AgreementTerm.objects.known(moment.known_at).filter(agreement=agreement).select_related("evidence")
    return list(found_.order_by("started_on"))


def _span(term: AgreementTerm) -> str:
    words = {"start": dato(term.started_on), "end": dato(term.ended_on)}
    return _("%(start)s to %(end)s, both included") % words if term.ended_on else _("From %(start)s on") % words
