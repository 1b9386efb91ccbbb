"""“Vent til …”: what waits leaves the lists of what is to be done, and nothing else; until its day."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from associations.models import AssociationGrant
from bydelsmoedre.moment import Moment, end_of_day, today
from programme.models import Deferral, Evidence, MeetingHeld, Organisation, RoleGrant
from reports.findings import Waiting, found
from tests import factories as make
from tests.doors import sent
from tests.goals import put_off_until

D = dt.date
CODE = "minutes_missing"
pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(programme):
    """A meeting held in June 2011, whose minutes are missing since."""
    body = Organisation.objects.get(programme=programme, kind="steering_group")
    held = make.MeetingFactory(programme=programme, body=body, title="Møde i juni", planned_on=D(2011, 6, 8))
    MeetingHeld.record(by=None, meeting=held, happened_on=D(2011, 6, 8))
    return held


@pytest.fixture
def secretary(programme):
    return make.user_with_role(programme, "secretariat")


def told(programme, day, waiting):
    return [one.uuid for one in found(programme, Moment(day), codes=[CODE], waiting=waiting)]


def days_from_now(days):
    return today() + dt.timedelta(days)


def defer(client, meeting, days, reason="answer"):
    address = reverse("reports:defer", args=[CODE, meeting.uuid])
    return sent(client, address, until=days_from_now(days).isoformat(), reason=reason)


def test_what_waits_is_left_out_until_its_day(programme, meeting):
    put_off_until(programme, CODE, meeting.uuid, days=10)

    days = [days_from_now(more) for more in (-1, 0, 9, 10)]
    assert [told(programme, day, Waiting.LEFT_OUT) for day in days] == [[meeting.uuid], [], [], [meeting.uuid]]
    assert [told(programme, day, Waiting.ALONE) for day in days] == [[], [meeting.uuid], [meeting.uuid], []]
    assert {tuple(told(programme, day, Waiting.TOLD)) for day in days} == {(meeting.uuid,)}


def test_what_waited_when_a_report_was_made_waits_in_it_for_ever(programme, meeting, monkeypatch):
    """A finished programme opens at its deadline: as it was known one day, what waited that day waits."""
    put_off_until(programme, CODE, meeting.uuid, days=10)
    then = Moment(programme.deadline, end_of_day(today()))
    later = days_from_now(30)
    monkeypatch.setattr("reports.findings.today", lambda: later)

    def waiting(moment):
        return [bool(one.waits_to) for one in found(programme, moment, codes=[CODE])]

    assert (waiting(then), waiting(Moment(programme.deadline))) == ([True], [False])


def test_the_same_thing_needs_attention_for_another_reason_all_the_same(programme, meeting):
    put_off_until(programme, "meeting_passed", meeting.uuid)

    assert told(programme, today(), Waiting.LEFT_OUT) == [meeting.uuid]


def test_another_programme_cannot_let_it_wait(programme, meeting):
    put_off_until(make.twin(), CODE, meeting.uuid)

    assert told(programme, today(), Waiting.LEFT_OUT) == [meeting.uuid]


def test_secretariat_lets_it_wait_and_brings_it_back(programme, meeting, secretary, client_of):
    client = client_of(secretary)
    page = client.get(reverse("reports:today"))
    shown = [one for one in page.context["findings"] if one.code == CODE]
    defer(client, meeting, 7)
    during = client.get(reverse("reports:today")), client.get(reverse("reports:deferred"))
    (waits,) = during[1].context["findings"]
    sent(client, waits.back_url)

    assert [one.what for one in shown] == ["Møde i juni"]
    assert CODE not in [one.code for one in during[0].context["findings"]]
    assert "der afventes svar" in waits.waiting
    assert CODE in [one.code for one in client.get(reverse("reports:today")).context["findings"]]
    assert client.get(waits.back_url).status_code == 404


def test_overview_and_the_page_itself_tell_it_still_and_that_it_waits(programme, meeting, secretary, client_of):
    client = client_of(secretary)
    defer(client, meeting, 7, "holidays")

    for address in (reverse("reports:dashboard"), meeting.get_absolute_url()):
        (one,) = [one for one in client.get(address).context["findings"] if one.code == CODE]
        assert one.waiting.endswith("ferie.")


def test_municipality_is_told_that_it_waits(programme, meeting, client_of):
    put_off_until(programme, CODE, meeting.uuid)
    page = client_of(make.user_with_role(programme, "caseworker")).get(reverse("reports:dashboard"))

    (one,) = [one for one in page.context["findings"] if one.code == CODE]
    assert (bool(one.waiting), one.url, one.defer_url, one.back_url) == (True, "", "", "")


def test_what_waits_may_wait_for_longer(programme, meeting, secretary, client_of):
    client = client_of(secretary)
    defer(client, meeting, 7)
    defer(client, meeting, 20, "planned")

    (waits,) = Deferral.objects.current()
    assert (waits.ended_on, waits.why) == (days_from_now(19), "planned")


@pytest.mark.parametrize(("days", "word"), [(0, "kommende dag"), (-5, "kommende dag"), (93, "Højst tre måneder")])
def test_day_must_come_and_within_three_months(programme, meeting, secretary, days, word, client_of):
    page = defer(client_of(secretary), meeting, days)

    assert word in page.context["form"].errors["until"][0]
    assert not Deferral.objects.exists()


@pytest.mark.parametrize("days", [1, 92])
def test_day_may_be_tomorrow_or_three_months_ahead(programme, meeting, secretary, days, client_of):
    defer(client_of(secretary), meeting, days)

    assert Deferral.objects.get().ended_on == days_from_now(days - 1)


def test_reason_is_chosen_and_never_written(programme, meeting, secretary, client_of):
    page = defer(client_of(secretary), meeting, 7, "Fatima er syg")

    assert "reason" in page.context["form"].errors
    with pytest.raises(IntegrityError), transaction.atomic():
        Deferral.record(
            by=None, programme=programme, code=CODE, thing=meeting.uuid, why="answer", note="Fatima er syg",
            started_on=today(), ended_on=days_from_now(3),
        )  # fmt: skip


def test_it_waits_once(programme, meeting):
    put_off_until(programme, CODE, meeting.uuid)

    with pytest.raises(IntegrityError), transaction.atomic():
        put_off_until(programme, CODE, meeting.uuid)


def test_nothing_waits_for_ever_in_the_database_either(programme, meeting):
    put_off_until(programme, CODE, meeting.uuid, days=93)
    with pytest.raises(IntegrityError), transaction.atomic():
        put_off_until(programme, "meeting_passed", meeting.uuid, days=94)


def test_what_is_mended_already_cannot_wait(programme, meeting, secretary, client_of):
    minutes = Evidence.objects.create(programme=programme, description="Referat")
    (held,) = MeetingHeld.objects.current()
    held.supersede(by=None, reason="Referat", evidence=minutes)

    assert client_of(secretary).get(reverse("reports:defer", args=[CODE, meeting.uuid])).status_code == 404


@pytest.mark.parametrize("role_elsewhere", [None, "secretariat", "caseworker"])
def test_local_coordinator_lets_wait_what_is_hers_in_another_programme_too(programme, client_of, role_elsewhere):
    """Whatever she is elsewhere: a local coordinator there as well, or with a role."""
    elsewhere = make.plan("Aarhus")
    mine = make.AssociationFactory(programme=programme)
    make.found(mine, D(2011, 11, 10), but={"board"})
    make.step(mine, "board", D(2011, 11, 10), board_members=4)
    user = make.UserFactory()
    if role_elsewhere is None:
        AssociationGrant.objects.create(user=user, association=make.AssociationFactory(programme=elsewhere, name="A"))
    else:
        RoleGrant.objects.create(user=user, programme=elsewhere, role=role_elsewhere)
    AssociationGrant.objects.create(user=user, association=mine)
    client = client_of(user)
    shown = [one for one in client.get(mine.get_absolute_url()).context["findings"] if one.code == "board_too_small"]
    sent(client, shown[0].defer_url, until=days_from_now(7).isoformat(), reason="answer")

    assert [(one.programme, one.thing) for one in Deferral.objects.current()] == [(programme, mine.uuid)]


def test_local_coordinator_lets_wait_what_is_hers(programme, client_of):
    mine, other = make.AssociationFactory(programme=programme), make.AssociationFactory(programme=programme)
    for one in (mine, other):
        make.found(one, D(2011, 11, 10), but={"board"})
        make.step(one, "board", D(2011, 11, 10), board_members=4)
    user = make.local_coordinator(mine)
    client = client_of(user)
    before = [one for one in client.get(reverse("reports:today")).context["findings"] if one.code == "board_too_small"]
    sent(client, before[0].defer_url, until=days_from_now(9).isoformat(), reason="meeting")
    after = [one.code for one in client.get(reverse("reports:today")).context["findings"]]

    assert Deferral.objects.get().thing == mine.uuid
    assert "board_too_small" not in after
    assert client.get(reverse("reports:defer", args=["board_too_small", other.uuid])).status_code == 404


def test_another_coordinator_brings_nothing_back(programme, client_of):
    mine, other = make.AssociationFactory(programme=programme), make.AssociationFactory(programme=programme)
    make.found(mine, D(2011, 11, 10), but={"board"})
    make.step(mine, "board", D(2011, 11, 10), board_members=4)
    put_off_until(programme, "board_too_small", mine.uuid)
    address = reverse("reports:bring_back", args=["board_too_small", mine.uuid])

    assert client_of(make.local_coordinator(other)).get(address).status_code == 404
