"""Messages are sent once at most: by two workers at once, by a process that is killed; one bounce stops nobody else."""

import os
import signal
import threading
import time
from collections import Counter

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from bydelsmoedre.moment import today
from tests import factories as make
from tests.mail import handed_over
from tests.refusing import refused_by
from volunteers.merging import merge
from volunteers.messages.sending import claim, send_waiting
from volunteers.messages.stopping import stop
from volunteers.models import Delivery, DeliveryStep
from volunteers.privacy import erase


def deliveries(*addresses):
    """A message that waits to be sent to these."""
    programme = make.ProgrammeFactory()
    message = make.message(programme)
    for address in addresses:
        person = make.VolunteerFactory(programme=programme, email=address)
        Delivery.objects.create(message=message, volunteer=person, language="da", subject="Sommerfest")
    return message


def many(number):
    return deliveries(*(f"nr{one}@example.org" for one in range(number)))


def states(message):
    """What became of it, by address."""
    found = message.deliveries.with_state().values_list("volunteer__email", "state", "reason")
    return {email.partition("@")[0]: (state, reason) for email, state, reason in found}


@pytest.fixture
def choosy(settings):
    settings.EMAIL_BACKEND = "tests.mail.Choosy"


@pytest.fixture
def slow(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "tests.mail.Slow", str(tmp_path)


# --- One after the other


@pytest.mark.django_db
@pytest.mark.parametrize("is_first_kept", [True, False])
def test_who_was_merged_after_it_was_written_gets_it_once(is_first_kept):
    message = deliveries("en@example.org", "to@example.org", "tre@example.org")
    first, second, _other = [one.volunteer for one in message.deliveries.order_by("pk")]
    kept, twice = (first, second) if is_first_kept else (second, first)
    merge(twice, kept, by=None)

    send_waiting(message)

    assert states(message)["en"][0] == "sent"
    assert [one.to for one in mail.outbox] == [["en@example.org"], ["tre@example.org"]]


@pytest.mark.django_db
def test_an_address_that_is_refused_hides_not_her_other(choosy):
    message = deliveries("afvist@example.org", "god@example.org")
    refused, good = [one.volunteer for one in message.deliveries.order_by("pk")]
    merge(refused, good, by=None)

    send_waiting(message)

    assert states(message) == {"afvist": ("failed", "refused"), "god": ("sent", "")}


@pytest.mark.django_db
def test_a_refusal_a_break_and_an_address_that_is_none_stop_nobody_else(choosy):
    message = deliveries("a@example.org", "afvist@example.org", "brudt@example.org", "uden-domæne", "z@example.org")

    tally = send_waiting(message)

    assert states(message) == {
        "a": ("sent", ""),
        "afvist": ("failed", "refused"),
        "brudt": ("begun", ""),
        "uden-domæne": ("failed", "bad_address"),
        "z": ("sent", ""),
    }
    assert (tally.sent, tally.failed, tally.uncertain) == (2, 2, 1)
    assert [one.to for one in mail.outbox] == [["a@example.org"], ["z@example.org"]]
    assert send_waiting(message).sent == 0, "what may have left us is not sent again"


@pytest.mark.django_db
def test_what_dies_at_work_is_uncertain_and_never_sent_again(choosy):
    message = deliveries("doed@example.org", "z@example.org")

    with pytest.raises(SystemExit):
        send_waiting(message)
    send_waiting(message)

    assert states(message) == {"doed": ("begun", ""), "z": ("sent", "")}
    assert [one.to for one in mail.outbox] == [["z@example.org"]]


@pytest.mark.django_db
def test_a_server_that_is_away_costs_nothing(settings):
    settings.EMAIL_BACKEND = "tests.mail.Away"
    message = many(2)

    with pytest.raises(CommandError, match="does not answer"):
        call_command("send_messages")

    assert set(states(message).values()) == {("queued", "")}


@pytest.mark.django_db
def test_who_stops_or_is_erased_or_loses_her_address_meanwhile_gets_none():
    message = deliveries("stop@example.org", "slet@example.org", "tom@example.org", "med@example.org")
    first, second, third, _fourth = (one.volunteer for one in message.deliveries.select_related("volunteer"))
    stop(first)
    erase(second, by=None)
    type(third).objects.filter(pk=third.pk).update(email="")

    send_waiting(message)

    assert Counter(message.deliveries.with_state().values_list("state", "reason")) == {
        ("skipped", "opted_out"): 1,
        ("skipped", "erased"): 1,
        ("skipped", "no_address"): 1,
        ("sent", ""): 1,
    }
    assert [one.to for one in mail.outbox] == [["med@example.org"]]


@pytest.mark.django_db
def test_a_page_sends_for_so_long_and_no_longer(slow):
    message = many(50)

    send_waiting(message, seconds=0.05)

    counted = Counter(state for state, _reason in states(message).values())
    assert counted["queued"] > 0
    assert counted["sent"] == len(handed_over()) > 0


@pytest.mark.django_db
def test_database_begins_and_ends_a_delivery_once():
    delivery = many(1).deliveries.get()
    step = {"by": None, "delivery": delivery, "happened_on": today()}
    DeliveryStep.record(step="begun", **step)
    DeliveryStep.record(step="sent", **step)

    assert refused_by(DeliveryStep.record, step="begun", **step) == "volunteers_delivery_begun_once"
    assert refused_by(DeliveryStep.record, step="failed", reason="refused", **step) == "volunteers_delivery_ended_once"
    assert refused_by(DeliveryStep.record, step="skipped", **step) == "volunteers_delivery_reason"
    other = {"message": delivery.message, "volunteer": delivery.volunteer, "language": "da"}
    assert refused_by(Delivery.objects.create, **other) == "volunteers_delivered_once"


# --- Several at once


@pytest.mark.django_db(transaction=True)
def test_a_delivery_that_another_worker_holds_is_passed_over(elsewhere, request):
    message = many(2)
    held, free = message.deliveries.all()
    with elsewhere.cursor() as cursor:
        cursor.execute("select from volunteers_delivery where id = %s for update", [held.pk])
    with connection.cursor() as cursor:
        cursor.execute("set lock_timeout = '2s'")  # who would wait for the other fails instead
    request.addfinalizer(connection.close)

    assert claim(message) == free
    assert claim(message) is None


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_send_each_message_once(slow):
    message, errors = many(60), []
    together = threading.Barrier(4)

    def work():
        try:
            together.wait()
            send_waiting(message)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for one in workers:
        one.start()
    for one in workers:
        one.join(60)

    assert errors == []
    assert set(Counter(handed_over()).values()) == {1}
    assert Counter(states(message).values()) == {("sent", ""): 60}


# --- Killed


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_killing_the_sender_ten_times_sends_nothing_twice(slow):
    message, kept = many(80), []
    for kill in range(10):
        child = os.fork()
        if child == 0:
            kept.append(connections["default"])  # closing it would say goodbye to PostgreSQL for the parent too
            connections["default"] = connections["default"].copy()
            try:
                send_waiting(message)
            finally:
                os._exit(0)
        time.sleep(0.03 + 0.007 * kill)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    for _ in range(100):  # until PostgreSQL has let go of what the dead ones held
        send_waiting(message)
        if not message.deliveries.waiting().exists():
            break
        time.sleep(0.02)

    told = message.deliveries.with_state().values_list("volunteer__email", "state")
    times = Counter(handed_over())
    assert {state for _email, state in told} <= {"sent", "begun"}
    assert {times[email] for email, state in told if state == "sent"} == {1}
    assert {times[email] for email, state in told if state == "begun"} <= {0, 1}


@pytest.mark.django_db
def test_claiming_is_taken_back_with_its_transaction():
    message = many(1)
    with transaction.atomic():
        claim(message)
        transaction.set_rollback(True)

    assert states(message) == {"nr0": ("queued", "")}
