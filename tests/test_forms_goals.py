"""Bad input through the doors of documents, agreements, meetings: told beside the field, kept, nothing half saved."""

import pytest

from programme.models import Decision, Document, DocumentVersion, MeetingHeld
from tests.doors import CPR, D, assert_refused, filled, hidden_of, saved, says, send

pytestmark = pytest.mark.django_db

NO_SUCH_DAY = "Write a date that exists, such as 31.12.2011."


DATED = [
    ("programme:version", "dated_on"),
    ("programme:party", "started_on"),
    ("programme:term", "ended_on"),
    ("programme:meeting_new", "planned_on"),
    ("programme:meeting_edit", "planned_on"),
    ("programme:meeting_held", "happened_on"),
    ("programme:decision", "happened_on"),
    ("programme:action_point", "due_on"),
    ("programme:action_edit", "due_on"),
    ("programme:action_done", "happened_on"),
]


@pytest.mark.parametrize(("door", "field"), DATED)
def test_impossible_date_is_refused(world, visitor, door, field):
    before = saved()

    response = send(world, visitor, door, **{field: "31.02.2011"})

    assert_refused(response, field, says(NO_SUCH_DAY), "31.02.2011", before)


WRITTEN = [
    ("programme:version", "label"),
    ("programme:party", "note"),
    ("programme:term", "evidence_text"),
    ("programme:meeting_new", "title"),
    ("programme:meeting_new", "agenda"),
    ("programme:meeting_edit", "place"),
    ("programme:meeting_held", "decisions"),
    ("programme:meeting_held", "note"),
    ("programme:minutes", "evidence_text"),
    ("programme:decision", "text"),
    ("programme:action_point", "text"),
    ("programme:action_edit", "office"),
    ("programme:action_done", "note"),
]


@pytest.mark.parametrize(("door", "field"), WRITTEN)
def test_cpr_number_is_refused_wherever_it_is_written(world, visitor, door, field):
    before = saved()

    response = send(world, visitor, door, **{field: f"Født {CPR}"})

    (errors,) = response.context["form"].errors.values()
    assert (list(response.context["form"].errors), len(errors)) == ([field], 1)
    assert_refused(response, field, errors[0], f"Født {CPR}", before)


MISSING = [
    ("programme:version", "label"),
    ("programme:party", "started_on"),
    ("programme:term", "started_on"),
    ("programme:meeting_new", "title"),
    ("programme:meeting_new", "body"),
    ("programme:meeting_held", "happened_on"),
    ("programme:decision", "text"),
    ("programme:action_point", "office"),
    ("programme:action_done", "happened_on"),
]


@pytest.mark.parametrize(("door", "field"), MISSING)
def test_what_must_be_told_is_asked_for(world, visitor, door, field):
    before = saved()

    response = send(world, visitor, door, **{field: ""})

    assert_refused(response, field, says("This field is required."), "", before)


TAKEN = [
    pytest.param(
        "programme:party",
        {"organisation": "foundation"},
        "organisation",
        "The organisation is a party already.",
        id="party-twice",
    ),
    pytest.param(
        "programme:term",
        {"started_on": "2012-01-01"},
        "started_on",
        "Another term holds in that period.",
        id="overlapping-term",
    ),
    pytest.param(
        "programme:term",
        {"started_on": "2013-01-02", "ended_on": "2013-01-01"},
        "ended_on",
        "The end is before the start.",
        id="term-that-ends-before-it-starts",
    ),
    pytest.param(
        "programme:meeting_new",
        {"planned_on": "2011-12-01"},
        "planned_on",
        "The body has a meeting on that day already.",
        id="two-meetings-a-day",
    ),
    pytest.param(
        "programme:meeting_edit",
        {"planned_on": "2011-06-08"},
        "planned_on",
        "The body has a meeting on that day already.",
        id="moved-to-a-day-that-is-taken",
    ),
    pytest.param(
        "programme:meeting_new",
        {"starts_at": "25.70"},
        "starts_at",
        "Write a time that exists, such as 14.30.",
        id="no-such-time",
    ),
    pytest.param(
        "programme:minutes",
        {"evidence_text": ""},
        "evidence_text",
        "Write where the minutes lie, or choose the file.",
        id="no-minutes",
    ),
]


@pytest.mark.parametrize(("door", "typed", "field", "message"), TAKEN)
def test_what_cannot_be_is_refused(world, visitor, door, typed, field, message):
    before = saved()

    response = send(world, visitor, door, **typed)

    sent = filled(world, door, **typed)
    assert_refused(response, field, says(message), {name: sent[name] for name in typed}, before)


