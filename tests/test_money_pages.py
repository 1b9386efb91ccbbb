"""Økonomi as its readers meet it: the account at a Moment, its file, the ledger, and what a form leads to."""

import csv
import io
from decimal import Decimal

import pytest

from budget import ledger
from budget.forms.vouchers import token
from budget.models import FundingFact, Instalment, Posting, Voucher
from bydelsmoedre.moment import Moment
from reports.figures.finances import budget
from tests import factories as make
from tests.doors import D, html_of, says, send
from tests.world import PERSONAL

pytestmark = pytest.mark.django_db


def told(response, kind="messages"):
    return [str(message) for message in response.context[kind]]


# --- The account


def test_account_and_its_file_hold_the_figures_numbers(world, visitor):
    asked = {"on": "2011-12-31", "format": "csv"}
    rows = list(csv.reader(io.StringIO(visitor.get("/oekonomi/", asked).content.decode("utf-8-sig")), delimiter=";"))

    found = budget(world.programme, Moment(D(2011, 12, 31)))

    columns = ("allocated", "moved", "budgeted", "spent", "committed", "rest", "deviation")
    expected = [[f"{getattr(row, name):.2f}".replace(".", ",") for name in columns] for row in (*found.lines, found)]
    assert [row[2:9] for row in rows[1:]] == expected
    assert rows[6][5] == "1200,50"


def test_file_as_a_workbook_is_named_by_its_day(visitor):
    response = visitor.get("/oekonomi/", {"on": "2011-09-30", "format": "xlsx"})

    assert 'filename="projektregnskab-2011-pr-2011-09-30.xlsx"' in response["Content-Disposition"]
    assert b"".join(response.streaming_content).startswith(b"PK")


def test_stated_total_is_explained_and_never_computed_with(visitor):
    page = html_of(visitor.get("/oekonomi/"))

    assert "1,4 mio. kr." in page
    assert "1.370.000 kr." in page
    assert "1.400.000" not in page


@pytest.mark.parametrize("page", ["/", "/oekonomi/"])
def test_before_the_budget_there_is_none_to_show_nor_any_rounding(visitor, page):
    page = visitor.get(page, {"on": "2010-06-01"})

    assert page.context["budget"] is None
    assert "kurve-forbrug" not in html_of(page)
    assert says("There is no budget on this day.") in html_of(page)
    assert "1,4 mio. kr." not in html_of(page)


def test_lines_without_an_amount_are_not_told_as_rounding(world, visitor):
    asked = FundingFact.objects.filter(budget__programme=world.programme, stage="proposed").first()
    FundingFact.record(
        by=None, budget=asked.budget, funder=asked.funder, stage="proposed", amount=1, happened_on=D(2010, 1, 1)
    )

    for page in ("/", "/oekonomi/"):
        page = visitor.get(page, {"on": "2010-06-01"})
        assert page.context["budget"].allocated == 0
        assert page.context["budget"].funding
        assert "1,4 mio. kr." not in html_of(page)


def test_overspent_line_is_shown_with_its_sign_and_in_words(world, visitor):
    line = world.rows["budget"].lines.get(number=4)
    make.posting(line=line, amount=Decimal("75000.01"), happened_on=D(2011, 3, 1), text="Måling")

    page = html_of(visitor.get("/oekonomi/"))

    assert "\u22120,01" in page
    assert says("Overspent") in page
    assert says("More is spent and committed than the line holds") in page


def test_account_is_of_the_day_that_is_asked_for(visitor):
    before, after = (html_of(visitor.get("/oekonomi/", {"on": day})) for day in ("2011-02-28", "2011-03-01"))

    assert ("1.200,50" in before, "1.200,50" in after) == (False, True)


def test_caseworker_reads_totals_and_the_state_of_reallocations_only(world):
    page = html_of(world.client("caseworker").get("/oekonomi/"))

    assert "1.200,50" in page
    assert says("Waits for an answer") in page
    assert PERSONAL not in page
    assert "/oekonomi/bilag/" not in page
    assert "2011-000" not in page


@pytest.mark.parametrize("role", ["foundation", "caseworker"])
def test_who_only_reads_is_shown_no_form(world, visitor, role):
    theirs, ours = (html_of(client.get("/oekonomi/")) for client in (world.client(role), visitor))

    for address in ("/finansiering/", "/traek-tilbage/", "/oekonomi/bilag/nyt/"):
        assert (address in ours, address in theirs) == (True, False), address


def test_liquidity_below_zero_is_said_in_words(visitor):
    assert says("%(amount)s is laid out and not paid yet.", amount="1.200,50 kr.") in html_of(visitor.get("/oekonomi/"))


def test_programme_without_a_budget_is_told_so(client_of):
    reader = make.user_with_role(make.ProgrammeFactory(), "secretariat")

    page = html_of(client_of(reader).get("/oekonomi/"))

    assert says("No budget is written down yet. The Foundation writes it in the administration.") in page


# --- Instalments


@pytest.mark.parametrize("page", ["", "slet/"], ids=["correct", "delete"])
def test_instalment_of_which_something_is_paid_stays(world, visitor, page):
    planned = world.rows["instalment"]
    send(world, visitor, "budget:fund", funder="foundation", amount="1", happened_on="2011-10-01")

    response = visitor.post(f"/oekonomi/rate/{planned.uuid}/{page}", follow=True)

    assert says("Something is paid of the instalment already, so it stays as it is.") in told(response)
    assert Instalment.objects.filter(pk=planned.pk).exists()


