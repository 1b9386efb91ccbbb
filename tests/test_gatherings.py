"""An association's meetings: held with one tap, planned, moved, cancelled; who came to a monthly one, on one screen."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.urls import reverse

from bydelsmoedre.moment import calendar_today
from tests import factories as make
from tests.doors import says
from tests.gatherings import at, errors, held, held_on, mother, presence, send
from tests.meanwhile import wait_for_a_lock
from volunteers.models import Gathering, GatheringHeld, Presence

D = dt.date
DAY = dt.timedelta(days=1)
OCTOBER = D(2011, 10, 4)
pytestmark = pytest.mark.django_db

TAKEN = "The association has such a meeting on that day already."
HELD_ALREADY = "The meeting is recorded as held already."
RETRACT_FIRST = "The meeting is recorded as held. Retract that first."


@pytest.fixture
def association(programme):
    return make.AssociationFactory(programme=programme)


@pytest.fixture
def monthly(association):
    return make.GatheringFactory(association=association, planned_on=OCTOBER)


@pytest.fixture
def local(association, client_of):
    return client_of(make.local_coordinator(association))


@pytest.fixture
def anna(association):
    return mother(association, "Anna")


def tap(client, association):
    return client.post(at("gathering_today", association))


# --- Held, with one tap


def test_one_tap_records_a_board_meeting_held_today_without_minutes(local, association):
    response = tap(local, association)

    fact = GatheringHeld.objects.get()
    assert response.url == association.get_absolute_url()
    assert (fact.gathering.association, fact.gathering.kind, fact.evidence) == (association, "board", None)
    assert (fact.happened_on, fact.gathering.planned_on) == (calendar_today(), calendar_today())


def test_two_taps_record_one_meeting(secretary, association):
    answers = [secretary.post(at("gathering_today", association), follow=True) for _ in range(2)]

    told = [[str(one) for one in answer.context["messages"]] for answer in answers]
    assert told == [
        [says("Saved: a board meeting is held today. The minutes may follow.")],
        [says("Today's board meeting was recorded already.")],
    ]
    assert (Gathering.objects.count(), GatheringHeld.objects.count()) == (1, 1)


def test_tap_holds_the_board_meeting_that_was_planned_for_today(secretary, association):
    planned = make.GatheringFactory(association=association, kind="board", planned_on=calendar_today())

    tap(secretary, association)

    assert GatheringHeld.objects.get().gathering == planned


def test_tap_after_a_cancellation_holds_the_meeting_after_all(secretary, association):
    make.GatheringFactory(association=association, kind="board", planned_on=calendar_today(), is_cancelled=True)

    tap(secretary, association)

    gathering = Gathering.objects.get()
    assert (gathering.is_cancelled, gathering.holdings.count()) == (False, 1)


def test_tap_asks_for_the_page_s_own_token(secretariat, association):
    client = Client(enforce_csrf_checks=True)
    client.force_login(secretariat)

    assert tap(client, association).status_code == 403
    assert GatheringHeld.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_who_tap_at_once_record_one_meeting(elsewhere):
    programme = make.plan("København")
    association = make.AssociationFactory(programme=programme)
    user, answers = make.local_coordinator(association), []
    with elsewhere.cursor() as cursor:
        cursor.execute(
            "insert into volunteers_gathering (uuid, association_id, kind, planned_on, place, is_cancelled)"
            " values (gen_random_uuid(), %s, 'board', %s, '', false) returning id",
            [association.pk, calendar_today()],
        )
        cursor.execute(
            "insert into volunteers_gatheringheld (uuid, gathering_id, happened_on, is_date_unknown, note,"
            " retraction_reason) values (gen_random_uuid(), %s, %s, false, '', '')",
            [cursor.fetchone()[0], calendar_today()],
        )

    def tap_apart():
        try:
            client = Client()
            client.force_login(user)
            answers.append(tap(client, association))
        finally:
            connections.close_all()

    sender = threading.Thread(target=tap_apart)
    sender.start()
    wait_for_a_lock(sender)
    elsewhere.commit()
    sender.join(10)

    assert [answer.status_code for answer in answers] == [302]
    assert (Gathering.objects.count(), GatheringHeld.objects.count()) == (1, 1)


# --- Held on another day, and the day corrected


def test_meeting_that_nobody_planned_is_recorded_on_its_day(local, association):
    send(local, "gathering_unplanned", association, kind="general", happened_on="06.10.2011", evidence_text="I mappen")

    fact = GatheringHeld.objects.select_related("evidence").get()
    assert (fact.happened_on, fact.gathering.kind, str(fact.evidence)) == (D(2011, 10, 6), "general", "I mappen")


def test_second_meeting_of_the_kind_on_a_day_is_refused_beside_the_day(secretary, association):
    held(association, "board", on=OCTOBER)

    response = send(secretary, "gathering_unplanned", association, kind="board", happened_on="2011-10-04")
    send(secretary, "gathering_unplanned", association, kind="general", happened_on="2011-10-04")

    assert errors(response) == {"happened_on": [says(HELD_ALREADY)]}
    assert [held_on(association, kind) for kind in ("board", "general")] == [[OCTOBER], [OCTOBER]]


def test_day_is_corrected_by_retracting_and_recording_again(secretary, association):
    fact = held(association, "board", on=OCTOBER)
    secretary.post(
        reverse("reports:retract", args=["foreningsmoede", fact.uuid]), {"seen": fact.pk, "reason": "Forkert dag"}
    )

    send(secretary, "gathering_held", fact.gathering, happened_on="2011-10-05")

    fact.gathering.refresh_from_db()
    assert held_on(association) == [D(2011, 10, 5)]
    assert (Gathering.objects.count(), fact.gathering.planned_on) == (1, D(2011, 10, 5))


def test_who_came_follows_when_the_day_is_corrected(secretary, association, anna):
    fact = held(association, "monthly", on=OCTOBER)
    presence(anna, fact.gathering)
    fact.retract(by=None, reason="Forkert dag")

    send(secretary, "gathering_held", fact.gathering, happened_on="2011-10-05")

    assert [one.happened_on for one in Presence.objects.current()] == [D(2011, 10, 5)]
    assert Presence.objects.count() == 2


def test_who_came_follows_a_plan_that_was_moved_first(secretary, association, anna):
    fact = held(association, "monthly", on=OCTOBER)
    presence(anna, fact.gathering)
    fact.retract(by=None, reason="Forkert dag")
    send(secretary, "gathering_edit", fact.gathering, planned_on="2011-10-05")

    send(secretary, "gathering_held", fact.gathering, happened_on="2011-10-05")

    assert [one.happened_on for one in Presence.objects.current()] == [D(2011, 10, 5)]


def test_nobody_was_present_at_a_meeting_that_is_cancelled_after_all(secretary, association, anna):
    fact = held(association, "monthly", on=OCTOBER)
    presence(anna, fact.gathering)
    fact.retract(by=None, reason="Blev ikke holdt")

    send(secretary, "gathering_edit", fact.gathering, is_cancelled="on")

    assert (Presence.objects.count(), Presence.objects.current().count()) == (1, 0)


def test_meeting_is_not_held_on_a_day_that_has_one(secretary, association, monthly):
    make.GatheringFactory(association=association, planned_on=OCTOBER + DAY)

    response = send(secretary, "gathering_held", monthly, happened_on="2011-10-05")

    assert errors(response) == {"happened_on": [says(TAKEN)]}
    assert held_on(association, "monthly") == []


def test_meeting_is_held_once(secretary, association):
    fact = held(association, "board", on=OCTOBER)

    response = send(secretary, "gathering_held", fact.gathering, happened_on="2011-10-04")

    assert errors(response) == {"happened_on": [says(HELD_ALREADY)]}


@pytest.mark.parametrize(("days", "is_taken"), [(0, True), (1, False)])
def test_meeting_cannot_be_held_tomorrow(secretary, association, monthly, days, is_taken):
    response = send(secretary, "gathering_held", monthly, happened_on=(calendar_today() + days * DAY).isoformat())

    assert (response.status_code == 302) == is_taken
    assert bool(held_on(association, "monthly")) == is_taken


def test_minutes_follow_and_the_meeting_stays_the_same(local, association):
    fact = held(association, "board", on=OCTOBER)

    send(local, "gathering_minutes", fact.gathering, evidence_text="I mappen")

    now = GatheringHeld.objects.current().select_related("evidence").get()
    assert (now.uuid, now.happened_on, str(now.evidence)) == (fact.uuid, OCTOBER, "I mappen")


def test_minutes_come_once(secretary, association):
    fact = held(association, "board", on=OCTOBER)
    for _ in range(2):
        response = secretary.post(at("gathering_minutes", fact.gathering), {"evidence_text": "I mappen"})

    assert errors(response) == {"__all__": [says("The minutes are recorded already.")]}
    assert GatheringHeld.objects.count() == 2


# --- Planned, moved, cancelled


def test_monthly_meeting_is_planned_with_time_and_place(local, association):
    send(local, "gathering_new", association, planned_on="6.12.2011", starts_at="17.30", place="Medborgerhuset")

    planned = Gathering.objects.get()
    assert (planned.kind, planned.planned_on, planned.starts_at) == ("monthly", D(2011, 12, 6), dt.time(17, 30))


def test_two_of_a_kind_are_not_planned_for_a_day(secretary, association, monthly):
    response = send(secretary, "gathering_new", association, planned_on="2011-10-04")

    assert errors(response) == {"planned_on": [says(TAKEN)]}


def test_meeting_is_moved_and_cancelled_until_it_is_held(secretary, monthly):
    send(secretary, "gathering_edit", monthly, planned_on="2011-10-05")
    send(secretary, "gathering_edit", monthly, is_cancelled="on")

    monthly.refresh_from_db()
    assert (monthly.planned_on, monthly.is_cancelled) == (D(2011, 10, 5), True)


@pytest.mark.parametrize(
    ("field", "typed"), [("planned_on", "2011-10-05"), ("is_cancelled", "on")], ids=["moved", "cancelled"]
)
def test_held_meeting_is_neither_moved_nor_cancelled(secretary, association, field, typed):
    gathering = held(association, "board", on=OCTOBER).gathering

    response = send(secretary, "gathering_edit", gathering, **{field: typed})

    gathering.refresh_from_db()
    assert errors(response) == {field: [says(RETRACT_FIRST)]}
    assert (gathering.planned_on, gathering.is_cancelled) == (OCTOBER, False)


def test_place_of_a_held_meeting_is_corrected(secretary, association):
    gathering = held(association, "board", on=OCTOBER).gathering

    send(secretary, "gathering_edit", gathering, place="Biblioteket")

    gathering.refresh_from_db()
    assert gathering.place == "Biblioteket"


# --- What the database itself refuses


@pytest.mark.parametrize("change", [{"planned_on": OCTOBER + DAY}, {"is_cancelled": True}], ids=["moved", "cancelled"])
def test_database_keeps_the_day_of_a_held_meeting(association, change):
    gathering = held(association, "board", on=OCTOBER).gathering

    with pytest.raises(IntegrityError, match="recorded as held"), transaction.atomic():
        Gathering.objects.filter(pk=gathering.pk).update(**change)


def test_database_holds_a_meeting_on_its_day_only(monthly):
    with pytest.raises(IntegrityError, match="another day"), transaction.atomic():
        GatheringHeld.record(by=None, gathering=monthly, happened_on=OCTOBER + DAY)


def test_database_takes_presence_at_monthly_meetings_of_the_own_programme_only(association, monthly, anna, twin):
    board = make.GatheringFactory(association=association, kind="board", planned_on=OCTOBER)

    for volunteer, gathering in ((anna, board), (make.VolunteerFactory(programme=twin), monthly)):
        with pytest.raises(IntegrityError, match="no monthly meeting"), transaction.atomic():
            presence(volunteer, gathering)