def test_version_with_a_label_that_is_taken_is_refused(world, visitor):
    DocumentVersion.objects.create(document=world.rows["paper"], label="2.0")
    before = saved()

    response = send(world, visitor, "programme:version", label="2.0")

    message = says("The document has a version with that number already.")
    assert_refused(response, "label", message, "2.0", before)


def test_meeting_held_twice_is_refused(world, visitor):
    send(world, visitor, "programme:meeting_held")
    before = saved()

    response = send(world, visitor, "programme:meeting_held", decisions="")

    message = says("The meeting is recorded as held already.")
    assert_refused(response, "happened_on", message, "2011-12-01", before)


def test_action_done_twice_is_refused(world, visitor):
    send(world, visitor, "programme:action_done")
    before = saved()

    response = send(world, visitor, "programme:action_done")

    message = says("The action is recorded as carried out already.")
    assert_refused(response, "happened_on", message, "2011-06-20", before)


def test_decision_too_long_to_be_a_sentence_is_refused_with_its_number(world, visitor):
    before, long = saved(), "æ" * 501

    response = send(world, visitor, "programme:meeting_held", decisions=f"Godkendt.\n{long}")

    values = {"number": 2, "most": 500}
    message = says("Decision %(number)s is too long: write it in at most %(most)s characters.", **values)
    assert_refused(response, "decisions", message, f"Godkendt.\n{long}", before)


def test_more_decisions_than_a_meeting_takes_are_refused(world, visitor):
    before = saved()

    response = send(world, visitor, "programme:meeting_held", decisions="Godkendt.\n" * 51)

    message = says("At most %(most)s decisions at a time.", most=50)
    assert_refused(response, "decisions", message, "Godkendt.\n" * 51, before)


def test_each_line_is_a_decision_with_the_minutes_as_evidence(world, visitor):
    send(world, visitor, "programme:meeting_held", evidence_text="Referat, sag 2011-9")

    fact = MeetingHeld.objects.get(meeting=world.rows["meeting"])
    decisions = list(
        Decision.objects.filter(meeting=world.rows["meeting"]).values_list("text", "happened_on", "evidence")
    )
    assert decisions == [
        ("Godkendt.", D(2011, 12, 1), fact.evidence_id),
        ("Taget til efterretning.", D(2011, 12, 1), fact.evidence_id),
    ]
    assert fact.evidence.description == "Referat, sag 2011-9"


def test_minutes_that_come_later_are_the_next_version_of_the_same_fact(world, visitor):
    before = world.rows["moede"]

    send(world, visitor, "programme:minutes")

    now = MeetingHeld.objects.current().get(meeting=world.rows["held_meeting"])
    assert (now.uuid, now.happened_on, now.note) == (before.uuid, before.happened_on, before.note)
    assert now.evidence.description == "Referat, sag 2011-123"


def test_minutes_that_somebody_else_has_recorded_are_not_replaced(world, visitor):
    url = world.url("programme:minutes")
    send(world, visitor, "programme:minutes")
    before = saved()

    response = visitor.post(url, {"evidence_text": "Et andet referat"})

    assert response.context["form"].non_field_errors() == [says("The minutes are recorded already.")]
    assert saved() == before


def test_minutes_of_a_meeting_that_is_not_held_do_not_exist(world, visitor):
    url = world.url("programme:meeting_held").replace("afholdt", "referat")

    assert (visitor.get(url).status_code, visitor.post(url).status_code) == (404, 404)


def test_meeting_changed_by_somebody_else_meanwhile_shows_the_difference(world, visitor):
    opened = visitor.get(world.url("programme:meeting_edit"))
    world.rows["meeting"].__class__.objects.filter(pk=world.rows["meeting"].pk).update(place="Natteravnene")
    hidden = hidden_of(opened)
    before = saved()

    typed = {"title": "Flyttet", "planned_on": "2011-12-08", "place": "Fonden"}
    response = visitor.post(world.url("programme:meeting_edit"), hidden | typed)

    (difference,) = response.context["form"].difference
    assert (difference.theirs, difference.yours) == ("Natteravnene", "Fonden")
    assert saved() == before


def test_body_of_a_meeting_stays_as_it_was_made(world, visitor):
    other = world.programme.organisations.get(kind="municipality")

    send(world, visitor, "programme:meeting_edit", body=str(other.pk))

    meeting = world.rows["meeting"].__class__.objects.get(pk=world.rows["meeting"].pk)
    assert (meeting.title, meeting.body_id) == ("Flyttet møde", world.rows["meeting"].body_id)


def test_version_is_of_the_document_whose_page_it_was_opened_from(world, visitor):
    send(world, visitor, "programme:version")

    version = DocumentVersion.objects.get(label="3.0")
    assert version.document == Document.objects.get(programme=world.programme, kind="training_concept")
