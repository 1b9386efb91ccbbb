"""On a phone, with the net cut in the middle: a conversation is recorded once, and whole."""

import os

import pytest

from tests import factories
from tests.browser import NARROW, Visitor
from volunteers.links import make_link, token_of
from volunteers.models import Conversation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Playwright's loop runs in this thread; the live server's database work does not.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture
def link(transactional_db):
    return factories.conversation_link(factories.founded_association(factories.plan("København")))


@pytest.fixture
def phone(browser, live_server, link):
    visitor = Visitor(browser, live_server, viewport=NARROW)
    visitor.go(f"/samtale/{token_of(link)}/")
    return visitor


def choose(page, *labels):
    for label in labels:
        page.get_by_text(label, exact=True).click()


def three_taps(page):
    choose(page, "Skole eller dagtilbud", "Sundhed", "Mødes igen")


def told():
    return [(one.contact, one.topics, one.next_step, one.women) for one in Conversation.objects.all()]


def test_a_conversation_is_kept_on_the_phone_without_net_and_sent_once_when_it_is_back(phone):
    page, status = phone.page, phone.page.locator("#kept-status")
    phone.context.set_offline(True)

    three_taps(page)
    page.get_by_text("Flere oplysninger").click()
    page.fill("[name=women]", "2")
    page.get_by_role("button", name="Gem samtalen").click()

    status.get_by_text("Gemt på telefonen. Sendes, når du har net.").wait_for()
    assert told() == []
    assert not page.locator("[name=contact]:checked").count()

    phone.context.set_offline(False)
    status.get_by_text("Samtalen er gemt.").wait_for()

    assert told() == [("school", ["health"], "again", 2)]
    assert phone.strangers == []


def test_an_answer_that_is_lost_on_its_way_stores_the_conversation_once(phone):
    page, answers = phone.page, []

    def lose_the_first(route):
        answers.append(route.fetch())  # the server has stored it
        route.abort() if len(answers) == 1 else route.fulfill(response=answers[-1])

    page.route(
        "**/samtale/**", lambda route: lose_the_first(route) if route.request.method == "POST" else route.continue_()
    )
    three_taps(page)
    page.get_by_role("button", name="Gem samtalen").click()
    page.locator("#kept-status").get_by_text("Gemt på telefonen.").wait_for()
    assert len(told()) == 1

    page.reload()
    page.locator("#kept-status").get_by_text("Samtalen er gemt.").wait_for()

    assert (len(answers), told()) == (2, [("school", ["health"], "again", None)])


def test_what_was_chosen_is_there_again_after_a_reload(phone):
    choose(phone.page, "Skole eller dagtilbud", "Sundhed")

    phone.page.reload()

    assert phone.page.locator("[name=contact]:checked").get_attribute("value") == "school"
    assert phone.page.locator("[name=topics]:checked").get_attribute("value") == "health"


def test_a_refused_conversation_comes_back_with_what_was_chosen_and_the_error_beside_the_field(phone):
    page = phone.page
    three_taps(page)
    page.get_by_text("Flere oplysninger").click()
    page.fill("[name=minutes]", "601")

    page.get_by_role("button", name="Gem samtalen").click()
    page.locator(".invalid-feedback, .errorlist").first.wait_for()

    assert (page.input_value("[name=minutes]"), told()) == ("601", [])
    assert page.locator("[name=contact]:checked").get_attribute("value") == "school"
    assert phone.violations() == []


def test_a_closed_link_keeps_the_conversation_until_the_new_one_is_opened(phone, link):
    new = make_link(link.volunteer, link.association)
    three_taps(phone.page)
    phone.page.get_by_role("button", name="Gem samtalen").click()
    phone.page.locator("#kept-status").get_by_text("Linket virker ikke længere").wait_for()
    assert told() == []

    phone.go(f"/samtale/{token_of(new)}/")
    phone.page.locator("#kept-status").get_by_text("Samtalen er gemt.").wait_for()

    assert len(told()) == 1
