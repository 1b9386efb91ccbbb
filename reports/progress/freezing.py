"""A report is approved by a second person, and frozen in the same instant: never changed again."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from budget.month_end import latest_explanations
from bydelsmoedre.danish import dato
from bydelsmoedre.entry import Overtaken
from bydelsmoedre.moment import Moment, today
from programme.facts import freeze_moment
from reports.figures.finances import budget
from reports.figures.shapes import LineFigure
from reports.models import FrozenReport, Kind, ProgressReport
from reports.models.frozen import code_of
from reports.progress.canonical import canonical, sha256
from reports.progress.content import content_of, sender_of
from reports.progress.kinds import sections_of
from reports.progress.paper import paper_of

#: So many per cent of its budget a line may deviate at the end, either way, without an explanation.
UNEXPLAINED = 10


class NotFrozen(Overtaken):
    """The report stays a draft; the words say why."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is missing before a report can be approved, and about what."""

    code: str  #: of a section, "period", "deviation", "cvr" or "case_number"
    words: str
    about: UUID | None = None  #: the line whose deviation is not explained, or the sender


def missing(report: ProgressReport, moment: Moment) -> list[Missing]:
    """What is missing before the report can be approved."""
    found = []
    if report.period_to > today():
        found.append(Missing("period", _("The period is not over yet.")))
    written = {one.code for one in report.sections.all() if one.text.strip()}
    for section in sections_of(report.kind):
        if section.code not in written:
            found.append(Missing(section.code, _("“%(section)s” is not written.") % {"section": section.title}))
    if money := budget(report.programme, moment):
        explained = latest_explanations(money.uuid, moment, report.period_from)
        for line in money.lines:
            if is_to_be_explained(line, report.kind) and line.uuid not in explained:
                words = _("The deviation of “%(line)s” is not explained between %(first)s and %(last)s.")
                days = {"first": dato(report.period_from), "last": dato(report.period_to)}
                words %= {"line": line.name} | days
                found.append(Missing("deviation", words, line.uuid))
    return found


def warnings_of(report: ProgressReport) -> list[Missing]:
    """What a journal asks for and is not filled in. The report can be approved without it; it should not be."""
    found = []
    sender = sender_of(report.programme)
    if sender is None or not sender.cvr:
        words = _("The CVR number of the sender is not filled in.")
        found.append(Missing("cvr", words, sender.uuid if sender else None))
    if not report.case_number:
        found.append(Missing("case_number", _("The municipality’s case number is not filled in.")))
    return found


def is_to_be_explained(line: LineFigure, kind: str) -> bool:
    """Whoever pays asks about a line that is overspent; at the end also about one whose money was not used. While the
    year lasts, that a part is left is as it should be."""
    share = line.deviation_share
    is_far_off = kind == Kind.FINAL and share is not None and abs(share) > UNEXPLAINED
    return line.rest < 0 or is_far_off


def why_not_by(report: ProgressReport, user: Any) -> str:
    """Why this user does not approve it: it takes a second person, with an office; "" where she may."""
    if ProgressReport.objects.written_by(user).filter(pk=report.pk).exists():
        return _("You have written in the report yourself. Another person approves it.")
    return "" if user.office else _("Your login has no office. The report says by which office it is approved.")


@transaction.atomic
def freeze(report: ProgressReport, *, by: Any, reason: str = "", seen: str = "") -> FrozenReport:
    """Approve and freeze the report as of its period's last day, as known this instant. A later version says why.
    `seen` is the fingerprint of what was read, where it must be just that. Raises `NotFrozen`."""
    moment = freeze_moment(report.period_to)  # first of all: it reads the clock
    return freeze_as_of(report, moment, by=by, reason=reason, seen=seen)


def freeze_as_of(
    report: ProgressReport,
    moment: Moment,
    *,
    by: Any,
    reason: str = "",
    at: dt.datetime | None = None,
    seen: str = "",
    uuid: UUID | None = None,
) -> FrozenReport:
    """The same at a Moment that is given: the owner tells the story's reports, frozen `at` their own time and under an
    identity that stays."""
    rows = ProgressReport.objects.select_for_update(of=("self",)).select_related("programme", "recipient")
    report = rows.get(pk=report.pk)
    lock_chain(report.programme_id)
    if why := why_not_by(report, by):
        raise NotFrozen(why)
    if left := missing(report, moment):
        raise NotFrozen(" ".join(one.words for one in left))
    before = report.frozen.order_by("-number").first()
    if bool(before) != bool(reason):
        raise NotFrozen(
            _("A new version says why it replaces the one before.") if before else _("There is none before.")
        )
    last = FrozenReport.objects.filter(programme=report.programme_id).order_by("-place").first()
    number = before.number + 1 if before else 1
    sender = sender_of(report.programme)
    head: dict[str, Any] = {
        "previous": last.sha256 if last else "",
        "number": number,
        "approved_by": {"office": by.office, "organisation": sender.name if sender else ""},
        "replaces": {"number": before.number, "sha256": before.sha256, "reason": reason} if before else None,
    }
    content = content_of(report, moment, head)
    if seen and seen != fingerprint_of(content):
        raise NotFrozen(_("The report has changed since you opened this page. Read it again before you approve it."))
    data = canonical(content)
    digest = sha256(data)
    paper = paper_of(content, sha256=digest, code=code_of(digest), address=address_of(digest))
    return FrozenReport.objects.create(
        programme=report.programme,
        report=report,
        number=number,
        place=last.place + 1 if last else 1,
        cut_off=moment.on,
        known_at=moment.known_at,
        canonical=data,
        sha256=digest,
        previous=head["previous"],
        pdf=paper,
        pdf_sha256=sha256(paper),
        reason=reason,
        approved_by=by,
        **({"frozen_at": at} if at else {}),
        **({"uuid": uuid} if uuid else {}),
    )


def fingerprint_of(content: dict[str, Any]) -> str:
    """The same for contents that say the same, whoever approves them and when."""
    about = {**content["report"], "known_at": "", "approved_by": None, "replaces": None}
    return sha256(canonical({**content, "previous": "", "report": about}))


def address_of(digest: str) -> str:
    """Where anybody checks the paper."""
    return f"{settings.SITE_URL.rstrip('/')}/kontrol/{digest[:20]}/"


def lock_chain(programme: int) -> None:
    """One at a time: the next version of a programme follows the last."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(741108, %s)", [programme])
