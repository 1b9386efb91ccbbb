"""Effect indicators that the secretariat has proposed. Nobody has agreed on any: 75.000 kr. are budgeted for setting
them up and measuring them, and the proposal defines none. For newly trained mothers it gives no target, so none is set.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class IndicatorPlan:
    """An indicator, its targets (from, to, value) and measurements (from, to, measured on, value, what shows it)."""

    name: str
    unit: str
    values: dict[str, Any]
    targets: list[tuple[str, str, int]] = field(default_factory=list)
    measured: list[tuple[str, str, str, int, str]] = field(default_factory=list)


INDICATORS = [
    IndicatorPlan(
        "Bydelsmødre, der føler sig godt klædt på til samtalerne",
        "procent",
        {
            "how_measured": "Anonymt spørgeskema til alle aktive bydelsmødre to gange om året. De, der svarer »godt« "
            "eller »meget godt«.",
            "measured_by": "Sekretariatet",
        },
        [("01.07", "31.12", 75)],
        [
            ("01.01", "30.06", "04.07", 62, "Opgørelse af spørgeskema, juni 2011"),
            ("01.07", "31.12", "09.01.2012", 78, "Opgørelse af spørgeskema, december 2011"),
        ],
    ),
    IndicatorPlan(
        "Anonyme samtaler i alt",
        "samtaler",
        {
            "measured_by": "Landssekretariatet",
            "source": "computed",
            "computed_figure": "conversations",
            "grouping": "association",
            "is_cumulative": True,
        },
        [("01.01", "31.12", 300)],
    ),
    IndicatorPlan(
        "Nyuddannede bydelsmødre",
        "bydelsmødre med diplom",
        {
            "measured_by": "Landssekretariatet",
            "source": "computed",
            "computed_figure": "new_mothers",
            "grouping": "language",
            "is_cumulative": True,
        },
    ),
]
