"""Bad input through the doors: a clear message beside the field, what was typed is kept, nothing is half saved."""

import pytest

from programme.models import Evidence
from tests.doors import ARABIC, CPR, EMOJI, LONG, TOMORROW, D, assert_refused, filled, saved, says, send, writer_of
from tests.good_input import GOOD
from volunteers.models import Membership

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("door", GOOD)
def test_good_input_is_saved_and_leads_on(world, door):
    before = saved()

    response = send(world, writer_of(world, door), door)

    assert response.status_code == 302
    assert saved() != before


DATES = [
    pytest.param("31.02.2011", "Write a date that exists, such as 31.12.2011.", id="no-such-day"),
    pytest.param("0001-01-01", "The date is too long ago. Check the year.", id="year-one"),
    pytest.param("99999-01-01", "Write a date that exists, such as 31.12.2011.", id="year-99999"),
    pytest.param("2011-13-45", "Write a date that exists, such as 31.12.2011.", id="no-such-month"),
    pytest.param("i går", "Write a date that exists, such as 31.12.2011.", id="words"),
    pytest.param("2011\x0001", "Write a date that exists, such as 31.12.2011.", id="nul"),
    pytest.param("😀", "Write a date that exists, such as 31.12.2011.", id="emoji"),
]
DATED = [
    ("associations:plan meeting", "planned_on"),
    ("associations:prospect", "next_step_on"),
    ("associations:step board", "happened_on"),
    ("programme:adoption", "happened_on"),
    ("programme:signature", "happened_on"),
    ("volunteers:membership", "started_on"),
    ("volunteers:membership", "ended_on"),
    ("volunteers:end_membership", "ended_on"),
    ("training:certificate", "started_on"),
]


@pytest.mark.parametrize(("door", "field"), DATED)
@pytest.mark.parametrize(("typed", "message"), DATES)
def test_impossible_date_is_refused(world, visitor, door, field, typed, message):
    before = saved()

    response = send(world, visitor, door, **{field: typed})

    assert_refused(response, field, says(message), typed, before)


@pytest.mark.parametrize("door", ["associations:step board", "programme:adoption", "programme:signature"])
def test_day_that_has_not_come_is_refused(world, visitor, door):
    before = saved()

    response = send(world, visitor, door, happened_on=TOMORROW)

    message = says("The date is in the future. Record it when it has happened.")
    assert_refused(response, "happened_on", message, TOMORROW, before)


@pytest.mark.parametrize("written", ["26.05.2011", "26-05-2011", "26/05/2011", "26.05.11", " 2011-05-26 "])
def test_date_is_understood_as_danes_write_it(world, visitor, written):
    response = send(world, visitor, "associations:step board", happened_on=written)

    assert response.status_code == 302
    assert world.rows["forming"].steps.get().happened_on == D(2011, 5, 26)


BEFORE_START = {
    "volunteers:membership": {"started_on": "2011-05-26", "ended_on": "2011-05-25"},
    "training:certificate": {"started_on": "2011-05-26", "ended_on": "2011-05-25"},
    "volunteers:end_membership": {"ended_on": "2011-02-28"},
}


@pytest.mark.parametrize("door", BEFORE_START)
def test_end_before_the_start_is_refused(world, visitor, door):
    before = saved()

    response = send(world, visitor, door, **BEFORE_START[door])

    typed = BEFORE_START[door]["ended_on"]
    assert_refused(response, "ended_on", says("The end is before the start."), typed, before)


REFUSED = [
    pytest.param(
        "volunteers:membership",
        {"association": "association", "started_on": "2011-09-01"},
        "started_on",
        "She holds that role in the association already in that period.",
        id="overlapping-role",
    ),
    pytest.param(
        "training:certificate",
        {
            "curriculum": "coordinator_course",
            "basis": "merit",
            "evidence_text": "Kursus i 2009",
            "started_on": "2011-09-01",
        },
        "started_on",
        "She holds that certificate already in that period.",
        id="overlapping-certificate",
    ),
    pytest.param(
        "programme:signature",
        {"organisation": "foundation"},
        "organisation",
        "The signature is recorded already.",
        id="signed-twice",
    ),
    pytest.param(
        "programme:adoption",
        {"label": "1.0", "happened_on": "2011-11-30"},
        "happened_on",
        "The decision is recorded already.",
        id="decided-twice",
    ),
    pytest.param(
        "associations:create",
        {"name": "Bydelsmødre i Tingbjerg"},
        "name",
        "There is an association with that name already.",
        id="name-taken",
    ),
    pytest.param(
        "volunteers:create",
        {"email": "personord@example.org"},
        "email",
        "Another volunteer has this e-mail.",
        id="e-mail-taken",
    ),
    pytest.param(
        "volunteers:create",
        {"email": "PersonOrd@Example.ORG"},
        "email",
        "Another volunteer has this e-mail.",
        id="e-mail-taken-in-other-letters",
    ),
    pytest.param(
        "volunteers:edit",
        {"email": "B.ANDETSTEDS@example.org"},
        "email",
        "Another volunteer has this e-mail.",
        id="e-mail-taken-on-correction",
    ),
    pytest.param(
        "volunteers:create",
        {"phone": "ring til mig"},
        "phone",
        "Write a phone number, such as 20 12 34 56.",
        id="phone-in-words",
    ),
    *(
        pytest.param(
            "associations:step cvr",
            {"cvr": typed},
            "cvr",
            "This is not a valid CVR number. Check the eight digits.",
            id=f"cvr-{name}",
        )
        for name, typed in {
            "wrong": "24256791",
            "zeros": "00000000",
            "short": "1374813",
            "long": "137481360",
            "letters": "1374813A",
            "arabic-digits": "١٣٧٤٨١٣٦",
        }.items()
    ),
    *(
        pytest.param(
            door,
            {field: f"Ring til {CPR}"},
            field,
            "It looks like a CPR number. We may not store that.",
            id=f"cpr-{id_}",
        )
        for door, field, id_ in [
            ("associations:step board", "note", "note"),
            ("associations:step board", "evidence_text", "evidence"),
            ("associations:create", "name", "association"),
            ("associations:edit", "note", "association-note"),
            ("volunteers:create", "name", "name"),
            ("volunteers:edit", "name", "name-on-correction"),
            ("volunteers:membership", "note", "role"),
            ("training:certificate", "note", "certificate"),
            ("programme:adoption", "label", "version"),
            ("programme:adoption", "evidence_text", "minutes"),
            ("programme:signature", "note", "signature"),
            ("reports:retract stiftelsestrin", "reason", "reason"),
        ]
    ),
]


