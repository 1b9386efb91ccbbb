"""Reports are begun, written and approved on the site; what is locked stands as it was."""

import datetime as dt
from html import unescape

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.translation import gettext

from bydelsmoedre.danish import dato
from bydelsmoedre.moment import today
from programme.models import RoleGrant
from reports.models import FrozenReport, ProgressReport, Section
from reports.progress.freezing import NotFrozen, freeze
from reports.progress.reading import fingerprint, told_by, told_so_far
from reports.views.report_drafts import moment_of
from tests import factories as make
from tests.doors import hidden_of, html_of, sent
from tests.reports import approver, draft, frozen, locked

D = dt.date
pytestmark = pytest.mark.django_db
ABOUT = {"kind": "status", "period_from": "2011-07-01", "period_to": "2011-09-30", "case_number": "2011-4711"}


def place(name, *args):
    return reverse(f"reports:{name}", args=args)


def begin(client, programme, **typed):
    recipient = programme.organisations.get(kind="municipality")
    return sent(client, place("report_new"), **ABOUT | {"recipient": recipient.pk, "agreement": ""} | typed)


def test_report_is_begun_and_leads_to_its_page(programme, secretary, secretariat):
    answer = begin(secretary, programme)

    made = ProgressReport.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.begun_by, str(made)) == (secretariat, "Statusrapport pr. 30.\u00a0september\u00a02011")


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"period_from": "2010-12-31"}, "period_from", "The programme had not begun."),
        ({"period_to": "2012-01-01"}, "period_to", "The programme is over by then."),
        ({"period_from": "2011-10-01"}, "period_to", "The end is before the start."),
        ({"case_number": "010203-1234"}, "case_number", None),
    ],
)
def test_period_outside_the_programme_is_told_beside_its_field(programme, secretary, typed, field, words):
    answer = begin(secretary, programme, **typed)

    assert list(answer.context["form"].errors) == [field]
    if words:
        assert answer.context["form"].errors[field] == [gettext(words)]
    assert not ProgressReport.objects.exists()


def test_another_programmes_municipality_is_not_a_recipient(programme, twin, secretary):
    answer = begin(secretary, programme, recipient=twin.organisations.get(kind="municipality").pk)

    assert "recipient" in answer.context["form"].errors


def test_a_second_report_of_the_kind_to_the_day_is_refused(programme, secretary):
    draft(programme)

    assert "period_to" in begin(secretary, programme).context["form"].errors


def test_section_is_kept_with_whoever_wrote_it_last(programme, secretary, secretariat):
    report = draft(programme)

    answer = sent(secretary, place("section", report.uuid, "goals"), text="- **To** foreninger")

    section = Section.objects.get(report=report, code="goals")
    assert (answer.url, section.text, section.written_by) == (
        report.get_absolute_url(),
        "- **To** foreninger",
        secretariat,
    )
    assert "<strong>To</strong>" in html_of(secretary.get(report.get_absolute_url()))


def test_section_of_another_kind_of_report_does_not_exist(programme, secretary):
    assert secretary.get(place("section", draft(programme).uuid, "anchoring")).status_code == 404


def test_section_written_by_two_at_once_shows_the_difference(programme, secretary):
    report = draft(programme)
    url = place("section", report.uuid, "goals")
    opened = secretary.get(url)
    Section.objects.filter(report=report, code="goals").update(text="Hendes ord")

    data = {"opened_as": opened.context["form"]["opened_as"].value(), "text": "Mine ord"}
    answer = secretary.post(url, data)

    assert [(one.theirs, one.yours) for one in answer.context["difference"]] == [("Hendes ord", "Mine ord")]
    assert Section.objects.get(report=report, code="goals").text == "Hendes ord"


HOSTILE = '<script>alert(1)</script> [x](javascript:alert(2)) #read("/etc/passwd") $x$ \u202eeb'


@pytest.mark.parametrize("page", ["report", "report_preview"])
def test_what_is_written_is_text_and_never_code(programme, secretary, page):
    report = draft(programme)
    sent(secretary, place("section", report.uuid, "goals"), text=HOSTILE)

    html = secretary.get(place(page, report.uuid)).content.decode()

    assert "<script>alert" not in html
    assert "javascript:" not in html.replace("(javascript:alert(2))", "")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_draft_names_what_is_missing_and_where_it_is_put_right(programme, secretary):
    report = draft(programme)
    report.sections.get(code="risks").delete()
    line = programme.budgets.get().lines.get(number=3)
    make.posting(line=line, amount=9_000_000, text="For meget", happened_on=D(2011, 5, 1))

    missing = secretary.get(report.get_absolute_url()).context["missing"]

    assert [one.url for one in missing] == [
        place("section", report.uuid, "risks"),
        reverse("budget:explain", args=[line.uuid]) + "?dato=2011-09-30",
    ]
    assert missing[1].words == (
        gettext("The deviation of “%(line)s” is not explained between %(first)s and %(last)s.")
        % {"line": line.name, "first": dato(report.period_from), "last": dato(report.period_to)}
    )


