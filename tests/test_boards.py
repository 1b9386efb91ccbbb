"""Boards: seats from one day to another, elections through the form, and the association's page."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext

from bydelsmoedre.entry import Overtaken
from bydelsmoedre.moment import COPENHAGEN, Moment
from tests import factories as make
from tests.boards import FULL, seat, seats
from tests.doors import html_of, saved
from tests.roles import clock
from volunteers.board import elect
from volunteers.forms import board as board_form
from volunteers.models import Membership, Volunteer

D = dt.date
pytestmark = pytest.mark.django_db

MAY, OCTOBER = D(2011, 5, 26), D(2011, 10, 20)


@pytest.fixture
def association(programme):
    return make.founded_association(programme, MAY, name="Bydelsmødre i Tingbjerg")


@pytest.fixture
def full(association):
    """Its board from the founding: chair, treasurer, three members."""
    return seats(association, *FULL)


@pytest.fixture
def persons(association):
    """Mothers of the association, who sit on no board."""
    made = [make.VolunteerFactory(programme=association.programme, name=f"Mor {n}") for n in range(4)]
    for person in made:
        make.membership(person, association, role="mother")
    return made


@pytest.fixture
def election(client_of, secretariat, association):
    """Records an election as a browser does: everything as it stands in the form, but what is given."""
    url, client = reverse("volunteers:elect", args=[association.uuid]), client_of(secretariat)

    def sent(opened=None, **given):
        opened = opened or client.get(url)
        form = opened.context["form"]
        shown = {field.html_name: field.value() for field in form if field.value() is not None}
        told = {name: _keys(one) for name, one in ({"happened_on": OCTOBER} | given).items()}
        return client.post(url, shown | told)

    sent.open = lambda: client.get(url)
    return sent


def _keys(given):
    """Persons and seats by their identities, days as they are written."""
    if isinstance(given, (list, tuple)):
        return [_keys(one) for one in given]
    return str(given.uuid) if isinstance(given, (Volunteer, Membership)) else str(given)


def board(association, on):
    """Who sits where on that day, as it is known now."""
    held = Membership.objects.at(Moment(on)).filter(association=association)
    return {one.volunteer: one.role for one in held.select_related("volunteer") if one.role != "mother"}


def errors(response):
    assert response.status_code == 200
    return {name: list(said) for name, said in response.context["form"].errors.items()}


# --- What the database says


@pytest.mark.parametrize("role", ["chair", "treasurer"])
def test_association_has_one_of_them_at_a_time(association, role):
    seat(association, role, until=D(2011, 10, 19))
    with pytest.raises(IntegrityError, match=f"volunteers_one_{role}"), transaction.atomic():
        seat(association, role, since=D(2011, 10, 19))

    seat(association, role, since=OCTOBER)

    assert len(board(association, OCTOBER)) == 1


def test_retracted_chair_leaves_the_place_to_another(association):
    seat(association, "chair").retract(by=None, reason="Det var en anden")

    seat(association, "chair")

    assert len(board(association, OCTOBER)) == 1


def test_nobody_sits_in_two_seats_at_once_but_in_two_associations(programme, association):
    chair = seat(association, "chair").volunteer
    with pytest.raises(IntegrityError, match="volunteers_one_seat_each"), transaction.atomic():
        seat(association, "substitute", person=chair)

    seat(make.AssociationFactory(programme=programme), "chair", person=chair)

    assert chair.memberships.count() == 2


def test_only_a_seat_has_a_term_and_it_ends_no_earlier_than_it_begins(association):
    refused = {
        "volunteers_term_of_a_seat": ("coordinator", D(2012, 5, 26)),
        "volunteers_term_after_start": ("chair", D(2011, 5, 25)),
    }
    for name, (role, term) in refused.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            seat(association, role, term=term)

    assert seat(association, "chair", term=MAY).term_ends_on == MAY


# --- An election


def test_first_board_is_elected(election, association, persons):
    response = election(
        chair=persons[0], treasurer=persons[1], board_member=[persons[2]], substitute=[persons[3]],
        term_ends_on="2012-10-20", evidence_text="Referat, sag 2011-12",
    )  # fmt: skip

    assert response.status_code == 302
    roles = ("chair", "treasurer", "board_member", "substitute")
    assert board(association, OCTOBER) == dict(zip(persons, roles, strict=True))
    assert board(association, D(2011, 10, 19)) == {}
    facts = Membership.objects.current().filter(association=association).exclude(role="mother")
    assert {(one.term_ends_on, str(one.evidence)) for one in facts} == {(D(2012, 10, 20), "Referat, sag 2011-12")}


def test_whoever_is_not_elected_again_sat_until_the_day_before(election, association, full, persons):
    response = election(kept=[], chair=persons[0])

    assert response.status_code == 302
    assert board(association, D(2011, 10, 19)) == {one.volunteer: one.role for one in full}
    assert board(association, OCTOBER) == {persons[0]: "chair"}
    assert {one.ended_on for one in Membership.objects.current().filter(uuid__in=[one.uuid for one in full])} == {
        D(2011, 10, 19)
    }


def test_fifth_member_is_elected_while_the_others_go_on_untouched(election, association, persons):
    four = seats(association, *FULL[:4])

    election(board_member=[persons[0]])

    assert board(association, OCTOBER) == {one.volunteer: one.role for one in four} | {persons[0]: "board_member"}
    assert set(Membership.objects.current().filter(pk__in=[one.pk for one in four])) == set(four)


def test_new_chair_takes_the_place_of_the_old_one(election, association, full, persons):
    election(chair=persons[0])

    sitting = board(association, OCTOBER)
    assert (sitting[persons[0]], full[0].volunteer in sitting, len(sitting)) == ("chair", False, 5)


def test_chair_and_treasurer_change_places_and_a_member_is_elected_again(election, association, full):
    chair, treasurer, member, *_others = full

    response = election(
        chair=treasurer.volunteer, treasurer=chair.volunteer, board_member=[member.volunteer], term_ends_on="2012-10-20"
    )

    assert response.status_code == 302
    sitting = board(association, OCTOBER)
    assert (sitting[treasurer.volunteer], sitting[chair.volunteer], len(sitting)) == ("chair", "treasurer", 5)
    again = Membership.objects.at(Moment(OCTOBER)).get(volunteer=member.volunteer)
    assert (again.started_on, again.term_ends_on) == (OCTOBER, D(2012, 10, 20))


def test_seat_whose_term_has_run_out_is_not_ticked_as_going_on(election, association):
    over = seat(association, "chair", term=D(2011, 5, 27))
    goes_on = seat(association, "treasurer", term=D(2100, 1, 1))

    opened = election.open().context["form"]["kept"]

    assert {value for value, _words in opened.field.choices} == {str(over.uuid), str(goes_on.uuid)}
    assert opened.value() == [str(goes_on.uuid)]


def test_election_changes_nothing_of_what_was_known_before_it(election, association, persons):
    with clock(dt.datetime(2011, 6, 1, 12, tzinfo=COPENHAGEN)):
        old = seats(association, *FULL)

    election(kept=[], chair=persons[0])

    then = Moment(OCTOBER, dt.datetime(2011, 10, 21, tzinfo=COPENHAGEN))
    known = Membership.objects.at(then).filter(association=association)
    assert {one.volunteer: one.role for one in known} == {one.volunteer: one.role for one in old}
    assert board(association, OCTOBER) == {persons[0]: "chair"}


def test_the_same_day_again_adds_the_one_who_was_forgotten(election, association, persons):
    election(chair=persons[0], term_ends_on="2012-10-20")

    election(chair=persons[0], treasurer=persons[1], term_ends_on="2012-10-20")

    assert board(association, OCTOBER) == {persons[0]: "chair", persons[1]: "treasurer"}
    assert Membership.objects.filter(association=association, role="chair").count() == 1


def test_person_in_two_seats_is_refused_beside_the_second(election, persons):
    before = saved()

    response = election(chair=persons[0], board_member=[persons[0], persons[1]])

    message = gettext("%(name)s is chosen as %(seat)s already: one seat for each.")
    assert errors(response) == {"board_member": [message % {"name": "Mor 0", "seat": gettext("chair of the board")}]}
    form = response.context["form"]
    assert (form["chair"].value(), form["board_member"].value()) == (_keys(persons[0]), _keys(persons[:2]))
    assert saved() == before


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "chair"),
        ({"chair": "00000000-0000-0000-0000-000000000000"}, "chair"),
        ({"board_member": ["nul\x00"]}, "board_member"),
        ({"happened_on": "2100-01-01"}, "happened_on"),
        ({"happened_on": "31.02.2011"}, "happened_on"),
        ({"happened_on": "2011-05-25"}, "happened_on"),
        ({"happened_on": "2011-05-26", "kept": []}, "happened_on"),
        ({"term_ends_on": "2011-10-19"}, "term_ends_on"),
        ({"evidence_text": "Se 010170-1234"}, "evidence_text"),
    ],
    ids=["nobody", "stranger", "nul", "future", "no-day", "before-the-board", "the-day-it-began", "term", "cpr"],
)
def test_what_does_not_fit_is_said_beside_its_field(election, full, persons, given, field):
    before = saved()

    response = election(**({"chair": persons[0]} if field != "chair" and "kept" not in given else {}) | given)

    assert list(errors(response)) == [field]
    assert saved() == before


def test_term_may_end_on_the_day_of_the_election(election, association, persons):
    election(chair=persons[0], term_ends_on=OCTOBER)

    assert Membership.objects.get(role="chair").term_ends_on == OCTOBER


def test_election_between_two_that_are_recorded_is_refused(election, association, persons):
    """Its seats would lie across those that came after."""
    seat(association, "chair", until=D(2011, 10, 19))
    seat(association, "chair", since=OCTOBER, until=D(2011, 10, 31))
    before = saved()

    assert list(errors(election(happened_on="2011-10-19", chair=persons[0]))) == ["happened_on"]
    assert list(errors(election(happened_on="2011-10-31", chair=persons[0]))) == ["happened_on"]
    assert saved() == before
    assert election(happened_on="2011-11-01", chair=persons[0]).status_code == 302


def test_board_that_somebody_changed_meanwhile_is_shown_before_anything_is_saved(election, association, full, persons):
    opened = election.open()
    late = seat(association, "substitute")
    before = saved()

    refused = election(opened, chair=persons[0])

    assert list(errors(refused)) == ["__all__"]
    assert str(late.uuid) in dict(refused.context["form"]["kept"].field.choices)
    assert saved() == before
    kept = [one.uuid for one in (*full, late)]
    again = election(refused, chair=persons[0], kept=[str(one) for one in kept])
    assert again.status_code == 302
    assert late.volunteer in board(association, OCTOBER)


def test_two_elections_at_once_are_not_both_recorded(association, persons):
    """Between the check of the form and its saving, another election has been recorded."""
    seen = seats(association, *FULL)
    told = {"seats": seen, "kept": seen, "on": OCTOBER, "term_ends_on": None, "evidence": None, "by": None}
    elect(association, elected={persons[0]: "chair"}, **told | {"kept": seen[1:]})
    before = saved()

    with pytest.raises(Overtaken):
        elect(association, elected={persons[1]: "substitute"}, **told)

    assert saved() == before


def test_persons_of_other_associations_cannot_be_chosen(election, programme, association, persons):
    stranger = make.VolunteerFactory(programme=programme, name="Fremmed")
    make.membership(stranger, make.AssociationFactory(programme=programme), role="mother")
    gone = make.VolunteerFactory(programme=programme, name="Borte")
    make.membership(gone, association, role="mother", until=D(2011, 10, 1))

    choices = dict(election.open().context["form"]["chair"].field.choices)

    assert set(choices) == {""} | {str(one.uuid) for one in persons}


def test_coordinator_of_another_association_meets_nothing(client_of, programme, association):
    elsewhere = make.local_coordinator(make.founded_association(programme))
    url = reverse("volunteers:elect", args=[association.uuid])

    client = client_of(elsewhere)

    assert [client.get(url).status_code, client.post(url, {}).status_code] == [404, 404]


def test_second_chair_is_refused_where_a_role_or_a_person_is_recorded(
    client_of, secretariat, association, full, persons
):
    client, message = client_of(secretariat), gettext("The association has a chair already in that period.")
    role = {"association": association.pk, "role": "chair", "started_on": "2011-10-20", "ended_on": "", "note": ""}
    before = saved()

    recorded = client.post(reverse("volunteers:membership", args=[persons[0].uuid]), role)
    created = client.post(reverse("volunteers:create"), role | {"name": "Ny", "email": "ny@example.org", "phone": ""})

    assert errors(recorded) == errors(created) == {"role": [message]}
    assert saved() == before


# --- An association with many members


@pytest.fixture
def crowded(persons, monkeypatch):
    """More have a role than can be chosen among at once: her mothers, "Mor 0" to "Mor 3"."""
    monkeypatch.setattr(board_form, "MOST", 3)
    return persons


def offered(response):
    return [name for _value, name in response.context["form"].fields["board_member"].choices]


def test_many_members_are_told_of_and_found_by_a_search_that_keeps_what_was_chosen(election, full, crowded):
    opened = election.open()

    found = election(opened, soeg="mor 2", find="1", chair=full[1].volunteer, term_ends_on="noget")
    again = election(found, soeg="mor 1", find="1", board_member=[crowded[2]])

    sitting = sorted(one.volunteer.name for one in full)
    assert offered(opened) == sitting
    assert "9 personer har en rolle i foreningen." in html_of(opened)
    assert offered(found) == sorted([*sitting, "Mor 2"])
    assert offered(again) == sorted([*sitting, "Mor 1", "Mor 2"])
    shown = again.context["form"]
    assert [shown[name].value() for name in ("chair", "board_member", "term_ends_on")] == [
        str(full[1].volunteer.uuid), [str(crowded[2].uuid)], "noget"
    ]  # fmt: skip
    assert not shown.errors


def test_who_was_found_by_a_search_is_elected(election, association, crowded):
    found = election(soeg="mor 2", find="1")

    election(found, chair=crowded[2])

    assert board(association, OCTOBER) == {crowded[2]: "chair"}


def test_few_members_are_all_offered_without_a_search(election, persons):
    opened = election.open()

    assert offered(opened) == [f"Mor {number}" for number in range(4)]
    assert 'name="find"' not in html_of(opened)
