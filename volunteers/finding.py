"""Persons who are looked for: by name however it is spelt, by e-mail, by telephone in any format, or by a part of them.

Who fits best comes first: all of the name, its beginning, the beginnings of words, parts of words, and last what
sounds or is spelt alike. Each step is asked only while those before it have found too few, and none looks at more rows
than `LOOKED_AT`, so that a name which thousands share costs no more than one that nobody has.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import FloatField, Q, QuerySet, Value
from django.db.models.functions import Left

from bydelsmoedre.searching import WHOLE, Wanted, holds, holds_all, sound
from volunteers.models import SamePerson, Volunteer
from volunteers.models.people import BEGINNING

#: So many rows that fit a step are looked at; the best of them are taken.
LOOKED_AT = 200

KEY = "search_text"

#: From this step on, who is found only resembles what is looked for.
ALIKE = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A person who fits, and whether she only resembles what is looked for."""

    volunteer: Volunteer
    is_alike: bool
    ids: list[int]  #: under which she was recorded
    found_as: str = ""  #: the name of the one found, where she was merged into this person


def find_persons(persons: QuerySet[Volunteer], asked: Wanted, most: int) -> list[Found]:
    """Of `persons` (those whom the reader may see), the first `most` who fit: who was recorded twice is one. Three
    queries."""
    return each_once_as_kept(persons, _ids([_step(persons, *step) for step in _steps(asked)], most))


def each_once_as_kept(persons: QuerySet[Volunteer], found: dict[int, bool]) -> list[Found]:
    """The persons with these ids, in this order, each once, as the one who is kept; two queries."""
    merges = SamePerson.objects.current().filter(Q(duplicate__in=found) | Q(kept__in=found)).select_related("duplicate")
    same = {one.duplicate_id: one for one in merges}
    kept = {pk: same[pk].kept_id if pk in same else pk for pk in found}
    rows = persons.in_bulk(set(kept.values()))
    shown: dict[int, Found] = {}
    for pk, is_alike in found.items():
        person = kept[pk]
        if person in rows and person not in shown:
            ids = [person, *(one.duplicate_id for one in same.values() if one.kept_id == person)]
            shown[person] = Found(rows[person], is_alike, ids, same[pk].duplicate.name if pk in same else "")
    return list(shown.values())


def _steps(asked: Wanted) -> Iterator[tuple[Q, Any]]:
    """The conditions, the best first, with what orders those who meet one besides their names."""
    if asked.is_number:
        (digits,) = asked.words
        yield Q(search_text__contains=f"{digits} "), None  # the whole number, or its end
        yield Q(search_text__contains=digits), None
        return
    whole = Q(begins__startswith=asked.beginning[:BEGINNING])
    yield whole & Q(search_text__startswith=f"{asked.beginning} |"), None
    yield whole & Q(search_text__startswith=asked.beginning), None
    yield Q(*(Q(search_text__contains=f" {word}") for word in asked.words)), None
    yield holds_all(KEY, asked), None
    close = TrigramWordSimilarity(" ".join(asked.words), KEY)
    yield Q(search_text__contains="".join(f"~{sound(word).strip()} " for word in asked.words)), close
    yield Q(*(_sounds_alike(word) for word in asked.words)), close
    yield Q(*(_sounds_alike(word) | _spelt_alike(word) for word in asked.words)), close


def _sounds_alike(word: str) -> Q:
    return holds(KEY, word) | (sounds_like(word) if len(word) >= WHOLE else Q())


def _spelt_alike(word: str) -> Q:
    return Q(search_text__trigram_word_similar=word) if len(word) > WHOLE and word.isalpha() else Q()


def sounds_like(word: str) -> Q:
    """A word of her name sounds like this one; it is this one, where too little of it can be heard."""
    sounds = sound(word).strip()
    return Q(search_text__contains=f"~{sounds} " if len(sounds) > 1 and sounds.isalpha() else f" {word} ")


def _step(persons: QuerySet[Volunteer], condition: Q, closeness: Any) -> tuple[str, tuple[Any, ...]] | None:
    """The rows of one step as SQL; None where this reader can see nobody."""
    close = closeness or Value(0.0, output_field=FloatField())
    rows = persons.alias(begins=Left(KEY, BEGINNING)).annotate(close=close).filter(condition).order_by()
    try:
        return rows.values_list("pk", KEY, "close").query.sql_with_params()
    except EmptyResultSet:
        return None


def _ids(steps: list[tuple[str, tuple[Any, ...]] | None], most: int) -> dict[int, bool]:
    """The ids of those who fit best, in order, and whether they only resemble; one query."""
    asked: list[str] = []
    values: list[Any] = []
    names: list[str] = []
    for number, step in enumerate(steps):
        if step is None:
            return {}
        sql, given = step
        enough = " + ".join(f"(select count(*) from {name})" for name in names) or "0"
        others = "".join(f" and x.id not in (select id from {name})" for name in names)
        name = f"step{number}"
        # A condition without a column: where it is false, PostgreSQL does not begin with the rows.
        asked.append(
            f"{name} as materialized (select x.id, x.key, x.close from (select * from ({sql} limit {LOOKED_AT}) as y"
            f" offset 0) as x(id, key, close) where {enough} < {most}{others})"
        )
        values += given
        names.append(name)
    told = " union all ".join(
        f"select id, key, close, {number} as step from {name}" for number, name in enumerate(names)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"with {', '.join(asked)} select id, step from ({told}) as found"
            ' order by step, close desc, key collate "C", id limit %s',
            [*values, most],
        )
        return {pk: step >= ALIKE for pk, step in cursor.fetchall()}
