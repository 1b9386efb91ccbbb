"""The conversations as the municipality meets them: totals by quarter, and no cell from which few could be told.

They are released four times a year, as they were known then, so that two days' totals do not tell the conversations
between them. Each quarter is suppressed on its own, and a sum over quarters is told only where all its parts are: a
later release brings new quarters, and no new sum from which an earlier quarter's hidden numbers could be reckoned.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bydelsmoedre.moment import COPENHAGEN, Moment, today
from bydelsmoedre.prepared import ask
from bydelsmoedre.suppression import SMALLEST_CELL, breakdown, is_small, small_count
from programme.models import Programme

_ASKED = """
with told as (
  select a.name, c.topics, c.language, date_trunc('quarter', c.happened_on)::date as quarter
  from volunteers_conversation c
  join associations_association a on a.id = c.association_id and a.programme_id = %(programme)s
  where c.happened_on >= %(since)s::date and c.happened_on < %(until)s::date and known(c)
)
select 'association', name, quarter, count(*) from told group by 2, 3
union all select 'topic', topic, quarter, count(*) from told cross join unnest(topics) as topic group by 2, 3
union all select 'language', language, quarter, count(*) from told group by 2, 3
union all select 'association', name, null, 0 from associations_association where programme_id = %(programme)s
"""

#: What conversations are counted by. By association and by language each is counted once.
_KINDS = ("association", "topic", "language")

_FIRST = dt.date(2, 1, 1)  #: before it no release is reckoned


@dataclass(frozen=True, slots=True)
class Totals:
    """A table of totals in words: rows by name, a column for each quarter and the total last."""

    rows: list[str]
    cells: list[list[str]]


@dataclass(frozen=True, slots=True)
class Conversations:
    """What of the conversations is released."""

    quarters: list[dt.date]  #: their first days
    by_association: Totals
    total: list[str]  #: of each quarter, and of all
    by_topic: Totals
    by_language: Totals  #: "" where it is not told

    @property
    def count(self) -> str:
        """How many there are, as Overblik says it."""
        return self.total[-1]


def quarter_of(day: dt.date) -> dt.date:
    """The first day of the quarter."""
    return day.replace(month=day.month - (day.month - 1) % 3, day=1)


def released(moment: Moment) -> Moment:
    """What the municipality is told at the Moment: the last day of the latest quarter that is released, as known when
    it was. Releases are on 1 February, 1 May, 1 August and 1 November."""
    days = [moment.on, today()]
    if not moment.is_known_now:
        days.append(moment.known_at.astimezone(COPENHAGEN).date())
    day = max(min(days), _FIRST)
    quarter = quarter_of(day)
    if day < (release := _release(quarter)):
        quarter = quarter_of(quarter - dt.timedelta(days=1))
        release = _release(quarter)
    at = dt.datetime.combine(release, dt.time(), tzinfo=COPENHAGEN).astimezone(dt.UTC)
    return Moment(quarter - dt.timedelta(days=1), at)


def _release(quarter: dt.date) -> dt.date:
    return quarter.replace(month=quarter.month + 1)


def _quarters(programme: Programme, last: dt.date) -> list[dt.date]:
    """The quarters from the programme's first to the end of its last year that have ended by the last day."""
    end = min(last, dt.date(programme.deadline.year, 12, 31))
    found, quarter = [], quarter_of(programme.starts_on)
    while quarter <= end:
        found.append(quarter)
        quarter = quarter_of(quarter + dt.timedelta(days=100))
    return found


def conversation_totals(programme: Programme, moment: Moment) -> Conversations:
    """By association and by language, where a quarter adds up, and by topic, where one conversation may be in several
    rows; one query."""
    told = released(moment)
    quarters = _quarters(programme, told.on)
    counted: dict[str, Counter[tuple[str, dt.date]]] = {kind: Counter() for kind in _KINDS}
    names: dict[str, set[str]] = {kind: set() for kind in _KINDS}
    if quarters:
        until = quarter_of(quarters[-1] + dt.timedelta(days=100))
        values = {"programme": programme.pk, "known_at": told.known_at, "since": quarters[0], "until": until}
        for kind, name, quarter, number in ask(_ASKED, values):
            names[kind].add(name)
            counted[kind][name, quarter] += number
    places, topics, languages = (sorted(names[kind]) for kind in _KINDS)
    by_place = [[counted["association"][name, quarter] for name in places] for quarter in quarters]
    by_topic = [[counted["topic"][name, quarter] for name in topics] for quarter in quarters]
    by_language = [[counted["language"][name, quarter] for name in languages] for quarter in quarters]
    totals = [sum(column) for column in by_place]
    return Conversations(
        quarters,
        _table(places, by_place, [breakdown(column) for column in by_place]),
        [*map(small_count, totals), _sum(totals)],
        _table(topics, by_topic, [topics_told(*both) for both in zip(by_topic, totals, strict=True)]),
        _table(languages, by_language, [breakdown(column) for column in by_language]),
    )


def _table(names: list[str], columns: list[list[int]], words: list[list[str]]) -> Totals:
    """The rows in which something is told or withheld; a row's total only where all of it is told."""
    rows = {}
    for place, name in enumerate(names):
        cells = [column[place] for column in words]
        numbers = [column[place] for column in columns]
        is_told = cells == [str(number) for number in numbers]
        if any(cell != "0" for cell in cells):
            rows[name] = [*cells, str(sum(numbers)) if is_told else _("Not shown")]
    return Totals(list(rows), list(rows.values()))


def _sum(totals: Sequence[int]) -> str:
    """All quarters; where one of them is small, no more than what the others give. That four small ones are few would
    tell that each is one."""
    told = sum(number for number in totals if not is_small(number))
    small = sum(map(is_small, totals))
    if not small or (is_small(sum(totals)) and small < SMALLEST_CELL - 1):
        return small_count(sum(totals))
    return _("At least %(count)s") % {"count": told} if told else _("Not shown")


def topics_told(numbers: Sequence[int], conversations: int) -> list[str]:
    """A quarter's topics in words. Every conversation has a topic: where the topics that are told leave so many that
    the hidden ones must be four each, the smallest of those told is withheld too; all where there is none."""
    hidden = {place for place, number in enumerate(numbers) if is_small(number)}
    words = [small_count(number) for number in numbers]
    left = conversations - sum(number for place, number in enumerate(numbers) if place not in hidden)
    if not hidden or is_small(conversations) or left < len(hidden) * (SMALLEST_CELL - 1):
        return words
    others = sorted((number, place) for place, number in enumerate(numbers) if number >= SMALLEST_CELL)
    hidden = hidden | {others[0][1]} if others else set(range(len(numbers)))
    return [_("Not shown") if place in hidden else word for place, word in enumerate(words)]
