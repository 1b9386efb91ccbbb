"""How the effort was to pay for itself from 2012: the model that was sent back, and the one that was adopted."""

from dataclasses import dataclass

#: What both assume. Kroner; prices of 2012.
ASSUMED = {
    "first_year": 2012,
    "years": 3,
    "coordinator_pay": 504_000,
    "full_time_share": 100,
    "course_cost": 60_000,
    "mothers_per_course": 16,
    "recruits_per_year": 48,
    "other_costs": 120_000,
    "price_growth": 2,
}


@dataclass(frozen=True, slots=True)
class SourcePlan:
    """Who may pay: so much a year, how surely (per cent), from which month, how much of it municipal (per cent)."""

    kind: str
    name: str
    amount: int
    probability: int
    municipal: int = 0
    from_month: str = "01.01.2012"


@dataclass(frozen=True, slots=True)
class ScenarioPlan:
    """A scenario, and the version of the anchoring model that it was put forward as, and when."""

    name: str
    version: str
    frozen_on: str
    sources: tuple[SourcePlan, ...]


FOUNDATION = "Fonden for Socialt Ansvar"

SCENARIOS = [
    ScenarioPlan(
        "Model november",
        "v1",
        "18.11",
        (
            SourcePlan("foundation", FOUNDATION, 450_000, 90),
            # Half of it is the municipality's: 135.000 of 750.000 expected, 18 %.
            SourcePlan("housing_plan", "Helhedsplaner i Tingbjerg og på Nørrebro", 360_000, 75, municipal=50),
            SourcePlan("company", "Lokale virksomheder", 150_000, 50),
        ),
    ),
    ScenarioPlan(
        "Revideret model",
        "v2",
        "09.01.2012",
        (
            SourcePlan("foundation", FOUNDATION, 600_000, 90),
            SourcePlan("housing_plan", "Helhedsplaner, boligforeningernes egne penge", 240_000, 75),
            SourcePlan("company", "Lokale virksomheder", 200_000, 60, from_month="01.07.2012"),
        ),
    ),
]
