"""An agreement in tests: short ways to record what belongs to it, and to ask how it stands."""

import datetime as dt

from django.urls import reverse

from bydelsmoedre.moment import Moment
from programme.models import AgreementParty, AgreementVersion, Evidence, Organisation
from reports.figures.agreements import agreements
from reports.findings import found

DAY = dt.timedelta(1)


def organisation(programme, kind):
    return Organisation.objects.get(programme=programme, kind=kind)


def party_of(agreement, organisation):
    return AgreementParty.objects.current().get(agreement=agreement, organisation=organisation)


def version(agreement, label, on):
    evidence = Evidence.objects.create(programme=agreement.programme, description=f"Aftale {label}")
    return AgreementVersion.record(by=None, agreement=agreement, label=label, evidence=evidence, happened_on=on)


def in_force_on(programme, on):
    (one,) = agreements(programme, Moment(on))
    return one.in_force_on


def codes(programme, on):
    return {one.kind.code for one in found(programme, Moment(on))}


def sign_url(agreement):
    return reverse("programme:signature", args=[agreement.uuid])
