"""An association's checklist as a page shows it: each step with guidance, what is recorded, what is missing."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from associations.founding import Founding
from associations.models import Association, FoundingChecklist, FoundingStep, StepKind, StepPlan
from bydelsmoedre.addresses import url
from bydelsmoedre.moment import Moment
from bydelsmoedre.remembering import recall

GUIDANCE = {
    StepKind.NOTICE: _("Invite everybody in the area in writing, with an agenda, in good time."),
    StepKind.STATUTES: _("The meeting adopts the statutes. Use the common template."),
    StepKind.MEETING: _("From this meeting the association exists."),
    StepKind.BOARD: _("At least five, among them a chair and a treasurer."),
    StepKind.MINUTES: _("Signed by the one who chaired the meeting. They prove the founding."),
    StepKind.CONSTITUTION: _("The board shares out its tasks: chair, treasurer, secretary."),
    StepKind.AGREEMENT: _("Signed by the association and the secretariat."),
    StepKind.CVR: _("Apply at virk.dk with minutes and statutes. Eight digits."),
    StepKind.BANK: _("The bank asks for papers that we never keep. Record only that the account exists."),
    StepKind.DIGITAL_POST: _("The association can receive post from authorities."),
}

STATES = {
    "done": _("Done"),
    "missing": _("Missing"),
    "short": _("Too few elected"),
    "waived": _("Not needed"),
    "later": _("After the day shown"),
}


@dataclass(frozen=True, slots=True)
class StepFact:
    """A recorded step as this reader may see it: words about persons only for those who may see persons."""

    happened_on: dt.date
    is_date_unknown: bool
    recorded_at: dt.datetime
    board_members: int | None
    cvr: str
    has_evidence: bool
    evidence: str
    note: str
    retract_url: str
    file_url: str = ""
    is_later: bool = False  #: it happened after the day asked of


@dataclass(frozen=True, slots=True)
class StepLine:
    """One line of the checklist."""

    kind: str
    number: int
    title: str
    guidance: Any
    required_for: str
    state: str
    record_url: str
    facts: list[StepFact] = field(default_factory=list)
    planned_on: dt.date | None = None
    plan_url: str = ""
    is_lacking: bool = False  #: does the association lack it on the day? What must only exist may come later.

    @property
    def state_label(self) -> Any:
        return STATES[self.state]


def step_lines(
    association: Association, status: Founding, moment: Moment, *, may_change: bool, may_read_words: bool
) -> list[StepLine]:
    """The checklist that the association is founded under, with what is recorded at the Moment and what is planned;
    three queries."""
    steps = FoundingStep.objects.known(moment.known_at).filter(association=association)
    by_kind: dict[str, list[StepFact]] = {}
    for step in steps.select_related("evidence").order_by("happened_on"):
        shown = _shown(step, status.on, may_change=may_change, may_read_words=may_read_words)
        by_kind.setdefault(step.kind, []).append(shown)
    plans = StepPlan.objects.filter(association=association).values_list("kind", "planned_on")
    planned = recall(("plans", association.pk), lambda: dict(plans))
    return [
        _line(
            association, item, status, by_kind.get(item["kind"], []), planned.get(item["kind"]), may_change=may_change
        )
        for item in sorted(_items(association, status, moment, by_kind), key=lambda item: item["number"])
    ]


def _items(
    association: Association, status: Founding, moment: Moment, facts: dict[str, list[StepFact]]
) -> list[dict[str, Any]]:
    """The checklist of the general meeting's day, or of the day asked of while there has been none; chosen as in
    `FOUNDING_SQL`."""
    held = [fact.happened_on for fact in facts.get(StepKind.MEETING, []) if fact.happened_on <= status.on]
    version = checklist_on(association, min(held, default=status.on), moment)
    return version.items if version else []


def checklist_on(association: Association, day: dt.date, moment: Moment) -> FoundingChecklist | None:
    """The checklist that an association founded on that day is founded under: the version in force, else the one before
    it, else the first."""
    known = FoundingChecklist.objects.known(moment.known_at).filter(programme=association.programme_id)
    versions = recall(
        ("checklists", association.programme_id, moment.known_at), lambda: list(known.order_by("started_on"))
    )
    fitting = [one for one in versions if one.is_active(day)] or [one for one in versions if one.started_on <= day]
    return next(iter(fitting[-1:] or versions[:1]), None)


def _line(
    association: Association,
    item: dict[str, Any],
    status: Founding,
    facts: list[StepFact],
    planned_on: dt.date | None,
    *,
    may_change: bool,
) -> StepLine:
    kind = StepKind(item["kind"])
    lacks = {*status.lacks, *status.lacks_running}
    state = "missing" if kind in lacks else "waived" if kind in status.waived else "done"
    if kind == StepKind.BOARD and "board_size" in lacks:
        state = "short"
    if facts and all(fact.happened_on > status.on and not fact.is_date_unknown for fact in facts):
        state = "later"
    is_open = kind == StepKind.BOARD or not facts
    return StepLine(
        is_lacking=kind in lacks or (kind == StepKind.BOARD and "board_size" in lacks),
        kind=kind,
        number=item["number"],
        title=str(kind.label),
        guidance=GUIDANCE[kind],
        required_for=item["stage"],
        state=state,
        record_url=url("associations:step", association.uuid, kind) if may_change and is_open else "",
        facts=facts,
        planned_on=None if state == "done" else planned_on,
        plan_url=url("associations:plan", association.uuid, kind) if may_change and state != "done" else "",
    )


def _shown(step: FoundingStep, on: dt.date, *, may_change: bool, may_read_words: bool) -> StepFact:
    return StepFact(
        happened_on=step.happened_on,
        is_date_unknown=step.is_date_unknown,
        is_later=step.happened_on > on and not step.is_date_unknown,
        recorded_at=step.recorded_at,
        board_members=step.board_members,
        cvr=step.cvr,
        has_evidence=step.evidence_id is not None,
        evidence=str(step.evidence) if step.evidence and may_read_words else "",
        note=step.note if may_read_words else "",
        retract_url=url("reports:retract", "stiftelsestrin", step.uuid) if may_change and step.is_current else "",
        file_url=url("reports:evidence", "stiftelsestrin", step.uuid)
        if may_read_words and step.is_current and step.evidence and step.evidence.file
        else "",
    )
