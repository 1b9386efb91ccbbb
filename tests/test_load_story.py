"""`manage.py load_story`: told over the plan alone, once, and always the same."""

from decimal import Decimal
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from accounts.models import User
from associations.models import Association, HousingArea
from budget.models import BudgetLine, FundingFact
from bydelsmoedre.moment import calendar_today
from bydelsmoedre.owner import as_owner
from programme.models import Agreement, Document, DocumentVersion, Organisation, Programme, Signature
from reports import plan2011
from reports.loading import load_plan
from reports.models import ProgressReport
from reports.story.reports import APPROVER, USERS
from reports.story.telling import SECRETARIAT, load_story
from tests.factories import posting as posting_of
from training.models import Course, Curriculum
from volunteers.models import Volunteer

OURS = ["accounts", "programme", "associations", "volunteers", "training", "budget", "reports"]


@pytest.fixture
def plan(django_db_setup, django_db_blocker):
    """The plan alone. The owner works in a transaction of its own login, which is taken back."""
    with django_db_blocker.unblock(), as_owner(), transaction.atomic():
        yield load_plan()
        transaction.set_rollback(True)


def command():
    out = StringIO()
    call_command("load_story", stdout=out)
    return out.getvalue()


def everything():
    """The keys of all rows of each kind, history included: nothing new, nothing gone."""
    return {model._meta.label: set(model._default_manager.values_list("pk", flat=True)) for model in apps.get_models()}


def rows():
    """Every row by its uuid, with the uuids of what it refers to: all but the keys, and the history's own times."""
    ours = [model for model in apps.get_models() if model._meta.app_label in OURS and hasattr(model, "uuid")]
    models = [model for model in ours if not hasattr(model, "pgh_created_at")]
    uuids = {model: dict(model._default_manager.values_list("pk", "uuid")) for model in models}
    found = []
    for model in models:
        fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        for row in model._default_manager.values(*(field.attname for field in fields)):
            values = {
                field.attname: uuids[field.related_model].get(row[field.attname])
                if field.is_relation
                else _plain(row[field.attname])
                for field in fields
            }
            found.append((model.__name__, str(row["uuid"]), repr(values)))
    return sorted(found)


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


def test_load_story_gives_the_same_rows_each_time(plan):
    def tell():
        with transaction.atomic():
            load_story()
            found = rows()
            transaction.set_rollback(True)
        return found

    first, second = tell(), tell()

    assert len(first) > 3000
    assert first == second


def test_load_story_a_second_time_changes_nothing(plan):
    assert "er indlæst" in command()
    before = everything()

    assert "Intet er ændret" in command()
    assert everything() == before


def test_load_story_a_second_time_leaves_what_visitors_added(plan):
    command()
    association(plan)
    before = everything()

    assert "Intet er ændret" in command()
    assert everything() == before


def test_load_story_makes_a_user_who_cannot_log_in(plan):
    command()

    user = User.objects.get(email=SECRETARIAT["email"])

    assert (user.name, user.office, user.is_active) == ("Sekretariatet", "Koordinator", False)
    assert not any(one.is_active or one.has_usable_password() for one in User.objects.all())


def association(programme):
    area = HousingArea.objects.get(programme=programme, name="Blågården")
    return Association.objects.create(programme=programme, name="Bydelsmødre i Blågården", housing_area=area)


def volunteer(programme):
    Volunteer.objects.create(programme=programme, name="En frivillig")


def course(programme):
    curriculum = Curriculum.objects.get(programme=programme, kind="basic")
    today = calendar_today()
    Course.objects.create(curriculum=curriculum, name="Hold", starts_on=today, ends_on=today)


def posting(programme):
    line = BudgetLine.objects.get(budget__programme=programme, number=5)
    posting_of(line=line, amount=Decimal(100), text="Porto", happened_on=calendar_today())


def signature(programme):
    agreement = Agreement.objects.get(programme=programme)
    organisation = Organisation.objects.get(programme=programme, kind="foundation")
    Signature.record(by=None, agreement=agreement, organisation=organisation, happened_on=calendar_today())


def version(programme):
    DocumentVersion.objects.create(document=Document.objects.get(programme=programme, kind="values"), label="v0")


def retraction(programme):
    FundingFact.objects.get(budget__programme=programme, stage="promised").retract(by=None, reason="Bortfaldet.")


def user(programme):
    User.objects.create_user(SECRETARIAT["email"])


def approver(programme):
    User.objects.create_user(USERS[APPROVER]["email"])


def report(programme):
    writer = User.objects.create_user("en-anden@example.org")
    recipient = Organisation.objects.get(programme=programme, kind="municipality")
    ProgressReport.objects.create(
        programme=programme,
        recipient=recipient,
        period_from=plan2011.STARTS_ON,
        period_to=plan2011.DEADLINE,
        begun_by=writer,
    )


@pytest.mark.parametrize(
    "add", [association, volunteer, course, posting, signature, version, retraction, user, approver, report]
)
def test_load_story_is_refused_over_anything_else(plan, add):
    add(plan)
    before = everything()

    with pytest.raises(CommandError, match="Nothing was written"):
        command()

    assert everything() == before


def test_load_story_without_the_plan_says_what_to_do(plan):
    Programme.objects.filter(pk=plan.pk).update(name="Et andet sted")

    with pytest.raises(CommandError, match="load_plan"):
        command()


def test_load_story_leaves_other_programmes_alone(plan):
    other = Programme.objects.create(
        name="Aarhus", starts_on=plan.starts_on, deadline=plan.deadline, purpose="Kanarifugle"
    )
    volunteer(other)

    command()

    assert Volunteer.objects.filter(programme=other).count() == 1


@pytest.mark.django_db(transaction=True)
def test_load_story_gives_the_site_its_own_login_back():
    web = connection.settings_dict["USER"]
    call_command("load_plan", stdout=StringIO())

    assert "er indlæst" in command()
    assert "Intet er ændret" in command()
    assert connection.settings_dict["USER"] == web
