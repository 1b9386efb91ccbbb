"""What becomes of a locked report: sent, received, asked about, answered, approved or returned; each once, in order."""

import datetime as dt

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils.translation import gettext

from reports.models import ReportStep
from reports.progress.freezing import freeze
from reports.progress.standing import State, state_of
from tests import factories as make
from tests.doors import html_of, sent
from tests.meanwhile import Other
from tests.reports import approver, frozen, locked, step

D = dt.date
pytestmark = pytest.mark.django_db
TAKEN = "Somebody has recorded or retracted the same meanwhile. Nothing was saved."


def door(name, one):
    return reverse(f"reports:{name}", args=[one.uuid])


def steps(one):
    return list(one.steps.order_by("at", "pk").values_list("what", flat=True))


@pytest.fixture
def contact(caseworker, client_of):
    """The municipality's contact, logged in."""
    return client_of(caseworker)


def test_sending_writes_to_each_contact_with_the_hash_and_the_one_before(programme, secretary):
    before = frozen(programme, to=D(2011, 6, 30), period_from=D(2011, 1, 1))
    one = locked(programme)
    contacts = [make.user_with_role(programme, "caseworker").email for _ in range(2)]
    closed = make.user_with_role(programme, "caseworker", is_active=False)
    invited = make.user_with_role(programme, "caseworker")
    invited.set_unusable_password()
    invited.save()
    mail.outbox.clear()

    sent(secretary, door("frozen_send", one))

    assert steps(one) == ["sent"]
    assert {address for letter in mail.outbox for address in letter.to} >= set(contacts)
    assert not {closed.email, invited.email} & {address for letter in mail.outbox for address in letter.to}
    assert all(one.sha256 in letter.body and before.sha256 in letter.body for letter in mail.outbox)
    assert one.get_absolute_url() in mail.outbox[0].body


def test_report_is_sent_though_the_mail_server_is_away(programme, secretary, caseworker, settings):
    settings.EMAIL_BACKEND = "tests.mail.Away"
    one = locked(programme)

    answer = secretary.post(door("frozen_send", one), follow=True)

    assert steps(one) == ["sent"]
    assert "Send en påmindelse senere" in html_of(answer)


def test_second_sending_changes_nothing(programme, secretary):
    one = frozen(programme)

    answer = secretary.post(door("frozen_send", one))

    assert answer.context["form"].non_field_errors() == [gettext(TAKEN)]
    assert steps(one) == ["sent"]


def test_reminder_is_written_and_logged(programme, secretary, caseworker):
    one = frozen(programme)
    mail.outbox.clear()

    secretary.post(door("frozen_remind", one))

    assert steps(one) == ["sent", "reminded"]
    assert [letter.subject.split(":")[0] for letter in mail.outbox] == ["Venter på svar"]


def test_nobody_is_reminded_of_what_is_answered(programme, secretary):
    one = frozen(programme)
    step(one, "accepted")
    mail.outbox.clear()

    secretary.post(door("frozen_remind", one))

    assert steps(one) == ["sent", "accepted"]
    assert mail.outbox == []


def test_receipt_is_confirmed_once(programme, contact):
    one = frozen(programme)

    for _ in range(2):
        contact.post(door("frozen_receive", one))

    assert steps(one) == ["sent", "received"]


def test_question_about_a_section_is_answered_under_it(programme, contact, secretary):
    one = frozen(programme)

    assert contact.get(door("frozen_ask", one), {"om": "economy"}).context["form"]["section"].value() == "economy"
    sent(contact, door("frozen_ask", one), section="economy", text="Hvorfor er det dyrere?")
    question = ReportStep.objects.get(what="question")
    sent(secretary, door("answer", question), text="Et hold mere.")

    [line] = contact.get(one.get_absolute_url()).context["dialogue"]
    assert (line.about, line.step.text) == ("Økonomi", "Hvorfor er det dyrere?")
    assert [answer.step.text for answer in line.answers] == ["Et hold mere."]


@pytest.mark.parametrize("text", ["", "Se 010203-1234", "x" * 2001])
def test_question_that_cannot_be_kept_is_told_beside_the_field(programme, contact, text):
    one = frozen(programme)

    answer = sent(contact, door("frozen_ask", one), section="", text=text)

    assert "text" in answer.context["form"].errors
    assert steps(one) == ["sent"]


def test_section_that_the_report_does_not_have_is_refused(programme, contact):
    answer = sent(contact, door("frozen_ask", frozen(programme)), section="anchoring", text="Hvad så?")

    assert "section" in answer.context["form"].errors


