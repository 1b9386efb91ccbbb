"""The facts' clock: one time for a transaction, and no fact can slip under a freeze."""

import datetime as dt
import threading
import time

import pytest
from django.db import connection, transaction

from bydelsmoedre.moment import Moment
from bydelsmoedre.owner import as_owner
from programme.facts import freeze_moment
from tests.factories import AssociationFactory, VolunteerFactory, membership
from volunteers.models import Membership

D = dt.date
ON = D(2011, 12, 31)
PATIENCE = 10  # seconds before a test gives up waiting


class Elsewhere(threading.Thread):
    """Work in another transaction, on a connection of its own."""

    def __init__(self, work):
        super().__init__(daemon=True)
        self.work, self.answer, self.error = work, None, None
        self.start()

    def run(self):
        try:
            with transaction.atomic():
                self.answer = self.work()
        except Exception as error:  # told by `done`
            self.error = error
        finally:
            connection.close()

    def done(self):
        self.join(PATIENCE)
        assert not self.is_alive()
        assert self.error is None
        return self.answer

    def waits(self):
        """Does the work come to wait for the clock's lock (instead of ending)?"""
        give_up = time.monotonic() + PATIENCE
        while self.is_alive() and time.monotonic() < give_up:
            with connection.cursor() as cursor:
                cursor.execute(
                    "select exists (select from pg_locks where locktype = 'advisory' and not granted "
                    "and database = (select oid from pg_database where datname = current_database()))"
                )
                if cursor.fetchone()[0]:
                    return True
            time.sleep(0.01)
        return False


def wait_for(event):
    assert event.wait(PATIENCE)


@pytest.fixture
def people(transactional_db):
    association = AssociationFactory()
    return [VolunteerFactory(programme=association.programme) for _ in range(2)], association


def count(moment):
    return Membership.objects.at(moment).count()


def test_freeze_waits_for_a_fact_that_is_recorded_but_not_committed(people):
    volunteers, association = people
    recorded, go_on = threading.Event(), threading.Event()

    def record():
        membership(volunteers[0], association)
        recorded.set()
        wait_for(go_on)

    def freeze():
        moment = freeze_moment(ON)
        return moment, count(moment)

    recorder = Elsewhere(record)
    wait_for(recorded)
    freezer = Elsewhere(freeze)
    waited = freezer.waits()
    go_on.set()
    recorder.done()
    moment, before = freezer.done()

    assert (waited, before, count(moment)) == (True, 1, 1)


def test_freeze_counts_the_same_before_and_after_a_retraction_under_way(people):
    volunteers, association = people
    fact = membership(volunteers[0], association)
    retracted, go_on = threading.Event(), threading.Event()

    def retract():
        fact.retract(by=None, reason="Fejl")
        retracted.set()
        wait_for(go_on)

    def freeze():
        moment = freeze_moment(ON)
        return moment, count(moment)

    retractor = Elsewhere(retract)
    wait_for(retracted)
    freezer = Elsewhere(freeze)
    freezer.waits()
    go_on.set()
    retractor.done()
    moment, before = freezer.done()

    assert (before, count(moment)) == (0, 0)


def test_freeze_holds_back_a_fact_that_begins_meanwhile(people):
    volunteers, association = people
    membership(volunteers[0], association)

    with transaction.atomic():
        moment = freeze_moment(ON)
        recorder = Elsewhere(lambda: membership(volunteers[1], association))
        waited = recorder.waits()
        before = count(moment)
    later = recorder.done()

    later.refresh_from_db()
    assert (waited, before, count(moment), count(Moment(ON))) == (True, 1, 1, 2)
    assert later.recorded_at > moment.known_at


def test_freeze_outside_a_transaction_is_refused(transactional_db):
    with pytest.raises(transaction.TransactionManagementError):
        freeze_moment(ON)


def test_facts_of_one_transaction_have_one_time(db):
    association = AssociationFactory()

    one, other = (membership(VolunteerFactory(), association) for _ in range(2))

    assert one.recorded_at == other.recorded_at


def test_fact_time_is_the_clocks_and_not_the_transactions_start(db):
    with connection.cursor() as cursor:
        cursor.execute("select transaction_timestamp(), pg_sleep(0.01), fact_time(), clock_timestamp()")
        began, _slept, told, now = cursor.fetchone()

    assert began < told <= now


def test_fact_time_left_by_another_transaction_of_a_restored_copy_is_not_reused(db):
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("insert into fact_clock values (pg_current_xact_id(), '2011-01-01')")
        cursor.execute("select fact_time() >= transaction_timestamp()")

        assert cursor.fetchone() == (True,)

        transaction.set_rollback(True)


def test_clock_forgets_the_times_of_transactions_that_have_ended(transactional_db):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("insert into fact_clock values ('3', '2011-01-01')")

    membership(VolunteerFactory(), AssociationFactory())

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select count(*) from fact_clock where transaction = '3'")
        assert cursor.fetchone() == (0,)
