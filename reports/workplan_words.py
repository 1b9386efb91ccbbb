"""The work plan in words: what each milestone is called, how it stands, what measures it, and how its day was moved."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bydelsmoedre.danish import kort_dato
from bydelsmoedre.moment import Moment
from programme.models import Activity, Milestone, Programme
from programme.models.workplan import OBJECTS
from reports.figures.shapes import CriterionFigure
from reports.figures.workplan import MilestoneFigure, Moved, State, moves, workplan
from reports.gantt import Gantt, Part, gantt

#: How a milestone stands, and the shape beside it.
WORDS = {
    State.REACHED: gettext_lazy("Reached"),
    State.REACHED_LATE: gettext_lazy("Reached late"),
    State.OVERDUE: gettext_lazy("Overdue"),
    State.WAITING: gettext_lazy("Waiting"),
    State.UNDER_WAY: gettext_lazy("Under way"),
    State.TO_COME: gettext_lazy("Not begun"),
}
SHAPES = {
    State.REACHED: "met",
    State.REACHED_LATE: "met_late",
    State.OVERDUE: "missed",
    State.WAITING: "waived",
    State.UNDER_WAY: "founded",
    State.TO_COME: "not_yet",
}
#: So many letters of what a milestone is called have room beside the drawing, and of an activity, in bold.
ROOM, BOLD_ROOM = 52, 46


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """A milestone with its figure, in words."""

    number: str  #: its place in the plan, such as 2.1; 0 is what is around the activities
    milestone: Milestone
    figure: MilestoneFigure
    needs: list[tuple[str, Milestone]]  #: what it waits for, or waited for
    moved: list[Moved]

    @property
    def words(self) -> str:
        return str(WORDS[self.figure.state])

    @property
    def shape(self) -> str:
        return SHAPES[self.figure.state]

    @property
    def waits_for(self) -> list[tuple[str, Milestone]]:
        return [(number, one) for number, one in self.needs if one.uuid in self.figure.waits_for]

    @property
    def late(self) -> str:
        """How many days too late it was reached, or is by now; "" where it is not."""
        days = self.figure.days_late
        return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days} if days else ""

    @property
    def detail(self) -> str:
        """How late it is, or else what is waited for."""
        if self.late or self.figure.state != State.WAITING:
            return self.late
        return _("Waits for %(numbers)s") % {"numbers": ", ".join(number for number, _one in self.waits_for)}

    @property
    def count(self) -> str:
        """How far the number is by which it is measured: 2 of 3; "" where there is none."""
        if self.figure.count is None:
            return ""
        value, target = self.figure.count
        return _("%(value)s of %(target)s") % {"value": value, "target": target}

    @property
    def moved_words(self) -> str:
        """From which day to which its day was moved: the first and the last of all moves."""
        if not self.moved or self.moved[0].before == self.moved[-1].after:
            return ""
        days = {"before": kort_dato(self.moved[0].before), "after": kort_dato(self.moved[-1].after)}
        return _("moved from %(before)s to %(after)s") % days

    @property
    def measured_by(self) -> str:
        """What says that it is reached."""
        measure = capfirst(self.milestone.get_measure_display())
        of = self.milestone.measured_of
        return f"{measure}: {of}" if of else measure


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity, or what is around them (no activity), with its milestones."""

    activity: Activity | None
    lines: list[MilestoneLine]

    @property
    def label(self) -> str:
        return str(self.activity) if self.activity else _("Around the activities")

    @property
    def reached(self) -> int:
        return sum(line.figure.is_reached for line in self.lines)


@dataclass(frozen=True, slots=True)
class Plan:
    """The work plan of a programme at a Moment."""

    activities: list[ActivityLine]
    lines: list[MilestoneLine]


def plan(programme: Programme, moment: Moment, measured: Sequence[CriterionFigure]) -> Plan:
    """Every activity and milestone in words, the criteria being measured at the Moment; four queries."""
    figures = workplan(programme, moment, measured)
    rows = Milestone.objects.filter(programme=programme)
    known = {one.uuid: one for one in rows.select_related("activity", *OBJECTS)}
    numbers = _numbers(figures)
    moved = moves(programme)
    lines = [_line(figure, known, numbers, moved) for figure in figures if figure.uuid in known]
    around = [line for line in lines if line.figure.activity is None]
    activities = [ActivityLine(None, around)] if around else []
    for activity in Activity.objects.filter(programme=programme).order_by("number"):
        activities.append(ActivityLine(activity, [one for one in lines if one.figure.activity == activity.number]))
    return Plan(activities, lines)


def _numbers(figures: Sequence[MilestoneFigure]) -> dict[UUID, str]:
    """2.1 is the first milestone of the second activity."""
    seen: dict[int, int] = {}
    numbers = {}
    for one in figures:
        activity = one.activity or 0
        seen[activity] = seen.get(activity, 0) + 1
        numbers[one.uuid] = f"{activity}.{seen[activity]}"
    return numbers


def _line(
    figure: MilestoneFigure,
    known: Mapping[UUID, Milestone],
    numbers: Mapping[UUID, str],
    moved: Mapping[UUID, list[Moved]],
) -> MilestoneLine:
    needs = [(numbers[uuid], known[uuid]) for uuid in figure.needs if uuid in known]
    return MilestoneLine(numbers[figure.uuid], known[figure.uuid], figure, needs, moved.get(figure.uuid, []))


def drawing(found: Plan, programme: Programme, on: dt.date) -> Gantt | None:
    """The plan as a drawing."""
    parts = [
        Part(
            Truncator(one.label).chars(BOLD_ROOM),
            [(Truncator(f"{line.number} {line.milestone}").chars(ROOM), line.figure) for line in one.lines],
        )
        for one in found.activities
    ]
    return gantt(parts, programme.starts_on, programme.deadline, on)


def described(found: Plan) -> str:
    """The drawing in a sentence: how many milestones there are, and how many are reached and overdue."""
    states = [line.figure.state for line in found.lines]
    counts = {
        "number": len(states),
        "reached": sum(line.figure.is_reached for line in found.lines),
        "overdue": states.count(State.OVERDUE),
    }
    return (
        _("%(number)s milestones: %(reached)s reached, %(overdue)s overdue. Each stands in the table below.") % counts
    )
