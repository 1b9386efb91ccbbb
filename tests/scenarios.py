"""Scenarios of the years after 2011, for the tests that need some."""

import datetime as dt
from decimal import Decimal

from django.urls import reverse

from budget.models import Scenario, ScenarioSource


def scenario(programme, name="Selvbærende", **assumed):
    """A scenario without sources: half a million for the coordinator, 24 recruits on two courses of 60.000."""
    told = {
        "first_year": 2012,
        "years": 3,
        "coordinator_pay": Decimal(500_000),
        "course_cost": Decimal(60_000),
        "mothers_per_course": 16,
        "recruits_per_year": 24,
        "price_growth": Decimal(0),
    }
    return Scenario.objects.create(programme=programme, name=name, **told | assumed)


def source(whose, name="Fonden", amount=500_000, **values):
    """Money that may come to a scenario: surely, from its first month to its end, unless said otherwise."""
    told = {"kind": "foundation", "municipal_share": Decimal(0), "from_month": dt.date(whose.first_year, 1, 1)}
    return ScenarioSource.objects.create(scenario=whose, name=name, amount=Decimal(amount), **told | values)


def scenario_pages(programme):
    """The addresses of the screens that are about no one scenario, for the browser."""
    single = {name: reverse(f"budget:{name}") for name in ("scenarios", "compare_scenarios", "new_scenario")}
    chosen = "&".join(f"valg={one.uuid}" for one in programme.scenarios.all()[:4])
    return single | {"compare_chosen": f"{reverse('budget:compare_scenarios')}?{chosen}"}


def model_november(programme):
    """18 per cent of what is expected is municipal, and hidden in a housing plan."""
    made = scenario(programme, "Model november")
    source(made, "Fonden", 410_000)
    source(made, "Helhedsplan i Tingbjerg", 90_000, kind="housing_plan", municipal_share=Decimal(100))
    return made
