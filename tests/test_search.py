"""Søg: whoever may see somebody finds her however she is spelt, the best first, and nobody finds another."""

import logging

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bydelsmoedre import remembering
from tests import factories as make
from tests.test_recalled_pages import let_recall
from tests.world import ELSEWHERE, PERSONAL
from volunteers.models import Volunteer
from volunteers.privacy import erase

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(secretary):
    return lambda text: secretary.get(reverse("reports:search"), {"q": text})


def found(response, kind="person"):
    return [hit.title for group in response.context["groups"] if group.kind == kind for hit in group.hits]


@pytest.fixture
def somebody(programme):
    return make.VolunteerFactory(
        programme=programme, name="Åse Fatima Æbelø", phone="+45 20 12 34 56", email="aa.hansen@example.org"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "Åse Fatima Æbelø",
        "aase æb",
        "ÆBELØ åse",
        "aebeloe",
        "bel",
        "æb",
        "fatma",
        "Ebelo",
        "aa.hansen@example.org",
        "hansen",
        "20123456",
        "+45 20 12 34 56",
        "0045-20123456",
        "3456",
        "fatima 2012",
    ],
)
def test_a_person_is_found_however_she_is_asked_for(look, programme, somebody, typed):
    make.VolunteerFactory(programme=programme, name="Birgit Olsen", phone="51 99 88 77")

    assert found(look(typed)) == ["Åse Fatima Æbelø"]


@pytest.mark.parametrize("typed", ["Birgit", "99", "123", "4512", "ase hansen olsen"])
def test_nobody_is_found_by_what_does_not_fit(look, somebody, typed):
    assert found(look(typed)) == []


def test_the_best_comes_first_and_what_only_resembles_last(look, programme):
    for name in ("Mohamed Ali", "Muhammed Aliyu", "Sara Ali Mohamed", "Ali Mohamed", "Ali Mohamedsen", "Xali Mohamed"):
        make.VolunteerFactory(programme=programme, name=name, email="")

    answer = look("ali mohamed")

    assert found(answer)[:2] == ["Ali Mohamed", "Ali Mohamedsen"]
    assert set(found(answer)[2:4]) == {"Mohamed Ali", "Sara Ali Mohamed"}
    assert found(answer)[4:] == ["Xali Mohamed", "Muhammed Aliyu"]
    assert [hit.title for hit in answer.context["groups"][0].hits if hit.is_alike] == ["Muhammed Aliyu"]


def test_an_exact_name_comes_first_where_thousands_share_its_beginning(look, programme):
    many = [Volunteer(programme=programme, name=f"Fatima Hassan {number:04}") for number in range(2000)]
    Volunteer.objects.bulk_create([*many, Volunteer(programme=programme, name="Fatima Hassan")])

    group = look("fatima hassan").context["groups"][0]

    assert (group.hits[0].title, len(group.hits), group.is_cut) == ("Fatima Hassan", 20, True)
    assert group.all_url == "/frivillige/?q=fatima+hassan"


def test_associations_courses_documents_agreements_and_meetings_are_found_by_name(look, world, visitor):
    rows = world.rows
    for kind, title in {
        "association": "Bydelsmødre i Tingbjerg",
        "course": rows["hold"].name,
        "document": rows["document"].title,
        "agreement": rows["agreement"].title,
    }.items():
        answer = visitor.get(reverse("reports:search"), {"q": title.upper()})
        assert found(answer, kind)[0] == title


@pytest.mark.parametrize("typed", ["Bydelmødre i Tingbjærg", "bydelsmoedre tingbj", "Bydelsmødre Tingbjerk"])
def test_an_association_is_found_by_a_name_that_is_spelt_otherwise(look, programme, typed):
    make.AssociationFactory(programme=programme, name="Bydelsmødre i Tingbjerg")

    assert "Bydelsmødre i Tingbjerg" in found(look(typed), "association")


def test_an_erased_person_is_not_found(look, somebody):
    erase(somebody, by=None)

    assert [found(look(typed)) for typed in ("æbelø", "20123456", "hansen")] == [[], [], []]
    assert not set("aebeloe20123456") & set(Volunteer.objects.get(pk=somebody.pk).search_text)


