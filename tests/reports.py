"""Reports in tests: a draft with all its sections written, and frozen by another person."""

import datetime as dt
from itertools import count

from reports.models import ProgressReport, ReportStep, Section
from reports.progress.freezing import freeze
from reports.progress.kinds import sections_of
from tests import factories as make
from tests.committee import annex, decide

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


_days = count(1)


def _another(programme, make_one=draft):
    """One to a day of its own, long ago, in a programme that need not have a municipality."""
    programme.organisations.get_or_create(kind="municipality", defaults={"name": "Kommunen"})
    day = D(2005, 1, 1) + dt.timedelta(next(_days))
    return make_one(programme, to=day, period_from=day)


REPORT_MAKERS = {
    "reports.ProgressReport": _another,
    "reports.Section": lambda p: _another(p).sections.first(),
    "reports.FrozenReport": lambda p: _another(p, frozen),
    "reports.ReportStep": lambda p: ReportStep.objects.create(
        frozen=_another(p, frozen), what="received", by=make.user_with_role(p, "caseworker")
    ),
    "reports.CommitteeAnnex": lambda p: annex(_another(p, frozen)),
    "reports.CommitteeDecision": lambda p: decide(_another(p, frozen)),
}
