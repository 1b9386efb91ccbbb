"""From a training that is written to a course certificate that anybody can verify, with the second criterion rising on
the day: by the pages alone, without JavaScript."""

import datetime as dt
import os

import pytest
from django.urls import reverse

from bydelsmoedre.moment import Moment, today
from reports.figures.criteria import criteria
from tests import factories
from tests.browser import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Playwright's loop runs in this thread; the live server's database work does not.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

WEEK = dt.timedelta(weeks=1)


@pytest.fixture
def programme(transactional_db):
    programme = factories.plan("København")
    programme.deadline = today() + dt.timedelta(365)  # it runs
    programme.save()
    return programme


def trained(programme, on):
    """What the second criterion says on that day."""
    return next(figure.value for figure in criteria(programme, Moment(on)) if figure.number == 2)


def test_from_a_training_that_is_written_to_a_certificate_that_counts(browser, live_server, programme):
    place = factories.founded_association(programme, name="Bydelsmødre Tingbjerg")
    person = factories.VolunteerFactory(programme=programme, name="Tahira Khan")
    factories.membership(person, place, since=today() - 10 * WEEK)
    training = programme.curricula.get(kind="coordinator")
    first = today() - 2 * WEEK
    secretary = Visitor(browser, live_server, javascript=False)
    secretary.log_in(factories.user_with_role(programme, "secretariat"))

    # The training is written and adopted.
    page = secretary.go(training.get_absolute_url())
    page.get_by_role("link", name="Skriv en ny version").click()
    page.fill("[name=label]", "2011")
    for place_of, title in enumerate(("Rollen som koordinator", "Mødeledelse")):
        page.fill(f"[name=modules-{place_of}-title]", title)
        page.fill(f"[name=modules-{place_of}-hours]", "2,5")
        page.check(f"[name=modules-{place_of}-compulsory]")
    page.fill("[name=required_modules]", "2")
    page.fill("[name=required_hours]", "5")
    page.get_by_role("button", name="Gem kladden").click()
    page.get_by_role("link", name="Vedtag versionen").click()
    page.fill("[name=started_on]", (first - WEEK).isoformat())
    page.fill("[name=evidence_text]", "Referat af styregruppens møde")
    page.get_by_role("button", name="Vedtag", exact=True).click()
    page.get_by_text("2 af 2 moduler kræves og 5 timers fremmøde").first.wait_for()

    # A course is planned from it and held.
    page = secretary.go(reverse("training:create"))
    page.select_option("[name=curriculum]", label=training.name)
    page.fill("[name=name]", "Koordinatorhold 1")
    page.fill("[name=starts_on]", first.isoformat())
    page.uncheck("[name=skips_holidays]")
    page.get_by_role("button", name="Planlæg holdet").click()
    course = training.courses.get()
    page = secretary.go(reverse("training:enrol", args=[course.uuid]))
    page.select_option("[name=volunteer]", str(person.pk))
    page.fill("[name=started_on]", first.isoformat())
    page.locator("main form[method=post] button[type=submit]").first.click()
    for session in course.sessions.order_by("held_on"):
        page = secretary.go(reverse("training:certificate", args=[person.uuid]))
        page.get_by_text("af 2 moduler").first.wait_for()  # nothing is issued mid-course
        page = secretary.go(reverse("training:attendance", args=[session.uuid]))
        page.get_by_role("button", name="Alle kom").click()
    assert trained(programme, today()) == 0

    # A person issues the certificate; it counts from that day.
    page = secretary.go(person.get_absolute_url())
    page.get_by_role("link", name="Udsted", exact=False).first.click()
    page.locator("[name=basis][value=course]").check()
    page.fill("[name=started_on]", today().isoformat())
    page.get_by_role("button", name="Udsted kursusbeviset").click()
    assert [trained(programme, today() + days * dt.timedelta(1)) for days in (-1, 0)] == [0, 1]
    page = secretary.go(reverse("reports:criterion", args=[programme.criteria.get(number=2).uuid]))
    page.get_by_role("link", name="Tahira Khan").first.wait_for()

    # Anybody can verify it, also where one character is typed wrong.
    number = secretary.go(person.get_absolute_url()).locator("a[href^='/bevis/']").inner_text()
    anybody = Visitor(browser, live_server, javascript=False)
    page = anybody.go(reverse("training:check_form"))
    wrong = number[:-1] + ("2" if number[-1] != "2" else "3")
    page.fill("[name=nummer]", wrong)
    page.get_by_role("button", name="Tjek nummeret").click()
    page.get_by_text("et tegn er forkert").first.wait_for()
    page.fill("[name=nummer]", number)
    page.get_by_role("button", name="Tjek nummeret").click()
    page.get_by_text("Gyldigt", exact=True).wait_for()
    assert secretary.strangers == anybody.strangers == []
