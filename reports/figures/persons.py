"""What a list tells of each person at a Moment: her roles, where she stands, her languages and certificates."""

from collections.abc import Sequence
from dataclasses import dataclass

from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask
from volunteers.merging import with_duplicates
from volunteers.recruitment import STANDING_SQL, THESE, Standing

_ASKED = f"""
with {STANDING_SQL.format(whose=THESE)}
select v.id, s.standing,
  array(
    select distinct m.role || '|' || a.name
    from volunteers_membership m join associations_association a on a.id = m.association_id
    where m.volunteer_id = any(hers.ids) and holds(m) and known(m)
    order by 1
  ),
  array(
    select l.language from volunteers_languageskill l
    where l.volunteer_id = any(hers.ids) and l.happened_on <= %(on)s::date and known(l)
    group by l.language
    order by bool_or(l.level = 'native') desc, l.language
  ),
  array(
    select distinct u.kind from training_certificate c join training_curriculum u on u.id = c.curriculum_id
    where c.volunteer_id = any(hers.ids) and holds(c) and known(c)
  )
from volunteers_volunteer v left join standing s on s.volunteer_id = v.id
cross join lateral (select {with_duplicates("array[v.id]")} as ids) hers
where v.id = any(%(persons)s::bigint[])
"""


@dataclass(frozen=True, slots=True)
class Person:
    """One person at a Moment."""

    standing: Standing | None
    roles: list[tuple[str, str]]  #: (role, the association's name)
    languages: list[str]
    trained: list[str]  #: the kinds of training of which she holds the certificate


def persons(programme_id: int, moment: Moment, *, only: Sequence[int]) -> dict[int, Person]:
    """By id: these persons of the programme; one query. For readers who may see them all."""
    values = {
        "on": moment.on,
        "known_at": moment.known_at,
        "programme": programme_id,
        "persons": list(only),
    }
    return {
        pk: Person(Standing(standing) if standing else None, [_split(role) for role in roles], languages, trained)
        for pk, standing, roles, languages, trained in ask(_ASKED, values)
    }


def _split(role: str) -> tuple[str, str]:
    kind, _, association = role.partition("|")
    return kind, association
