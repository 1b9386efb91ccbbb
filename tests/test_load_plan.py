"""`manage.py load_plan`: the plan of 2011 as the proposal states it."""

import datetime as dt
from decimal import Decimal
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from associations.models import Association, District, FoundingChecklist, HousingArea, Prospect
from budget.models import Allocation, Budget, BudgetLine, FundingFact
from bydelsmoedre.moment import COPENHAGEN, Moment, end_of_day
from bydelsmoedre.owner import as_owner
from programme.facts import fact_models
from programme.models import (
    Activity,
    Document,
    Milestone,
    MilestoneNeeds,
    Programme,
    Risk,
    StatedNumber,
    SuccessCriterion,
)
from reports.figures.criteria import criteria
from reports.figures.finances import budget
from reports.figures.workplan import State, workplan
from reports.findings import found
from reports.loading import load_plan
from volunteers.models import Volunteer

D = dt.date
pytestmark = pytest.mark.django_db
NEW_YEAR = dt.datetime(2011, 1, 1, tzinfo=COPENHAGEN)


@pytest.fixture
def loaded(django_db_setup, django_db_blocker):
    """The plan alone. The owner loads it in a transaction of its own login, which is taken back."""
    with django_db_blocker.unblock(), as_owner(), transaction.atomic():
        yield load_plan()
        transaction.set_rollback(True)


