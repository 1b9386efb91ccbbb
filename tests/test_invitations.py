"""The municipality's contact is invited: whoever invites learns nothing of an address, and nobody but its owner sets a
password."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from programme.models import Invitation, RoleGrant
from programme.models.invitations import LIFE
from reports.inviting import invitation_of, invite, token_of, use
from tests import factories as make

PASSWORD = "tingbjerg-om-foråret"
pytestmark = pytest.mark.django_db


@pytest.fixture
def foundation(client, programme):
    user = make.user_with_role(programme, "foundation")
    client.force_login(user)
    return user


def ask(client, email="anna@kk.dk", office="Kontaktperson"):
    return client.post(reverse("reports:invitations"), {"email": email, "office": office}, follow=True)


def link(message=-1):
    return re.search(r"https?://[^/]+(/konto/invitation/\S+?/)(?:\s|$)", mail.outbox[message].body)[1]


def without_tokens(answer):
    """The page but for what differs at every visit."""
    html = answer.content.decode()
    return re.sub(r"[0-9a-f-]{36}|csrfmiddlewaretoken\" value=\"\w+|nonce=\"[^\"]*", "", html)


def choose(client, address, password=PASSWORD, again=None):
    return client.post(address, {"new_password1": password, "new_password2": again or password})


def test_invited_chooses_her_password_and_reads(client, programme, foundation, django_user_model):
    ask(client, "Anna@KK.dk ")
    user = User.objects.get(email="anna@kk.dk")
    assert not user.has_usable_password()
    assert [(one.role, one.programme) for one in user.role_grants.all()] == [("caseworker", programme)]
    assert user.office == "Kontaktperson"

    client.logout()
    address = link()
    assert client.get(address).status_code == 200
    assert choose(client, address).headers["Location"] == reverse("accounts:login")
    assert client.login(username="anna@kk.dk", password=PASSWORD)
    assert client.get(reverse("reports:reports")).status_code == 200


def test_secretariat_appoints_nobody_to_answer_its_own_reports(client, programme):
    client.force_login(make.user_with_role(programme, "secretariat"))

    assert ask(client, "mig@privat.dk").status_code == 403
    assert reverse("reports:invitations") not in client.get(reverse("reports:settings")).content.decode()
    assert not User.objects.filter(email="mig@privat.dk").exists()


def test_opening_the_link_uses_nothing_up_and_choosing_does(client, foundation):
    ask(client)
    address = link()
    for _ in range(2):
        assert client.get(address).status_code == 200
    assert choose(client, address).status_code == 302

    assert client.get(address).status_code == 404
    assert choose(client, address, "en-helt-anden-adgang").status_code == 404
    assert User.objects.get(email="anna@kk.dk").check_password(PASSWORD)


@pytest.mark.parametrize(
    ("password", "again"), [("kort", None), ("123456789012345", None), (PASSWORD, "noget-andet-1")]
)
def test_poor_password_is_refused_and_the_link_lives(client, foundation, password, again):
    ask(client)
    answer = choose(client, link(), password, again)

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not User.objects.get(email="anna@kk.dk").has_usable_password()
    assert choose(client, link()).status_code == 302


def test_link_dies_after_seven_days(programme):
    one = invite(programme=programme, email="anna@kk.dk", office="Kontaktperson", by=make.UserFactory())
    for age, works in ((LIFE - dt.timedelta(minutes=1), True), (LIFE, False)):
        Invitation.objects.filter(pk=one.pk).update(invited_at=timezone.now() - age)
        assert (invitation_of(token_of(one)) is not None) == works


def test_sent_again_is_another_link_and_the_old_one_dies(client, foundation):
    ask(client)
    client.post(reverse("reports:invite_again", args=[Invitation.objects.get().uuid]))
    old, new = link(0), link(1)

    assert old != new
    assert [client.get(old).status_code, client.get(new).status_code] == [404, 200]
    assert Invitation.objects.standing().count() == 1


def dead_pages(client, programme):
    """One of each way in which a link dies."""
    by = make.UserFactory()
    told = {"programme": programme, "office": "Kontaktperson", "by": by}
    yield "made-up.xyz"
    old = invite(email="a@kk.dk", **told)
    Invitation.objects.filter(pk=old.pk).update(invited_at=timezone.now() - LIFE)
    yield token_of(old)
    used = invite(email="b@kk.dk", **told)
    use(token_of(used), PASSWORD)
    yield token_of(used)
    closed = invite(email="c@kk.dk", **told)
    invite(email="c@kk.dk", **told)
    yield token_of(closed)
    left = invite(email="d@kk.dk", **told)
    User.objects.filter(email="d@kk.dk").update(is_active=False)
    yield token_of(left)
    mine = invite(email="e@kk.dk", **told)
    user = User.objects.get(email="e@kk.dk")
    user.set_password(PASSWORD)
    user.save()
    yield token_of(mine)
    make.UserFactory(email="f@kk.dk", is_staff=True)
    yield token_of(invite(email="f@kk.dk", **told))


def test_every_dead_link_looks_the_same(client, programme):
    pages = set()
    for token in dead_pages(client, programme):
        answer = client.get(reverse("reports:accept_invitation", args=[token]))
        assert answer.status_code == 404
        pages.add(without_tokens(answer).replace(token, ""))

    assert len(pages) == 1


def known(programme, kind):
    """Somebody who has a login already."""
    if kind == "secretariat":
        return make.user_with_role(programme, "secretariat", email="anna@kk.dk")
    if kind == "elsewhere":
        return make.user_with_role(make.twin(), "foundation", email="anna@kk.dk")
    if kind == "local":
        return make.local_coordinator(make.founded_association(programme), email="anna@kk.dk")
    user = make.UserFactory(email="anna@kk.dk", is_active=kind != "closed", is_superuser=kind == "superuser")
    if kind == "volunteer":
        make.VolunteerFactory(programme=programme, user=user)
    return user


@pytest.mark.parametrize("kind", ["secretariat", "elsewhere", "local", "superuser", "closed", "volunteer"])
def test_whoever_has_another_role_is_given_none_and_keeps_her_password(client, programme, foundation, kind):
    user = known(programme, kind)
    before = (user.password, list(user.role_grants.values_list("role", "programme")))
    ask(client)
    user.refresh_from_db()

    assert (user.password, list(user.role_grants.values_list("role", "programme"))) == before
    assert "/konto/invitation/" not in mail.outbox[0].body


@pytest.mark.parametrize("kind", ["secretariat", "closed", "plain"])
def test_answer_and_list_say_nothing_of_whether_the_address_is_known(client, programme, foundation, kind):
    unknown = without_tokens(ask(client, "bo@kk.dk")).replace("bo@kk.dk", "anna@kk.dk")
    Invitation.objects.all().delete()
    known(programme, kind)

    assert without_tokens(ask(client, "anna@kk.dk")) == unknown
    assert [one.to for one in mail.outbox] == [["bo@kk.dk"], ["anna@kk.dk"]]


def test_who_has_a_login_without_a_role_is_given_it_and_chooses_no_password(client, programme, foundation):
    user = make.UserFactory(email="anna@kk.dk")
    before = user.password
    ask(client)
    user.refresh_from_db()

    assert user.password == before
    assert [one.role for one in user.role_grants.all()] == ["caseworker"]
    assert "/konto/invitation/" not in mail.outbox[0].body


def test_withdrawn_invitation_takes_the_role_with_it_while_no_password_is_chosen(client, foundation):
    ask(client)
    client.post(reverse("reports:withdraw_invitation", args=[Invitation.objects.get().uuid]))

    assert client.get(link()).status_code == 404
    assert not RoleGrant.objects.filter(user__email="anna@kk.dk").exists()


def withdraw(client):
    client.post(reverse("reports:withdraw_invitation", args=[Invitation.objects.standing().get().uuid]))


@pytest.mark.parametrize("is_sent_again", [False, True])
def test_withdrawn_invitation_takes_the_role_from_who_has_a_password_too(client, foundation, is_sent_again):
    user = make.UserFactory(email="anna@kk.dk")
    ask(client)
    if is_sent_again:
        client.post(reverse("reports:invite_again", args=[Invitation.objects.get().uuid]))
    withdraw(client)

    assert not user.role_grants.exists()


@pytest.mark.parametrize("has_password", [False, True])
def test_withdrawn_invitation_leaves_a_role_that_was_given_otherwise(client, programme, foundation, has_password):
    user = make.user_with_role(programme, "caseworker", email="anna@kk.dk")
    if not has_password:
        user.set_unusable_password()
        user.save()
    ask(client)
    withdraw(client)

    assert [one.role for one in user.role_grants.all()] == ["caseworker"]


def test_mail_server_that_is_away_is_told_and_nothing_is_lost(client, foundation, settings):
    settings.EMAIL_BACKEND = "tests.mail.Away"
    ask(client)
    assert Invitation.objects.count() == 1

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client.post(reverse("reports:invite_again", args=[Invitation.objects.get().uuid]))
    assert client.get(link()).status_code == 200


def test_who_else_is_logged_in_on_the_computer_is_logged_out(client, foundation):
    ask(client)
    choose(client, link())

    assert client.get(reverse("reports:settings")).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_at_once_choose_one_password(programme):
    one = invite(programme=programme, email="anna@kk.dk", office="Kontaktperson", by=make.UserFactory())

    def chosen(password):
        try:
            return use(token_of(one), password)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(chosen, [f"{PASSWORD}-{number}" for number in range(4)]))
    assert sorted(answers) == [False, False, False, True]
    assert User.objects.get(email="anna@kk.dk").check_password(f"{PASSWORD}-{answers.index(True)}")
