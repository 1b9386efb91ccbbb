"""The board of recruitment by mouse: a card is dropped where its links lead, and nowhere else."""

import datetime as dt
import os

import pytest
from django.urls import reverse

from bydelsmoedre.moment import today
from tests import factories
from tests.browser import Visitor
from tests.people import steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Playwright's loop runs in this thread; the live server's database work does not.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def test_card_is_dragged_to_the_column_that_may_follow(browser, live_server, transactional_db):
    programme = factories.plan("København")
    programme.deadline = today() + dt.timedelta(365)  # it runs
    programme.save()
    person = factories.VolunteerFactory(programme=programme, name="Amina Hassan")
    steps(factories.CandidacyFactory(volunteer=person), ("applied", today() - dt.timedelta(20)))
    visitor = Visitor(browser, live_server).log_in(factories.user_with_role(programme, "secretariat"))
    page = visitor.go(reverse("volunteers:board"))

    page.locator(".card").drag_to(page.locator("[data-lane=accepted]"))
    assert page.url.endswith(reverse("volunteers:board"))  # an interview comes first

    page.locator(".card").drag_to(page.locator("[data-lane=interviewed]"))
    page.wait_for_url("**/trin/interviewed/**")
    page.locator("main form button[type=submit]").first.click()
    page.locator("[data-lane=interviewed] .card").get_by_text("Amina Hassan").first.wait_for()
    assert visitor.strangers == visitor.troubles == []
