"""“Pr. dato” and “Som vi vidste det” stay while one moves about: every page that shows a Moment, reached by links from
one that does, shows the same."""

import datetime as dt
import re
from html import unescape

import pytest
from django.urls import reverse

from bydelsmoedre.moment import Moment, calendar_today, end_of_day
from tests.world import LEFT_ASIDE

pytestmark = pytest.mark.django_db

#: The world's rows were recorded today: only so late are its roles and courses known, with the links from them.
KNOWN_ON = calendar_today()
ASKED = f"?on=2011-12-15&known_at={KNOWN_ON}"
MOMENT = Moment(dt.date(2011, 12, 15), end_of_day(KNOWN_ON))

#: Links that are meant to leave the Moment, or that lead out of the pages.
MEANT = ("/konto/", "/sprog/", "/admin/")


def links(path, html):
    """The links of a page but for the one back to today's date."""
    for found in re.findall(r'href="([^"#]+)"', html):
        address = unescape(found)
        if address.startswith("?"):
            address = path + address
        is_page = address.startswith("/") and not LEFT_ASIDE.match(address) and not address.startswith(MEANT)
        if is_page and address != path and "format=" not in address:
            yield address


def walk(client, start):
    """Every address reached by links, with what it showed: a Moment, or None."""
    shown, waiting = {}, [start]
    while waiting:
        address = waiting.pop()
        path = address.partition("?")[0]
        if address in shown or len(shown) > 400:
            continue
        page = client.get(address)
        if page.streaming or page.status_code != 200:
            shown[address] = None
            continue
        moment = page.context.get("moment") if page.context else None
        shown[address] = moment
        if moment == MOMENT:  # from a form one goes back to where one came from
            waiting += links(path, page.content.decode())
    return shown


@pytest.mark.parametrize("role", ["secretariat", "foundation", "caseworker", "local"])
def test_every_page_that_is_reached_shows_the_moment_asked_of(world, role):
    start = reverse("associations:list") if role == "local" else "/"

    shown = {address: moment for address, moment in walk(world.client(role), start + ASKED).items() if moment}

    assert {address for address, moment in shown.items() if moment != MOMENT} == set()
    assert len(shown) > 5
    if role != "caseworker":
        assert world.rows["rolle"].volunteer.get_absolute_url() + ASKED in shown


def test_page_that_shows_a_moment_says_so(world):
    html = world.client("secretariat").get("/" + ASKED).content.decode()

    assert "band-moment" in html
    assert "15. december 2011" in unescape(html).replace("\u00a0", " ")


def test_local_coordinator_is_led_to_her_association_at_the_moment(world):
    page = world.client("local_elsewhere").get("/" + ASKED)

    assert page["Location"] == world.elsewhere.get_absolute_url() + ASKED
