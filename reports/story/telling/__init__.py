"""Telling the story of 2011: every fact recorded on its own day, in one transaction, by the owner.

Two loads give the same rows with the same uuids. A second call changes nothing; a programme that holds anything but the
plan is refused.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction

from accounts.models import User
from associations.models import AssociationGrant, District, HousingArea, HousingPlan, Prospect
from budget.models import Budget, BudgetLine
from bydelsmoedre.owner import as_owner
from programme.access import ReachQuerySet
from programme.facts import Fact
from programme.models import (
    Activity,
    Agreement,
    Document,
    Milestone,
    MilestoneNeeds,
    Obligation,
    Organisation,
    Programme,
    Risk,
    RoleGrant,
    Signature,
    SuccessCriterion,
)
from reports import plan2011 as plan
from reports.loading import RECORDED_AT
from reports.models import ReportSchedule
from reports.story.book import Book, day, evening, identity
from reports.story.decisions import SIGNATURES
from reports.story.reports import USERS, WRITER
from reports.story.telling.associations import move_plans, name_next_steps, tell_associations
from reports.story.telling.cast import Cast
from reports.story.telling.conversations import tell_conversations
from reports.story.telling.decisions import tell_decisions
from reports.story.telling.effects import tell_effects
from reports.story.telling.gatherings import tell_gatherings
from reports.story.telling.money import tell_money
from reports.story.telling.people import tell_people
from reports.story.telling.recruitment import tell_recruitment
from reports.story.telling.reports import tell_reports
from reports.story.telling.scenarios import freeze_scenarios, tell_scenarios
from reports.story.telling.training import tell_training
from reports.story.telling.workplan import plan_beginnings, tell_workplan
from training.models import Curriculum

#: Who has recorded the story. It never logs in.
SECRETARIAT = USERS[WRITER]

#: What the plan makes, and grants of access, may be there before; all else is somebody's work.
OF_THE_PLAN = (
    Activity,
    Agreement,
    AssociationGrant,
    Budget,
    BudgetLine,
    Curriculum,
    District,
    Document,
    HousingArea,
    HousingPlan,
    Milestone,
    MilestoneNeeds,
    Obligation,
    Organisation,
    Programme,
    Prospect,
    ReportSchedule,
    Risk,
    RoleGrant,
    SuccessCriterion,
)


class NoPlan(Exception):
    """The plan of 2011 is not loaded."""


class Occupied(Exception):
    """The programme holds facts or rows that are neither the plan's nor the story's."""


def load_story() -> Programme:
    """Tell the story. Raises `NoPlan`, or `Occupied` where it would be told over anything else."""
    with as_owner(), transaction.atomic():
        programme = Programme.objects.select_for_update().filter(name=plan.PROGRAMME).first()
        if programme is None:
            raise NoPlan
        if is_told(programme):
            return programme
        found = sorted(others(programme))
        if found:
            raise Occupied(", ".join(found))
        _tell(programme)
        return programme


def is_told(programme: Programme) -> bool:
    """Is the story there? Its first signature is: a fact is never deleted."""
    first, _, _ = SIGNATURES[0]
    return Signature.objects.filter(agreement__programme=programme, uuid=identity(Signature, first)).exists()


def others(programme: Programme) -> Iterator[str]:
    """Kinds of which the programme has rows that the plan did not make, or facts that were changed since."""
    if User.objects.filter(email__in=[one["email"] for one in USERS.values()]).exists():
        yield str(User._meta.verbose_name)
    for model in (one for one in apps.get_models() if not one._meta.proxy):
        rows = model._default_manager.all()
        if issubclass(model, Fact):
            anchor: Any = model._meta.get_field(model.anchor)
            about = anchor.related_model._default_manager.all()
            path = f"{model.anchor}__{getattr(about, 'programme_path', 'programme')}"
            rows = rows.exclude(recorded_at=RECORDED_AT, retracted_at=None)
        elif isinstance(rows, ReachQuerySet) and model not in OF_THE_PLAN:
            path = rows.programme_path
        else:
            continue
        if rows.filter(**{path: programme.pk}).exists():
            yield str(model._meta.verbose_name)


def _tell(programme: Programme) -> None:
    users = {what: _user(told) for what, told in USERS.items()}
    book = Book(programme, users[WRITER])
    cast = Cast.of(programme)
    tell_associations(book, cast)
    tell_people(book, cast)
    tell_recruitment(book, cast)
    tell_training(book, cast)
    tell_conversations(book, cast)
    tell_money(book, cast)
    tell_decisions(book, cast)
    tell_gatherings(book, cast)
    tell_scenarios(book, cast)
    tell_effects(book, cast)
    tell_workplan(book, cast)
    book.write()
    freeze_scenarios(book, cast)
    move_plans(cast)
    plan_beginnings(programme)
    name_next_steps(programme)
    tell_reports(cast, users)


def _user(told: dict[str, str]) -> User:
    """One of those who have recorded, approved or answered something: nobody can log in as her."""
    user = User(uuid=identity(User, told["email"]), is_active=False, **told)
    user.password = UNUSABLE_PASSWORD_PREFIX  # and nothing by chance after it, so that two loads are equal
    user.save(force_insert=True)
    User.objects.filter(pk=user.pk).update(created_at=evening(day("03.01")))
    return user
