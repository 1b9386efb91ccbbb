"""Computed effect indicators as the municipality is told them: no number of few, and none from which one could be
reckoned.

Conversations are told as their own page tells them, and a district only as the sum of associations that are told, so
that no table can be held against another. Persons are told four times a year, up to a quarter's end, and a filtered
number only as its cell in the breakdown of the whole. Where the coordinators are is not told: how many have the role in
each district is published, and the difference would be few. Hours are a total, and told of five persons at least.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from associations.models import Association
from bydelsmoedre.moment import Moment
from bydelsmoedre.suppression import SMALLEST_CELL, breakdown, small_count
from programme.models import Programme
from programme.models.effects import Computed, Grouping
from reports.figure_words import not_shown
from reports.figures.conversations import (
    Conversations,
    Totals,
    conversation_totals,
    quarter_of,
    released,
    topics_told,
)
from reports.figures.effects import Group, Question, Value, computed, grouped

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """A number in words; and as a number where it is told as it is."""

    words: str
    number: Decimal | None
    day: dt.date  #: up to which it is told

    @classmethod
    def of(cls, words: str, day: dt.date) -> "Told":
        return cls(words, Decimal(words) if words.isdecimal() else None, day)


@dataclass
class Teller:
    """What the municipality is told of a programme's computed indicators at a Moment. Each question to the database is
    asked once, and only where an indicator needs it."""

    programme: Programme
    moment: Moment

    @cached_property
    def released(self) -> Moment:
        return released(self.moment)

    @cached_property
    def conversations(self) -> Conversations:
        return conversation_totals(self.programme, self.moment)

    @cached_property
    def mothers(self) -> list[Group]:
        """The new mothers by association."""
        return grouped(self.programme.pk, self.released, Question(Computed.NEW_MOTHERS), Grouping.ASSOCIATION)

    @cached_property
    def places(self) -> dict[str, tuple[str, str]]:
        """Each association's name and district, by its identity."""
        rows = Association.objects.filter(programme=self.programme).order_by()
        found = rows.values_list("uuid", "name", "housing_area__district__name")
        return {str(uuid): (name, district or "") for uuid, name, district in found}

    # --- Values

    def values(self, questions: Sequence[Question]) -> list[Told]:
        """The answer to each, in at most five queries however many there are."""
        public = [one for one in questions if _is_public(one)]
        totals = [one for one in questions if _is_total_of_persons(one)]
        found = dict(zip(public, computed(self.programme.pk, self.moment, public), strict=True))
        found |= dict(zip(totals, computed(self.programme.pk, self.released, totals), strict=True))
        return [self._value(one, found.get(one)) for one in questions]

    def _value(self, question: Question, value: Value | None) -> Told:
        if question.figure == Computed.CONVERSATIONS:
            return Told.of(self._conversations(question), self.released.on)
        if value is None:
            return Told.of(self._mothers_of(question), self.released.on)
        if _is_public(question):
            return Told.of(str(int(value.number)), self.moment.on)
        if question.figure == Computed.NEW_MOTHERS:
            return Told.of(small_count(int(value.number)), self.released.on)
        if 0 < value.persons < SMALLEST_CELL:
            return Told.of(not_shown(), self.released.on)
        return Told(str(value.number), value.number, self.released.on)

    def _mothers_of(self, question: Question) -> str:
        """One association's new mothers: their cell in the breakdown."""
        if question.figure != Computed.NEW_MOTHERS or question.since or question.until or not question.association:
            return not_shown()
        name, _district = self.places.get(str(question.association), ("", ""))
        return dict(self._mothers_by_association()).get(name, "0")

    def _conversations(self, question: Question) -> str:
        if question.association and question.topic:
            return not_shown()
        if question.association:
            name, _district = self.places.get(str(question.association), ("", ""))
            return self._within(question, _row(self.conversations.by_association, name))
        if question.topic:
            return self._within(question, _row(self.conversations.by_topic, question.topic))
        return self._within(question, self.conversations.total)

    def _within(self, question: Question, cells: Sequence[str] | None) -> str:
        """The sum of the quarters that are asked for; only whole ones, and where each of them is told."""
        since, until = question.since, question.until
        if not _is_of_quarters(question):
            return not_shown()
        if cells is None:  # none in any quarter
            return "0"
        if since is None and until is None:
            return cells[-1]
        quarters = zip(self.conversations.quarters, cells, strict=False)
        chosen = [cell for day, cell in quarters if (not since or day >= since) and (not until or day <= until)]
        is_told = bool(chosen) and all(cell.isdecimal() for cell in chosen)
        return str(sum(map(int, chosen))) if is_told else not_shown()

    # --- Broken down

    def parts(self, question: Question, grouping: str) -> list[tuple[str, str]] | None:
        """Each part by its name or code, in words; None where the breakdown is withheld."""
        if question.is_filtered or question.figure in (Computed.COORDINATORS, Computed.HOURS):
            return None
        if question.figure == Computed.ASSOCIATIONS:
            groups = grouped(self.programme.pk, self.moment, question, grouping)
            return [(one.key, str(int(one.number))) for one in groups]
        if question.figure == Computed.CONVERSATIONS:
            return self._conversation_parts(question, grouping)
        if question.since or question.until:
            return None
        if grouping == Grouping.LANGUAGE:
            return self._mothers_by_language(question)
        told = self._mothers_by_association()
        return told if grouping == Grouping.ASSOCIATION else self._by_district(told)

    def _conversation_parts(self, question: Question, grouping: str) -> list[tuple[str, str]]:
        is_language = grouping == Grouping.LANGUAGE
        totals = self.conversations.by_language if is_language else self.conversations.by_association
        rows = zip(totals.rows, totals.cells, strict=True)
        told = [(name, self._within(question, cells)) for name, cells in rows]
        return self._by_district(told) if grouping == Grouping.AREA else told

    def _mothers_by_association(self) -> list[tuple[str, str]]:
        words = breakdown([int(one.number) for one in self.mothers])
        return [(one.key, word) for one, word in zip(self.mothers, words, strict=True)]

    def _mothers_by_language(self, question: Question) -> list[tuple[str, str]]:
        """One who speaks several languages is in several parts."""
        groups = grouped(self.programme.pk, self.released, question, Grouping.LANGUAGE)
        words = topics_told([one.persons for one in groups], sum(int(one.number) for one in self.mothers))
        return [(one.key, word) for one, word in zip(groups, words, strict=True)]

    def _by_district(self, told: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Sums of what is told of the associations; nothing of a district with one that is not told."""
        districts = dict(self.places.values())
        parts: dict[str, list[str]] = {}
        for name, word in told:
            parts.setdefault(districts.get(name, ""), []).append(word)
        return [
            (district, str(sum(map(int, words))) if all(word.isdecimal() for word in words) else not_shown())
            for district, words in parts.items()
        ]


def _is_public(question: Question) -> bool:
    """Is it told to everybody on the day itself? Associations, and the criterion's own number."""
    is_whole = question.figure == Computed.COORDINATORS and not question.is_filtered
    return question.figure == Computed.ASSOCIATIONS or is_whole


def _is_of_quarters(question: Question) -> bool:
    """Is it about whole quarters? What is told of other days, held against those, would tell of few."""
    begins, ends = question.since, question.until and question.until + DAY
    return all(day is None or day == quarter_of(day) for day in (begins, ends))


def _is_total_of_persons(question: Question) -> bool:
    if question.is_filtered or question.since or not _is_of_quarters(question):
        return False
    return question.figure == Computed.NEW_MOTHERS or (question.figure == Computed.HOURS and not question.until)


def _row(totals: Totals, name: str) -> list[str] | None:
    return dict(zip(totals.rows, totals.cells, strict=True)).get(name)
