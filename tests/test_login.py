"""Logging in and out."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests import factories as make

pytestmark = pytest.mark.django_db

PASSWORD = "en-lang-adgangskode-2011"
LOGIN = reverse("accounts:login")


@pytest.fixture
def user(programme):
    user = make.user_with_role(programme, "secretariat", email="amina@example.org")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def client():
    return Client()


def is_logged_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("email", ["amina@example.org", "Amina@Example.ORG", " AMINA@example.org "])
def test_login_works_however_the_address_is_typed(client, user, email):
    response = client.post(LOGIN, {"username": email, "password": PASSWORD})

    assert (response.status_code, response["Location"], is_logged_in(client)) == (302, "/", True)


def refused(client, email, password):
    response = client.post(LOGIN, {"username": email, "password": password})
    assert response.status_code == 200
    assert not is_logged_in(client)
    return response.context["form"].errors.get_json_data(), unescape(response.content.decode())


def test_login_answers_the_same_for_an_unknown_address_and_a_wrong_password(client, user):
    wrong, wrong_html = refused(client, user.email, "forkert-adgangskode")
    unknown, unknown_html = refused(client, "ukendt@example.org", "forkert-adgangskode")

    assert wrong == unknown
    assert set(wrong) == {"__all__"}
    assert plain(wrong_html, user.email) == plain(unknown_html, "ukendt@example.org")


def plain(html, email):
    """The page without what differs from call to call."""
    return [line for line in html.replace(email, "…").splitlines() if "csrfmiddlewaretoken" not in line]


def test_login_of_a_disabled_user_answers_as_for_a_wrong_password(client, user):
    wrong, _ = refused(client, user.email, "forkert-adgangskode")
    User.objects.filter(pk=user.pk).update(is_active=False)

    disabled, _ = refused(client, user.email, PASSWORD)

    assert disabled == wrong


@pytest.mark.parametrize(
    ("email", "password"),
    [
        pytest.param("", "", id="empty"),
        pytest.param("nul\x00@example.org", "x", id="nul-in-address"),
        pytest.param("amina@example.org", "nul\x00", id="nul-in-password"),
        pytest.param("æ" * 10_000, "x", id="long-address"),
        pytest.param("amina@example.org", "x" * 10_000, id="long-password"),
        pytest.param("😀@example.org", "😀", id="emoji"),
    ],
)
def test_login_with_nonsense_is_refused(client, user, email, password):
    refused(client, email, password)


def test_login_keeps_the_typed_address_and_never_the_password(client, user):
    _, html = refused(client, "amina@example.org", "forkert-adgangskode")

    assert 'value="amina@example.org"' in html
    assert "forkert-adgangskode" not in html


def test_session_of_a_user_ends_when_she_is_disabled(client_of, user):
    client = client_of(user)
    assert client.get("/").status_code == 200

    User.objects.filter(pk=user.pk).update(is_active=False)

    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, f"{LOGIN}?next=/")


def test_session_ends_when_the_password_is_changed_elsewhere(client_of, user):
    client = client_of(user)
    user.set_password("en-helt-anden-adgangskode")
    user.save()

    assert client.get("/").status_code == 302


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example/", "http:///evil.example", "javascript:alert(1)", "/\\evil.example"],
)
def test_login_never_leads_to_another_host(client, user, wanted):
    response = client.post(f"{LOGIN}?next={wanted}", {"username": user.email, "password": PASSWORD, "next": wanted})

    assert response["Location"] == "/"


def test_login_leads_to_the_page_that_was_asked_for(client, user):
    asked = client.get("/foreninger/?on=2011-09-30")

    response = client.post(
        asked["Location"], {"username": user.email, "password": PASSWORD, "next": "/foreninger/?on=2011-09-30"}
    )

    assert asked["Location"].startswith(f"{LOGIN}?next=/foreninger/")
    assert response["Location"] == "/foreninger/?on=2011-09-30"


def test_logout_is_by_post_only(client_of, user):
    client = client_of(user)

    by_get = client.get(reverse("accounts:logout"))
    still = is_logged_in(client)
    by_post = client.post(reverse("accounts:logout"))

    assert (by_get.status_code, still) == (405, True)
    assert (by_post.status_code, by_post["Location"], is_logged_in(client)) == (302, LOGIN, False)


def test_logout_without_its_token_is_refused(user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)

    assert client.post(reverse("accounts:logout")).status_code == 403
    assert is_logged_in(client)


def test_login_without_its_token_is_refused(user):
    client = Client(enforce_csrf_checks=True)

    assert client.post(LOGIN, {"username": user.email, "password": PASSWORD}).status_code == 403


def test_login_page_tells_no_demonstration_logins(client, db):
    response = client.get(LOGIN)

    assert response.context["demo_logins"] is None
    assert "velkommen-2011" not in response.content.decode()


def test_session_cookie_is_closed_to_scripts_and_ends_with_the_browser(client, user):
    client.post(LOGIN, {"username": user.email, "password": PASSWORD})

    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")
