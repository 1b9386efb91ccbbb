"""Participants are told once when a day is moved or cancelled, and the day before it is held; what is cancelled is
never announced."""

import datetime as dt
import threading

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connections
from django.urls import reverse

from bydelsmoedre.moment import calendar_today, today
from tests import factories as make
from tests.doors import says
from tests.training import WEEK, planned_course, publish, take_part
from training.models import Attendance, Session, Teacher
from training.telling import remind
from volunteers.messages.stopping import stop
from volunteers.models import DeliveryStep, Message

DAY = dt.timedelta(1)
T = dt.time
pytestmark = pytest.mark.django_db


@pytest.fixture
def basic(programme):
    found = programme.curricula.get(kind="basic")
    publish(found)
    return found


@pytest.fixture
def course(basic):
    """Its first day is tomorrow; four participants, of whom one has no e-mail, one wants none, and one waits."""
    course = planned_course(basic, first=today() + DAY, name="Hold 1", place="Biblioteket")
    for name, status in (("anna", "enrolled"), ("uden", "enrolled"), ("stop", "enrolled"), ("venter", "waiting")):
        email = "" if name == "uden" else f"{name}@example.org"
        person = make.VolunteerFactory(programme=basic.programme, name=name, email=email)
        take_part(course, person, since=today(), status=status)
        if name == "stop":
            stop(person)
    return course


@pytest.fixture
def session(course):
    return course.sessions.get(module=1)


def change(client, session, **typed):
    """Move the session on its page, as a browser does."""
    url = reverse("training:edit_session", args=[session.uuid])
    form = client.get(url).context["form"]
    opened = {name: form[name].value() for name in form.fields if name not in ("is_cancelled", "tells")}
    sent = {name: f"{value}" if value else "" for name, value in opened.items()}
    return client.post(url, sent | {"tells": "on"} | typed)


def told():
    return [(one.to, one.subject) for one in mail.outbox]


# --- Moved or cancelled


def test_participants_are_told_that_the_day_is_another(secretary, session):
    answer = change(secretary, session, held_on=f"{today() + 3 * DAY}", starts_at="18.00")

    assert told() == [(["anna@example.org"], "Hold 1: flyttet")]
    assert "kl. 18.00, Biblioteket" in mail.outbox[0].body
    assert answer.url == Message.objects.get().get_absolute_url()
    left = DeliveryStep.objects.filter(step="skipped").values_list("delivery__volunteer__name", "reason")
    assert dict(left) == {"uden": "no_address", "stop": "opted_out"}


def test_participants_are_told_that_it_is_cancelled_and_that_it_is_held_after_all(secretary, session):
    change(secretary, session, is_cancelled="on")
    session.refresh_from_db()
    change(secretary, session)

    assert [subject for _to, subject in told()] == ["Hold 1: aflyst", "Hold 1: holdes alligevel"]


def test_what_concerns_nobody_is_told_to_nobody(secretary, session, programme):
    teacher = Teacher.objects.create(programme=programme, office="Sundhedsplejerske")

    answer = change(secretary, session, teacher=str(teacher.pk))

    assert (answer.url, told()) == (session.course.get_absolute_url(), [])


def test_who_does_not_want_to_tell_tells_nobody(secretary, session):
    change(secretary, session, held_on=f"{today() + 3 * DAY}", tells="")

    assert not Message.objects.exists()


def test_the_same_change_sent_twice_is_told_once(secretary, session):
    url = reverse("training:edit_session", args=[session.uuid])
    opened = secretary.get(url).context["form"]["opened_as"].value()
    sent = {"opened_as": opened, "held_on": f"{today() + 3 * DAY}", "tells": "on"}

    answers = [secretary.post(url, sent) for _ in range(2)]

    assert [one.status_code for one in answers] == [302, 200]
    assert len(told()) == 1


def test_day_that_is_over_is_corrected_without_a_word(secretary, basic):
    course = planned_course(basic, first=today() - 2 * WEEK)
    take_part(
        course, make.VolunteerFactory(programme=basic.programme, email="anna@example.org"), since=course.starts_on
    )
    session = course.sessions.get(module=1)

    url = reverse("training:edit_session", args=[session.uuid])
    assert "tells" not in secretary.get(url).context["form"].fields
    change(secretary, session, held_on=f"{session.held_on + DAY}")

    assert told() == []


def edit(client, course, **typed):
    """Correct the course on its page, as a browser does."""
    url = reverse("training:edit", args=[course.uuid])
    form = client.get(url).context["form"]
    opened = {name: form[name].value() for name in form.fields if name != "tells"}
    sent = {name: f"{value}" if value else "" for name, value in opened.items()}
    return client.post(url, sent | typed)


def test_participants_are_told_once_that_the_place_is_another(secretary, course):
    answer = edit(secretary, course, place="Kulturhuset", tells="on")

    assert told() == [(["anna@example.org"], says("%(course)s: another place", course="Hold 1"))]
    assert "Kulturhuset" in mail.outbox[0].body
    assert answer.url == Message.objects.get().get_absolute_url()


@pytest.mark.parametrize("typed", [{"place": "Kulturhuset"}, {"name": "Hold 2", "tells": "on"}], ids=["untold", "name"])
def test_course_is_corrected_without_a_word(secretary, course, typed):
    answer = edit(secretary, course, **typed)

    assert answer.url == course.get_absolute_url()
    assert not Message.objects.exists()


