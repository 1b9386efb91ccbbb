"""Boards on the pages of the association and of a person."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from tests import factories as make
from tests.boards import seat

D = dt.date
pytestmark = pytest.mark.django_db

MAY, OCTOBER = D(2011, 5, 26), D(2011, 10, 20)


@pytest.fixture
def association(programme):
    return make.founded_association(programme, MAY, name="Bydelsmødre i Tingbjerg")


def errors(response):
    assert response.status_code == 200
    return {name: list(said) for name, said in response.context["form"].errors.items()}


# --- The page of the association


def test_page_tells_the_board_on_the_day_and_those_before(client_of, secretariat, association):
    old = seat(association, "chair", until=D(2011, 10, 19))
    new = seat(association, "chair", since=OCTOBER, term=D(2011, 11, 1))
    client = client_of(secretariat)

    def told(on):
        shown = client.get(association.get_absolute_url(), {"on": on}).context["board"]
        return [line.membership for line in shown.sitting], [line.membership for line in shown.former]

    assert told("2011-05-25") == ([], [])
    assert told("2011-10-19") == ([old], [])
    assert told("2011-10-20") == ([new], [old])


def test_term_has_run_out_the_day_after_its_last(client_of, secretariat, association):
    seat(association, "chair", term=OCTOBER)
    client = client_of(secretariat)

    def is_over(on):
        (line,) = client.get(association.get_absolute_url(), {"on": on}).context["board"].sitting
        return line.is_term_over

    assert [is_over(on) for on in ("2011-10-20", "2011-10-21")] == [False, True]


def test_municipality_meets_no_board_member(client_of, caseworker, association):
    person = make.VolunteerFactory(programme=association.programme, name="Åse Æbelø")
    seat(association, "chair", person=person)

    page = client_of(caseworker).get(association.get_absolute_url())

    assert page.context["board"] is None
    assert "Åse Æbelø" not in page.content.decode()


# --- The term of a seat, on a person's own page


@pytest.mark.parametrize(
    ("role", "term", "refused"),
    [
        ("chair", "2011-05-26", None),
        ("chair", "2011-05-25", "The term ends before it begins."),
        ("mother", "2012-05-26", "Only a seat on the board is held for a term."),
    ],
)
def test_term_of_a_seat_is_given_with_the_role(association, secretary, role, term, refused):
    person = make.VolunteerFactory(programme=association.programme)
    make.let_her(person, D(2011, 5, 26))
    sent = {"association": association.pk, "role": role, "started_on": "2011-05-26", "term_ends_on": term}

    answer = secretary.post(reverse("volunteers:membership", args=[person.uuid]), sent)

    held = [f"{one.term_ends_on}" for one in person.memberships.all()]
    assert held == ([] if refused else [term])
    assert not refused or errors(answer) == {"term_ends_on": [gettext(refused)]}
