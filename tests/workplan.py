"""Milestones in tests: short ways to make them, and rows for tests that try every door."""

import datetime as dt
from itertools import count

from programme.models import Evidence, Milestone, MilestoneNeeds, MilestoneReached
from reports.figures.workplan import workplan
from tests.figures import at

D = dt.date
DUE_ON = D(2011, 6, 30)
numbers = count(1)


def milestone(programme, due_on=D(2011, 6, 30), *needs, **values):
    """A milestone that is due on a day, recorded by hand unless told otherwise, and what it waits for."""
    told = {"title": f"Milepæl {next(numbers)}", "owner_office": "Sekretariatet"}
    made = Milestone.objects.create(programme=programme, due_on=due_on, **told | values)
    for other in needs:
        wait(made, other)
    return made


def measured(programme, measure, **of_what):
    return milestone(programme, DUE_ON, measure=measure, **of_what)


def wait(one, other):
    return MilestoneNeeds.objects.create(milestone=one, needed=other)


def reach(one, on, **values):
    return MilestoneReached.record(by=None, milestone=one, happened_on=on, **values)


def of(programme, one, moment):
    return next(figure for figure in workplan(programme, moment) if figure.uuid == one.uuid)


def told(programme, one, *date):
    figure = of(programme, one, at(*date))
    return figure.state, figure.reached_on, figure.days_late


def milestone_rows(programme, word="", count=1):
    """For each: a milestone that is overdue and one that waits for it, and one that was reached and moved. `word`
    stands in what is written about persons."""
    evidence = Evidence.objects.create(programme=programme, description=f"{word} viste det")
    for number in range(count):
        due = D(2011, 1, 10) + dt.timedelta(number)
        late = milestone(programme, due)
        done = milestone(programme, due, late, measure="meeting", organisation=programme.organisations.last())
        by_hand = milestone(programme, due)
        fact = reach(by_hand, due, note=f"{word} var syg", evidence=evidence)
        Milestone.objects.filter(pk=by_hand.pk).update(due_on=due + dt.timedelta(7))
        wait(late, by_hand)
    return {"milestone": late, "measured_milestone": done, "reached_milestone": by_hand, "milepael": fact}


def milestone_doors(rows):
    """Door → the row that its address is about."""
    about = ("milestone", "milestone_edit", "milestone_reached")
    return {f"programme:{name}": rows["milestone"] for name in about}
