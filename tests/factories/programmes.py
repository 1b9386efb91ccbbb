"""Whole programmes: one with the plan of 2011, and its twin, which is full of canaries."""

import datetime as dt

from associations.models import (
    FoundingChecklist,
)
from budget.models import Allocation, FundingFact
from programme.models import (
    AgreementParty,
    CriterionVersion,
    Document,
    SuccessCriterion,
)
from reports import plan2011
from tests.factories.facts import counting_coordinator, founded_association
from tests.factories.rows import (
    AgreementFactory,
    AssociationFactory,
    BudgetFactory,
    BudgetLineFactory,
    CourseFactory,
    CurriculumFactory,
    DocumentFactory,
    GatheringFactory,
    HousingAreaFactory,
    MeetingFactory,
    OrganisationFactory,
    ProgrammeFactory,
)
from tests.roles import clock


def plan(name):
    """A programme with the plan's criteria, checklist, documents, agreement and budget, known from 1 January 2011."""
    with clock(dt.datetime(2011, 1, 1, tzinfo=dt.UTC)):
        return _plan(name)


def _plan(name):
    programme = ProgrammeFactory(name=name)
    group = OrganisationFactory(programme=programme, name="Den nationale styregruppe", kind="steering_group")
    parties = [
        OrganisationFactory(programme=programme, name="Københavns Kommune", kind="municipality"),
        OrganisationFactory(programme=programme, name="Fonden for Socialt Ansvar", kind="foundation"),
    ]
    items = [
        {"number": number, "kind": kind, "stage": stage, "timing": timing}
        for number, kind, stage, timing in plan2011.CHECKLIST
    ]
    since = {"by": None, "started_on": plan2011.STARTS_ON}
    FoundingChecklist.record(programme=programme, name="Tjekliste 2011", items=items, **since)
    for number, (key, short, wording, rule, text, kind, target) in enumerate(plan2011.CRITERIA, 1):
        criterion = SuccessCriterion.objects.create(programme=programme, number=number, key=key, name=short)
        CriterionVersion.record(
            criterion=criterion,
            wording=wording,
            rule=rule,
            rule_text=text,
            document_kind=kind,
            target=target,
            deadline=programme.deadline,
            **since,
        )
    for kind in ("training_concept", "values", "anchoring_model"):
        DocumentFactory(programme=programme, kind=kind, title=f"Dokument {kind}", adopted_by=group)
    agreement = AgreementFactory(programme=programme, title="Partnerskabsaftale")
    for party in parties:
        AgreementParty.record(agreement=agreement, organisation=party, **since)
    CurriculumFactory(programme=programme, kind="coordinator", name="Koordinatorkurset")
    CurriculumFactory(programme=programme, kind="basic", name="Bydelsmødreuddannelsen")
    budget = BudgetFactory(programme=programme)
    for number, (line_name, amount, kind) in enumerate(plan2011.BUDGET_LINES, 1):
        line = BudgetLineFactory(budget=budget, number=number, name=line_name, kind=kind)
        Allocation.record(line=line, amount=amount, **since)
    for funder, (_, stage, amount, *_rest) in zip(parties, plan2011.FUNDING, strict=True):
        FundingFact.record(
            by=None, budget=budget, funder=funder, stage=stage, amount=amount, happened_on=plan2011.STARTS_ON
        )
    return programme


#: Stands in every name of the twin programme; no page of the first programme may ever contain it.
CANARY = "KANARIEFUGL"


def twin():
    """A second programme with the same shape, full of canaries."""
    programme = plan(f"{CANARY}by")
    association = founded_association(
        programme,
        name=f"{CANARY} forening",
        housing_area=HousingAreaFactory(programme=programme, name=f"{CANARY}parken"),
    )
    for number in range(3):
        counting_coordinator(
            association, name=f"{CANARY} person {number}", email=f"{CANARY.lower()}{number}@example.org"
        )
    AssociationFactory(programme=programme, name=f"{CANARY} under dannelse")
    Document.objects.filter(programme=programme, kind="values").update(title=f"{CANARY} værdier")
    MeetingFactory(programme=programme, title=f"{CANARY} møde")
    GatheringFactory(association=association, place=f"{CANARY} lokale")
    CourseFactory(curriculum=programme.curricula.get(kind="basic"), name=f"{CANARY} hold", association=association)
    return programme
