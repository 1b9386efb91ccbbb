"""Reports in tests: a draft with all its sections written, and frozen by another person."""

import datetime as dt
from itertools import count

from django.utils import timezone

from bydelsmoedre.moment import Moment, today
from reports.models import (
    FrozenReport,
    JournalNumber,
    ProgressReport,
    ReportSchedule,
    ReportStep,
    Section,
    ShareLink,
    ShareOpening,
)
from reports.progress.canonical import canonical, sha256
from reports.progress.content import content_of
from reports.progress.freezing import freeze
from reports.progress.kinds import sections_of
from reports.sharing import token_of
from tests import factories as make
from tests.committee import annex, committee_rows, decide

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


def locked(programme, *, to=D(2011, 9, 30), **values):
    """Approved and frozen, and not sent yet."""
    return freeze(draft(programme, to=to, **values), by=approver(programme))


def frozen(programme, *, to=D(2011, 9, 30), **values):
    """Frozen and sent to the municipality."""
    return sent(locked(programme, to=to, **values))


def link_to(version, label="Socialudvalgets sekretariat", **values):
    """A share link, made by somebody of the staff."""
    by = values.pop("by", None) or make.user_with_role(version.programme, "secretariat")
    told = {"created_on": today(), "expires_on": today() + dt.timedelta(30)} | values
    return ShareLink.objects.create(frozen=version, label=label, created_by=by, **told)


def opened(version):
    """Shared by a link that somebody has opened."""
    return ShareOpening.objects.create(link=link_to(version), what="page")


def sent(version):
    step(version, "sent", version.report.begun_by)
    return version


def step(version, what, by=None, **values):
    """What somebody has done about a version."""
    who = by or make.user_with_role(version.programme, "caseworker")
    return ReportStep.objects.create(frozen=version, what=what, by=who, **values)


def agreed(programme, due_on=D(2011, 10, 15), *, to=D(2011, 9, 30), kind="status", **values):
    """A report to that day that is agreed on."""
    recipient = programme.organisations.get(kind="municipality")
    told = {"period_from": D(2011, 7, 1), "recipient": recipient} | values
    return ReportSchedule.objects.create(programme=programme, kind=kind, period_to=to, due_on=due_on, **told)


_days = count(1)


def _another(programme, make_one=draft):
    """One to a day of its own, long ago, in a programme that need not have a municipality."""
    programme.organisations.get_or_create(kind="municipality", defaults={"name": "Kommunen"})
    day = D(2005, 1, 1) + dt.timedelta(next(_days))
    return make_one(programme, to=day, period_from=day)


REPORT_MAKERS = {
    "reports.ProgressReport": _another,
    "reports.ReportSchedule": lambda p: _another(p, lambda p, **days: agreed(p, D(2012, 3, 1), **days)),
    "reports.Section": lambda p: _another(p).sections.first(),
    "reports.FrozenReport": lambda p: _another(p, frozen),
    "reports.ReportStep": lambda p: ReportStep.objects.create(
        frozen=_another(p, frozen), what="received", by=make.user_with_role(p, "caseworker")
    ),
    "reports.CommitteeAnnex": lambda p: annex(_another(p, frozen)),
    "reports.CommitteeDecision": lambda p: decide(_another(p, frozen)),
    "reports.JournalNumber": lambda p: JournalNumber.objects.create(
        frozen=_another(p, frozen), case_number="2011-4711", written_by=make.user_with_role(p, "caseworker")
    ),
    "reports.ShareLink": lambda p: link_to(_another(p, frozen)),
    "reports.ShareOpening": lambda p: ShareOpening.objects.create(link=link_to(_another(p, frozen)), what="page"),
}


def short(report, number, **values):
    """A version of which the words matter to nobody."""
    last = FrozenReport.objects.filter(programme=report.programme).order_by("-place").first()
    previous = last.sha256 if last else ""
    head = {"previous": previous, "number": number, "approved_by": None, "replaces": None}
    told_before = last.content if last else content_of(report, Moment(report.period_to, timezone.now()), head)
    known_at = timezone.now()
    about = told_before["report"] | {
        "number": number,
        "uuid": str(report.uuid),
        "title": str(report),
        "cut_off": report.period_to.isoformat(),
        "known_at": known_at.astimezone(dt.UTC).isoformat(),
        "replaces": {"number": number - 1, "sha256": "", "reason": "Rettet"} if number > 1 else None,
    }
    data = canonical(told_before | {"previous": previous, "report": about})
    told = {"canonical": data, "sha256": sha256(data), "pdf": b"%PDF", "pdf_sha256": sha256(b"%PDF")}
    chain = {"previous": previous, "place": last.place + 1 if last else 1, "number": number}
    why = {"reason": "Rettet" if number > 1 else "", "approved_by": report.begun_by}
    when = {"cut_off": report.period_to, "known_at": known_at}
    return FrozenReport.objects.create(report=report, programme=report.programme, **told | chain | why | when | values)


def report_rows(programme, word="", count=1):
    """A draft, a version that is sent with questions and answers, and one that is not sent; `count` of what may be
    many. `word` stands where persons may be named by mistake, which only the staff reads."""
    writer = make.user_with_role(programme, "secretariat", name=f"{word} Skribent")
    open_one = draft(programme, to=D(2011, 6, 30), period_from=D(2011, 1, 1), by=writer)
    Section.objects.filter(report=open_one).update(text=f"{word} har fortalt om sit arbejde.")
    version = sent(locked(programme, by=writer))
    contact = make.user_with_role(programme, "caseworker", name=f"{word} Kontakt")
    for number in range(count):
        question = step(version, "question", contact, text="Hvor mange?", section="goals")
        step(version, "answer", writer, text="Syv.", section="goals", question=question)
        other = draft(programme, to=D(2010, 1, 1) + dt.timedelta(number), period_from=D(2010, 1, 1), by=writer)
        undecided = sent(short(other, 1))
        short(other, 2)
        link = link_to(version, by=writer)
        for what in ("page", "pdf"):
            ShareOpening.objects.create(link=link, what=what)
        plan = agreed(programme, D(2011, 5, 31), to=other.period_to, period_from=D(2010, 1, 1))
    return {
        "report_draft": open_one,
        "report_sent": version,
        "report_undecided": undecided,
        "report_locked": locked(programme, to=D(2011, 7, 31), by=writer),
        "question": question,
        "share_link": link,
        "scheduled": plan,
    } | committee_rows(version, count)


def report_doors(rows):
    """Door → what its address is made of."""
    of = {
        "report_draft": ("report", "report_edit", "report_preview", "approve"),
        "share_link": ("unshare",),
        "report_sent": (
            "frozen",
            "frozen_remind",
            "frozen_receive",
            "frozen_accept",
            "frozen_return",
            "frozen_ask",
            "annex_pdf",
            "annex_docx",
            "committee",
            "frozen_journal",
            "journal_zip",
        ),
        "report_undecided": ("annex",),
        "report_locked": ("frozen_send",),
        "question": ("answer",),
        "scheduled": ("schedule_edit", "schedule_open"),
    }
    found = {f"reports:{door}": (rows[row].uuid,) for row, doors in of.items() for door in doors}
    found["reports:report_file"] = (rows["report_sent"].uuid, "pdf")
    found |= {f"reports:{door}": (token_of(rows["share_link"]),) for door in ("shared", "shared_paper")}
    code = (rows["report_sent"].sha256[:20],)
    found |= {"reports:share": (rows["report_sent"].uuid,), "reports:verify_code": code, "reports:verify_content": code}
    return found | {"reports:section": (rows["report_draft"].uuid, "goals")}
