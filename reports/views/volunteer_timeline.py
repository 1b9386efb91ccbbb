"""All dated facts about a person in one line of time ("Forløb")."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reports.views.associations import MemberLine

if TYPE_CHECKING:
    from reports.views.volunteers import Facts


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: when, what, and where that says more, the matter that it belongs to."""

    on: dt.date
    words: str
    matter: str
    fact: Any


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on one day; of some facts the day is not known, and they stand apart."""

    on: dt.date
    is_unknown: bool
    events: list[Event]


def timeline(facts: "Facts", roles: list[MemberLine], on: dt.date) -> list[Day]:
    """Everything by the day, the latest first."""
    days: dict[tuple[dt.date, bool], list[Event]] = defaultdict(list)
    for event in chain(_came(facts), _roles(facts, roles), _declared(facts), _learnt(facts)):
        if event.on <= on:
            days[event.on, event.fact.is_date_unknown].append(event)
    return [
        Day(day, is_unknown, events)
        for (day, is_unknown), events in sorted(days.items(), key=itemgetter(0), reverse=True)
    ]


def _came(facts: "Facts") -> Iterator[Event]:
    for step in facts.steps:
        yield Event(step.happened_on, capfirst(step.get_stage_display()), _("Candidacy"), step)
    for answer in facts.answers:
        yield Event(answer.happened_on, capfirst(answer.get_answer_display()), _("Formerly paid"), answer)
    for line in facts.assessments:
        words = f"{capfirst(str(line.words))}: {line.fact.get_level_display()}"
        yield Event(line.fact.happened_on, words, _("Assessment"), line.fact)


def _roles(facts: "Facts", roles: list[MemberLine]) -> Iterator[Event]:
    for line in roles:
        words = {"role": capfirst(str(line.role_label)), "association": line.association.name}
        yield Event(line.started_on, _("%(role)s in %(association)s") % words, _("Role"), line.membership)
        if line.ended_on:
            ended = _("%(role)s in %(association)s: last day") % words
            yield Event(line.ended_on, ended, _("Role"), line.membership)
    for one in facts.exceptions:
        yield Event(one.started_on, capfirst(_("exception from the diploma")), _("Role"), one)


def _declared(facts: "Facts") -> Iterator[Event]:
    for one in facts.declarations:
        words = capfirst(one.get_kind_display())
        yield Event(one.started_on, words, _("Declaration"), one)
        if one.ended_on:
            yield Event(one.ended_on, _("%(declaration)s: withdrawn") % {"declaration": words}, _("Declaration"), one)


def _learnt(facts: "Facts") -> Iterator[Event]:
    for one in facts.certificates:
        yield Event(one.started_on, one.curriculum.name, _("Certificate"), one)
    for skill in facts.languages:
        yield Event(skill.happened_on, capfirst(str(skill)), _("Language"), skill)