def test_deviation_is_explained_on_the_last_day_of_the_report(programme, secretary):
    """Seen to fail before: explained today, it lay after the report's last day, and was missing all the same."""
    report = draft(programme)
    line = programme.budgets.get().lines.get(number=3)
    make.posting(line=line, amount=9_000_000, text="For meget", happened_on=D(2011, 5, 1))
    (left,) = secretary.get(report.get_absolute_url()).context["missing"]

    form = secretary.get(left.url)
    secretary.post(left.url, hidden_of(form) | {"text": "Et hold mere", "happened_on": _value(form)})

    assert secretary.get(report.get_absolute_url()).context["missing"] == []


@pytest.mark.parametrize("asked", ["", "2011-02-30", "9999-12-31", "<b>"])
def test_explanation_of_no_day_that_has_been_is_of_today(programme, secretary, asked):
    line = programme.budgets.get().lines.get(number=3)

    form = secretary.get(reverse("budget:explain", args=[line.uuid]), {"dato": asked})

    assert _value(form) == today()


def _value(response):
    return response.context["form"]["happened_on"].value()


def test_whoever_says_what_it_is_about_does_not_approve_it(programme, client_of):
    """Also where another has changed that again since."""
    report, user = draft(programme), approver(programme)
    for one in (user, report.begun_by):
        RoleGrant.objects.get_or_create(user=one, programme=programme, role="secretariat")
        sent(
            client_of(one), place("report_edit", report.uuid), **ABOUT | {"case_number": one.name},
            recipient=report.recipient_id, agreement="",
        )  # fmt: skip

    answer = sent(client_of(user), place("approve", report.uuid))

    report.refresh_from_db()
    assert (report.edited_by, report.case_number) == (report.begun_by, report.begun_by.name)
    assert answer.status_code == 200
    assert not FrozenReport.objects.exists()
    with pytest.raises(NotFrozen, match="selv"):
        freeze(report, by=user)


def test_period_that_is_not_over_keeps_it_a_draft(programme, client_of):
    programme.deadline = D(2999, 12, 31)
    programme.save()
    report = draft(programme, to=D(2999, 12, 31))

    answer = sent(client_of(approver(programme)), place("approve", report.uuid))

    assert answer.context["form"].non_field_errors() == [gettext("The period is not over yet.")]
    assert not FrozenReport.objects.exists()


def test_foundation_approves_and_reads_what_is_locked(programme, client_of):
    report, user = draft(programme), approver(programme)

    answer = sent(client_of(user), place("approve", report.uuid))

    one = FrozenReport.objects.get()
    assert (answer.url, one.approved_by) == (one.get_absolute_url(), user)
    assert one.sha256 in html_of(client_of(user).get(answer.url))


def test_who_has_written_in_it_is_told_that_another_approves(programme, client_of):
    user = approver(programme)
    report = draft(programme, by=user)

    answer = sent(client_of(user), place("approve", report.uuid))

    assert answer.context["form"].non_field_errors() == [
        gettext("You have written in the report yourself. Another person approves it.")
    ]
    assert not FrozenReport.objects.exists()


def test_second_version_says_why_or_is_not_made(programme, client_of):
    report, client = locked(programme).report, client_of(approver(programme))

    bare = client.post(place("approve", report.uuid), {"reason": ""})
    assert "reason" in bare.context["form"].errors
    sent(client, place("approve", report.uuid), reason="Nørrebro er registreret efterfølgende")

    assert list(report.frozen.order_by("number").values_list("number", flat=True)) == [1, 2]
    first = report.frozen.get(number=1)
    page = html_of(client.get(first.get_absolute_url()))
    assert "Nørrebro er registreret efterfølgende" in page
    assert report.frozen.get(number=2).get_absolute_url() in page


