"""Who may have been recorded twice, or is about to be: suggested, never merged by itself."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.moment import ALWAYS
from bydelsmoedre.prepared import ask_anew
from bydelsmoedre.searching import wanted
from volunteers.finding import KEY, each_once_as_kept, sounds_like
from volunteers.models import DifferentPersons, Volunteer

#: So many pairs are shown at a time; the next come when these are dealt with.
MOST = 50

# The last eight digits of a telephone number are the number without its country. A name that several share is a pair of
# each with the one recorded first. Erased persons, merged ones, and those told apart are left out.
_PAIRS = f"""
with alone as (
  select v.id, v.name, danish_key(v.name) as called, right(regexp_replace(v.phone, '\\D', '', 'g'), 8) as phone
  from volunteers_volunteer v
  where v.programme_id = %(programme)s and v.erased_at is null and v.name <> ''
    and not exists (select from volunteers_sameperson s where s.duplicate_id = v.id and known(s))
),
pair as (
  select min(a.id) over (partition by a.phone) as first, a.id as second, 1 as weight from alone a
  where length(a.phone) = 8
  union all
  select min(a.id) over (partition by a.called), a.id, 2 from alone a
)
select first, second, min(weight) as weight from pair p
where first <> second and not exists (
  select from volunteers_differentpersons d
  where d.first_id = least(p.first, p.second) and d.second_id = greatest(p.first, p.second)
)
group by first, second order by weight, second desc limit {MOST + 1}
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who may be one. The one who was recorded first is proposed to be kept."""

    kept: Volunteer
    duplicate: Volunteer
    is_phone: bool  #: they share a telephone number; else a name

    @property
    def is_name(self) -> bool:
        return not self.is_phone


def suggested(programme_id: int) -> tuple[list[Pair], bool]:
    """The pairs to look at, those who share a number first, and whether there are more; two queries."""
    found = ask_anew(_PAIRS, {"programme": programme_id, "known_at": ALWAYS})
    ids = {pk for first, second, _weight in found for pk in (first, second)}
    people: dict[int, Any] = Volunteer.objects.select_related("housing_area").in_bulk(ids)
    pairs = [Pair(people[first], people[second], weight == 1) for first, second, weight in found]
    return pairs[:MOST], len(pairs) > MOST


#: So many who resemble one person are shown, those who share most with her first.
MOST_ALIKE = 5


class Why(models.IntegerChoices):
    """What two persons share."""

    PHONE = 0, _("same phone")
    EMAIL = 1, _("same e-mail")
    NAME = 2, _("a name like it")


@dataclass(frozen=True, slots=True)
class Likeness:
    """Somebody recorded already who may be the person in question."""

    volunteer: Volunteer
    why: Why
    found_as: str = ""  #: the name of the one who resembles her, where she was merged into this person


def resembling(persons: QuerySet[Volunteer], *, name: str, email: str = "", phone: str = "") -> list[Likeness]:
    """Of `persons` (those whom the reader may see), who has the same number or e-mail, or a name in which each of these
    words is heard. A name of one word is shared by too many: it must be all of hers. Three queries."""
    shared = _shared(name, email, phone)
    if not shared:
        return []
    rows = persons.filter(Q(*shared.values(), _connector=Q.OR)).annotate(
        why=Case(*(When(condition, then=Value(why.value)) for why, condition in shared.items())),
        close=TrigramWordSimilarity(" ".join(wanted(name).words), KEY),
    )
    found: dict[int, int] = dict(rows.order_by("why", "-close", "pk").values_list("pk", "why")[:MOST_ALIKE])
    return [
        Likeness(one.volunteer, Why(min(found[pk] for pk in one.ids if pk in found)), one.found_as)
        for one in each_once_as_kept(persons, dict.fromkeys(found, False))
    ]


def resembling_person(persons: QuerySet[Volunteer], volunteer: Volunteer, ids: Iterable[int]) -> list[Likeness]:
    """The same for somebody who is recorded, under these ids, without those who were told apart from her."""
    apart = DifferentPersons.objects
    others = (
        persons.exclude(pk__in=[*ids])
        .exclude(pk__in=apart.filter(first=volunteer).values("second"))
        .exclude(pk__in=apart.filter(second=volunteer).values("first"))
    )
    return resembling(others, name=volunteer.name, email=volunteer.email, phone=volunteer.phone)


def _shared(name: str, email: str, phone: str) -> dict[Why, Q]:
    """The conditions, on what persons are found by (`PersonKey`), the most telling first."""
    conditions: dict[Why, Q] = {}
    digits = re.sub(r"\D", "", phone, flags=re.ASCII)[-8:]
    if len(digits) == 8:
        conditions[Why.PHONE] = Q(search_text__contains=f"{digits} ~")
    if email:
        conditions[Why.EMAIL] = Q(email=email.strip().lower())
    asked = wanted(name)
    if len(asked.words) == 1:
        conditions[Why.NAME] = Q(search_text__startswith=f"{asked.beginning} |")
    elif asked.words:
        conditions[Why.NAME] = Q(*map(sounds_like, asked.words))
    return conditions
