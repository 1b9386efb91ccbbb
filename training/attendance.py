"""Recording attendance: who is expected on a day of a course, and what becomes of the facts when marks are given.

"Not recorded" is not "stayed away": it is the absence of a fact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from bydelsmoedre.sorting import danish_order
from training.models import Attendance, Enrolment, Participation, Session

#: No mark: nothing is recorded of her.
UNRECORDED = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """A participant who is expected on the day, and the fact about her so far."""

    enrolment: Enrolment
    fact: Attendance | None

    @property
    def mark(self) -> str:
        return self.fact.mark if self.fact else UNRECORDED


def expected(session: Session) -> list[Expected]:
    """Who has a seat on the day, and whoever something is recorded of, in Danish order; two queries.

    A make-up session is for those who were not there when the module was taught.
    """
    facts = {fact.enrolment_id: fact for fact in Attendance.objects.current().filter(session=session)}
    seated = Exists(
        Participation.objects.current().filter(
            enrolment=OuterRef("pk"), status=Participation.Status.ENROLLED, period__contains=session.held_on
        )
    )
    wanted = Q(seated) & ~Q(_was_there_before(session)) if session.is_make_up else Q(seated)
    listed: QuerySet[Enrolment] = (
        Enrolment.objects.filter(course=session.course_id)
        .filter(wanted | Q(pk__in=facts))
        .select_related("volunteer")
        .order_by(danish_order("volunteer__name"), "pk")
    )
    return [Expected(one, facts.get(one.pk)) for one in listed]


def _was_there_before(session: Session) -> Exists:
    """Was she there on another day on which the module was taught?"""
    there = Attendance.objects.current().filter(
        enrolment=OuterRef("pk"), session__module=session.module, mark=Attendance.Mark.PRESENT
    )
    return Exists(there.exclude(session=session))


@transaction.atomic
def record_marks(
    session: Session, people: list[Expected], marks: Mapping[int, str], *, by: Any, corrected: str, unrecorded: str
) -> int:
    """Record each mark (by enrolment's id) as a fact: new, superseded where it changed, retracted where set back.

    What did not change is left untouched. Gives how many were recorded or changed. `corrected` and `unrecorded` are
    the reasons kept with what no longer stands.
    """
    changed = 0
    for person in people:
        mark = marks.get(person.enrolment.pk, person.mark)
        if mark == person.mark:
            continue
        changed += 1
        if person.fact is None:
            Attendance.record(
                by=by, enrolment=person.enrolment, session=session, mark=mark, happened_on=session.held_on
            )
        elif mark == UNRECORDED:
            person.fact.retract(by=by, reason=unrecorded)
        else:
            person.fact.supersede(by=by, reason=corrected, mark=mark)
    return changed
