"""Which milestones wait for which: never in a circle. (In PostgreSQL: the trigger `b_no_circle`.)"""

from collections.abc import Iterable, Mapping

from programme.models import Milestone, MilestoneNeeds


def waits_for(milestone: Milestone) -> list[int]:
    """The milestones that it waits for, by their numbers in the database; one query."""
    if milestone.pk is None:
        return []
    return list(MilestoneNeeds.objects.filter(milestone=milestone).values_list("needed_id", flat=True))


def closes_circle(milestone: Milestone, wanted: Iterable[Milestone]) -> list[Milestone]:
    """Those of them that wait for this milestone themselves, straight or round about; one query."""
    needs: dict[int, set[int]] = {}
    rows = MilestoneNeeds.objects.filter(milestone__programme=milestone.programme_id).exclude(milestone=milestone)
    for one, needed in rows.values_list("milestone_id", "needed_id"):
        needs.setdefault(one, set()).add(needed)
    return [one for one in wanted if milestone.pk in awaited(one.pk, needs)]


def awaited(start: int, needs: Mapping[int, set[int]]) -> set[int]:
    """All that one waits for, itself among them."""
    found, left = {start}, [start]
    while left:
        new = needs.get(left.pop(), set()) - found
        found |= new
        left += new
    return found