def test_place_of_a_course_that_is_over_concerns_nobody(secretary, basic):
    course = planned_course(basic, first=today() - 4 * WEEK)

    assert "tells" not in secretary.get(reverse("training:edit", args=[course.uuid])).context["form"].fields


# --- The day before


def test_participants_are_reminded_the_day_before(session, capsys):
    call_command("send_reminders")

    assert told() == [(["anna@example.org"], "Hold 1: vi ses i morgen")]
    assert "anna" not in capsys.readouterr().out


def test_nobody_is_reminded_on_another_day(session):
    for on in (session.held_on, session.held_on - 2 * DAY):
        call_command("send_reminders", on=on)

    assert told() == []


def test_reminder_is_sent_once_however_often_it_is_asked_for(session):
    for _ in range(3):
        call_command("send_reminders")

    assert len(told()) == 1


def test_trial_writes_nothing(session, capsys):
    call_command("send_reminders", dry_run=True)

    assert (told(), Message.objects.exists()) == ([], False)
    assert ": 1" in capsys.readouterr().out


def test_cancelled_session_is_not_announced(session):
    session.is_cancelled = True
    session.save()

    call_command("send_reminders")

    assert not Message.objects.exists()


def test_reminder_that_waits_is_called_off_when_the_session_is_cancelled(secretary, session, settings):
    settings.EMAIL_BACKEND = "tests.mail.Away"
    remind(calendar_today())
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    change(secretary, session, is_cancelled="on")
    call_command("send_messages")

    assert [subject for _to, subject in told()] == ["Hold 1: aflyst"]
    assert DeliveryStep.objects.filter(reason="called_off").count() == 1


@pytest.fixture
def waiting(session, settings):
    """A reminder that waits, since the mail server was away."""
    settings.EMAIL_BACKEND = "tests.mail.Away"
    remind(calendar_today())
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return session


def called_off():
    return DeliveryStep.objects.filter(reason="called_off").count()


def test_reminder_is_called_off_though_nobody_is_told_of_the_change(secretary, waiting):
    change(secretary, waiting, is_cancelled="on", tells="")

    assert called_off() == 1
    call_command("send_reminders")
    assert told() == []


@pytest.mark.parametrize(
    ("change", "is_true"),
    [
        ({"is_cancelled": True}, False),
        ({"starts_at": T(18)}, False),
        ({"held_on": today() + 2 * DAY}, False),
        ({"ends_at": T(20)}, True),
    ],
    ids=["cancelled", "another-time", "another-day", "same-plan"],
)
def test_reminder_is_asked_about_before_it_is_sent_however_the_plan_was_changed(waiting, change, is_true):
    Session.objects.filter(pk=waiting.pk).update(**change)

    call_command("send_messages")

    assert (len(told()), called_off()) == ((1, 0) if is_true else (0, 1))


def test_reminder_with_the_old_place_is_called_off_and_written_anew(secretary, waiting):
    edit(secretary, waiting.course, place="Kulturhuset")
    call_command("send_reminders")

    (sent,) = mail.outbox
    assert called_off() == 1
    assert "Kulturhuset" in sent.body


def test_moved_session_is_reminded_of_on_its_new_day(secretary, session):
    change(secretary, session, held_on=f"{today() + 3 * DAY}", tells="")

    call_command("send_reminders")
    call_command("send_reminders", on=today() + 2 * DAY)

    assert [subject for _to, subject in told()] == ["Hold 1: vi ses i morgen"]


def test_reminder_that_could_not_be_sent_in_time_is_not_sent_late(basic):
    course = planned_course(basic, first=today() - DAY)
    anna = make.VolunteerFactory(programme=basic.programme, email="anna@example.org")
    take_part(course, anna, since=course.starts_on)
    remind(calendar_today() - 2 * DAY)

    call_command("send_messages")

    assert told() == []
    assert DeliveryStep.objects.filter(reason="too_late").count() == 1


def test_make_up_session_reminds_those_who_need_it(basic, programme):
    course = planned_course(basic, first=today() - WEEK)
    people = (make.VolunteerFactory(programme=programme, email=f"{one}@example.org") for one in ("kom", "manglede"))
    came, _missed = (take_part(course, one, since=course.starts_on) for one in people)
    first = course.sessions.get(module=1)
    Attendance.record(by=None, enrolment=came.enrolment, session=first, mark="present", happened_on=first.held_on)
    make.SessionFactory(course=course, module=1, held_on=today() + DAY, is_make_up=True)
    call_command("send_reminders")

    assert [to for to, _subject in told()] == [["manglede@example.org"]]


@pytest.mark.django_db(transaction=True)
def test_two_who_remind_at_once_remind_once():
    programme = make.plan("København")
    basic = programme.curricula.get(kind="basic")
    publish(basic)
    course = planned_course(basic, first=today() + DAY)
    take_part(course, make.VolunteerFactory(programme=programme, email="anna@example.org"), since=today())
    found = []

    def remind_apart():
        try:
            found.append(remind(calendar_today()))
        finally:
            connections.close_all()

    both = [threading.Thread(target=remind_apart) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(20)

    assert Message.objects.count() == 1
    assert sorted(map(len, found)) == [0, 1]
