"""The curves of a report's content, laid out as the pages' are, for the template to draw."""

import datetime as dt
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from typing import Any

from bydelsmoedre.danish import beloeb, dato
from reports.drawable import shortened
from reports.figures.curves import MOST_ROWS, Series, chart
from reports.progress import words


def curve(one: dict[str, Any]) -> dict[str, Any]:
    """A drawing with the words for whoever does not see it; where a number is not told, only the words."""
    known = [(dt.date.fromisoformat(day), _number(value)) for day, value in one["steps"]]
    says = f"{one['title']}. {one['description']} {_steps(one['steps'])}".strip()
    steps = [(day, value) for day, value in known if value is not None]
    if len(steps) < len(known):
        return {"kind": "words", "text": says}
    says = shortened(says, words.LONGEST_SAID)
    target = None if one["target"] is None else Decimal(str(one["target"]))
    drawing = chart(
        key=one["key"],
        title=one["title"],
        description=one["description"],
        series=[Series(one["title"], steps, dt.date.fromisoformat(one["until"]))],
        first=dt.date.fromisoformat(one["from"]),
        deadline=dt.date.fromisoformat(one["deadline"]),
        on=dt.date.fromisoformat(one["until"]),
        target=target,
        target_label="" if target is None else words.TARGET.format(target=beloeb(target)),
        write=lambda value: beloeb(Decimal(value)),
    )
    return {"kind": "curve", "says": says, **_placed(asdict(drawing))}


def _placed(drawing: dict[str, Any]) -> dict[str, Any]:
    """The drawing's corners as pairs of numbers."""
    for line in drawing["lines"]:
        line["points"] = [[float(at) for at in corner.split(",")] for corner in line["points"].split()]
    return drawing


def _number(value: str | None) -> Decimal | None:
    """None for what is not told, or told in words such as “Færre end 5”."""
    try:
        return None if value is None else Decimal(value)
    except InvalidOperation:
        return None


def _told(value: str | None) -> str:
    number = _number(value)
    return (value or words.UNKNOWN) if number is None else beloeb(number)


def _steps(steps: list[list[str]]) -> str:
    """The last days on which it rose or fell, in words."""
    told = [
        words.STEP.format(day=dato(dt.date.fromisoformat(day)), value=_told(value)) for day, value in steps[-MOST_ROWS:]
    ]
    return words.STEPS.format(steps="; ".join(told)) if told else ""
