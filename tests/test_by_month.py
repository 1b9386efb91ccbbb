"""The account month by month: the account's own numbers, each with its vouchers."""

import datetime as dt
import re
from decimal import Decimal
from html import unescape

import pytest

from budget.models import Budget
from bydelsmoedre.moment import Moment
from reports.figures.finances import budget
from reports.months import month_table
from tests import factories as make

D = dt.date
KR = Decimal
pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(programme):
    """Spent on the edges of months, on two lines."""
    plan = Budget.objects.get(programme=programme)
    first, other = plan.lines.get(number=1), plan.lines.get(number=4)
    for line, amount, day in (
        (first, "100.10", D(2011, 1, 31)),
        (first, "200", D(2011, 2, 1)),
        (first, "-200", D(2011, 3, 31)),
        (other, "75000.01", D(2011, 3, 1)),
    ):
        make.posting(line=line, amount=KR(amount), happened_on=day, text="Udgift")
    return first, other


def table(programme, on):
    found = budget(programme, Moment(on))
    return found, month_table(found, on)


def test_cell_is_what_was_booked_in_the_month(programme, lines):
    _found, shown = table(programme, D(2011, 3, 31))

    amounts = [[cell.amount for cell in row.cells] for row in shown.rows]
    assert amounts[0] == [KR("100.10"), 200, -200, *[None] * 9]
    assert amounts[3] == [0, 0, KR("75000.01"), *[None] * 9]


@pytest.mark.parametrize("on", [D(2011, 1, 1), D(2011, 2, 28), D(2011, 3, 30), D(2011, 12, 31), D(2012, 2, 1)])
def test_table_adds_up_to_the_account(programme, lines, on):
    found, shown = table(programme, on)

    assert [row.total for row in shown.rows] == [line.spent for line in found.lines]
    assert [sum(cell.amount or 0 for cell in row.cells) for row in shown.rows] == [line.spent for line in found.lines]
    assert sum(cell.amount or 0 for cell in shown.sums.cells) == shown.sums.total == found.spent
    assert [total for total in shown.cumulative if total is not None][-1:] == [found.spent]


def test_share_is_of_the_corrected_budget(programme, lines):
    _found, shown = table(programme, D(2011, 3, 31))

    assert shown.cumulative[:4] == [KR("100.10"), KR("300.10"), KR("75100.11"), None]
    assert shown.shares[2] == KR("75100.11") / 1_370_000 * 100


def test_month_outside_the_year_has_a_column_where_something_is_booked_in_it(programme, lines):
    make.posting(line=lines[0], amount=KR("5"), happened_on=D(2012, 1, 10), text="Sent bilag")

    found, shown = table(programme, D(2012, 2, 1))

    assert (len(shown.months), shown.months[-1].first, shown.rows[0].cells[-1].amount) == (13, D(2012, 1, 1), 5)
    assert shown.sums.total == found.spent


def links(html):
    return [unescape(one) for one in re.findall(r'href="(/oekonomi/bilag/\?[^"]*)"', html)]


def test_number_leads_to_just_its_vouchers(programme, lines, secretary):
    html = secretary.get("/oekonomi/maaned-for-maaned/", {"on": "2011-03-31"}).content.decode()

    wanted = f"/oekonomi/bilag/?on=2011-03-31&post={lines[0].uuid}&fra=2011-03-01&til=2011-03-31"
    assert wanted in links(html)
    shown = secretary.get(wanted).content.decode()
    assert [amount for amount in ("100,10", "\u2212200", "75.000,01") if amount in shown] == ["\u2212200"]


def test_municipality_reads_plain_numbers(programme, lines, client_of, caseworker):
    html = client_of(caseworker).get("/oekonomi/maaned-for-maaned/", {"on": "2011-03-31"}).content.decode()

    assert "75.000,01" in html
    assert links(html) == []


def test_file_holds_the_months(programme, lines, secretary):
    answer = secretary.get("/oekonomi/maaned-for-maaned/", {"on": "2011-03-31", "format": "csv"})

    rows = answer.content.decode("utf-8-sig").splitlines()
    assert any(row.startswith("1;") and ";100,10;200,00;-200,00;;" in row for row in rows)


def test_page_of_a_day_without_a_budget_says_so(programme, secretary):
    found = secretary.get("/oekonomi/maaned-for-maaned/", {"on": "2001-01-01"})

    assert (found.status_code, found.context["budget"]) == (200, None)
