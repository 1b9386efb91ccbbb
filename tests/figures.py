"""How tests ask a figure: by day, by criterion's number, by what lacks."""

import datetime as dt

from bydelsmoedre.moment import Moment
from programme.models import Adoption, Agreement, Document, DocumentVersion, Organisation, Signature
from reports.figures.criteria import criteria, measures, rows

D = dt.date


def at(*date):
    return Moment(D(*date))


def figure(programme, number, moment):
    return criteria(programme, moment)[number - 1]


def listed(programme, number, moment, *, counting):
    (asked,) = (one for one in measures(programme, moment) if one.number == number)
    return rows([asked], counting=counting)[number]


def lacks(programme, number, moment):
    return [row.lacks for row in listed(programme, number, moment, counting=False)]


def decide(programme, kind, on, *, by="steering_group", outcome="adopted", label="1.0"):
    document = Document.objects.get(programme=programme, kind=kind)
    version, _ = DocumentVersion.objects.get_or_create(document=document, label=label)
    body = Organisation.objects.get(programme=programme, kind=by)
    return Adoption.record(by=None, version=version, body=body, happened_on=on, outcome=outcome)


def sign(programme, kind, on):
    organisation = Organisation.objects.get(programme=programme, kind=kind)
    agreement = Agreement.objects.get(programme=programme)
    return Signature.record(by=None, agreement=agreement, organisation=organisation, happened_on=on)


def planned_of(found):
    """How many of what, at how much each, and what it comes to."""
    return found.planned.count, found.planned.each, found.plans
