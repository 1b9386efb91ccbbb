"""The reports that are agreed on: how far each is, and what is told of those that are due, late or unanswered."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from bydelsmoedre.moment import Moment, calendar_today
from reports.findings import KINDS, found
from reports.models import ReportSchedule
from reports.progress.freezing import freeze
from reports.progress.schedule import WORDS, Stage, scheduled
from reports.progress.standing import versions
from tests import factories as make
from tests.reports import agreed, approver, draft, locked, sent, step

D = dt.date
pytestmark = pytest.mark.django_db
DUE = D(2011, 10, 15)


def stage(programme, user, on=DUE, *, is_staff=True):
    plans = ReportSchedule.objects.filter(programme=programme).in_order()
    drafts = programme.reports.visible_to(user)
    seen = versions(user, programme=programme)
    (told,) = scheduled(plans, drafts, seen, on, may_write=is_staff, sees_drafts=is_staff)
    return told


def codes(programme, on, *wanted):
    return [(one.kind.code, one.uuid, one.number) for one in found(programme, Moment(on), codes=wanted)]


def days(number):
    return calendar_today() + dt.timedelta(number)


def test_stage_follows_the_report_of_that_kind_to_that_day(programme, secretariat):
    agreed(programme)
    draft(programme, kind="midway")  # of another kind
    draft(programme, to=D(2011, 9, 29))  # to another day
    told = [stage(programme, secretariat).stage]
    report = draft(programme)
    told.append(stage(programme, secretariat).stage)
    version = freeze(report, by=approver(programme))
    told.append(stage(programme, secretariat).stage)
    sent(version)
    told.append(stage(programme, secretariat).stage)
    step(version, "returned", text="Økonomien mangler")
    told.append(stage(programme, secretariat).stage)
    again = sent(freeze(report, by=approver(programme), reason="Økonomien er uddybet"))
    step(again, "accepted")
    last = stage(programme, secretariat)

    assert told == [Stage.NOT_BEGUN, Stage.DRAFT, Stage.LOCKED, Stage.SENT, Stage.RETURNED]
    assert (last.stage, last.number, last.url) == (Stage.ACCEPTED, 2, again.get_absolute_url())


def test_report_is_overdue_from_the_day_after_until_it_is_sent(programme, secretariat):
    agreed(programme)

    told = [stage(programme, secretariat, on) for on in (D(2011, 9, 30), D(2011, 10, 1), DUE, D(2011, 10, 16))]
    assert [one.is_overdue for one in told] == [False, False, False, True]
    assert [bool(one.when) for one in told] == [False, True, True, True]
    locked_one = locked(programme)
    assert stage(programme, secretariat, D(2011, 10, 16)).is_overdue
    sent(locked_one)
    assert not stage(programme, secretariat, D(2011, 10, 16)).is_overdue


def test_municipality_is_not_told_whether_a_report_that_is_not_sent_is_begun(programme, caseworker):
    """It would be wrong to say that a report which only waits to be sent is not begun."""
    agreed(programme)
    told = [stage(programme, caseworker, is_staff=False)]
    report = draft(programme)
    told.append(stage(programme, caseworker, is_staff=False))
    version = freeze(report, by=approver(programme))
    told.append(stage(programme, caseworker, is_staff=False))
    sent(version)
    told.append(stage(programme, caseworker, is_staff=False))

    assert [one.stage for one in told] == [Stage.NOT_SENT] * 3 + [Stage.SENT]
    assert [one.url for one in told] == [""] * 3 + [version.get_absolute_url()]


def test_list_shows_what_is_agreed_on_to_the_municipality_without_ways_to_write(programme, caseworker, client_of):
    agreed(programme)

    page = client_of(caseworker).get(reverse("reports:reports"))
    assert [(one.words, one.url, one.edit_url) for one in page.context["schedule"]] == [
        (str(WORDS[Stage.NOT_SENT]), "", "")
    ]
    assert page.context["schedule_new_url"] == ""


@pytest.mark.parametrize(
    ("number", "expected"),
    [(-15, []), (-14, [("report_due", 14)]), (0, [("report_due", 0)]), (1, [("report_overdue", 1)])],
)
def test_report_that_is_not_sent_is_a_finding_a_fortnight_before_and_ever_after(programme, number, expected):
    plan = agreed(programme)
    locked(programme)

    told = codes(programme, DUE + dt.timedelta(number), "report_due", "report_overdue")
    assert told == [(code, plan.uuid, count) for code, count in expected]


def test_report_that_was_sent_is_not_due_from_that_day(programme):
    agreed(programme, days(3))
    sent(locked(programme))

    told = [codes(programme, on, "report_due", "report_overdue") for on in (days(-1), days(0), days(10))]
    assert [len(one) for one in told] == [1, 0, 0]


def told_on_overblik(client):
    page = client.get(reverse("reports:dashboard"))
    return [one.code for one in page.context["findings"] if one.code.startswith("report_")]


def test_last_report_is_due_after_the_programme_whose_pages_open_at_its_deadline(programme, secretariat, client_of):
    client, last = client_of(secretariat), {"to": programme.deadline}
    agreed(programme, programme.deadline + dt.timedelta(10), **last)
    before = told_on_overblik(client)
    version = sent(locked(programme, **last))
    told = [before, told_on_overblik(client)]
    step(version, "returned", text="Økonomien mangler")

    assert [*told, told_on_overblik(client)] == [["report_overdue"], [], ["report_returned"]]


def test_report_that_is_due_long_after_the_deadline_is_told_of_in_time(programme, secretariat, client_of):
    agreed(programme, days(3), to=programme.deadline, kind="final")

    assert told_on_overblik(client_of(secretariat)) == ["report_due"]


def test_returned_report_is_a_finding_until_a_new_version_is_sent(programme):
    report = draft(programme)
    first = sent(freeze(report, by=approver(programme)))
    assert codes(programme, days(0), "report_returned") == []
    step(first, "returned", text="Økonomien mangler")
    told = [codes(programme, on, "report_returned") for on in (days(-1), days(0))]
    second = freeze(report, by=approver(programme), reason="Uddybet")
    told.append(codes(programme, days(0), "report_returned"))
    sent(second)
    told.append(codes(programme, days(0), "report_returned"))

    is_one = [("report_returned", report.uuid, None)]
    assert told == [[], is_one, is_one, []]


@pytest.mark.parametrize("what", ["accepted", "returned"])
def test_report_waits_thirty_days_for_an_answer(programme, what):
    version = sent(locked(programme))
    told = [codes(programme, days(number), "report_unanswered") for number in (29, 30)]
    step(version, "received")
    told.append(codes(programme, days(30), "report_unanswered"))
    step(version, what, text="Tak")
    told.append(codes(programme, days(30), "report_unanswered"))

    is_one = [("report_unanswered", version.uuid, 30)]
    assert told == [[], is_one, is_one, []]


def test_only_the_last_version_waits_for_an_answer(programme):
    report = draft(programme)
    sent(freeze(report, by=approver(programme)))
    second = sent(freeze(report, by=approver(programme), reason="Rettet"))

    assert codes(programme, days(40), "report_unanswered") == [("report_unanswered", second.uuid, 40)]


def test_question_waits_a_week_for_an_answer(programme, secretariat):
    version = sent(locked(programme))
    question = step(version, "question", text="Hvor mange?", section="goals")
    told = [codes(programme, days(number), "question_unanswered") for number in (6, 7)]
    step(version, "answer", secretariat, text="Syv.", section="goals", question=question)

    assert told == [[], [("question_unanswered", question.uuid, 7)]]
    assert codes(programme, days(7), "question_unanswered") == []


def test_findings_about_reports_have_the_reports_names(programme, secretariat, client_of):
    agreed(programme, D(2011, 12, 30))

    page = client_of(secretariat).get(reverse("reports:dashboard"), {"on": "2011-12-30"})
    (told,) = [one for one in page.context["findings"] if one.code == "report_due"]
    assert (told.what, told.why) == ("Statusrapport pr. 30.09.2011", KINDS["report_due"].why(0))


def test_opened_from_a_finding_the_report_is_where_it_is(programme, secretary):
    plan = agreed(programme)
    page = reverse("reports:schedule_open", args=[plan.uuid])
    told = [secretary.get(page)["Location"]]
    report = draft(programme)
    told.append(secretary.get(page)["Location"])
    version = locked(programme, to=D(2011, 9, 29))
    plan.period_to = version.cut_off
    plan.save()
    told.append(secretary.get(page)["Location"])

    new = f"{reverse('reports:report_new')}?plan={plan.uuid}"
    assert told == [new, report.get_absolute_url(), version.get_absolute_url()]


def test_draft_that_is_begun_from_the_schedule_is_filled_in(programme, secretary):
    plan = agreed(programme)
    form = secretary.get(reverse("reports:report_new"), {"plan": str(plan.uuid)}).context["form"]

    assert {name: form[name].value() for name in ("kind", "period_from", "period_to", "recipient", "due_on")} == {
        "kind": "status",
        "period_from": plan.period_from,
        "period_to": plan.period_to,
        "recipient": plan.recipient_id,
        "due_on": DUE,
    }


@pytest.mark.parametrize("plan", ["", "x", "2011", "00000000-0000-0000-0000-000000000000"])
def test_draft_begun_from_nothing_that_is_agreed_on_is_empty(programme, secretary, plan):
    page = secretary.get(reverse("reports:report_new"), {"plan": plan})

    assert (page.status_code, page.context["form"]["due_on"].value()) == (200, None)


def test_draft_is_not_begun_from_another_programmes_schedule(programme, twin, secretary):
    twin.organisations.get_or_create(kind="municipality", defaults={"name": "Kommunen"})
    plan = agreed(twin)
    page = secretary.get(reverse("reports:report_new"), {"plan": str(plan.uuid)})

    assert page.context["form"]["due_on"].value() is None


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"period_to": D(2011, 6, 30)}, {"period_to"}),
        ({"period_to": D(2011, 9, 29), "due_on": D(2011, 9, 28)}, {"due_on"}),
        ({"period_to": D(2011, 9, 29), "due_on": D(2011, 9, 29)}, set()),
        ({}, {"period_to"}),
    ],
    ids=["ends-before-it-begins", "due-before-it-ends", "due-on-its-last-day", "agreed-on-twice"],
)
def test_agreed_report_is_refused_that_cannot_be(programme, changes, fields):
    one = agreed(programme)
    told = {"period_to": one.period_to, "due_on": one.due_on} | changes
    again = ReportSchedule(
        programme=programme, kind=one.kind, period_from=one.period_from, recipient=one.recipient, **told
    )
    errors = []
    try:
        again.full_clean()
    except ValidationError as refused:
        errors = refused.error_dict["__all__"]

    assert {error.code for error in errors} == fields


def test_agreed_report_belongs_to_the_secretariat_to_write(programme, client_of):
    plan = agreed(programme)
    for role, expected in (("secretariat", 200), ("foundation", 403), ("caseworker", 403)):
        client = client_of(make.user_with_role(programme, role))
        assert client.get(reverse("reports:schedule_edit", args=[plan.uuid])).status_code == expected
