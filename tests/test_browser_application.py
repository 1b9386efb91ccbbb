"""From the public application to a mother with a diploma, by the pages alone: on a phone, without JavaScript."""

import datetime as dt
import os

import pytest
from django.urls import reverse

from bydelsmoedre.moment import Moment, today
from reports.figures.counts import counts
from tests import factories
from tests.browser import NARROW, Visitor
from tests.training import planned_course, publish
from volunteers.models import Volunteer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Playwright's loop runs in this thread; the live server's database work does not.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture
def programme(transactional_db):
    programme = factories.plan("København")
    programme.deadline = today() + dt.timedelta(365)  # it runs
    programme.save()
    factories.founded_association(programme, name="Bydelsmødre Tingbjerg")
    curriculum = programme.curricula.get(kind="basic")
    publish(curriculum, count=1, required=1, compulsory=(1,))
    planned_course(curriculum, count=1, first=today() - dt.timedelta(7), name="Hold 1")
    return programme


def test_from_the_public_application_to_a_mother_with_a_diploma(browser, live_server, programme):
    anybody = Visitor(browser, live_server, viewport=NARROW, javascript=False)
    page = anybody.go(reverse("volunteers:apply", args=[programme.uuid]))
    page.fill("[name=name]", "Amina Hassan")
    page.fill("[name=phone]", "20 12 34 56")
    page.get_by_text("Somali", exact=True).click()
    page.wait_for_timeout(2100)  # nobody fills it in faster
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Tak, vi har fået din besked").wait_for()
    person = Volunteer.objects.get(name="Amina Hassan")

    secretary = Visitor(browser, live_server, viewport=NARROW, javascript=False)
    secretary.log_in(factories.user_with_role(programme, "secretariat"))
    page = secretary.go(reverse("reports:today"))
    page.get_by_text("Amina Hassan").first.wait_for()
    page = secretary.go(person.get_absolute_url())
    for step in ("Ansøgningssamtale holdt", "Optag"):
        page.get_by_role("link", name=step, exact=True).first.click()  # it is a quick action, too
        page.locator("main form button[type=submit]").first.click()

    course = programme.curricula.get(kind="basic").courses.get()
    page = secretary.go(reverse("training:enrol", args=[course.uuid]))
    page.select_option("[name=volunteer]", label="Amina Hassan")
    page.fill("[name=started_on]", course.starts_on.isoformat())
    page.locator("main form[method=post] button[type=submit]").first.click()
    page = secretary.go(reverse("training:attendance", args=[course.sessions.get().uuid]))
    page.get_by_role("button", name="Alle kom").click()
    page = secretary.go(reverse("training:certificate", args=[person.uuid]))
    page.select_option("[name=curriculum]", index=1)
    page.locator("[name=basis][value=course]").check()
    page.fill("[name=started_on]", today().isoformat())
    page.get_by_role("button", name="Udsted").click()
    page = secretary.go(reverse("volunteers:membership", args=[person.uuid]))
    page.select_option("[name=association]", label="Bydelsmødre Tingbjerg")
    page.select_option("[name=role]", "mother")
    page.fill("[name=started_on]", today().isoformat())
    page.locator("main form button[type=submit]").first.click()

    page.get_by_text("Bydelsmor", exact=True).first.wait_for()
    assert counts(programme, Moment(today())).new_mothers == 1
    assert secretary.strangers == anybody.strangers == []
