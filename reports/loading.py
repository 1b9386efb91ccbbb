"""Loading the plan of 2011: the anchors as they are, the facts as recorded on 1 January 2011 at 00:00. Idempotent."""

import datetime as dt
from collections import Counter
from typing import Any, TypeVar
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from associations.models import District, FoundingChecklist, HousingArea, HousingPlan, Prospect
from budget.models import Allocation, Budget, BudgetLine, FundingFact
from bydelsmoedre.moment import COPENHAGEN
from bydelsmoedre.owner import as_owner
from programme.facts import Fact
from programme.models import (
    Activity,
    Agreement,
    AgreementParty,
    CriterionVersion,
    Document,
    Milestone,
    MilestoneNeeds,
    Obligation,
    Organisation,
    Programme,
    Risk,
    StatedNumber,
    SuccessCriterion,
)
from programme.models.workplan import MEASURED_OF
from reports import plan2011 as plan
from reports.models import ReportSchedule
from training.models import Curriculum

#: What the plan's identities are made of, where they stay.
NAMESPACE = UUID("2011beb0-2011-5011-8011-0f1a0f1a2011")

RECORDED_AT = dt.datetime(2011, 1, 1, tzinfo=COPENHAGEN)

F = TypeVar("F", bound=Fact)


def load_plan() -> Programme:
    """Record the plan, as the owner (who alone may say that it was recorded in 2011). A second call changes nothing."""
    with as_owner(), transaction.atomic():
        programme, _ = Programme.objects.get_or_create(
            name=plan.PROGRAMME,
            defaults={"purpose": plan.PURPOSE, "starts_on": plan.STARTS_ON, "deadline": plan.DEADLINE},
        )
        organisations = _organisations(programme)
        _places(programme)
        _documents(programme, organisations)
        _criteria(programme)
        _agreement(programme, organisations)
        _schedule(programme, organisations)
        _budget(programme, organisations)
        _risks(programme)
        _milestones(programme, organisations)
        return programme


def _fact(model: type[F], since: str, lookup: dict[str, Any], **values: Any) -> None:
    """Record a fact of the plan once; one that was retracted since is not recorded again. Its day is unknown."""
    if model._default_manager.filter(**lookup).exists():
        return
    model.record(by=None, recorded_at=RECORDED_AT, is_date_unknown=True, **({since: plan.STARTS_ON} | lookup | values))


def _identity(model: type[Fact], label: str) -> UUID:
    """The same identity in each database, so that what is frozen of the plan is the same too: a report names the
    versions of the rules. Another where it is taken, by a programme that was loaded before and has another name now."""
    same = uuid5(NAMESPACE, f"{model._meta.label_lower}/{label}")
    return uuid4() if model._default_manager.filter(uuid=same).exists() else same


def _organisations(programme: Programme) -> dict[str, Organisation]:
    found: dict[str, Organisation] = {}
    for name, short_name, kind, part_of in plan.ORGANISATIONS:
        values = {"short_name": short_name, "kind": kind, "part_of": found.get(part_of or "")}
        found[name], _ = Organisation.objects.get_or_create(programme=programme, name=name, defaults=values)
    return found


def _places(programme: Programme) -> None:
    for name in plan.DISTRICTS:
        District.objects.get_or_create(programme=programme, name=name)
    for name, district, postcode in plan.HOUSING_AREAS:
        values = {"district": District.objects.get(programme=programme, name=district), "postcode": postcode}
        HousingArea.objects.get_or_create(programme=programme, name=name, defaults=values)
    for name, covered in plan.HOUSING_PLANS.items():
        housing_plan, is_new = HousingPlan.objects.get_or_create(programme=programme, name=name)
        if is_new:
            HousingArea.objects.filter(programme=programme, name__in=covered).update(housing_plan=housing_plan)
    for area, interest in plan.PROSPECTS:
        place = HousingArea.objects.get(programme=programme, name=area)
        Prospect.objects.get_or_create(programme=programme, housing_area=place, defaults={"interest": interest})


def _documents(programme: Programme, organisations: dict[str, Organisation]) -> None:
    for kind, title, annex, is_national, adopted_by in plan.DOCUMENTS:
        values = {
            "kind": kind,
            "annex": annex,
            "is_national": is_national,
            "adopted_by": organisations.get(adopted_by or ""),
        }
        Document.objects.get_or_create(programme=programme, title=title, defaults=values)
    for kind, name in plan.CURRICULA:
        Curriculum.objects.get_or_create(programme=programme, name=name, defaults={"kind": kind})
    items = [
        {"number": number, "kind": kind, "stage": stage, "timing": timing}
        for number, kind, stage, timing in plan.CHECKLIST
    ]
    lookup = {"programme": programme, "name": plan.CHECKLIST_NAME}
    _fact(FoundingChecklist, "started_on", lookup, minimum_board=5, items=items)


