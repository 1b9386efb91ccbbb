"""First texts of an annex, drawn from the frozen content, for the secretariat to write on from. Pure, and Danish as the
paper is."""

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from bydelsmoedre.danish import dato, kroner
from bydelsmoedre.money import ZERO
from reports.annex import words
from reports.drawable import on_one_line
from reports.figures.shapes import ARE_MET, Standing
from reports.models.committee import MOST_LETTERS
from reports.progress.sections import short_day, standing

Content = dict[str, Any]

#: What is said of the criteria by their standing, in this order; of those that were met in time nothing more.
SAID = {
    Standing.MET_LATE: words.FIRST_MET_LATE,
    Standing.MISSED: words.FIRST_MISSED,
    Standing.NOT_YET: words.FIRST_LACKS,
}

#: So many of the next milestones are told.
STEPS = 4
REACHED = ("reached", "reached_late")


def suggested(content: Content) -> dict[str, str]:
    """A text for each of the annex's four, by the columns of `CommitteeAnnex`."""
    day = _day(content["report"]["cut_off"])
    return {
        "problem": _fitting(_problem(content, day), " "),
        "solution": _fitting(_solution(content, day), " "),
        "economy": _fitting(_economy(content["economy"], day), " "),
        "next_steps": _fitting(_next_steps(content["activities"]), "\n"),
    }


def _fitting(sentences: Iterable[str], between: str) -> str:
    """As many whole sentences as a text has room for."""
    told = ""
    for sentence in map(on_one_line, sentences):
        longer = f"{told}{between}{sentence}" if told else sentence
        if len(longer) > MOST_LETTERS:
            break
        told = longer
    return told


def _day(value: str) -> str:
    return dato(dt.date.fromisoformat(value)).replace("\u00a0", " ")


def _amount(value: Decimal) -> str:
    return kroner(value).replace("\u00a0", " ")


def _problem(content: Content, day: str) -> Iterator[str]:
    """How many criteria are met, which were met late, and what the others have come to."""
    criteria, programme = content["criteria"], content["report"]["programme"]
    if not criteria:
        yield words.FIRST_NO_GOALS.format(programme=programme)
        return
    count = len(criteria)
    goals = words.GOALS_ONE if count == 1 else words.GOALS_MANY.format(count=count)
    met = sum(one["standing"] in ARE_MET for one in criteria)
    yield words.FIRST_GOALS.format(programme=programme, goals=goals, day=day, met=met, all=count)
    for standing_as, said in SAID.items():
        if found := [one for one in criteria if one["standing"] == standing_as]:
            yield said.format(lacks=", ".join(map(_lack, found)))


def _lack(one: Content) -> str:
    told = words.FIRST_LACK if one["target"] is not None else words.FIRST_LACK_BARE
    return told.format(name=one["name"], result=standing(one)["result"])


def _solution(content: Content, day: str) -> Iterator[str]:
    """How far the work plan has come, and what counts by now."""
    milestones = _milestones(content["activities"])
    reached = sum(one["state"] in REACHED for one in milestones)
    late = sum(one["state"] == "overdue" for one in milestones)
    overdue = words.FIRST_OVERDUE.format(count=late) if late else ""
    told = words.FIRST_PLAN if milestones else words.FIRST_NO_PLAN
    yield told.format(count=len(milestones), day=day, reached=reached, overdue=overdue)
    for one in content["criteria"]:
        if one["counting"]:
            yield words.FIRST_COUNTS.format(name=one["name"], counting=", ".join(one["counting"]))


def _milestones(activities: list[Content]) -> list[Content]:
    return [milestone for one in activities for milestone in one["milestones"]]


def _economy(economy: Content | None, day: str) -> Iterator[str]:
    if economy is None:
        yield words.FIRST_NO_MONEY
        return
    total = economy["total"] or {}
    sums = {key: Decimal(value) for key, value in total.items() if value is not None}
    if {"budgeted", "spent"} <= sums.keys():
        yield words.FIRST_MONEY.format(day=day, spent=_amount(sums["spent"]), budgeted=_amount(sums["budgeted"]))
    if "rest" in sums:
        told = words.FIRST_REST if sums.get("committed") else words.FIRST_REST_BARE
        yield told.format(rest=_amount(sums["rest"]), committed=_amount(sums.get("committed", ZERO)))
    over = [
        words.FIRST_LINE.format(name=one["name"], amount=_amount(-Decimal(one["rest"])))
        for one in economy["lines"]
        if one["rest"] is not None and Decimal(one["rest"]) < ZERO
    ]
    if over:
        yield words.FIRST_OVERSPENT.format(lines=", ".join(over))


def _next_steps(activities: list[Content]) -> Iterator[str]:
    """The milestones that are due next, what is overdue first."""
    left = [one for one in _milestones(activities) if one["state"] not in REACHED]
    for one in sorted(left, key=lambda one: one["due_on"] or "9999")[:STEPS]:
        told = words.FIRST_LATE if one["state"] == "overdue" else words.FIRST_STEP
        if one["due_on"] is None:
            told = words.FIRST_STEP_BARE
        yield told.format(title=one["title"], day=short_day(one["due_on"]))
    if not left:
        yield words.FIRST_NO_STEPS