def test_municipality_approves(programme, contact, secretary):
    one = frozen(programme)

    contact.post(door("frozen_accept", one))

    assert state_of(one.steps.order_by("pk")) == State.ACCEPTED
    assert gettext("Approved by the municipality") in html_of(secretary.get(reverse("reports:reports")))


def test_return_says_why_and_the_draft_tells_it(programme, contact, secretary):
    one = frozen(programme)

    assert "text" in sent(contact, door("frozen_return", one), text="").context["form"].errors
    sent(contact, door("frozen_return", one), text="Forklar afvigelsen på løn.")

    assert "Forklar afvigelsen på løn." in html_of(secretary.get(one.report.get_absolute_url()))


@pytest.mark.parametrize("second", ["frozen_accept", "frozen_return"])
def test_report_is_answered_once(programme, contact, second):
    one = frozen(programme)
    step(one, "accepted")

    answer = sent(contact, door(second, one), text="Alligevel ikke")

    assert answer.context["form"].non_field_errors() == [gettext(TAKEN)]
    assert steps(one) == ["sent", "accepted"]


def test_version_that_another_has_replaced_is_not_approved(programme, contact):
    one = frozen(programme)
    step(freeze(one.report, by=approver(programme), reason="Rettet"), "sent", one.report.begun_by)

    answer = contact.post(door("frozen_accept", one))

    assert answer.context["form"].non_field_errors() == [gettext(TAKEN)]
    assert steps(one) == ["sent"]
    assert contact.get(one.get_absolute_url()).context["urls"]["accept"] == ""


def test_new_version_that_is_not_sent_does_not_show_at_the_municipality(programme, contact):
    one = frozen(programme)
    freeze(one.report, by=approver(programme), reason="Rettet")

    assert contact.get(one.get_absolute_url()).context["version"].replaced_by is None
    assert contact.post(door("frozen_accept", one)).status_code == 302


@pytest.mark.parametrize("what", ["received", "question", "accepted", "returned", "reminded"])
def test_nothing_is_done_about_a_report_that_is_not_sent(programme, what):
    with pytest.raises(DatabaseError, match="sent before"), transaction.atomic():
        step(locked(programme), what, text="Tekst")


def test_answer_is_to_a_question_about_the_same_report(programme):
    one, other = frozen(programme), frozen(programme, to=D(2011, 8, 31))
    question = step(one, "question", text="Hvad?")

    with pytest.raises(DatabaseError, match="same report"), transaction.atomic():
        step(other, "answer", text="Det", question=question)


@pytest.mark.parametrize("how", ["update reports_reportstep set text = 'Andet'", "delete from reports_reportstep"])
def test_what_was_said_is_never_changed(programme, how):
    step(frozen(programme), "question", text="Hvad?")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(how)
    assert ReportStep.objects.filter(text="Hvad?").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_stands(programme):
    one = frozen(programme)
    both = [Other(lambda what=what: step(one, what, text="Nej")) for what in ("accepted", "returned")]

    for other in both:
        other.start()
    for other in both:
        other.join(20)

    assert len([other for other in both if other.refused]) == 1
    assert len(steps(one)) == 2


@pytest.mark.parametrize("role", ["secretariat", "foundation"])
def test_only_the_municipality_answers(programme, client_of, role):
    client, one = client_of(make.user_with_role(programme, role)), frozen(programme)

    for name in ("frozen_accept", "frozen_return", "frozen_receive", "frozen_ask"):
        assert client.post(door(name, one)).status_code == 403
    assert steps(one) == ["sent"]


def test_receipt_that_is_confirmed_after_the_answer_takes_nothing_back(programme, contact, caseworker):
    one = frozen(programme)
    contact.post(door("frozen_accept", one))
    assert contact.get(one.get_absolute_url()).context["urls"]["receive"] == ""

    contact.post(door("frozen_receive", one))

    assert state_of(one.steps.all()) == State.ACCEPTED


def test_whoever_runs_the_system_does_not_answer_for_the_municipality(programme, client_of):
    one, operator = frozen(programme), make.UserFactory(is_superuser=True, is_staff=True)

    for name in ("frozen_accept", "frozen_return", "frozen_receive", "frozen_ask"):
        assert client_of(operator).post(door(name, one)).status_code == 403


def test_office_is_told_as_it_was(programme, contact, caseworker, secretary):
    one, office = frozen(programme), caseworker.office
    contact.post(door("frozen_receive", one))
    caseworker.office = "En anden stilling"
    caseworker.save()

    page = html_of(secretary.get(one.get_absolute_url()))

    assert "En anden stilling" not in page
    assert one.steps.get(what="received").office == office
