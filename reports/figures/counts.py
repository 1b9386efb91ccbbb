"""What yearly reports count besides the criteria: associations in operation, certificates, new mothers, the answers of
the formerly paid, conversations and meetings; as of any Moment."""

from collections.abc import Sequence
from typing import Any

from associations.founding import FOUNDING_SQL, parameters
from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask, ask_together
from programme.models import Programme
from reports.figures.shapes import CountsFigure, TransitionFigure

# Persons are counted once, however many certificates of a kind they hold. Who is a new mother has completed a course;
# earlier training that is recognised (merit) makes no new mother. The latest answer on the day is the one that holds.
_COUNTED = """
(
  select count(distinct person(c)) from training_certificate c same(c)
  join training_curriculum u on u.id = c.curriculum_id and u.kind = 'coordinator' and u.programme_id = %(programme)s
  where holds(c) and known(c)
) as certificates, (
  select count(distinct person(c)) from training_certificate c same(c)
  join training_curriculum u on u.id = c.curriculum_id and u.kind = 'basic' and u.programme_id = %(programme)s
  where c.basis = 'course' and holds(c) and known(c)
) as new_mothers, (
  select array[count(*) filter (where answer = 'continues'), count(*) filter (where answer = 'no')] from (
    select distinct on (person(t)) a.answer
    from volunteers_transitionanswer a
    join volunteers_transition t on t.id = a.transition_id same(t)
    join volunteers_volunteer v on v.id = t.volunteer_id and v.programme_id = %(programme)s
    where a.happened_on <= %(on)s::date and known(a)
    order by person(t), a.happened_on desc, a.id desc
  ) as latest
) as answers, (
  select number from programme_statednumber n
  where n.programme_id = %(programme)s and n.kind = 'paid_mothers'
    and n.happened_on <= %(on)s::date and known(n)
  order by n.happened_on desc limit 1
) as formerly_paid, (
  select count(*) from volunteers_conversation c
  join associations_association a on a.id = c.association_id and a.programme_id = %(programme)s
  where c.happened_on <= %(on)s::date and known(c)
) as conversations, (
  select count(*) from programme_meetingheld h
  join programme_meeting m on m.id = h.meeting_id and m.programme_id = %(programme)s
  join programme_organisation o on o.id = m.body_id and o.kind = 'steering_group'
  where h.happened_on <= %(on)s::date and known(h)
) as meetings
"""
_ASKED = f"select null::bigint, {_COUNTED}"
_ASKED_WITH_RUNNING = f"""
with {FOUNDING_SQL}
select (
  select count(*) from founding where on_date = %(on)s::date and running_on is not null and closed_on is null
), {_COUNTED}
"""


def counts(programme: Programme, moment: Moment, *, running: int | None = None) -> CountsFigure:
    """All counts; one query. Who has asked the criterion of associations already tells how many of them are in
    operation (`running`), so that it is not asked twice."""
    (row,) = ask(_ASKED_WITH_RUNNING if running is None else _ASKED, _values(programme, moment))
    return _figure(row, running)


def counts_of_each(programmes: Sequence[Programme], moment: Moment) -> list[CountsFigure]:
    """All counts of each of the programmes; one query."""
    answers = ask_together([(_ASKED_WITH_RUNNING, _values(programme, moment)) for programme in programmes])
    return [_figure(row, None) for (row,) in answers]


def _values(programme: Programme, moment: Moment) -> dict[str, Any]:
    return parameters(programme.pk, moment) | {"on": moment.on}


def _figure(row: tuple[Any, ...], running: int | None) -> CountsFigure:
    found, certificates, new_mothers, (yes, no), formerly_paid, conversations, meetings = row
    total = None if formerly_paid is None else int(formerly_paid)
    return CountsFigure(
        associations_running=found if running is None else running,
        certificates=certificates,
        new_mothers=new_mothers,
        transition=TransitionFigure(total=total, yes=yes, no=no),
        conversations=conversations,
        meetings=meetings,
    )
