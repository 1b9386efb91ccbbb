"""What a list tells of each person at a Moment: her roles, where she stands, her languages and certificates."""

from collections.abc import Sequence
from dataclasses import dataclass

from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask
from volunteers.recruitment import STANDING_SQL, Standing

_ASKED = f"""
with {STANDING_SQL.format(whose="and v.id = any(%(persons)s::bigint[])")}
select v.id, s.standing,
  array(
    select m.role || '|' || a.name
    from volunteers_membership m join associations_association a on a.id = m.association_id
    where m.volunteer_id = v.id and holds(m) and known(m)
    order by m.role, a.name
  ),
  array(
    select l.language from volunteers_languageskill l
    where l.volunteer_id = v.id and l.happened_on <= %(on)s::date and known(l)
    order by l.level = 'native' desc, l.language
  ),
  array(
    select distinct u.kind from training_certificate c join training_curriculum u on u.id = c.curriculum_id
    where c.volunteer_id = v.id and holds(c) and known(c)
  )
from volunteers_volunteer v left join standing s on s.volunteer_id = v.id
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
