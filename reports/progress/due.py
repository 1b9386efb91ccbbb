"""What needs attention about reports: one that is due or late, and one that waits for an answer.

Reports that are agreed on are plans and stand as they are now; what was sent and answered is asked of the Moment. The
pages of a finished programme open at its deadline, but its last reports are due after it: there, it is as of today
(`let_wait_on`).
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bydelsmoedre.addresses import url
from programme.findings import FindingKind, Whose
from reports.progress.schedule import TOLD_DAYS

#: So many days the municipality has for a report, and the secretariat for a question.
ANSWER_DAYS, QUESTION_DAYS = 30, 7

#: The steps taken by the Moment, of the programme's frozen reports, with their day in Copenhagen.
_TAKEN = """
  select s.id, s.uuid, s.what, s.frozen_id, s.question_id, (s.at at time zone 'Europe/Copenhagen')::date as day
  from reports_reportstep s join reports_frozenreport z on z.id = s.frozen_id and z.programme_id = %(programme)s
  where s.at <= %(known_at)s::timestamptz and (s.at at time zone 'Europe/Copenhagen')::date <= %(let_wait_on)s::date
"""

# No version of the report of that kind to that day is sent.
_UNSENT = f"""
select 'scheduled', p.uuid, null::uuid, {{since}}, ({{number}})::int
from reports_reportschedule p
where p.programme_id = %(programme)s and {{when}}
  and not exists (
    select from ({_TAKEN}) t join reports_frozenreport f on f.id = t.frozen_id and t.what = 'sent'
    join reports_progressreport r on r.id = f.report_id and r.kind = p.kind and r.period_to = p.period_to
  )
"""
_DUE = _UNSENT.format(
    since=f"p.due_on - {TOLD_DAYS}",
    number="p.due_on - %(let_wait_on)s::date",
    when=f"%(let_wait_on)s::date between p.due_on - {TOLD_DAYS} and p.due_on",
)
_OVERDUE = _UNSENT.format(
    since="p.due_on", number="%(let_wait_on)s::date - p.due_on", when="p.due_on < %(let_wait_on)s::date"
)

# The last version of each report that was sent.
_LAST = f"""
  select distinct on (f.report_id) f.id, f.uuid, f.report_id, t.day
  from ({_TAKEN}) t join reports_frozenreport f on f.id = t.frozen_id and t.what = 'sent'
  order by f.report_id, f.number desc
"""

_RETURNED = f"""
select 'report', r.uuid, null::uuid, t.day, null::int
from ({_LAST}) l join ({_TAKEN}) t on t.frozen_id = l.id and t.what = 'returned'
join reports_progressreport r on r.id = l.report_id
"""

_UNANSWERED = f"""
select 'frozen', l.uuid, null::uuid, l.day + {ANSWER_DAYS}, (%(let_wait_on)s::date - l.day)::int
from ({_LAST}) l
where l.day <= %(let_wait_on)s::date - {ANSWER_DAYS}
  and not exists (select from ({_TAKEN}) t where t.frozen_id = l.id and t.what in ('accepted', 'returned'))
"""

_QUESTION = f"""
select 'question', q.uuid, null::uuid, q.day + {QUESTION_DAYS}, (%(let_wait_on)s::date - q.day)::int
from ({_TAKEN}) q
where q.what = 'question' and q.day <= %(let_wait_on)s::date - {QUESTION_DAYS}
  and not exists (select from ({_TAKEN}) t where t.question_id = q.id)
"""


def _due(days: int) -> str:
    if not days:
        return _("The report is due today, and is not sent")
    said = ngettext(
        "The report is due in %(days)s day, and is not sent",
        "The report is due in %(days)s days, and is not sent",
        days,
    )
    return said % {"days": days}


def _overdue(days: int) -> str:
    said = ngettext("The report is %(days)s day overdue", "The report is %(days)s days overdue", days)
    return said % {"days": days}


def _unanswered(days: int) -> str:
    words = ngettext(
        "The municipality has had the report for %(days)s day, and has not answered",
        "The municipality has had the report for %(days)s days, and has not answered",
        days,
    )
    return words % {"days": days}


def _question(days: int) -> str:
    words = ngettext(
        "A question about the report has waited %(days)s day for an answer",
        "A question about the report has waited %(days)s days for an answer",
        days,
    )
    return words % {"days": days}


def _kind(code: str, sql: str, why: Any, whose: Whose, page: str, action: Any) -> FindingKind:
    """All are the programme's, and the municipality reads them too."""
    return FindingKind(
        code,
        sql,
        why=why,
        whose=whose,
        mend=lambda uuid: url(page, uuid),
        action=action,
        is_public=True,
        is_for_staff=True,
    )


FINDINGS = [
    _kind(
        "report_due",
        _DUE,
        lambda number: _due(number or 0),
        Whose.SECRETARIAT,
        "reports:schedule_open",
        gettext_lazy("Write the report"),
    ),
    _kind(
        "report_overdue",
        _OVERDUE,
        lambda number: _overdue(number or 0),
        Whose.SECRETARIAT,
        "reports:schedule_open",
        gettext_lazy("Write the report"),
    ),
    _kind(
        "report_returned",
        _RETURNED,
        lambda number: _("The municipality has returned the report, and no new version is sent"),
        Whose.SECRETARIAT,
        "reports:report",
        gettext_lazy("Write a new version"),
    ),
    _kind(
        "report_unanswered",
        _UNANSWERED,
        lambda number: _unanswered(number or 0),
        Whose.MUNICIPALITY,
        "reports:frozen",
        gettext_lazy("See the report"),
    ),
    _kind(
        "question_unanswered",
        _QUESTION,
        lambda number: _question(number or 0),
        Whose.SECRETARIAT,
        "reports:answer",
        gettext_lazy("Answer the question"),
    ),
]
