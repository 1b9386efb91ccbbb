"""One row of each kind that is about documents, hearings and agreements."""

import datetime as dt

from programme.models import (
    Adoption,
    AgreementAnnex,
    AgreementParty,
    AgreementTerm,
    AgreementVersion,
    BodyMember,
    Evidence,
    Hearing,
    HearingComment,
    Obligation,
    ObligationMet,
    Signature,
)
from tests import factories as make

DAY = dt.date(2011, 3, 1)


def organisation(programme):
    return make.OrganisationFactory(programme=programme)


def version(programme):
    return make.DocumentVersionFactory(document=make.DocumentFactory(programme=programme))


def agreement(programme):
    return make.AgreementFactory(programme=programme)


def party(programme):
    return AgreementParty.record(
        by=None, agreement=agreement(programme), organisation=organisation(programme), started_on=DAY
    )


def signature(programme):
    signing = party(programme)
    return Signature.record(by=None, agreement=signing.agreement, organisation=signing.organisation, happened_on=DAY)


def evidence(programme):
    return Evidence.objects.create(programme=programme, description="Referat, sag 2011-123")


def obligation(programme):
    whose = {"agreement": agreement(programme), "organisation": organisation(programme)}
    return Obligation.objects.create(text="Sende regnskab", due_on=DAY, **whose)


def hearing(programme):
    return Hearing.record(by=None, version=version(programme), started_on=DAY, ended_on=DAY)


def hearing_comment(programme):
    heard = hearing(programme).version
    return HearingComment.record(by=None, version=heard, sender="Foreningen", text="Enige", happened_on=DAY)


AGREED = {
    "programme.Document": lambda p: make.DocumentFactory(programme=p),
    "programme.DocumentVersion": version,
    "programme.Adoption": lambda p: Adoption.record(by=None, version=version(p), body=organisation(p), happened_on=DAY),
    "programme.Hearing": hearing,
    "programme.HearingComment": hearing_comment,
    "programme.Agreement": agreement,
    "programme.AgreementTerm": lambda p: AgreementTerm.record(by=None, agreement=agreement(p), started_on=DAY),
    "programme.AgreementParty": party,
    "programme.Signature": signature,
    "programme.AgreementVersion": lambda p: AgreementVersion.record(
        by=None, agreement=agreement(p), label="1.0", evidence=evidence(p), happened_on=DAY
    ),
    "programme.AgreementAnnex": lambda p: AgreementAnnex.record(
        by=None, agreement=agreement(p), document=make.DocumentFactory(programme=p), happened_on=DAY
    ),
    "programme.Obligation": obligation,
    "programme.ObligationMet": lambda p: ObligationMet.record(
        by=None, obligation=obligation(p), evidence=evidence(p), happened_on=DAY
    ),
    "programme.BodyMember": lambda p: BodyMember.record(
        by=None, body=organisation(p), organisation=organisation(p), office="Direktør", started_on=DAY
    ),
}
