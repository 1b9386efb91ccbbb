"""What is looked for besides persons: associations, courses, documents, agreements and meetings, by their names."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import DateField, F, QuerySet, Value
from django.db.models.functions import Coalesce

from associations.models import Association
from bydelsmoedre.addresses import url
from bydelsmoedre.searching import WHOLE, Wanted
from programme.access import StandingRequest
from programme.models import Agreement, Document, Meeting
from training.models import Course

#: Each kind with its model, the way to its programme, and its columns: what it is called, a second line, a day.
KINDS: tuple[tuple[str, Any, str, str, str, str], ...] = (
    ("association", Association, "programme", "name", "housing_area__name", ""),
    ("course", Course, "curriculum__programme", "name", "association__name", "starts_on"),
    ("document", Document, "programme", "title", "", ""),
    ("agreement", Agreement, "programme", "title", "", ""),
    ("meeting", Meeting, "programme", "title", "body__name", "planned_on"),
)

#: Where each kind has its page.
PAGES = {
    "association": "associations:detail",
    "course": "training:course",
    "document": "programme:document",
    "agreement": "programme:agreement",
    "meeting": "programme:meeting",
}

COLUMNS = ("kind_", "uuid", "title_", "detail_", "on_")

# There are hundreds of them, not hundred thousands: each name is folded once and compared. What fits best comes first,
# as with persons (volunteers.finding). Words are similar from PostgreSQL's own threshold (0.6) on.
_ASKED = """
select kind, uuid, title, detail, on_date, step = 4 as is_alike from (
  select ranked.*, row_number() over (partition by kind order by step, danish_key(title), on_date desc, uuid) as place
  from (
    select named.*, case
      when key like %s then 0
      when key like %s then 1
      when key like all(%s::text[]) then 2
      when key like all(%s::text[]) then 3
      when not exists (
        select from unnest(%s::text[], %s::text[]) as w(word, held)
        where key not like held and (length(word) <= {whole} or word_similarity(word, key) < 0.6)
      ) then 4
    end as step
    from (
      select kind, uuid, title, detail, on_date, search_key(title) || ' |' || search_key(detail) as key
      from ({things}) as thing(kind, uuid, title, detail, on_date) offset 0
    ) as named
  ) as ranked where step is not null
) as placed where place <= %s order by kind, place
"""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that fits."""

    kind: str
    uuid: UUID
    title: str
    detail: str
    on: dt.date | None
    is_alike: bool

    @property
    def url(self) -> str:
        return url(PAGES[self.kind], self.uuid)


def find_things(request: StandingRequest, asked: Wanted, most: int) -> dict[str, list[Thing]]:
    """By kind the first `most` that fit, of what the reader may see in the programme in view (a local coordinator: of
    her own); one query."""
    parts: list[str] = []
    values: list[Any] = []
    for rows in _visible(request):
        try:
            sql, given = rows.order_by().values_list(*COLUMNS).query.sql_with_params()
        except EmptyResultSet:  # nothing of that kind is hers to see
            continue
        parts.append(f"({sql})")
        values += given
    found: dict[str, list[Thing]] = defaultdict(list)
    if parts:
        with connection.cursor() as cursor:
            sql = _ASKED.format(things=" union all ".join(parts), whole=WHOLE)
            cursor.execute(sql, [*_patterns(asked), *values, most])
            for row in cursor.fetchall():
                found[row[0]].append(Thing(*row))
    return found


def _patterns(asked: Wanted) -> list[Any]:
    """What the names are compared with; folded words hold nothing that LIKE reads as a sign."""
    begun = [f"% {word}%" for word in asked.words]
    held = [f"%{word}%" if len(word) >= WHOLE else f"% {word}%" for word in asked.words]
    return [f"{asked.beginning} |%", f"{asked.beginning}%", begun, held, list(asked.words), held]


def _visible(request: StandingRequest) -> Iterator[QuerySet]:
    """What there is to look through, with what each is called, a second line and a day."""
    user, programme = request.user, request.standing.programme
    for kind, model, path, title, detail, on in KINDS:
        rows = model.objects.visible_to(user)
        if programme is not None:
            rows = rows.filter(**{path: programme})
        yield rows.annotate(kind_=Value(kind), title_=F(title), detail_=_or_none(detail), on_=_day(on))


def _or_none(column: str) -> Any:
    return Coalesce(F(column), Value("")) if column else Value("")


def _day(column: str) -> Any:
    return F(column) if column else Value(None, output_field=DateField())
