"""Søg: whoever may see somebody finds her however she is spelt, the best first, and nobody finds another."""

import logging

import pytest
from django.urls import reverse

from tests import factories as make
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


@pytest.mark.parametrize("typed", ["010270-1234", "Birgit 010270 1234"])
def test_a_cpr_number_is_refused_with_the_reason_and_not_said_again(look, somebody, caplog, typed):
    with caplog.at_level(logging.DEBUG):
        answer = look(typed)

    main = answer.content.decode().partition("<main")[2]
    assert "CPR" in answer.context["form"].errors["q"][0]
    assert answer.context["groups"] == []
    assert typed.replace("Birgit ", "") not in main
    assert [record for record in caplog.records if "0102" in record.getMessage()] == []


def test_a_search_takes_as_many_statements_for_many_as_for_one(secretary, programme, django_assert_num_queries):
    url = reverse("reports:search")
    for number in range(30):
        make.VolunteerFactory(programme=programme, name=f"Hodan Warsame {number}")
    for typed in ("hodan warsame 7", "hodan", "hodan warsame 7", "hodan"):
        with django_assert_num_queries(9):
            assert secretary.get(url, {"q": typed}).status_code == 200


def test_the_answer_is_stored_nowhere_and_the_words_are_not_logged(look, somebody, caplog):
    with caplog.at_level(logging.DEBUG):
        answer = look("Æbelø")

    assert "no-store" in answer["Cache-Control"]
    assert [
        record for record in caplog.records if "bel" in record.getMessage() and record.name != "django.db.backends"
    ] == []


def test_every_page_has_the_box_without_a_script(secretary):
    page = secretary.get(reverse("training:list")).content.decode()

    assert '<form class="search-box" method="get" action="/soeg/"' in page
