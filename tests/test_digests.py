"""The overview by e-mail: to whom and when, once, the same figures as everywhere, nobody's name; and switched off."""

import datetime as dt
import re
import threading
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from accounts.models import User
from programme.models import ActionPoint, Digest, Programme, RoleGrant
from reports.digest_sending import addressees, send_digests, token_of
from tests import factories as make
from tests.goals import put_off_until
from tests.people import steps
from training.models import Supervision

D = dt.date
#: A Tuesday in the middle of the programme.
DAY = D(2011, 11, 15)
pytestmark = pytest.mark.django_db


@pytest.fixture
def place(programme):
    return make.AssociationFactory(programme=programme, name="Bydelsmødre på Nørrebro")


@pytest.fixture
def local(place):
    return make.local_coordinator(place)


def grant_role(user, programme, role):
    RoleGrant.objects.create(user=user, programme=programme, role=role)


def whom(on):
    return {(one.user.email, one.is_monthly) for one in addressees(on)}


def bodies():
    return {one.to[0]: one.body for one in mail.outbox}


def run(*arguments):
    out = StringIO()
    call_command("send_digests", *arguments, stdout=out)
    return out.getvalue().strip()


def test_staff_get_the_week_and_local_coordinators_the_month(secretariat, foundation, caseworker, local):
    assert whom(DAY) == {(secretariat.email, False), (foundation.email, False), (local.email, True)}


def test_nobody_is_sent_the_same_week_twice(secretariat, local):
    ran = [run("--on", day) for day in ("2011-11-14", "2011-11-20", "2011-11-21", "2011-12-01")]

    assert ran == [
        "2 sent, 0 not sent, 0 uncertain.", "0 sent, 0 not sent, 0 uncertain.",
        "1 sent, 0 not sent, 0 uncertain.", "2 sent, 0 not sent, 0 uncertain.",
    ]  # fmt: skip


def test_a_dry_run_sends_nothing(secretariat, local):
    assert run("--on", "2011-11-14", "--dry-run") == "1 of the week, 1 of the month. Nothing was sent."
    assert (mail.outbox, Digest.objects.count()) == ([], 0)


def test_day_that_is_no_date_is_refused():
    with pytest.raises(CommandError, match="no date"):
        run("--on", "14.11.2011")


@pytest.mark.parametrize(
    ("day", "number"), [(D(2010, 12, 31), 0), (D(2011, 1, 1), 1), (D(2012, 7, 1), 1), (D(2012, 7, 2), 0)]
)
def test_programme_sends_while_it_runs_and_half_a_year_after(programme, secretariat, day, number):
    assert (programme.starts_on, programme.deadline) == (D(2011, 1, 1), D(2011, 12, 31))
    assert len(addressees(day)) == number


@pytest.mark.parametrize("closed", [{"is_active": False}, {"wants_digest": False}])
def test_who_may_not_log_in_or_has_switched_it_off_gets_none(secretariat, local, closed):
    User.objects.filter(pk__in=[secretariat.pk, local.pk]).update(**closed)

    assert addressees(DAY) == []


def test_who_has_two_roles_gets_one(programme, secretariat):
    grant_role(secretariat, programme, "foundation")

    assert len(addressees(DAY)) == 1


def test_server_that_is_away_costs_nobody_the_week(secretariat, settings):
    settings.EMAIL_BACKEND = "tests.mail.Away"
    with pytest.raises(CommandError, match="does not answer"):
        run("--on", "2011-11-14")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert run("--on", "2011-11-15") == "1 sent, 0 not sent, 0 uncertain."