# --- The ledger


def test_ledger_is_filtered_and_summed(world, visitor):
    line = world.rows["budget"].lines.get(number=1)
    for day, amount in ((D(2011, 4, 29), "42000"), (D(2011, 5, 31), "42000.50")):
        Posting.record(
            by=None,
            source="Regnskab",
            line=line,
            amount=Decimal(amount),
            happened_on=day,
            text="Løn",
            supplier="Ærø Løn",
        )

    asked = [
        {"post": line.uuid},
        {"fra": "2011-05-01", "til": "2011-05-31"},
        {"q": "ærø"},
        {"q": "2011-000"},
        {"tilbagefoert": "on"},
    ]

    totals = [visitor.get("/oekonomi/bilag/", one).context["total"] for one in asked]
    assert totals == [Decimal("84000.50"), Decimal("42000.50"), Decimal("84000.50"), Decimal("1200.50"), 0]


def test_reversed_posting_is_marked_and_found(world, visitor):
    ledger.reverse(world.rows["posting"], by=None, on=D(2011, 4, 1), reason="Forkert post")

    page = html_of(visitor.get("/oekonomi/bilag/"))
    only = visitor.get("/oekonomi/bilag/", {"tilbagefoert": "on"})
    before = visitor.get("/oekonomi/bilag/", {"tilbagefoert": "on", "on": "2011-03-31"})

    assert says("Reversed on %(day)s", day="01.04.2011") in page
    assert says("Reversal") in page
    assert [one.context["total"] for one in (only, before)] == [Decimal("1200.50"), 0]


def test_ledger_as_a_file_holds_what_is_shown(world, visitor):
    response = visitor.get("/oekonomi/bilag/", {"format": "csv", "q": "2011-000"})

    (row,) = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))[1:]
    assert (row[0], row[1], row[-1]) == ("01.03.2011", "2011-000", "1200,50")


def take_back(world, visitor):
    """The posting is taken back by the secretariat, and the Foundation approves it."""
    send(world, visitor, "budget:correct", only_back="on")
    (draft,) = Voucher.objects.drafts().exclude(corrects=None)
    world.client("foundation").post("/oekonomi/kladder/", {"chosen": token(draft)})


def test_reversed_posting_and_its_reversal_lead_to_each_other(world, visitor):
    posting = world.rows["posting"]
    take_back(world, visitor)
    reversal = ledger.reversal_of(posting)

    pages = {one: html_of(visitor.get(f"/oekonomi/bilag/{one.uuid}/")) for one in (posting, reversal)}

    assert (reversal.amount, reversal.note) == (-posting.amount, "Forkert post")
    assert f"/oekonomi/bilag/{reversal.uuid}/" in pages[posting]
    assert f"/oekonomi/bilag/{posting.uuid}/" in pages[reversal]
    assert not any(f"/oekonomi/bilag/{one.uuid}/ret/" in pages[one] for one in pages)


def test_posting_is_reversed_once_and_a_reversal_never(world, visitor):
    posting = world.rows["posting"]
    take_back(world, visitor)
    reversal = ledger.reversal_of(posting)

    again = visitor.get(f"/oekonomi/bilag/{posting.uuid}/ret/", follow=True)
    back = visitor.post(f"/oekonomi/bilag/{reversal.uuid}/ret/", {"happened_on": "2011-07-01"}, follow=True)

    assert told(again)[-1:] == [says("The posting is reversed already, on %(day)s.", day="1.\u00a0juni\u00a02011")]
    assert told(back)[-1:] == [
        says("A reversal cannot be reversed itself. Record the right amount as a new voucher."),
    ]
    assert Posting.objects.filter(line=posting.line).count() == 2


@pytest.mark.parametrize("which", ["posting", "reversal"])
def test_ledger_refuses_what_cannot_be_reversed(world, which):
    posting = world.rows["posting"]
    reversal = ledger.reverse(posting, by=None, on=D(2011, 4, 1), reason="Fejl")

    with pytest.raises(ledger.NotReversible):
        ledger.reverse({"posting": posting, "reversal": reversal}[which], by=None, on=D(2011, 5, 1), reason="Igen")


# --- What a form leads to


def test_save_and_write_another_keeps_line_and_day(world, visitor):
    response = send(world, visitor, "budget:post", another="1")

    form = visitor.get(response["Location"]).context["form"]
    assert (form["line"].value(), form["happened_on"].value()) == (world.rows["line"].pk, "2011-05-26")


def test_overspending_is_saved_and_told(world, visitor):
    send(world, visitor, "budget:post", amount="250.000")
    foundation = world.client("foundation")
    (draft,) = Voucher.objects.filter(amount=250_000)

    messages = told(foundation.post("/oekonomi/kladder/", {"chosen": token(draft)}, follow=True))

    assert len(messages) == 2
    assert any(world.rows["line"].name in message for message in messages)
    assert Posting.objects.latest("pk").amount == 250_000


def test_posting_within_the_line_is_booked_without_a_warning(world):
    answer = world.client("foundation").post(
        "/oekonomi/kladder/", {"chosen": token(world.rows["voucher"])}, follow=True
    )

    assert len(told(answer)) == 1


def test_last_yes_moves_the_money_on_the_account(world, visitor):
    send(world, visitor, "budget:reallocation_decision")

    before, after = (budget(world.programme, Moment(D(2011, 10, day))) for day in (3, 4))
    assert [found.lines[0].budgeted for found in (before, after)] == [500_000, 470_000]
