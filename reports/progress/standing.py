"""What became of each frozen report: derived from its steps, and from what was frozen after it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.models import FrozenReport, ReportStep

What = ReportStep.What


class State(StrEnum):
    """How far a version has come."""

    LOCKED = "locked"  #: approved and frozen, not sent
    SENT = "sent"
    RECEIVED = "received"
    RETURNED = "returned"
    ACCEPTED = "accepted"


WORDS = {
    State.LOCKED: gettext_lazy("Approved and locked, not sent yet"),
    State.SENT: gettext_lazy("Sent, not confirmed"),
    State.RECEIVED: gettext_lazy("Received, not answered yet"),
    State.RETURNED: gettext_lazy("Returned by the municipality"),
    State.ACCEPTED: gettext_lazy("Approved by the municipality"),
}
SHAPES = {
    State.LOCKED: "waiting",
    State.SENT: "clock",
    State.RECEIVED: "clock",
    State.RETURNED: "finding",
    State.ACCEPTED: "met",
}
#: The furthest of these that has happened says how far a version has come: who confirms the receipt after she has
#: answered takes nothing back.
_COMES_TO = (
    (What.ACCEPTED, State.ACCEPTED),
    (What.RETURNED, State.RETURNED),
    (What.RECEIVED, State.RECEIVED),
    (What.SENT, State.SENT),
)


@dataclass(frozen=True, slots=True)
class Version:
    """A frozen version, with what became of it."""

    frozen: FrozenReport
    state: State
    steps: tuple[ReportStep, ...]  #: in their order
    replaced_by: FrozenReport | None  #: the latest version after it that this reader sees

    @property
    def words(self) -> str:
        return str(WORDS[self.state])

    @property
    def shape(self) -> str:
        return SHAPES[self.state]

    @property
    def is_answered(self) -> bool:
        return self.state in (State.ACCEPTED, State.RETURNED)

    @property
    def replaced(self) -> str:
        if self.replaced_by is None:
            return ""
        return _("Replaced by version %(number)s") % {"number": self.replaced_by.number}

    def at(self, what: str) -> Any:
        """When that happened first; None where it has not."""
        return next((step.at for step in self.steps if step.what == what), None)

    @property
    def unanswered(self) -> list[ReportStep]:
        """Questions that nobody has answered yet."""
        answered = {step.question_id for step in self.steps}
        return [step for step in self.steps if step.what == What.QUESTION and step.pk not in answered]


def state_of(steps: Iterable[ReportStep]) -> State:
    """How far a version has come by its steps."""
    happened = {one.what for one in steps}
    return next((state for what, state in _COMES_TO if what in happened), State.LOCKED)


def versions(user: Any, **lookup: Any) -> list[Version]:
    """The frozen versions that a user sees, the newest first, each with its steps; two queries."""
    steps = ReportStep.objects.select_related("by").order_by("at", "pk")
    rows = FrozenReport.objects.visible_to(user).filter(**lookup).without_files()
    found = rows.select_related("report", "approved_by").prefetch_related(Prefetch("steps", steps)).order_by("-place")
    return with_standing(list(found))


def with_standing(found: Sequence[FrozenReport]) -> list[Version]:
    """Each with what became of it. `found` holds all versions of its reports that the reader sees."""
    latest: dict[int, FrozenReport] = {}
    for one in found:
        latest[one.report_id] = max(latest.get(one.report_id, one), one, key=lambda version: version.number)
    return [
        Version(
            one,
            state_of(one.steps.all()),
            tuple(one.steps.all()),
            latest[one.report_id] if latest[one.report_id] != one else None,
        )
        for one in found
    ]
