"""Who awaits a call, why and until when; one tap records what came of it, once."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from bydelsmoedre.moment import Moment, today
from programme.models import Reading
from reports.calls import waiting
from tests import factories as make
from tests.doors import assert_refused, html_of, saved, says, send
from tests.people import steps
from tests.refusing import refused_by
from tests.training import planned_course, take_part
from volunteers.models import Call, LanguageSkill

D = dt.date
DAY = dt.timedelta(1)
pytestmark = pytest.mark.django_db


def person(programme, **values):
    return make.VolunteerFactory(programme=programme, **values)


def call(volunteer, outcome, on, again_on=None):
    return Call.record(by=None, volunteer=volunteer, outcome=outcome, happened_on=on, call_again_on=again_on)


def waits(programme, on):
    """Who waits on that day: (person's id, reason, since)."""
    return [(one.id, one.reason, one.since) for one in waiting(programme.pk, Moment(on))]


# --- Who waits


def test_who_is_interested_waits_until_she_is_reached(programme):
    amina = person(programme)
    steps(make.CandidacyFactory(volunteer=amina), ("applied", D(2011, 2, 1)))
    asked = (amina.pk, "applied", D(2011, 2, 1))
    call(amina, "no_answer", D(2011, 2, 3))
    call(amina, "reached", D(2011, 2, 5))

    told = {day: waits(programme, D(2011, 2, day)) for day in range(1, 8)}

    # the day of a call she is left in peace; from the next she waits as before
    assert told == {1: [asked], 2: [asked], 3: [], 4: [asked], 5: [], 6: [], 7: []}


def test_an_interview_held_is_a_contact(programme):
    candidacy = make.CandidacyFactory(volunteer=person(programme))
    steps(candidacy, ("applied", D(2011, 2, 1)), ("interviewed", D(2011, 2, 10)))

    assert [len(waits(programme, D(2011, 2, day))) for day in (9, 10)] == [1, 0]


def test_who_was_promised_another_call_waits_from_that_day_on(programme):
    amina = person(programme)
    call(amina, "again", D(2011, 3, 1), D(2011, 3, 8))

    promised = [(amina.pk, "again", D(2011, 3, 8))]
    assert [waits(programme, D(2011, 3, day)) for day in (7, 8, 20)] == [[], promised, promised]


def test_participants_are_called_in_the_week_before_their_course_begins(programme):
    curriculum = programme.curricula.get(kind="basic")
    course = planned_course(curriculum, first=D(2011, 3, 14))
    seated, reached = (take_part(course, person(programme), since=D(2011, 3, 1)).enrolment for _ in range(2))
    take_part(course, person(programme), since=D(2011, 3, 1), status="waiting")
    call(reached.volunteer, "reached", D(2011, 3, 7))

    coming = [(seated.volunteer_id, "course", D(2011, 3, 7))]
    told = [waits(programme, D(2011, 3, day)) for day in (6, 8, 14, 15)]
    assert told == [[], coming, coming, []]


def test_who_did_not_answer_waits_the_day_after_and_it_is_counted(programme):
    amina = person(programme)
    for day in (1, 2, 4):
        call(amina, "no_answer", D(2011, 3, day))

    [line] = waiting(programme.pk, Moment(D(2011, 3, 5)))
    assert (line.id, line.reason, line.since, line.missed) == (amina.pk, "no_answer", D(2011, 3, 4), 3)


@pytest.mark.parametrize(("on", "still"), [(D(2011, 3, 1), 0), (D(2011, 2, 28), 1)])
def test_who_has_withdrawn_since_the_call_waits_no_more(programme, on, still):
    """Where it is recorded after she withdrew that she is to be called, that is meant."""
    amina = person(programme)
    steps(make.CandidacyFactory(volunteer=amina), ("applied", D(2011, 2, 1)), ("withdrawn", on))
    call(amina, "no_answer", D(2011, 3, 1))

    assert len(waits(programme, D(2011, 3, 2))) == still


def test_who_was_recorded_twice_waits_once(programme):
    kept = person(programme)
    again = make.same_person(kept).duplicate
    steps(make.CandidacyFactory(volunteer=again), ("applied", D(2011, 2, 1)))

    assert waits(programme, D(2011, 2, 2)) == [(kept.pk, "applied", D(2011, 2, 1))]
    call(again, "reached", D(2011, 2, 2))
    assert waits(programme, D(2011, 2, 3)) == []


def test_a_retracted_call_makes_her_wait_again(programme):
    amina = person(programme)
    steps(make.CandidacyFactory(volunteer=amina), ("applied", D(2011, 2, 1)))
    wrong = call(amina, "reached", D(2011, 2, 2))
    before = waits(programme, D(2011, 2, 3))

    wrong.retract(by=None, reason="Forkert person")

    assert (len(before), len(waits(programme, D(2011, 2, 3)))) == (0, 1)


# --- One tap


def applied(programme, **values):
    found = person(programme, **values)
    steps(make.CandidacyFactory(volunteer=found), ("applied", D(2011, 2, 1)))
    return found


def tap(client, volunteer, outcome, identity=None, **given):
    address = reverse("volunteers:call", args=[volunteer.uuid])
    data = {"outcome": outcome, "uuid": str(identity or uuid.uuid4()), "next": reverse("volunteers:calls")} | given
    return client.post(address, data, follow=True)


def test_the_list_is_called_from_with_one_tap_each(programme, secretariat, secretary):
    amina = applied(programme, name="Amina Ali", phone="20 12 34 56")
    page = html_of(secretary.get(reverse("volunteers:calls")))

    answers = tap(secretary, amina, "again")

    assert 'href="tel:20123456"' in page
    assert 'href="sms:20123456?&body=Hej%20Amina' in page
    assert "Hej Amina. Tak, fordi du gerne vil være bydelsmor." in page
    recorded = Call.objects.get()
    assert (recorded.outcome, recorded.happened_on, recorded.call_again_on, recorded.recorded_by) == (
        "again", today(), today() + DAY, secretariat,
    )  # fmt: skip
    assert answers.context["lines"] == []
    assert [one for one, _url in answers.context["called"]] == [recorded]
    assert Reading.objects.filter(page="volunteers:calls", persons=[amina.uuid]).count() == 2


def test_the_same_tap_twice_is_stored_once(programme, secretary):
    amina, identity = applied(programme), uuid.uuid4()

    for _ in range(2):
        tap(secretary, amina, "reached", identity)

    assert Call.objects.count() == 1


def test_an_identity_of_another_persons_call_records_nothing(programme, secretary):
    taken = call(person(programme), "reached", D(2011, 3, 1))

    answer = tap(secretary, applied(programme), "reached", taken.uuid)

    assert (answer.status_code, Call.objects.count()) == (200, 1)
    assert answer.context["form"].non_field_errors()


def test_an_english_speaker_is_offered_the_words_in_english_too(programme, secretary):
    amina = applied(programme)
    LanguageSkill.record(by=None, volunteer=amina, language="en", happened_on=D(2011, 2, 1))

    [line] = secretary.get(reverse("volunteers:calls")).context["lines"]

    assert [one.language for one in line.invitations] == ["da", "en"]
    assert line.invitations[1].text.startswith("Hello")


# --- Whose list


def test_a_local_coordinator_calls_her_own_and_meets_no_candidacy(programme, client_of):
    association = make.founded_association(programme)
    mine, hers_and_applied, _stranger = person(programme), applied(programme), applied(programme)
    for one in (mine, hers_and_applied):
        make.membership(one, association, role="chair" if one is mine else "substitute")
    call(mine, "no_answer", D(2011, 3, 1))
    call(person(programme), "no_answer", D(2011, 3, 1))
    client = client_of(make.local_coordinator(association))

    lines = client.get(reverse("volunteers:calls")).context["lines"]

    assert [(line.volunteer, line.row.reason) for line in lines] == [(mine, "no_answer")]


def test_a_course_elsewhere_is_nothing_that_a_local_coordinator_meets(programme, client_of):
    association, curriculum = make.founded_association(programme), programme.curricula.get(kind="basic")
    mine, elsewhere = person(programme), person(programme)
    for one, place in ((mine, association), (elsewhere, None)):
        make.membership(one, association, role="mother")
        take_part(planned_course(curriculum, first=today() + DAY, association=place, name=f"Hold {one.pk}"), one)
    client = client_of(make.local_coordinator(association))

    lines = client.get(reverse("volunteers:calls")).context["lines"]

    assert [line.volunteer for line in lines] == [mine]
    assert f"Hold {mine.pk}" in lines[0].reason


# --- What is refused


@pytest.mark.parametrize(
    ("outcome", "again_on", "name"),
    [
        ("reached", D(2011, 3, 2), "volunteers_call_again_has_a_day"),
        ("again", None, "volunteers_call_again_has_a_day"),
        ("again", D(2011, 3, 1), "volunteers_call_again_later"),
    ],
)
def test_database_refuses(programme, outcome, again_on, name):
    assert refused_by(call, person(programme), outcome, D(2011, 3, 1), again_on) == name


def test_a_word_about_a_call_is_refused(programme):
    told = {"volunteer": person(programme), "outcome": "reached", "happened_on": D(2011, 3, 1), "note": "Syg"}

    assert refused_by(Call.record, by=None, **told) == "volunteers_call_wordless"


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("call_again_on", "2011-10-05", "Choose a day after the call."),
        ("call_again_on", "31.02.2011", "Write a date that exists, such as 31.12.2011."),
        ("happened_on", "2099-01-01", "The date is in the future. Record it when it has happened."),
    ],
)
def test_form_refuses_and_keeps(world, visitor, field, typed, message):
    before = saved()

    assert_refused(send(world, visitor, "volunteers:call", **{field: typed}), field, says(message), typed, before)


def test_a_day_to_call_again_belongs_to_that_outcome(world, visitor):
    before = saved()

    answer = send(world, visitor, "volunteers:call", outcome="reached")

    message = says("The day belongs to “call again”, and to that alone.")
    assert_refused(answer, "call_again_on", message, "2011-10-12", before)
