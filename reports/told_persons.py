"""The figures of persons as the municipality is told them: four times a year, in totals, and no number from which few
could be told. Medians and shares are told where the numbers that they rest on are."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bydelsmoedre.suppression import SMALLEST_CELL, all_or_none, breakdown, is_small, nested, small_count
from reports.figure_words import not_shown
from reports.figures.conversations import topics_told
from reports.figures.formerly_paid import FormerlyPaid
from reports.figures.funnel import Funnel, Group
from reports.figures.residence import PLACES, Living
from reports.municipality import Answers, answers_told


@dataclass(frozen=True, slots=True)
class FunnelTold:
    """The funnel in words."""

    reached: list[str]  #: by stage
    conversions: list[float | None]  #: by stage after the first
    days: list[float | None]
    whole: float | None
    districts: list[tuple[Group, str]]  #: how many have been interested
    languages: list[tuple[Group, str]]


def funnel_told(figure: Funnel) -> FunnelTold:
    """By stage for the whole; by district and language only how many there are: stage by stage, few would be told."""
    total = figure.total
    words = nested(total.reached)
    told = [word == str(count) for word, count in zip(words, total.reached, strict=True)]
    both = [before and one for before, one in pairwise(told)]
    is_many = [is_told and count >= SMALLEST_CELL for is_told, count in zip(told, total.reached, strict=True)]
    districts = breakdown([one.persons for one in figure.districts])
    languages = topics_told([one.persons for one in figure.languages], total.persons)
    return FunnelTold(
        words,
        [share if is_told else None for share, is_told in zip(total.conversions, both, strict=True)],
        [days if many else None for days, many in zip(total.days, [*is_many[1:], is_many[-1]], strict=True)],
        total.whole if told[0] and told[-1] else None,
        list(zip(figure.districts, districts, strict=True)),
        list(zip(figure.languages, languages, strict=True)),
    )


@dataclass(frozen=True, slots=True)
class LivingTold:
    """Where a group lives, in words; shares only where every part is told."""

    counts: dict[str, str]
    total: str
    is_whole: bool


def living_told(figure: Living, counting: int | None = None) -> LivingTold:
    """Of mothers and coordinators nothing where few of them do not count toward the criterion: how many of them do
    (`counting`) is published, and their parts would add up."""
    if counting and is_small(figure.total - counting):
        return LivingTold(dict.fromkeys(PLACES, not_shown()), not_shown(), is_whole=False)
    parts = [figure.counts[place] for place in PLACES]
    words = breakdown(parts)
    total = small_count(figure.total)
    is_whole = total == str(figure.total) and words == [str(part) for part in parts]
    return LivingTold(dict(zip(PLACES, words, strict=True)), total, is_whole)


@dataclass(frozen=True, slots=True)
class PaidTold:
    """The formerly paid in words: the answers, and by month who is active, who is not, whose day has not come."""

    answers: Answers
    milestones: list[tuple[int, list[str]]]


def paid_told(figure: FormerlyPaid) -> PaidTold:
    """No projects: twelve persons each. Milestones are parts of those who go on, and told only where these are."""
    answers = answers_told(figure.answers)
    is_told = answers.yes == str(figure.answers.yes)
    rows = [(one.months, [one.active, one.inactive, one.coming]) for one in figure.milestones]
    return PaidTold(answers, [(months, _parts(parts, is_told=is_told)) for months, parts in rows])


def _parts(parts: Sequence[int], *, is_told: bool) -> list[str]:
    return all_or_none(parts) if is_told else [not_shown() for _ in parts]
