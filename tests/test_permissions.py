"""Every role tries every door; a door that is not in the matrix fails."""

import copy
import re

import pytest
from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.permissions import matrix
from tests.world import ROLES

pytestmark = pytest.mark.django_db

MATRIX = matrix()
#: Not in the matrix: has a rule of its own.
ADMIN = "admin"


def addresses(resolver, namespace=""):
    """Every named address below a resolver, with its parameters."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = ":".join(part for part in (namespace, entry.namespace) if part)
            yield from addresses(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}:{entry.name}" if namespace else str(entry.name), entry.pattern


def answer(response):
    doors = tuple(f"{reverse(name)}?next=" for name in (settings.LOGIN_URL, "admin:login"))
    if response.status_code == 302 and response["Location"].startswith(doors):
        return "login"
    return str(response.status_code)


def test_every_address_stands_in_the_matrix():
    ours = {name for name, _ in addresses(get_resolver()) if not name.startswith(f"{ADMIN}:")}

    assert ours == {door.split()[0] for door in MATRIX}


@pytest.fixture(scope="module")
def clients(world, django_db_blocker):
    """Every role, logged in once."""
    with django_db_blocker.unblock():
        return {role: world.client(role) for role in ROLES}


def answer_to_nothing(response):
    """The answer to a form sent without data: a page that does not say what is missing answers wrongly."""
    says = response.status_code != 200 or response.context["form"].errors
    return answer(response) if says else "200, but says nothing"


def tried(client, url):
    """Answers to GET and POST. What they change is undone: the next one finds the world and the role as before."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        answers = answer(client.get(url)), answer_to_nothing(client.post(url))
        transaction.set_rollback(True)
    client.cookies = cookies
    return answers


@pytest.mark.parametrize("door", MATRIX)
def test_door_answers_every_role_as_the_matrix_says(world, clients, door):
    url = world.url(door)

    answers = {role: tried(client, url) for role, client in clients.items()}

    assert answers == MATRIX[door]


def admin_urls():
    """Every address of the administration, with a row's key where one is asked for."""
    given = {"app_label": "associations", "object_id": "1", "content_type_id": "1", "url": "x"}
    for name, pattern in addresses(get_resolver()):
        if name.startswith(f"{ADMIN}:") and not name.endswith(":None"):
            asked = set(pattern.converters) or set(re.findall(r"\?P<(\w+)>", str(pattern)))
            yield reverse(name, kwargs={one: given.get(one, "1") for one in asked})


def admin_lists():
    names = (f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry)
    return [reverse("admin:index"), *(reverse(f"admin:{name}_changelist") for name in names)]


def test_administration_lets_the_secretariat_through_none_of_its_doors(world):
    client = world.client("secretariat")
    urls = set(admin_urls()) - {reverse("admin:logout"), reverse("admin:login")}

    answers = {url: (answer(client.get(url)), answer(client.post(url))) for url in urls}

    assert len(urls) > len(admin.site._registry) * 3
    assert answers == dict.fromkeys(urls, ("403", "403"))


@pytest.mark.parametrize("role", ROLES)
def test_administration_lets_nobody_but_the_foundation_in(clients, role):
    client = clients[role]
    expected = {"foundation": "200", "anonymous": "login", "disabled": "login"}.get(role, "403")

    answers = {url: answer(client.get(url)) for url in admin_lists()}

    barred = {reverse("admin:volunteers_assessment_changelist"): "403"} if role == "foundation" else {}
    assert answers == dict.fromkeys(answers, expected) | barred


def test_unknown_address_is_404(world):
    assert world.client("secretariat").get("/findes-ikke/").status_code == 404
