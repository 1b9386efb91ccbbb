"""A report from the first word to the municipality's approval, by three at their browsers; without JavaScript, and the
municipality's contact on a phone. She is invited, chooses her password, reads, compares, asks, returns and approves."""

import datetime as dt
import os
import re

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import User
from reports.models import FrozenReport
from reports.progress.standing import State, state_of
from tests import factories
from tests.browser import NARROW, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Playwright's loop runs in this thread; the live server's database work does not.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

D = dt.date
PASSWORD = "et-langt-og-godt-ord-26"


@pytest.fixture
def programme(transactional_db):
    made = factories.plan("København")
    factories.found(factories.AssociationFactory(programme=made, name="Bydelsmødre i Tingbjerg"), D(2011, 5, 26))
    return made


@pytest.fixture
def secretary(browser, live_server, programme):
    visitor = Visitor(browser, live_server, javascript=False)
    visitor.log_in(factories.user_with_role(programme, "secretariat", office="Koordinator"))
    return visitor


@pytest.fixture
def foundation(browser, live_server, programme):
    visitor = Visitor(browser, live_server, javascript=False)
    visitor.log_in(factories.user_with_role(programme, "foundation", office="Programleder"))
    return visitor


def invited(foundation, browser, live_server):
    """The contact at the municipality, who has chosen her password by the link in her mail and logged in."""
    page = foundation.go(reverse("reports:invitations"))
    page.fill("[name=email]", "kontakt@kommunen.example.org")
    page.fill("[name=office]", "Kontaktperson, Beskæftigelse og Integration")
    page.get_by_role("button", name="Send invitationen").click()
    page.get_by_text("er på vej").first.wait_for()
    [letter] = [one for one in mail.outbox if one.to == ["kontakt@kommunen.example.org"]]
    address = re.search(r"/konto/invitation/\S+", letter.body)[0]

    visitor = Visitor(browser, live_server, viewport=NARROW, javascript=False)
    page = visitor.go(address)
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.get_by_text("Din adgangskode er valgt").wait_for()
    page.locator("main [name=username]").fill("kontakt@kommunen.example.org")
    page.locator("main [name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.get_by_role("link", name="Rapporter", exact=True).wait_for()
    return visitor


def written(secretary, programme):
    """A draft with all its sections, begun and written on the pages."""
    page = secretary.go(reverse("reports:report_new"))
    page.select_option("[name=kind]", "status")
    page.fill("[name=period_from]", "2011-07-01")
    page.fill("[name=period_to]", "2011-09-30")
    page.select_option("[name=recipient]", str(programme.organisations.get(kind="municipality").pk))
    page.get_by_role("button", name="Begynd rapporten").click()
    while page.get_by_text("er ikke skrevet").count():
        page.get_by_role("link", name=re.compile("er ikke skrevet")).first.click()
        page.fill("[name=text]", "### Nået\nVi er **godt** på vej.\n\n- Tingbjerg er stiftet")
        page.get_by_role("button", name="Gem afsnittet").click()
    page.get_by_text("Der mangler ikke noget").wait_for()
    assert page.get_by_role("link", name="Godkend og lås").count() == 0, "nobody approves her own"
    return page.url.removeprefix(secretary.server.url)


def locked(foundation, draft, reason=""):
    """The Foundation has read and approved it; the address of the version."""
    page = foundation.go(draft)
    page.get_by_role("link", name="Godkend og lås").click()
    if reason:
        page.fill("[name=reason]", reason)
    page.get_by_role("button", name="Godkend og lås").click()
    page.get_by_text("Rapporten er godkendt og låst").wait_for()
    return page.url.removeprefix(foundation.server.url)


def sent(secretary, version):
    page = secretary.go(version)
    page.get_by_role("link", name="Send til kommunen").click()
    page.get_by_role("button", name="Send til kommunen").click()
    page.get_by_text("Rapporten er på kommunens side").wait_for()


def test_report_goes_from_the_first_word_to_the_municipalitys_approval(
    programme, secretary, foundation, browser, live_server
):
    contact = invited(foundation, browser, live_server)
    draft = written(secretary, programme)
    first = locked(foundation, draft)
    assert not contact.may_open(first), "it is not sent yet"
    mail.outbox.clear()
    sent(secretary, first)
    [letter] = mail.outbox
    assert (letter.to, FrozenReport.objects.get().sha256 in letter.body) == (["kontakt@kommunen.example.org"], True)

    page = contact.go(first)
    page.get_by_text("1 af 3").first.wait_for()
    page.get_by_role("button", name="Bekræft modtagelsen").click()
    page.get_by_role("link", name=re.compile("^Bed om uddybning.*Økonomi")).click()
    page.fill("[name=text]", "Hvorfor er intet brugt?")
    page.get_by_role("button", name="Send spørgsmålet").click()
    page.get_by_text("Hvorfor er intet brugt?").wait_for()
    page = secretary.go(first)
    page.get_by_role("link", name=re.compile("^Svar")).click()
    page.fill("[name=text]", "Bilagene bogføres i oktober.")
    page.get_by_role("button", name="Send svaret").click()
    page = contact.go(first)
    page.get_by_text("Bilagene bogføres i oktober.").wait_for()
    page.get_by_role("link", name="Send tilbage").click()
    page.fill("[name=text]", "Nørrebro mangler.")
    page.get_by_role("button", name="Send rapporten tilbage").click()
    page.get_by_text("Rapporten er sendt tilbage").wait_for()

    factories.found(factories.AssociationFactory(programme=programme, name="Bydelsmødre på Nørrebro"), D(2011, 9, 15))
    secretary.go(draft).get_by_text("Nørrebro mangler.").wait_for()
    second = locked(foundation, draft, reason="Nørrebro er registreret efterfølgende")
    sent(secretary, second)

    contact.go(first).get_by_role("link", name="Læs den nye version").click()
    page = contact.page
    page.get_by_text("2 af 3").first.wait_for()
    page.get_by_role("link", name="Sammenlign de to rapporter").click()
    page.get_by_text("Registreret efterfølgende").first.wait_for()
    page.get_by_text("Bydelsmødre på Nørrebro").first.wait_for()
    page = contact.go(second)
    page.get_by_role("link", name="Godkend", exact=True).click()
    page.get_by_role("button", name="Godkend", exact=True).click()
    page.get_by_text("Rapporten er godkendt").first.wait_for()

    before, after = FrozenReport.objects.order_by("place")
    assert [state_of(one.steps.order_by("pk")) for one in (before, after)] == [State.RETURNED, State.ACCEPTED]
    assert User.objects.get(email="kontakt@kommunen.example.org").check_password(PASSWORD)
    assert contact.strangers + secretary.strangers + foundation.strangers == []
