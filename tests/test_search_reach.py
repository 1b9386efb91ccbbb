"""Søg: who finds whom and what, and that what is typed stays nowhere."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bydelsmoedre import remembering
from programme.models import Reading
from tests import factories as make
from tests.test_recalled_pages import let_recall
from tests.test_search import found
from tests.world import ELSEWHERE, PERSONAL

pytestmark = pytest.mark.django_db


def test_associations_courses_documents_agreements_and_meetings_are_found_by_name(world, visitor):
    rows = world.rows
    for kind, title in {
        "association": "Bydelsmødre i Tingbjerg",
        "course": rows["hold"].name,
        "document": rows["document"].title,
        "agreement": rows["agreement"].title,
    }.items():
        answer = visitor.get(reverse("reports:search"), {"q": title.upper()})
        assert found(answer, kind)[0] == title


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

    assert len({re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page) for page in pages}) == 1


def test_a_local_coordinator_finds_her_own_and_nobody_else(world):
    assert found(told(world, "local", PERSONAL)) != []
    assert [title for title in found(told(world, "local", PERSONAL)) if ELSEWHERE in title] == []
    for text in (ELSEWHERE, world.rows["other_volunteer"].email):
        assert told(world, "local", text).context["groups"] == []
    assert ELSEWHERE not in told(world, "local", PERSONAL).content.decode()


def test_another_programme_s_secretariat_finds_nothing_of_this_one(world):
    assert [title for title in found(told(world, "twin_secretariat", PERSONAL)) if PERSONAL in title] == []
    assert found(told(world, "secretariat", make.CANARY)) == []
    assert found(told(world, "twin_secretariat", make.CANARY), "association") != []


def persons_of(answer):
    return [hit for group in answer.context["groups"] if group.kind == "person" for hit in group.hits]


def test_whoever_is_found_is_in_the_log_and_nobody_else(world):
    answer = told(world, "local", PERSONAL)

    logged = Reading.objects.order_by("id").last()
    shown = {str(uuid) for uuid in logged.persons}
    assert (logged.user, logged.page) == (world.users["local"], "reports:search")
    assert {hit.url.split("/")[2] for hit in persons_of(answer)} <= shown
    assert str(world.rows["other_volunteer"].uuid) not in shown


def test_neither_search_nor_a_list_keeps_the_words_in_memory(world, monkeypatch):
    let_recall(monkeypatch)
    client = world.client("secretariat")
    for address in (reverse("reports:search"), reverse("volunteers:list"), reverse("associations:list")):
        assert client.get(address, {"q": "hemmeligt"}).status_code == 200

    assert remembering._newest.answers
    assert "hemmeligt" not in repr(remembering._newest.answers)
