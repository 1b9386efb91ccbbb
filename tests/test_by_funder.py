"""The account by funder: what names one, and a part of what names nobody; always the ledger's sum."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.models import Budget
from budget.shares import shares
from bydelsmoedre.moment import Moment
from programme.models import Organisation
from reports.figures.finances import budget
from reports.figures.funders import by_funder, divided
from reports.figures.shapes import BudgetFigure, FundingFigure, LineFigure
from tests import factories as make
from tests.doors import says
from tests.money import grant, pay

D = dt.date
KR = Decimal
YEAR = Moment(D(2011, 12, 31))
steady = settings(deadline=None, derandomize=True)

# --- The rule, without a database

amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
bound = st.decimals(min_value=0, max_value=10**9, places=2)
grants = st.lists(st.decimals(min_value=0, max_value=10**9, places=2), max_size=4)


@st.composite
def accounts(draw):
    """Lines with what is booked on each funder (also on one who has granted nothing), and on none."""
    given_grants = draw(grants)
    funders = [UUID(int=number) for number in range(1, len(given_grants) + 2)]
    spent = draw(st.lists(st.dictionaries(st.sampled_from([None, *funders]), amounts), min_size=1, max_size=5))
    named = {UUID(int=100 + number): by for number, by in enumerate(spent)}
    lines = [
        LineFigure(uuid, number, "Post", KR(0), KR(0), draw(bound), ((D(2011, 1, 1), sum(by.values(), KR(0))),))
        for number, (uuid, by) in enumerate(named.items())
    ]
    funding = [
        FundingFigure(uuid, f"Fond {uuid.int}", KR(0), KR(0), amount, KR(0))
        for uuid, amount in zip(funders, given_grants, strict=False)
    ]
    figure = BudgetFigure(UUID(int=9), 2011, "2011 p/l", "approved", None, KR(0), "", tuple(lines), tuple(funding))
    seen = {uuid for by in named.values() for uuid in by if uuid}
    return figure, divided(figure, named, {uuid: f"Fond {uuid.int}" for uuid in seen})


@steady
@given(accounts())
def test_funders_always_add_up_to_the_ledger(both):
    account, found = both

    assert found.spent == account.spent
    assert sum(one.spent for one in found.funders) + found.not_divided == account.spent
    assert found.liquidity == account.liquidity
    for line in account.lines:
        parts = sum(one.lines.get(line.uuid, KR(0)) for one in found.funders)
        assert parts + found.undivided.get(line.uuid, KR(0)) == line.spent


@steady
@given(accounts())
def test_part_of_what_names_nobody_is_the_grants_share_of_the_whole(both):
    account, found = both
    granted = [one.granted for one in found.funders if one.granted]

    parts = [one.divided for one in found.funders if one.granted]

    if granted:
        nobody = account.spent - sum(one.named for one in found.funders)
        assert parts == shares(nobody, granted)


@steady
@given(accounts())
def test_who_has_granted_nothing_has_no_part_of_what_names_nobody(both):
    _account, found = both

    assert all(one.divided == 0 for one in found.funders if not one.granted)
    assert not found.undivided or not any(one.granted for one in found.funders)


@steady
@given(accounts())
def test_unused_money_of_all_adds_up_to_the_account_s(both):
    account, found = both

    parts = sum(one.unused for one in found.funders)

    if not found.undivided and any(one.granted for one in found.funders):
        assert parts == account.unused


# --- As it is asked of the database


@pytest.fixture
def line(programme):
    return Budget.objects.get(programme=programme).lines.get(number=4)


def spend(line, amount, kind=None, on=D(2011, 4, 1)):
    ours = Organisation.objects.filter(programme=line.budget.programme)
    funder = ours.get(kind=kind) if kind else None
    return make.posting(line=line, amount=KR(amount), happened_on=on, text="Udgift", funder=funder)


def told(programme, moment=YEAR):
    """By whom, what is booked on each and what is its part."""
    found = by_funder(budget(programme, moment), moment)
    return {one.granted: (one.named, one.divided) for one in found.funders if one.granted}, found


@pytest.mark.django_db
def test_what_names_nobody_is_divided_by_the_grants_to_the_ore(programme, line):
    city = grant(programme, "municipality", 800_000)
    grant(programme, "foundation", 570_000)
    pay(city, 400_000)
    spend(line, "1000", "foundation")
    spend(line, "100.01")

    parts, found = told(programme)

    assert parts == {800_000: (0, KR("58.40")), 570_000: (1000, KR("41.61"))}
    assert [one.liquidity for one in found.funders if one.paid] == [KR("399941.60")]
    assert [one.rest for one in found.funders if one.granted == 570_000] == [KR("568958.39")]


@pytest.mark.django_db
def test_parts_of_a_line_stay_when_a_posting_of_another_names_a_funder(programme, line):
    for kind in ("municipality", "foundation"):
        grant(programme, kind, 500_000)
    lines = list(line.budget.lines.order_by("number"))[:3]
    for one in lines:
        spend(one, "0.01")

    def parts():
        return [[one.lines[part.uuid] for part in lines[:2]] for one in told(programme)[1].funders]

    before = parts()
    spend(lines[2], "100", "foundation")

    assert parts() == before


@pytest.mark.django_db
def test_without_a_grant_nothing_is_divided_yet(programme, line, secretary):
    spend(line, "100.01")

    parts, found = told(programme)

    assert (parts, found.not_divided, found.spent) == ({}, KR("100.01"), KR("100.01"))
    html = secretary.get("/oekonomi/bidragydere/", {"on": "2011-12-31"}).content.decode()
    assert says("Not divided yet") in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "undivided"), [(D(2011, 5, 23), KR("500.00")), (D(2011, 5, 24), KR("0.00"))], ids=["before", "on-the-day"]
)
def test_money_is_divided_from_the_day_of_the_first_grant(programme, line, day, undivided):
    grant(programme, "foundation", 570_000, on=D(2011, 5, 24))
    spend(line, "500")

    assert told(programme, Moment(day))[1].not_divided == undivided


@pytest.mark.django_db
def test_reversal_is_taken_off_the_funder_that_it_names(programme, line):
    grant(programme, "municipality", 800_000)
    spend(line, "900", "municipality")
    spend(line, "-900", "municipality", on=D(2011, 6, 1))

    assert told(programme, Moment(D(2011, 5, 31)))[0] == {800_000: (900, 0)}
    assert told(programme)[0] == {800_000: (0, 0)}


@pytest.mark.django_db
def test_overspent_grant_is_told_as_it_is(programme, line, secretary):
    grant(programme, "municipality", 800)
    spend(line, "900.50", "municipality")

    html = secretary.get("/oekonomi/bidragydere/", {"on": "2011-12-31"}).content.decode()

    assert '<span class="negative">\u2212100,50</span>' in html


@pytest.mark.django_db
def test_file_holds_the_funders(programme, line, client_of, caseworker):
    grant(programme, "municipality", 800)
    spend(line, "100.50")

    answer = client_of(caseworker).get("/oekonomi/bidragydere/", {"on": "2011-12-31", "format": "csv"})

    rows = answer.content.decode("utf-8-sig").splitlines()
    assert any(";800,00;0,00;0,00;100,50;100,50;699,50;-100,50;" in row for row in rows)