def test_who_was_recorded_twice_is_found_once_by_either_name(look, somebody):
    make.same_person(somebody, name="Ruth Ravn", email="")

    assert found(look("ruth ravn")) == found(look("æbelø")) == ["Åse Fatima Æbelø"]
    assert "Ruth Ravn" in look("ruth ravn").content.decode()


# --- Who finds whom


def told(world, role, text):
    return world.client(role).get(reverse("reports:search"), {"q": text})


def test_the_municipality_finds_associations_and_never_asks_for_a_person(world):
    with CaptureQueriesContext(connection) as queries:
        answer = told(world, "caseworker", PERSONAL)

    assert answer.status_code == 200
    assert found(answer) == []
    assert [one["sql"] for one in queries if "volunteers_" in one["sql"]] == []
    assert found(told(world, "secretariat", PERSONAL)) != []
    assert found(told(world, "caseworker", "tingbjerg"), "association") == ["Bydelsmødre i Tingbjerg"]


def test_the_municipality_is_told_the_same_of_a_name_that_exists_as_of_one_that_does_not(world):
    pages = [told(world, "caseworker", text).content.decode().replace(text, "…") for text in (PERSONAL, "xqzwv")]

    assert pages[0] == pages[1]


def test_a_local_coordinator_finds_her_own_and_nobody_else(world):
    assert found(told(world, "local", PERSONAL)) != []
    assert [title for title in found(told(world, "local", PERSONAL)) if ELSEWHERE in title] == []
    for text in (ELSEWHERE, world.rows["other_volunteer"].email):
        assert told(world, "local", text).context["groups"] == []
    assert ELSEWHERE not in told(world, "local", PERSONAL).content.decode()


def test_another_programme_s_secretariat_finds_nothing_of_this_one(world):
    assert told(world, "twin_secretariat", PERSONAL).context["groups"] == []
    assert found(told(world, "secretariat", make.CANARY)) == []
    assert found(told(world, "twin_secretariat", make.CANARY), "association") != []


# --- What is typed


@pytest.mark.parametrize("typed", ["", " ", "a", "%", "--"])
def test_too_little_says_what_to_do(look, somebody, typed):
    answer = look(typed)

    assert answer.context["groups"] == []
    assert answer.context["form"].errors or "empty" in answer.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        "\x00ab",
        "%%",
        "__ab",
        "\\ab'",
        "a" * 201,
        "' or 1=1 --",
        "ﷺ محمد",
        "😀😀",
        "{x} %s %(q)s",
        "~ftm | x",
        "1" * 199,
    ],
)
def test_hostile_words_never_fail_and_find_nobody(look, somebody, typed):
    answer = look(typed)

    assert (answer.status_code, found(answer)) == (200, [])


def test_what_is_too_long_is_kept_and_the_reason_stands_beside_it(look):
    answer = look("b" * 201)

    assert answer.context["form"].errors["q"]
    assert "b" * 201 in answer.content.decode()


def test_the_answer_is_stored_nowhere_and_the_words_are_not_logged(look, somebody, caplog):
    with caplog.at_level(logging.DEBUG):
        answer = look("Æbelø")

    assert "no-store" in answer["Cache-Control"]
    assert [
        record for record in caplog.records if "bel" in record.getMessage() and record.name != "django.db.backends"
    ] == []


def test_neither_search_nor_a_list_keeps_the_words_in_memory(world, monkeypatch):
    let_recall(monkeypatch)
    client = world.client("secretariat")
    for address in (reverse("reports:search"), reverse("volunteers:list"), reverse("associations:list")):
        assert client.get(address, {"q": "hemmeligt"}).status_code == 200

    assert remembering._newest.answers
    assert "hemmeligt" not in repr(remembering._newest.answers)


def test_every_page_has_the_box_without_a_script(secretary):
    page = secretary.get(reverse("training:list")).content.decode()

    assert '<form class="search-box" method="get" action="/soeg/"' in page
