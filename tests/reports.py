"""Reports in tests: a draft with all its sections written, and frozen by another person."""

import datetime as dt

from reports.models import ProgressReport, ReportStep, Section
from reports.progress.freezing import freeze
from reports.progress.kinds import sections_of
from tests import factories as make

D = dt.date


def draft(programme, *, to=D(2011, 9, 30), by=None, kind="status", **values):
    """A report to that day, all of whose sections are written by `by`."""
    writer = by or make.user_with_role(programme, "secretariat")
    recipient = programme.organisations.get(kind="municipality")
    told = {"recipient": recipient, "period_from": D(2011, 7, 1), "period_to": to, "begun_by": writer}
    made = ProgressReport.objects.create(programme=programme, kind=kind, **told | values)
    for one in sections_of(kind):
        Section.objects.create(report=made, code=one.code, text=f"Om {one.title.lower()}.", written_by=writer)
    return made


def approver(programme):
    return make.user_with_role(programme, "foundation", office="Programleder")


def frozen(programme, *, to=D(2011, 9, 30), **values):
    return freeze(draft(programme, to=to, **values), by=approver(programme))


REPORT_MAKERS = {
    "reports.ProgressReport": draft,
    "reports.Section": lambda p: draft(p).sections.first(),
    "reports.FrozenReport": frozen,
    "reports.ReportStep": lambda p: ReportStep.objects.create(
        frozen=frozen(p), what="received", by=make.user_with_role(p, "caseworker")
    ),
}
