"""A rule tried before it is adopted: two settings on one day's data, by the classification that all criteria have.
Nothing is stored."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bydelsmoedre.moment import Moment
from programme.models import CriterionVersion, Programme, SuccessCriterion
from reports.figures.criteria import Measure, figures, rows
from reports.figures.shapes import CriterionFigure, Row
from reports.rule_versions import setting_in_words


@dataclass(frozen=True, slots=True)
class Setting:
    """What is tried: a known rule with its target or document, and its deadline."""

    rule: str
    target: int | None
    document_kind: str
    deadline: dt.date

    def __str__(self) -> str:
        return setting_in_words(self.rule, self.target, self.document_kind)

    def measure(self, programme: Programme, number: int, moment: Moment) -> Measure:
        """A measure of a criterion that there is not."""
        criterion = SuccessCriterion(programme=programme, number=number, key="", name=str(self))
        version = CriterionVersion(
            criterion=criterion,
            rule=self.rule,
            target=self.target,
            document_kind=self.document_kind,
            deadline=self.deadline,
        )
        return Measure(version, moment)


@dataclass(frozen=True, slots=True)
class Tried:
    """What one setting gives: the figure, the rows that count and those that nearly do."""

    setting: Setting
    figure: CriterionFigure
    counting: list[Row]
    near: list[Row]


def tried(programme: Programme, settings: Sequence[Setting], moment: Moment) -> list[Tried]:
    """The settings on that day's data, side by side; three queries however many."""
    measures = [one.measure(programme, number, moment) for number, one in enumerate(settings, 1)]
    found = figures(measures)
    counting, near = (rows(measures, counting=counting) for counting in (True, False))
    return [
        Tried(one, figure, counting[measure.number], near[measure.number])
        for one, measure, figure in zip(settings, measures, found, strict=True)
    ]


def only_in(one: Tried, other: Tried) -> list[Row]:
    """What counts by the one rule and not by the other."""
    theirs = {row.uuid for row in other.counting}
    return [row for row in one.counting if row.uuid not in theirs]
