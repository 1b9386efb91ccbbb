"""From a voucher to the account by two users, and back by a correction; an outlay from a phone. Without JavaScript."""

import datetime as dt
import os
from decimal import Decimal

import pytest
from django.urls import reverse

from budget.models import Budget, Outlay, Posting
from bydelsmoedre.moment import Moment
from reports.figures.finances import budget as figure
from tests import factories
from tests.browser import NARROW, Visitor
from tests.doors import PDF

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Playwright's loop runs in this thread; the live server's database work does not.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

MAY = Moment(dt.date(2011, 5, 31))


@pytest.fixture
def programme(transactional_db):
    return factories.plan("København")


def spent(programme):
    """What the account says is spent on each line by the end of May, by the line's number."""
    return {line.number: line.spent for line in figure(programme, MAY).lines if line.spent}


@pytest.fixture
def secretary(browser, live_server, programme):
    visitor = Visitor(browser, live_server, viewport=NARROW, javascript=False)
    visitor.log_in(factories.user_with_role(programme, "secretariat", name="Anna"))
    return visitor


@pytest.fixture
def foundation(browser, live_server, programme):
    visitor = Visitor(browser, live_server, javascript=False)
    visitor.log_in(factories.user_with_role(programme, "foundation", name="Bent"))
    return visitor


def approved(visitor, button="Godkend og bogfør"):
    page = visitor.go(reverse("budget:waiting"))
    page.get_by_role("button", name=button).click()
    page.get_by_text("er bogført").first.wait_for()


def test_voucher_of_one_is_approved_by_another_and_stands_in_the_account(programme, secretary, foundation):
    lines = Budget.objects.get(programme=programme, year=2011).lines
    page = secretary.go(reverse("budget:post"))
    page.select_option("[name=line]", str(lines.get(number=3).pk))
    page.fill("[name=happened_on]", "2011-05-26")
    page.fill("[name=amount]", "1.000")
    page.fill("[name=supplier]", "Kulturhuset")
    page.fill("[name=text]", "Lokale og mapper")
    page.get_by_text("Fordel på flere poster").click()
    page.select_option("[name=pieces-0-line]", str(lines.get(number=5).pk))
    page.fill("[name=pieces-0-percent]", "33,333")
    page.get_by_role("button", name="Gem bilaget", exact=True).click()
    page.get_by_text("Venter på godkendelse").first.wait_for()
    assert page.get_by_role("button", name="Godkend og bogfør").count() == 0, "nobody approves her own"
    assert spent(programme) == {}

    approved(foundation)

    assert spent(programme) == {3: Decimal("666.67"), 5: Decimal("333.33")}
    page = foundation.go(reverse("budget:account") + "?on=2011-05-31")
    page.get_by_text("666,67").first.wait_for()

    # It was the wrong line: taken back and booked anew in one step, by the same two.
    wrong = Posting.objects.order_by("pk").first()
    page = secretary.go(reverse("budget:posting", args=[wrong.uuid]))
    page.get_by_role("link", name="Ret bilaget").click()
    page.fill("[name=note]", "Hørte til konceptet")
    page.select_option("[name=line]", str(lines.get(number=2).pk))
    page.fill("[name=happened_on]", "2011-05-27")
    page.get_by_role("button", name="Gem rettelsen").click()
    page.get_by_text("Venter på godkendelse").first.wait_for()
    approved(foundation)

    assert spent(programme) == {2: Decimal("666.67"), 5: Decimal("333.33")}
    assert set(Posting.objects.values_list("voucher", flat=True)) == {"B2011-0001", "B2011-0002"}
    assert secretary.strangers + foundation.strangers == []


def test_outlay_is_sent_from_a_phone_and_paid_back(browser, live_server, programme, secretary, foundation):
    association = factories.founded_association(programme, name="Bydelsmødre i Tingbjerg")
    coordinator = Visitor(browser, live_server, viewport=NARROW, javascript=False)
    coordinator.log_in(factories.local_coordinator(association, name="Dina"))

    page = coordinator.go(association.get_absolute_url())
    page.get_by_role("link", name="Nyt udlæg").click()
    page.fill("[name=amount]", "149,95")
    page.fill("[name=spent_on]", "2011-05-02")
    page.fill("[name=purpose]", "Frugt til mødet")
    page.set_input_files(
        "[name=evidence_file]", {"name": "kvittering.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("Sendt til sekretariatet").first.wait_for()

    sent = Outlay.objects.get()
    page = secretary.go(sent.get_absolute_url())
    page.get_by_role("link", name="Lav et bilag").click()
    line = Budget.objects.get(programme=programme, year=2011).lines.get(number=3)
    page.select_option("[name=line]", str(line.pk))
    page.get_by_role("button", name="Gem bilaget", exact=True).click()
    page.get_by_text("Modtaget, venter på godkendelse").first.wait_for()
    approved(foundation)
    page = secretary.go(sent.get_absolute_url())
    page.get_by_role("link", name="Det er betalt").click()
    page.locator("main form[method=post] button[type=submit]").first.click()

    coordinator.go(sent.get_absolute_url()).get_by_text("Betalt").first.wait_for()
    assert spent(programme) == {3: Decimal("149.95")}