def _criteria(programme: Programme) -> None:
    for number, (key, name, wording, rule, rule_text, document_kind, target) in enumerate(plan.CRITERIA, 1):
        criterion, _ = SuccessCriterion.objects.get_or_create(
            programme=programme, key=key, defaults={"number": number, "name": name}
        )
        _fact(
            CriterionVersion,
            "started_on",
            {"criterion": criterion, "started_on": plan.STARTS_ON},
            uuid=_identity(CriterionVersion, key),
            wording=wording,
            rule=rule,
            rule_text=rule_text,
            document_kind=document_kind,
            target=target,
            deadline=plan.DEADLINE,
        )
    for number, title in enumerate(plan.ACTIVITIES, 1):
        Activity.objects.get_or_create(programme=programme, number=number, defaults={"title": title})
    for kind, stated in plan.STATED_NUMBERS:
        _fact(StatedNumber, "happened_on", {"programme": programme, "kind": kind}, number=stated)


def _agreement(programme: Programme, organisations: dict[str, Organisation]) -> None:
    agreement, _ = Agreement.objects.get_or_create(programme=programme, title=plan.AGREEMENT)
    for party in plan.PARTIES:
        lookup = {"agreement": agreement, "organisation": organisations[party]}
        _fact(AgreementParty, "started_on", lookup)
    for number, (party, text, due_on) in enumerate(plan.OBLIGATIONS, 1):
        whose = {"agreement": agreement, "organisation": organisations[party]}
        Obligation.objects.get_or_create(text=text, **whose, defaults={"number": number, "due_on": due_on})


def _schedule(programme: Programme, organisations: dict[str, Organisation]) -> None:
    """The reports that are agreed on. What somebody has changed since stays as it is."""
    agreement = Agreement.objects.get(programme=programme, title=plan.AGREEMENT)
    for kind, period_from, period_to, due_on, recipient, dated_by in plan.REPORTS:
        told = {"period_from": period_from, "due_on": due_on, "recipient": organisations[recipient]}
        ReportSchedule.objects.get_or_create(
            programme=programme,
            kind=kind,
            period_to=period_to,
            defaults=told | {"agreement": agreement, "dated_by": dated_by},
        )


def _budget(programme: Programme, organisations: dict[str, Organisation]) -> None:
    budget, _ = Budget.objects.get_or_create(
        programme=programme,
        year=plan.YEAR,
        defaults={
            "price_level": plan.PRICE_LEVEL,
            "stated_total": plan.STATED_TOTAL,
            "stated_as": plan.STATED_AS,
        },
    )
    for number, (name, amount, kind) in enumerate(plan.BUDGET_LINES, 1):
        told = {"name": name, "kind": kind}
        line, _ = BudgetLine.objects.get_or_create(budget=budget, number=number, defaults=told)
        # one that was loaded before lines had a kind
        BudgetLine.objects.filter(pk=line.pk, kind=BudgetLine.Kind.OTHER).update(kind=kind)
        _fact(Allocation, "started_on", {"line": line}, amount=amount)
    for funder, stage, amount, office, source, note in plan.FUNDING:
        _fact(
            FundingFact,
            "happened_on",
            {"budget": budget, "funder": organisations[funder], "stage": stage},
            amount=amount,
            given_by_office=office,
            source=source,
            note=note,
        )


def _risks(programme: Programme) -> None:
    """The risks that the proposal tells, as it tells them: not rated."""
    for key, text, consequence, action, owner in plan.RISKS:
        told = {"text": text, "consequence": consequence, "action": action, "owner_office": owner}
        Risk.objects.get_or_create(programme=programme, key=key, defaults=told)


def _milestones(programme: Programme, organisations: dict[str, Organisation]) -> None:
    """The milestones of the activities and around them. What somebody has changed since stays as it is."""
    found: dict[str, Milestone] = {}
    activities = {one.number: one for one in Activity.objects.filter(programme=programme)}
    places: Counter[int] = Counter()
    for key, number, title, owner, dated_by, measure, of, needs in plan.MILESTONES:
        places[number] += 1
        told: dict[str, Any] = {
            "activity": activities.get(number),
            "place": places[number],
            "title": title,
            "owner_office": owner,
        }
        told |= {"due_on": plan.DEADLINE, "dated_by": dated_by} | _measure(programme, organisations, measure, of)
        found[key], is_new = Milestone.objects.get_or_create(programme=programme, key=key, defaults=told)
        for needed in needs if is_new else ():
            MilestoneNeeds.objects.create(milestone=found[key], needed=found[needed])


def _measure(programme: Programme, organisations: dict[str, Organisation], measure: str, of: str) -> dict[str, Any]:
    """What says that a milestone is reached."""
    objects: dict[str, Any] = {
        "criterion": lambda: SuccessCriterion.objects.get(programme=programme, key=of),
        "document": lambda: Document.objects.get(programme=programme, kind=of),
        "agreement": lambda: Agreement.objects.get(programme=programme, title=of),
        "organisation": lambda: organisations[of],
    }
    name = MEASURED_OF.get(measure)
    return {"measure": measure} | ({name: objects[name]()} if name else {})
