"""Recording attendance: who is expected on a day of a course, and what becomes of the facts when marks are given.

"Not recorded" is not "stayed away": it is the absence of a fact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from bydelsmoedre.moment import ALWAYS
from bydelsmoedre.prepared import inside
from bydelsmoedre.sorting import danish_order
from training.completion import CARRIED_SQL, COURSE_VERSION_SQL
from training.models import Attendance, Enrolment, Session

#: The ids of the enrolments that are expected on a day of a course, which is the alias `s`: who has a seat on the day.
#: A make-up session is for those who were not there on another day on which the module was taught, and have not brought
#: it with them from a course that they were moved from. Parameters: `on`, `known_at`.
EXPECTED_SQL = f"""
select e.id from training_enrolment e join training_participation p on p.enrolment_id = e.id
where e.course_id = s.course_id and p.status = 'enrolled' and holds(p, s.held_on) and known(p)
  and (not s.is_make_up or not exists (
    select from training_attendance t join training_session o on o.id = t.session_id
    where t.enrolment_id = e.id and o.module = s.module and o.id <> s.id
      and t.mark = 'present' and t.happened_on <= %(on)s::date and known(t)
  ) and not exists (
    select from training_course c
    cross join lateral ({COURSE_VERSION_SQL.format(course="c")}) v
    cross join lateral (select s.module, a.mark from {CARRIED_SQL.format(enrolment="e.id", listed="v.modules")}) x
    where c.id = e.course_id and x.module = s.module and x.mark = 'present'
  ))
"""

#: Of one session. Parameters as above, and `session`.
_EXPECTED = f"""
select x.id from training_session s cross join lateral ({EXPECTED_SQL}) x where s.id = %(session)s
"""

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
    """Who is expected as we know it now, and whoever something is recorded of, in Danish order; two queries."""
    facts = {fact.enrolment_id: fact for fact in Attendance.objects.current().filter(session=session)}
    wanted = inside(_EXPECTED, {"session": session.pk, "on": ALWAYS.date(), "known_at": ALWAYS})
    listed: QuerySet[Enrolment] = (
        Enrolment.objects.filter(course=session.course_id)
        .filter(Q(pk__in=wanted) | Q(pk__in=facts))
        .select_related("volunteer")
        .order_by(danish_order("volunteer__name"), "pk")
    )
    return [Expected(one, facts.get(one.pk)) for one in listed]


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
