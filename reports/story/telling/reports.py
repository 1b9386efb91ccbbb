"""The reports: written, approved and frozen as of their own time, in a chain, with what became of each."""

import datetime as dt
from collections.abc import Mapping

from accounts.models import User
from bydelsmoedre.moment import COPENHAGEN, Moment
from reports.models import FrozenReport, ProgressReport, ReportStep, Section
from reports.plan2011 import MUNICIPALITY
from reports.progress.freezing import freeze_as_of
from reports.progress.kinds import sections_of
from reports.story import reports as data
from reports.story.book import day, identity
from reports.story.telling.cast import Cast


def tell_reports(cast: Cast, users: Mapping[str, User]) -> None:
    """Told last, from the stored facts: a report is frozen as everything was known at that time. `users`: by what
    they do."""
    told = sorted(
        ((_time(version.frozen_at), plan, number) for plan in data.REPORTS for number, version in _numbered(plan)),
        key=lambda one: one[0],
    )
    made: dict[str, ProgressReport] = {}
    for at, plan, number in told:
        if plan.period_to not in made:
            made[plan.period_to] = _begin(cast, plan, users[data.WRITER])
        _freeze(made[plan.period_to], plan, number, at, users)


def _numbered(plan: data.ReportPlan) -> list[tuple[int, data.VersionPlan]]:
    return list(enumerate(plan.versions, 1))


def _time(text: str) -> dt.datetime:
    """When, as the story writes it: "12.08 10:15"."""
    on, at = text.split()
    return dt.datetime.combine(day(on), dt.time.fromisoformat(at), tzinfo=COPENHAGEN)


def _begin(cast: Cast, plan: data.ReportPlan, by: User) -> ProgressReport:
    report = ProgressReport.objects.create(
        uuid=identity(ProgressReport, plan.period_to),
        programme=cast.programme,
        kind=plan.kind,
        recipient=cast.organisations[MUNICIPALITY],
        agreement=cast.agreement,
        period_from=day(plan.period_from),
        period_to=day(plan.period_to),
        due_on=day(plan.due_on),
        case_number=data.CASE_NUMBER,
        begun_by=by,
    )
    for one in sections_of(plan.kind):
        label = f"{plan.period_to}/{one.code}"
        Section.objects.create(uuid=identity(Section, label), report=report, code=one.code, written_by=by)
    return report


def _freeze(
    report: ProgressReport, plan: data.ReportPlan, number: int, at: dt.datetime, users: Mapping[str, User]
) -> None:
    version = plan.versions[number - 1]
    for code, text in version.texts.items():
        report.sections.filter(code=code).update(text=data.prose(text))
    label = f"{plan.period_to}/{number}"
    frozen = freeze_as_of(
        report,
        Moment(report.period_to, at),
        by=users[data.APPROVER],
        reason=version.reason,
        at=at,
        uuid=identity(FrozenReport, label),
    )
    asked: ReportStep | None = None
    for place, step in enumerate(version.steps, 1):
        made = ReportStep.objects.create(
            uuid=identity(ReportStep, f"{label}/{place}"),
            frozen=frozen,
            what=step.what,
            question=asked if step.what == ReportStep.What.ANSWER else None,
            section=step.section,
            text=step.text,
            at=_time(step.at),
            by=users[step.by],
        )
        asked = made if step.what == ReportStep.What.QUESTION else asked