def test_two_who_approve_at_once_make_one_version(programme, client_of):
    """The second has the form of a first version open; it is not silently made a correction."""
    report, client = draft(programme), client_of(approver(programme))
    opened = hidden_of(client.get(place("approve", report.uuid)))
    sent(client_of(approver(programme)), place("approve", report.uuid))

    answer = client.post(place("approve", report.uuid), opened)

    assert answer.status_code == 200
    assert FrozenReport.objects.count() == 1


@pytest.mark.parametrize("changes", ["words", "facts"])
def test_what_was_written_or_recorded_since_the_page_was_opened_is_read_first(programme, client_of, changes):
    report, client = draft(programme), client_of(approver(programme))
    opened = hidden_of(client.get(place("approve", report.uuid)))
    if changes == "words":
        Section.objects.filter(report=report, code="goals").update(text="Andre ord")
    else:
        make.found(make.AssociationFactory(programme=programme), D(2011, 5, 1))

    answer = client.post(place("approve", report.uuid), opened)

    assert gettext("The report has changed since you opened this page. Read it again before you approve it.") in (
        answer.context["form"].non_field_errors()
    )
    assert not FrozenReport.objects.exists()
    client.post(place("approve", report.uuid), hidden_of(answer))
    assert FrozenReport.objects.count() == 1


def test_what_is_recorded_while_it_is_being_locked_is_not_approved_unread(programme):
    report = draft(programme)
    seen = fingerprint(report, moment_of(report))
    make.found(make.AssociationFactory(programme=programme), D(2011, 5, 1))

    with pytest.raises(NotFrozen), transaction.atomic():
        freeze(report, by=approver(programme), seen=seen)
    assert freeze(report, by=approver(programme), seen=fingerprint(report, moment_of(report))).number == 1


def test_preview_tells_what_is_then_locked(programme, secretary):
    report = draft(programme)
    before = told_so_far(report, moment_of(report))

    after = told_by(freeze(report, by=approver(programme)))

    assert before["sections"] == after["sections"]
    assert before["glance"] == after["glance"]


def test_page_of_a_locked_report_stands_whatever_is_recorded_afterwards(programme, secretary):
    one = locked(programme)
    before = html_of(secretary.get(one.get_absolute_url())).partition('<div class="report"')[2]
    make.found(make.AssociationFactory(programme=programme, name="Ny forening"), D(2011, 5, 1))
    programme.criteria.update(name="Et andet navn")
    Section.objects.filter(report=one.report).update(text="Andre ord")

    after = html_of(secretary.get(one.get_absolute_url())).partition('<div class="report"')[2]

    assert before == after


def test_reading_page_tells_every_number_of_the_paper(programme, secretary):
    one = locked(programme)
    html = unescape(secretary.get(one.get_absolute_url()).content.decode())

    for section in told_by(one)["sections"]:
        for block in section["blocks"]:
            cells = [cell["text"] for row in block.get("rows", ()) for cell in row if isinstance(row, list)]
            assert [text for text in cells if text.splitlines() and text.splitlines()[0] not in html] == []


def test_period_and_recipient_of_a_locked_report_stay(programme, secretary):
    one = locked(programme)
    url = place("report_edit", one.report.uuid)
    other = programme.organisations.get(kind="foundation")

    sent(secretary, url, period_from="2011-07-01", period_to="2011-10-31", recipient=other.pk, case_number="2011-99")

    one.report.refresh_from_db()
    assert (one.report.period_to, one.report.recipient.kind) == (D(2011, 9, 30), "municipality")
    assert one.report.case_number == "2011-99"
    with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
        ProgressReport.objects.filter(pk=one.report_id).update(period_to=D(2011, 10, 31))


def test_municipality_sees_what_was_sent_to_it_and_nothing_before(programme, client_of):
    client = client_of(make.user_with_role(programme, "caseworker"))
    there, not_yet = frozen(programme), locked(programme, to=D(2011, 8, 31))

    page = html_of(client.get(place("reports")))

    assert there.get_absolute_url() in page
    assert not_yet.get_absolute_url() not in page
    assert client.get(not_yet.get_absolute_url()).status_code == 404
    assert client.get(there.report.get_absolute_url()).status_code == 404


def test_empty_list_says_what_to_do_next(programme, secretary, client_of):
    assert gettext("Begin one when the next is due.") in html_of(secretary.get(place("reports")))
    contact = client_of(make.user_with_role(programme, "caseworker"))
    assert gettext("Nothing has been sent yet. You get an e-mail when there is a report.") in html_of(
        contact.get(place("reports"))
    )