@pytest.mark.parametrize(("door", "typed", "field", "message"), REFUSED)
def test_input_that_breaks_a_rule_is_refused_beside_its_field(world, visitor, door, typed, field, message):
    before = saved()

    response = send(world, visitor, door, **typed)

    sent = filled(world, door, **typed)
    assert_refused(response, field, says(message), {name: sent[name] for name in typed}, before)


@pytest.mark.parametrize("written", ["13748136", "13 74 81 36", "DK13748136", " 13748136 ", "DK 13 74 81 36"])
def test_cvr_number_is_kept_as_eight_digits_however_it_is_typed(world, visitor, written):
    response = send(world, visitor, "associations:step cvr", cvr=written)

    assert response.status_code == 302
    assert world.rows["forming"].steps.get().cvr == "13748136"


WORDS = [
    ("associations:create", "name"),
    ("associations:edit", "note"),
    ("associations:step board", "note"),
    ("associations:step board", "evidence_text"),
    ("volunteers:create", "name"),
    ("programme:adoption", "label"),
    ("reports:retract stiftelsestrin", "reason"),
]


@pytest.mark.parametrize(("door", "field"), WORDS)
@pytest.mark.parametrize("typed", [pytest.param(EMOJI, id="emoji"), pytest.param(ARABIC, id="right-to-left")])
def test_words_of_every_script_are_saved(world, visitor, door, field, typed):
    assert send(world, visitor, door, **{field: typed}).status_code == 302


@pytest.mark.parametrize(("door", "field"), WORDS)
def test_ten_thousand_characters_are_refused_and_kept(world, visitor, door, field):
    before = saved()

    response = send(world, visitor, door, **{field: LONG})

    assert list(response.context["form"].errors) == [field]
    assert LONG in response.content.decode()
    assert saved() == before


@pytest.mark.parametrize(("door", "field"), WORDS)
def test_nul_characters_are_refused(world, visitor, door, field):
    before = saved()

    response = send(world, visitor, door, **{field: "nul\x00tegn"})

    assert list(response.context["form"].errors) == [field]
    assert (response.status_code, saved()) == (200, before)


@pytest.mark.parametrize("value", ["0", "-1", "51", "99999999999999999999", "fem", "4,5", "\x00"])
def test_board_of_an_impossible_size_is_refused(world, visitor, value):
    before = saved()

    response = send(world, visitor, "associations:step board", board_members=value)

    assert list(response.context["form"].errors) == ["board_members"]
    assert (response.status_code, saved()) == (200, before)


CHOICES = [
    ("associations:create", "housing_area"),
    ("volunteers:create", "role"),
    ("volunteers:membership", "association"),
    ("volunteers:membership", "role"),
    ("training:certificate", "curriculum"),
    ("programme:adoption", "body"),
    ("programme:adoption", "outcome"),
    ("programme:signature", "organisation"),
]


@pytest.mark.parametrize(("door", "field"), CHOICES)
@pytest.mark.parametrize("value", ["999999", "99999999999999999999999", "findes-ikke", "nul\x00tegn", "-1"])
def test_choice_that_does_not_exist_is_refused(world, visitor, door, field, value):
    before = saved()

    response = send(world, visitor, door, **{field: value})

    assert field in response.context["form"].errors
    assert (response.status_code, saved()) == (200, before)


def test_association_of_another_programme_cannot_be_chosen(world, visitor):
    theirs = world.twin.associations.first()

    response = send(world, visitor, "volunteers:membership", association=theirs.pk)

    assert list(response.context["form"].errors) == ["association"]


def test_local_coordinator_cannot_choose_another_association(world):
    response = send(world, world.client("local"), "volunteers:membership", association=world.elsewhere.pk)

    assert list(response.context["form"].errors) == ["association"]


def test_first_role_is_given_whole_or_not_at_all(world, visitor):
    before = saved()

    response = send(world, visitor, "volunteers:create", role="coordinator")

    message = says("A role needs association, role and date.")
    assert dict(response.context["form"].errors) == {"association": [message], "started_on": [message]}
    assert saved() == before


def test_volunteer_with_a_first_role_is_saved_with_it(world, visitor):
    send(world, visitor, "volunteers:create", association="forming", role="coordinator", started_on="26.05.2011")

    role = Membership.objects.get(volunteer__email="ny@example.org")
    assert (role.role, role.started_on, role.recorded_by) == ("coordinator", D(2011, 5, 26), world.users["secretariat"])


def test_evidence_is_kept_with_the_fact_that_it_proves(world, visitor):
    send(world, visitor, "associations:step board", evidence_text="Referat, journalnr. 2011-123")

    assert world.rows["forming"].steps.get().evidence == Evidence.objects.get(
        description="Referat, journalnr. 2011-123"
    )
