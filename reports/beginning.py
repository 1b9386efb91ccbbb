"""Another municipality's programme begins from one that is there: its criteria, documents, trainings, checklist, budget
lines and activities are said again; nobody and nothing that has happened there comes along."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from associations.models import District, FoundingChecklist
from budget.models import Budget, BudgetLine
from bydelsmoedre.moment import Moment
from programme.access import Role
from programme.models import (
    Activity,
    Agreement,
    AgreementParty,
    CriterionVersion,
    Document,
    Milestone,
    MilestoneNeeds,
    Organisation,
    Programme,
    RoleGrant,
    SuccessCriterion,
)
from programme.rules import compose, latest_of
from training.models import Curriculum, CurriculumDraft, CurriculumVersion
from training.syllabus import said_by

#: The organisations that are the same all over the country; the municipality and its own bodies are not.
SHARED = (Organisation.Kind.FOUNDATION, Organisation.Kind.STEERING_GROUP, Organisation.Kind.SECRETARIAT)


@dataclass(frozen=True, slots=True)
class OwnCriterion:
    """A criterion of the model, with what the new programme says of it."""

    model: SuccessCriterion
    wording: str
    target: int | None


@dataclass(frozen=True, slots=True)
class Login:
    """Who is to work in the programme, and as what."""

    email: str
    name: str
    role: str


@dataclass(frozen=True)
class Beginning:
    """What is told of the new programme."""

    model: Programme
    name: str
    municipality: str
    purpose: str
    starts_on: dt.date
    deadline: dt.date
    minimum_board: int
    criteria: Sequence[OwnCriterion]
    districts: Sequence[str] = ()
    logins: Sequence[Login] = field(default_factory=tuple)


@transaction.atomic
def begin(told: Beginning, *, by: Any) -> Programme:
    """Make the programme, with all that it starts with. The Foundation's staff of the model are the new one's too."""
    programme = Programme.objects.create(
        name=told.name, purpose=told.purpose, starts_on=told.starts_on, deadline=told.deadline
    )
    organisations = _organisations(told, programme)
    _trainings(told.model, programme)
    _checklist(told, programme, by)
    _budget(told.model, programme)
    own: dict[str, dict[int, Any]] = {
        "organisation": organisations,
        "document": _documents(told.model, programme, organisations),
        "criterion": _criteria(told, programme, by),
        "agreement": _agreements(told, programme, organisations, by),
        "activity": {
            one.pk: Activity.objects.create(programme=programme, number=one.number, title=one.title)
            for one in told.model.activities.all()
        },
    }
    _milestones(told, programme, own)
    for name in told.districts:
        District.objects.create(programme=programme, name=name)
    _logins(told, programme, by)
    return programme


def _organisations(told: Beginning, programme: Programme) -> dict[int, Organisation]:
    """The model's organisations, by their ids there, with what stands in their place here."""
    found: dict[int, Organisation] = {}
    own = Organisation.objects.create(
        programme=programme, name=told.municipality, short_name=_("The municipality"), kind="municipality"
    )
    theirs = told.model.organisations.order_by("part_of__pk", "pk")
    for one in sorted(theirs, key=lambda one: one.part_of_id is not None):  # what others are part of comes first
        parent = found.get(one.part_of_id or 0)
        if one.kind == Organisation.Kind.MUNICIPALITY:
            found[one.pk] = own
        elif one.kind in SHARED or (parent and parent.kind == Organisation.Kind.FOUNDATION):
            found[one.pk] = Organisation.objects.create(
                programme=programme,
                name=one.name,
                short_name=one.short_name,
                kind=one.kind,
                part_of=parent,
                cvr=one.cvr,
            )
    return found


def _documents(model: Programme, programme: Programme, organisations: dict[int, Organisation]) -> dict[int, Document]:
    return {
        one.pk: Document.objects.create(
            programme=programme,
            kind=one.kind,
            title=one.title,
            annex=one.annex,
            is_national=one.is_national,
            adopted_by=organisations.get(one.adopted_by_id or 0),
        )
        for one in model.documents.exclude(kind=Document.Kind.OTHER)
    }


