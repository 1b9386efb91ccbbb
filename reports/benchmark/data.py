"""Data to measure with: the plan, and as many associations and persons as a year like 2011 has, times a scale."""

import datetime as dt

from django.db import connection

from associations.models import Association, FoundingStep, HousingArea
from budget.models import BudgetLine, Posting
from bydelsmoedre.owner import as_owner
from programme.models import Adoption, Agreement, Document, DocumentVersion, Programme, Signature
from reports import plan2011
from reports.loading import load_plan
from training.models import Certificate, Curriculum
from volunteers.models import Membership, Volunteer

#: At scale 1, as at the end of 2011: associations, coordinators in each, mothers in each, postings.
ASSOCIATIONS, COORDINATORS, MOTHERS, POSTINGS = 4, 5, 12, 60

_KINDS = [kind for _, kind, _, _ in plan2011.CHECKLIST]


def fill(scale: int) -> Programme:
    """Load the plan and `scale` times a year's data, as the owner. Returns the programme."""
    programme = load_plan()
    with as_owner():
        associations = _associations(programme, ASSOCIATIONS * scale)
        _persons(programme, associations)
        _decisions(programme)
        _postings(programme, POSTINGS * scale)
        with connection.cursor() as cursor:
            cursor.execute("analyze")
    return programme


def _day(number: int) -> dt.date:
    return dt.date(2011, 2, 1) + dt.timedelta(days=number % 300)


def _associations(programme: Programme, count: int) -> list[Association]:
    areas = list(HousingArea.objects.filter(programme=programme))
    made = Association.objects.bulk_create(
        Association(programme=programme, name=f"Bydelsmødre {number:05}", housing_area=areas[number % len(areas)])
        for number in range(count)
    )
    steps = []
    for number, association in enumerate(made):
        # Every fourth lacks its last founding steps; every second of the others is in operation.
        taken = _KINDS[:4] if number % 4 == 3 else _KINDS[: 6 + 3 * (number % 2)]
        for kind in taken:
            steps.append(
                FoundingStep(
                    association=association,
                    kind=kind,
                    happened_on=_day(number),
                    board_members=5 if kind == "board" else None,
                    cvr="13748136" if kind == "cvr" else "",
                )
            )
    FoundingStep.objects.bulk_create(steps, batch_size=2000)
    return made


def _persons(programme: Programme, associations: list[Association]) -> None:
    each = COORDINATORS + MOTHERS
    persons = Volunteer.objects.bulk_create(
        (
            Volunteer(programme=programme, name=f"Frivillig {number:06}", email=f"f{number}@example.org")
            for number in range(len(associations) * each)
        ),
        batch_size=2000,
    )
    training = Curriculum.objects.get(programme=programme, kind=Curriculum.Kind.COORDINATOR)
    roles, certificates = [], []
    for number, person in enumerate(persons):
        place, seat = divmod(number, each)
        is_coordinator = seat < COORDINATORS
        role = Membership.Role.COORDINATOR if is_coordinator else Membership.Role.MOTHER
        since = {"volunteer": person, "started_on": _day(number)}
        roles.append(Membership(association=associations[place], role=role, **since))
        if is_coordinator and seat:
            certificates.append(Certificate(curriculum=training, **since))
    Membership.objects.bulk_create(roles, batch_size=2000)
    Certificate.objects.bulk_create(certificates, batch_size=2000)


def _decisions(programme: Programme) -> None:
    for document in Document.objects.filter(programme=programme, kind__in=["training_concept", "values"]):
        version = DocumentVersion.objects.create(document=document, label="1.0")
        Adoption.record(by=None, version=version, body=document.adopted_by, happened_on=_day(200))
    agreement = Agreement.objects.get(programme=programme)
    for party in agreement.parties.current():
        Signature.record(by=None, agreement=agreement, organisation=party.organisation, happened_on=_day(10))


def _postings(programme: Programme, count: int) -> None:
    lines = list(BudgetLine.objects.filter(budget__programme=programme))
    Posting.objects.bulk_create(
        (
            Posting(line=lines[number % len(lines)], happened_on=_day(number), amount=1000, text="Udgift")
            for number in range(count)
        ),
        batch_size=2000,
    )