def everything():
    """How many rows there are of each kind, history included."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def facts():
    return [fact for model in fact_models() for fact in model._default_manager.all()]


def test_load_plan_a_second_time_adds_nothing(loaded):
    before = everything()

    load_plan()

    assert everything() == before


def test_load_plan_does_not_bring_back_a_retracted_fact(loaded):
    funding = FundingFact.objects.get(stage="promised")
    funding.retract(by=None, reason="Tilsagnet bortfaldt.")
    before = everything()

    load_plan()

    assert everything() == before
    assert not FundingFact.objects.current().filter(stage="promised").exists()


def test_load_plan_does_not_undo_a_correction(loaded):
    Association.objects.create(
        programme=loaded, name="Ny forening", housing_area=HousingArea.objects.get(name="Blågården")
    )
    Prospect.objects.filter(housing_area__name="Mjølnerparken").update(interest="Rettet af sekretariatet.")

    load_plan()

    assert Prospect.objects.get(housing_area__name="Mjølnerparken").interest == "Rettet af sekretariatet."


def test_load_plan_makes_no_volunteers_and_no_associations(loaded):
    assert (Volunteer.objects.count(), Association.objects.count()) == (0, 0)


def test_load_plan_has_five_lines_to_the_krone(loaded):
    found = budget(loaded, Moment(D(2011, 12, 31)))

    assert [(line.number, line.name, line.budgeted) for line in found.lines] == [
        (1, "Projektsekretariat: løn til koordinator", Decimal(500_000)),
        (2, "Udvikling af et koncept for den selvbærende og frivillige bydelsmødreindsats", Decimal(250_000)),
        (
            3,
            "Uddannelse, materialer og supervision af lokale frivillige koordinatorer samt nye bydelsmødre",
            Decimal(345_000),
        ),
        (4, "Opstilling, evaluering og monitorering af effektmål", Decimal(75_000)),
        (5, "Kontorhold, admin. og husleje", Decimal(200_000)),
    ]
    assert (found.budgeted, found.stated_total, found.state) == (Decimal(1_370_000), Decimal(1_400_000), "proposed")


def test_load_plan_records_its_facts_at_new_year_in_copenhagen(loaded):
    assert {fact.recorded_at for fact in facts()} == {NEW_YEAR}


def test_load_plan_is_known_from_new_year_and_not_before(loaded):
    before = Moment(D(2011, 1, 1), NEW_YEAR - dt.timedelta(microseconds=1))

    assert len(criteria(loaded, Moment(D(2011, 1, 1), NEW_YEAR))) == 5
    assert criteria(loaded, before) == []
    assert end_of_day(D(2010, 12, 31)) == before.known_at


def test_load_plan_says_that_its_days_are_unknown(loaded):
    assert {fact.is_date_unknown for fact in facts()} == {True}


def test_load_plan_has_criteria_with_wording_and_deadline(loaded):
    found = criteria(loaded, Moment(D(2011, 12, 31)))

    assert [(one.number, one.key, one.target) for one in found] == [
        (1, "associations", 3),
        (2, "coordinators", 15),
        (3, "training_concept", None),
        (4, "values", None),
        (5, "partnership", None),
    ]
    assert {one.deadline for one in found} == {D(2011, 12, 31)}
    assert all(one.wording.startswith("At der med udgangen af 2011") for one in found)


def test_load_plan_tells_a_proposal_from_a_promise(loaded):
    found = {(one.funder.name, one.stage, one.amount, one.decided_by) for one in FundingFact.objects.all()}

    assert found == {
        ("Københavns Kommune", "proposed", Decimal(800_000), None),
        ("Fonden for Socialt Ansvar", "promised", Decimal(570_000), None),
    }


@pytest.mark.parametrize("annex", ["3a", "3b"])
def test_load_plan_knows_of_annexes_that_were_not_received(loaded, annex):
    assert not Document.objects.get(annex=annex).versions.exists()


def test_load_plan_knows_places_prospects_and_activities(loaded):
    counted = [model.objects.count() for model in (District, HousingArea, Prospect, Activity)]

    assert counted == [10, 12, 3, 6]
    assert {one.housing_area.name for one in Prospect.objects.all()} == {
        "Mjølnerparken",
        "Titanparken",
        "Lundtoftegade",
    }


def test_load_plan_has_one_row_of_what_there_is_one_of(loaded):
    counted = [model.objects.count() for model in (Programme, Budget, FoundingChecklist)]

    assert counted == [1, 1, 1]
    assert [SuccessCriterion.objects.count(), BudgetLine.objects.count(), Allocation.objects.count()] == [5, 5, 5]


def test_load_plan_stores_totals_about_mothers_and_no_names(loaded):
    stated = dict(StatedNumber.objects.values_list("kind", "number"))

    assert (stated["paid_mothers"], stated["protest_signatures"]) == (48, 20)


@pytest.mark.django_db(transaction=True)
def test_load_plan_gives_the_site_its_own_login_back():
    web, out = connection.settings_dict["USER"], StringIO()

    call_command("load_plan", stdout=out)

    assert connection.settings_dict["USER"] == web
    assert Programme.objects.get().name in out.getvalue()


def test_load_plan_tells_three_risks_as_the_proposal_does_and_once(loaded):
    Risk.objects.filter(programme=loaded, key="financing").update(text="Omskrevet")

    load_plan()

    risks = {one.key: one for one in Risk.objects.filter(programme=loaded)}
    assert set(risks) == {"resistance", "recruitment", "financing"}
    assert risks["financing"].text == "Omskrevet"
    assert "20 af 48" in risks["resistance"].text
    assert {(one.likelihood, one.impact, one.next_look_on) for one in risks.values()} == {(None, None, None)}


def test_load_plan_tells_the_milestones_of_the_six_activities_and_around_them_and_once(loaded):
    Milestone.objects.filter(programme=loaded, key="hired").update(title="Omskrevet")
    MilestoneNeeds.objects.filter(milestone__key="seated").delete()

    load_plan()

    milestones = {one.key: one for one in Milestone.objects.filter(programme=loaded).select_related("activity")}
    assert len(milestones) == 16
    assert {one.activity.number for one in milestones.values() if one.activity} == {1, 2, 3, 4, 5, 6}
    assert {one.key for one in milestones.values() if one.activity is None} == {
        "agreement", "hired", "seated", "secretariat", "steering_group", "national_work", "exchange",
    }  # fmt: skip
    assert {(one.due_on, one.starts_on, bool(one.dated_by)) for one in milestones.values()} == {
        (loaded.deadline, None, True)
    }
    assert milestones["hired"].title == "Omskrevet"
    assert not MilestoneNeeds.objects.filter(milestone__key="seated").exists()


def test_finding_and_figure_say_the_same_of_every_milestone_of_the_plan(loaded):
    for day in (loaded.deadline, loaded.deadline + dt.timedelta(1)):
        overdue = {one.uuid for one in workplan(loaded, Moment(day)) if one.state == State.OVERDUE}
        listed = {one.uuid for one in found(loaded, Moment(day), codes=["milestone_overdue"], most=50)}
        assert (listed, len(listed)) == (overdue, 16 if day > loaded.deadline else 0)
