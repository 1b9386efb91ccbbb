"""A page asked of the past shows it and offers nothing: what is missing there may be done long ago."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import resolve

from bydelsmoedre.moment import today
from tests.permissions import FILES, matrix

pytestmark = pytest.mark.django_db

MATRIX = matrix()
#: Where something is recorded, changed or retracted: what takes a POST.
FORMS = {door.split()[0] for door, roles in MATRIX.items() if roles["secretariat"][1] == "200"}
#: What only shows something; not what is of no day: files, who has read what, public pages, and the like.
OF_NO_DAY = (
    *FILES,
    "volunteers:import_detail",
    "volunteers:duplicates",
    "volunteers:stored",
    "volunteers:access",
    "volunteers:readings",
    "volunteers:sample",
    "volunteers:appl",
    "reports:calendar",  # plans have no past
    "reports:search",
    "reports:compare",  # of two days
    "reports:report",  # a report has its own day
    "reports:frozen",
    "reports:section",
    "reports:check",  # of what counts today
    "reports:spot_check",  # of the report's own day
    "reports:invitations",
    "reports:schedule",
    "reports:settings",
    "reports:programme_new",
    "reports:try_rule",  # a rule is tried on today's data
    "volunteers:calls",  # who is to be called today
    "volunteers:message",
    "training:check",  # a public page
    "reports:verify",  # another
    "reports:shared",
    "training:evaluat",
    "training:materials",
    "training:supervision",  # a plan has no past
    "training:teachers",
    "budget:month",  # what can be closed now
    "budget:plan",  # it tells its versions itself
    "budget:year_end",
    "budget:scenario",  # a plan has no past
    "programme:risk",  # a plan has no past
    "programme:document_compare",  # two texts, each as it stands
    "programme:deputies",  # now and later
    "budget:compare_scenarios",
    "budget:voucher",  # a draft has no past
    "budget:outlay",
)
SHOWN = [door for door, roles in MATRIX.items() if roles["secretariat"] == ("200", "405")]
PAGES = [door for door in SHOWN if not door.startswith(OF_NO_DAY)]
#: Of these the secretariat records nothing on the page itself.
QUIET = {
    "budget:audit",
    "budget:by_month",
    "budget:by_funder",
    "budget:forecast",  # but while its year lasts: tests/test_forecast.py
    "training:figures",
    "training:hours",
    "reports:today",
    "volunteers:conversations",
    "volunteers:funnel",
    "volunteers:board_list",
    "volunteers:formerly_paid",
    "programme:document_matrix",
    "programme:goals",
}
THEN = {"on": "2011-12-15"}


def offered(response):
    """The forms that a page has links to, by the names of their addresses; and those on the page itself, by where they
    are sent."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    found = [unescape(one) for one in re.findall(r'<a[^>]* href="(/[^"#]*)"', main)]
    linked = {address: resolve(urlsplit(address).path).view_name for address in found}
    forms = re.findall(r'<form[^>]*method="post"[^>]*>', main, re.IGNORECASE)
    sent = [re.search(r'action="([^"]*)"', form) for form in forms]
    posted = {unescape(to[1]) if to else form: "POST" for to, form in zip(sent, forms, strict=True)}
    return {address: name for address, name in linked.items() if name in FORMS} | posted


@pytest.mark.parametrize("door", PAGES)
def test_page_of_the_past_offers_no_form(world, door):
    page = world.client("secretariat").get(world.url(door), THEN)

    assert page.context["is_present"] is False
    assert offered(page) == {}


@pytest.mark.parametrize("door", ["associations:detail", "associations:list", "training:list", "training:course"])
def test_page_of_the_past_offers_the_local_coordinator_no_form(world, door):
    client = world.client("local")

    then, now = client.get(world.url(door), THEN), client.get(world.url(door))

    assert (then.status_code, then.context["is_present"], offered(then)) == (200, False, {})
    assert bool(offered(now)) == (door != "associations:list"), "in the list she records nothing at present either"


@pytest.mark.parametrize("door", [door for door in PAGES if door not in QUIET])
def test_page_of_today_offers_forms_that_lead_back_to_it(world, door):
    url = f"{world.url(door)}?on={today()}"

    page = world.client("secretariat").get(url)

    assert page.context["is_present"] is True
    leading = {address: parse_qs(urlsplit(address).query).get("next") for address in offered(page)}
    assert leading
    assert {address: back for address, back in leading.items() if back != [url] and not makes_a_page(address)} == {}


def makes_a_page(address):
    """Does the form make something that has a page of its own, where one goes on?"""
    made = {
        "associations:create",
        "volunteers:create",
        "volunteers:import",
        "volunteers:apply",
        "volunteers:write_to_list",
        "training:create",
        "training:create_curriculum",
        "programme:meeting_new",
        "programme:document_new",
        "programme:agreement_new",
        "programme:criterion_new",
        "programme:effect_new",
        "reports:report_new",
        "budget:post",
        "budget:waiting",
        "budget:new_outlay",
        "associations:form",
    }
    return resolve(urlsplit(address).path).view_name in {*made, "budget:correct"}
