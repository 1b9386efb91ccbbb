"""How a person came, as her page shows it: her candidacies with what may follow, what was seen in her, her answers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bydelsmoedre.addresses import url
from bydelsmoedre.moment import Moment
from volunteers.models import Assessment, Candidacy, StageEvent, Transition, TransitionAnswer
from volunteers.recruitment import TITLES, Stage, in_order, next_place

#: The shape beside a step.
SHAPES = {Stage.ACCEPTED: "met", Stage.DECLINED: "waived", Stage.WITHDRAWN: "waived", Stage.LEFT: "waived"}


@dataclass(frozen=True, slots=True)
class Line:
    """A dated fact in words, with the page that retracts it where this reader may."""

    fact: Any
    words: Any
    retract_url: str
    shape: str = "near"

    @property
    def on(self) -> Any:
        return self.fact.happened_on


@dataclass(frozen=True, slots=True)
class CandidacyLine:
    """A candidacy: the steps taken, and those that may follow, each with its page."""

    candidacy: Candidacy
    steps_taken: list[StageEvent]
    lines: list[Line]
    next_steps: list[tuple[str, str]]
    assess_url: str

    @property
    def is_waiting(self) -> bool:
        """Does she wait for the secretariat: for an interview, or for an answer?"""
        return self.steps_taken[-1].stage in (Stage.APPLIED, Stage.INTERVIEWED)


def candidacy_lines(steps: Sequence[StageEvent], may_recruit: bool) -> list[CandidacyLine]:
    """The candidacies that have taken a step, the latest first."""
    taken: dict[Candidacy, list[StageEvent]] = defaultdict(list)
    for step in in_order(steps):
        taken[step.candidacy].append(step)
    found = [_candidacy(candidacy, ordered, may_recruit) for candidacy, ordered in taken.items()]
    return sorted(found, key=lambda one: one.candidacy.pk, reverse=True)


def _candidacy(candidacy: Candidacy, steps: list[StageEvent], may_recruit: bool) -> CandidacyLine:
    allowed = next_place(steps).allowed if may_recruit else ()
    return CandidacyLine(
        candidacy=candidacy,
        steps_taken=steps,
        lines=[
            Line(
                step,
                step.get_stage_display(),
                retract_url("trin-i-rekruttering", step, may_recruit),
                SHAPES.get(Stage(step.stage), "near"),
            )
            for step in steps
        ],
        next_steps=[(str(TITLES[stage]), url("volunteers:stage", candidacy.uuid, stage.value)) for stage in allowed],
        assess_url=url("volunteers:assessment", candidacy.uuid) if may_recruit else "",
    )


def assessment_lines(user: Any, ids: Sequence[int], moment: Moment, may_recruit: bool) -> list[Line]:
    """What was seen in her, for who may meet it; one query."""
    seen = Assessment.objects.visible_to(user).at(moment).filter(candidacy__volunteer__in=ids)
    return [
        Line(one, one.get_aspect_display(), retract_url("vurdering", one, may_recruit))
        for one in seen.order_by("-candidacy", "aspect")
    ]


@dataclass(frozen=True, slots=True)
class TransitionLine:
    """That she was paid in a former project, and what she has answered since."""

    transition: Transition
    answers: list[Line]
    answer_url: str


def transition_line(former: Transition, answers: Sequence[TransitionAnswer], may_recruit: bool) -> TransitionLine:
    """Her answers as they were given; the last one holds."""
    ordered = sorted(answers, key=lambda one: (one.happened_on, one.pk))
    return TransitionLine(
        former,
        [Line(one, one.get_answer_display(), retract_url("svar", one, may_recruit)) for one in ordered],
        url("volunteers:answer", former.uuid) if may_recruit else "",
    )


def retract_url(kind: str, fact: Any, may: bool) -> str:
    """The page that retracts the fact, where this reader may."""
    return url("reports:retract", kind, fact.uuid) if may and fact.is_current else ""