def _trainings(model: Programme, programme: Programme) -> None:
    """Each training with its latest version as a draft: the new programme adopts its own."""
    for one in model.curricula.all():
        own = Curriculum.objects.create(programme=programme, kind=one.kind, name=one.name)
        version = CurriculumVersion.objects.current().filter(curriculum=one).order_by("-started_on").first()
        if version:
            CurriculumDraft.objects.create(curriculum=own, **said_by(version))


def _checklist(told: Beginning, programme: Programme, by: Any) -> None:
    latest = FoundingChecklist.objects.current().filter(programme=told.model).order_by("-started_on").first()
    if latest:
        FoundingChecklist.record(
            by=by,
            programme=programme,
            name=latest.name,
            items=latest.items,
            minimum_board=told.minimum_board,
            started_on=told.starts_on,
        )


def _criteria(told: Beginning, programme: Programme, by: Any) -> dict[int, SuccessCriterion]:
    found = {}
    for number, one in enumerate(told.criteria, 1):
        latest = latest_of(one.model)
        if latest is None:
            continue
        version = CriterionVersion(
            wording=one.wording,
            rule=latest.rule,
            rule_text=latest.rule_text,
            document_kind=latest.document_kind,
            target=one.target,
            deadline=told.deadline,
            started_on=told.starts_on,
        )
        own = SuccessCriterion(programme=programme, number=number, name=one.model.name)
        found[one.model.pk] = compose(own, version, by=by, reason=_("A new criterion."))
    return found


def _agreements(
    told: Beginning, programme: Programme, organisations: dict[int, Organisation], by: Any
) -> dict[int, Agreement]:
    """The model's partnership agreements, with those of its parties that are here too: nothing is signed."""
    found = {}
    for one in told.model.agreements.all():
        own = found[one.pk] = Agreement.objects.create(programme=programme, title=one.title)
        parties = AgreementParty.objects.at(Moment()).filter(agreement=one).values_list("organisation", flat=True)
        here = dict.fromkeys(organisations[party] for party in parties if party in organisations)
        for party in here:  # several of a municipality are one here
            AgreementParty.record(by=by, agreement=own, organisation=party, started_on=told.starts_on)
    return found


def _milestones(told: Beginning, programme: Programme, own: dict[str, dict[int, Any]]) -> None:
    """The model's milestones, due at the new programme's deadline; those that are measured by what it has not are left
    out."""
    found: dict[int, Milestone] = {}
    for one in told.model.milestones.in_order():
        here = {name: ours.get(getattr(one, f"{name}_id") or 0) for name, ours in own.items()}
        if any(getattr(one, f"{name}_id") and here[name] is None for name in own):
            continue
        found[one.pk] = Milestone.objects.create(
            programme=programme,
            key=one.key,
            place=one.place,
            title=one.title,
            owner_office=one.owner_office,
            due_on=told.deadline,
            dated_by=_("The programme’s deadline"),
            measure=one.measure,
            **here,
        )
    for need in MilestoneNeeds.objects.filter(milestone__in=found, needed__in=found):
        MilestoneNeeds.objects.create(milestone=found[need.milestone_id], needed=found[need.needed_id])


def _budget(model: Programme, programme: Programme) -> None:
    """The lines of the model's latest budget, without amounts: nobody's money comes along."""
    latest = model.budgets.order_by("-year").first()
    if latest is None:
        return
    year = programme.starts_on.year
    budget = Budget.objects.create(programme=programme, year=year, price_level=str(year), stated_total=0)
    for line in latest.lines.all():
        BudgetLine.objects.create(budget=budget, number=line.number, name=line.name, kind=line.kind)


def _logins(told: Beginning, programme: Programme, by: Any) -> None:
    grants = RoleGrant.objects.filter(programme=told.model, role=Role.FOUNDATION, user__is_active=True)
    staff = set(grants.values_list("user", flat=True))
    for user in staff | {by.pk}:
        RoleGrant.objects.create(user_id=user, programme=programme, role=Role.FOUNDATION)
    for login in told.logins:
        email = User.objects.normalize_email(login.email)
        found = User.objects.filter(email=email).first()
        user = found or User.objects.create_user(email, name=login.name)
        RoleGrant.objects.create(user=user, programme=programme, role=login.role)
