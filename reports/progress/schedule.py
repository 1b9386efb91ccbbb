"""What reports are due when, and how far each is: a report that is agreed on is the one of that kind to that day."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bydelsmoedre.addresses import url
from bydelsmoedre.moment import Moment
from programme.access import STAFF
from programme.models import Programme
from reports.models import ProgressReport, ReportSchedule
from reports.progress.standing import SHAPES as VERSION_SHAPES
from reports.progress.standing import WORDS as VERSION_WORDS
from reports.progress.standing import State, Version, versions

#: So many days before it is due a report is told of.
TOLD_DAYS = 14


class Stage(StrEnum):
    """How far a report that is agreed on has come; a frozen one as `standing.State` says."""

    NOT_BEGUN = "not_begun"
    NOT_SENT = "not_sent"  #: all that is told to whoever sees no drafts
    DRAFT = "draft"
    LOCKED = State.LOCKED.value
    SENT = State.SENT.value
    RECEIVED = State.RECEIVED.value
    RETURNED = State.RETURNED.value
    ACCEPTED = State.ACCEPTED.value


WORDS: dict[Stage, Any] = {
    Stage.NOT_BEGUN: gettext_lazy("Not begun"),
    Stage.NOT_SENT: gettext_lazy("Not sent yet"),
    Stage.DRAFT: gettext_lazy("Being written"),
    **{Stage(state.value): words for state, words in VERSION_WORDS.items()},
}
SHAPES = {
    Stage.NOT_BEGUN: "not_yet",
    Stage.NOT_SENT: "not_yet",
    Stage.DRAFT: "founded",
    **{Stage(state.value): shape for state, shape in VERSION_SHAPES.items()},
}
#: What has reached its recipient, whatever became of it there.
SENT = (Stage.SENT, Stage.RECEIVED, Stage.RETURNED, Stage.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Scheduled:
    """An agreed report, how far it is, and where one goes on with it."""

    plan: ReportSchedule
    stage: Stage
    days: int  #: until it is due; below 0 it is overdue
    number: int | None  #: of the version that the stage is of
    url: str  #: the version or the draft, or where the draft is begun; "" where this reader has none of them
    action: str
    edit_url: str

    @property
    def is_sent(self) -> bool:
        return self.stage in SENT

    @property
    def is_overdue(self) -> bool:
        return self.days < 0 and not self.is_sent

    @property
    def words(self) -> str:
        return str(WORDS[self.stage])

    @property
    def shape(self) -> str:
        return "finding" if self.is_overdue else SHAPES[self.stage]

    @property
    def when(self) -> str:
        """How long there is, or how much too late it is; "" where it is far away, or was sent."""
        if self.is_sent or self.days > TOLD_DAYS:
            return ""
        if self.days < 0:
            late = ngettext("%(days)s day overdue", "%(days)s days overdue", -self.days)
            return late % {"days": -self.days}
        if not self.days:
            return _("Due today")
        return ngettext("Due in %(days)s day", "Due in %(days)s days", self.days) % {"days": self.days}


def schedule_context(
    programme: Programme,
    request: Any,
    moment: Moment,
    found: Sequence[Version] | None = None,
    drafts: Sequence[ProgressReport] | None = None,
) -> dict[str, Any]:
    """What `reports/schedule.html` shows on the list of reports. `found`, `drafts`: all versions and drafts of the
    programme that this reader sees, where the page has asked for them already: then it is one query, else four."""
    seen = versions(request.user, programme=programme) if found is None else found
    if drafts is None:
        drafts = list(ProgressReport.objects.visible_to(request.user).filter(programme=programme))
    plans = ReportSchedule.objects.visible_to(request.user).filter(programme=programme)
    plans = plans.select_related("recipient").in_order()
    may_write = request.standing.is_secretariat
    sees_drafts = request.standing.has(*STAFF)
    told = scheduled(plans, drafts, seen, moment.on, may_write=may_write, sees_drafts=sees_drafts)
    return {"schedule": told, "schedule_new_url": url("reports:schedule_new") if may_write else ""}


def scheduled(
    plans: Iterable[ReportSchedule],
    drafts: Iterable[ProgressReport],
    seen: Iterable[Version],
    on: dt.date,
    *,
    may_write: bool,
    sees_drafts: bool,
) -> list[Scheduled]:
    """Each agreed report with the draft and the latest version that a reader sees of it. Whoever does not see drafts
    is not told whether there is one. Pure."""
    written = {(one.kind, one.period_to): one for one in drafts}
    latest: dict[tuple[str, dt.date], Version] = {}
    for one in sorted(seen, key=lambda version: version.frozen.number):
        latest[one.frozen.report.kind, one.frozen.report.period_to] = one
    keys = ((plan, (plan.kind, plan.period_to)) for plan in plans)
    nothing = Stage.NOT_BEGUN if sees_drafts else Stage.NOT_SENT
    return [_scheduled(plan, written.get(key), latest.get(key), on, may_write, nothing) for plan, key in keys]


def _scheduled(
    plan: ReportSchedule,
    draft: ProgressReport | None,
    version: Version | None,
    on: dt.date,
    may_write: bool,
    nothing: Stage,
) -> Scheduled:
    if version:
        stage, address, action = Stage(version.state.value), version.frozen.get_absolute_url(), _("See the report")
    elif draft:
        stage, address, action = Stage.DRAFT, draft.get_absolute_url(), _("Go on with the draft")
    else:
        address = begin_url(plan) if may_write else ""
        stage, action = nothing, _("Begin the draft")
    return Scheduled(
        plan,
        stage,
        (plan.due_on - on).days,
        version.frozen.number if version else None,
        address,
        action,
        url("reports:schedule_edit", plan.uuid) if may_write else "",
    )


def begin_url(plan: ReportSchedule) -> str:
    """Where its draft is begun, filled in from it."""
    return f"{url('reports:report_new')}?plan={plan.uuid}"


#: What a report takes from what is agreed on.
_TAKEN = ("kind", "period_from", "period_to", "recipient_id", "agreement_id", "due_on")


def begun_from(request: Any, programme: Programme) -> dict[str, Any]:
    """What a new report is filled in with, by the agreed report in the address (`?plan=`); nothing without one."""
    try:
        asked = UUID(request.GET.get("plan", ""))
    except ValueError:
        return {}
    plan = ReportSchedule.objects.visible_to(request.user).filter(programme=programme, uuid=asked).values(*_TAKEN)
    return {name.removesuffix("_id"): value for one in plan for name, value in one.items()}