def test_one_that_is_broken_off_is_not_sent_again(programme, settings):
    settings.EMAIL_BACKEND = "tests.mail.Choosy"
    for name in ("brudt", "afvist", "anna"):
        grant_role(make.UserFactory(email=f"{name}@example.org"), programme, "secretariat")

    assert run("--on", "2011-11-14") == "1 sent, 1 not sent, 1 uncertain."
    assert run("--on", "2011-11-15") == "0 sent, 0 not sent, 0 uncertain."
    assert dict(Digest.objects.values_list("user__email", "outcome")) == {
        "brudt@example.org": "begun", "afvist@example.org": "failed", "anna@example.org": "sent",
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_at_once_send_each_overview_once():
    programme = make.plan("København")
    for number in range(12):
        grant_role(make.UserFactory(email=f"k{number}@example.org"), programme, "secretariat")

    def work():
        try:
            send_digests(DAY)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()

    assert sorted(one.to[0] for one in mail.outbox) == sorted(f"k{number}@example.org" for number in range(12))


def test_it_names_no_person_but_counts_them(programme, secretariat):
    waiting = make.VolunteerFactory(programme=programme, name="Fatima Hassan")
    steps(make.CandidacyFactory(volunteer=waiting), ("applied", D(2011, 11, 10)))
    late = make.VolunteerFactory(programme=programme, name="Amina Warsame")
    steps(make.CandidacyFactory(volunteer=late), ("applied", D(2011, 9, 1)))
    send_digests(DAY)
    body = bodies()[secretariat.email]

    assert "1 ansøger venter på svar" in body
    assert re.search(r"^- .*: 1$", body, re.MULTILINE)
    assert not [name for name in ("Fatima", "Hassan", "Amina", "Warsame") if name in body]


def test_words_of_an_action_point_stay_at_home(programme, secretariat):
    meeting = make.MeetingFactory(programme=programme, planned_on=D(2011, 11, 1))
    for day in (D(2011, 11, 10), D(2011, 11, 20)):
        ActionPoint.objects.create(meeting=meeting, text="Ring til Fatima", office="Sekretariatet", due_on=day)
    send_digests(DAY)

    assert "Fatima" not in bodies()[secretariat.email]
    assert "- 20.11.2011: En opgave" in bodies()[secretariat.email]


def test_what_waits_until_another_day_is_left_out(programme, secretariat):
    meeting = make.MeetingFactory(programme=programme, title="Styregruppemøde 3", planned_on=D(2011, 11, 1))
    send_digests(DAY)
    put_off_until(programme, "meeting_passed", meeting.uuid)
    before = mail.outbox.pop().body
    on = dt.date.today()
    Programme.objects.filter(pk=programme.pk).update(deadline=on + dt.timedelta(1))
    send_digests(on)

    assert "Styregruppemøde 3: " in before
    assert "Styregruppemøde 3: " not in bodies()[secretariat.email]


def test_local_coordinator_is_told_of_her_own_association(programme, place, local):
    other = make.AssociationFactory(programme=programme, name="Bydelsmødre i Valby")
    for one in (place, other):
        make.found(one, D(2011, 11, 10), but={"board"})
        make.step(one, "board", D(2011, 11, 10), board_members=4)
    send_digests(DAY)
    body = bodies()[local.email]

    assert "Bydelsmødre på Nørrebro: Bestyrelsen" in body
    assert "Valby" not in body
    assert "Forbrugt" not in body


def test_another_programme_is_not_in_it(programme, secretariat):
    make.MeetingFactory(programme=make.twin(), title=f"{make.CANARY} møde", planned_on=D(2011, 11, 17))
    make.MeetingFactory(programme=programme, title="Eget møde", planned_on=D(2011, 11, 17))
    send_digests(DAY)

    assert "Eget møde" in bodies()[secretariat.email]
    assert make.CANARY not in bodies()[secretariat.email]


def test_it_can_be_switched_off_and_on(secretariat, secretary):
    page = reverse("reports:digest")
    secretary.post(page, {"fra": "1"})
    off = addressees(DAY)
    secretary.post(page, {"til": "1"})

    assert (off, len(addressees(DAY))) == ([], 1)


def test_link_in_the_mail_asks_first_and_then_switches_off(secretariat, client):
    send_digests(DAY)
    (link,) = set(re.findall(r"/overblik-paa-mail/\S+/fra/", mail.outbox[0].body))
    client.get(link)
    opened = User.objects.get(pk=secretariat.pk).wants_digest
    page = client.post(link, follow=True)

    assert mail.outbox[0].extra_headers["List-Unsubscribe"].endswith(f"{link}>")
    assert (opened, User.objects.get(pk=secretariat.pk).wants_digest) == (True, False)
    assert "ikke flere" in page.content.decode()


def test_button_of_a_mail_program_is_answered_at_once(secretariat, client):
    """RFC 8058: its one click is not led elsewhere."""
    link = reverse("reports:stop_digest", args=[token_of(secretariat)])
    answer = client.post(link, {"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, User.objects.get(pk=secretariat.pk).wants_digest) == (200, False)
    assert "ikke flere" in answer.content.decode()


def test_name_of_two_lines_forges_no_header_and_costs_nobody_the_letter(programme, secretariat):
    Programme.objects.filter(pk=programme.pk).update(name="Aarhus\r\nBcc: fremmed@example.org")
    tally = send_digests(DAY)

    assert (tally.sent, tally.failed) == (1, 0)
    assert mail.outbox[0].subject == "Overblik for uge 46: Aarhus Bcc: fremmed@example.org"


@pytest.mark.parametrize("site", ["https://bm.example.org", "https://bm.example.org/", "https://bm.example.org:8443"])
def test_letter_bears_the_sites_name_however_its_address_is_written(secretariat, settings, site):
    settings.SITE_URL = site
    send_digests(DAY)

    assert mail.outbox[0].extra_headers["Message-ID"].endswith("@bm.example.org>")


def test_words_about_supervision_stay_at_home(programme, secretariat):
    Supervision.objects.create(programme=programme, planned_on=D(2011, 11, 17), themes="Fatimas grænser")
    send_digests(DAY)

    assert ": Supervision\n" in bodies()[secretariat.email]
    assert "Fatima" not in bodies()[secretariat.email]


def test_link_that_is_made_up_switches_nobody_off(secretariat, client):
    other = token_of(make.UserFactory())
    made_up = [token_of(secretariat)[:-2] + "xx", "abc", other[:22] + token_of(secretariat)[22:]]

    assert {client.post(reverse("reports:stop_digest", args=[one])).status_code for one in made_up} == {404}
    assert User.objects.get(pk=secretariat.pk).wants_digest
