"""A month's end as a list: each point from not done to done, and closing with and without what is left."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from budget.models import BankBalance, Budget, ClosedMonth, Explanation
from budget.month_end import month_end
from budget.periods import months_of
from tests import factories as make
from tests.doors import says
from tests.money import draft, grant
from tests.refusing import refused_by

D = dt.date
pytestmark = pytest.mark.django_db
MARCH = D(2011, 3, 1)


@pytest.fixture
def budget(programme):
    return Budget.objects.get(programme=programme, year=2011)


@pytest.fixture
def line(budget):
    return budget.lines.get(number=4)


@pytest.fixture
def other(programme):
    return make.user_with_role(programme, "foundation")


def left(budget):
    """The names of what is left of March's list."""
    return [step.name for step in month_end(budget, months_of(budget)[2], may_write=True).left]


def pay_salary(budget, **values):
    told = {"amount": 42000, "text": "Løn", "happened_on": D(2011, 3, 31), "voucher": "L3"} | values
    return make.posting(line=budget.lines.get(number=1), evidence=make.stored_paper(budget.programme), **told)


def reconcile(budget, amount=0):
    return BankBalance.record(by=None, budget=budget, month=MARCH, amount=amount, happened_on=D(2011, 4, 5))


def test_empty_month_lacks_the_salary_and_the_bank(budget):
    assert left(budget) == ["Lønnen er bogført", "Banken er afstemt"]


def test_list_is_done_point_by_point(budget, line, other):
    pay_salary(budget)
    reconcile(budget)
    assert left(budget) == []

    waits = draft(line, other, on=D(2011, 3, 31))
    make.posting(line=line, amount=75_000, text="Måling", happened_on=D(2011, 3, 1), voucher="M1")
    assert left(budget) == ["Alle bilag har nummer og dokumentation", "Alt, der er indtastet, er godkendt"]

    waits.delete()
    make.posting(line=line, amount=Decimal("0.01"), text="En øre", happened_on=D(2011, 3, 31), voucher="M2")
    assert left(budget) == ["Alle bilag har nummer og dokumentation", "Afvigelser er forklaret"]

    Explanation.record(by=None, line=line, text="Et ekstra interview", happened_on=D(2011, 4, 2))
    assert left(budget) == ["Alle bilag har nummer og dokumentation"]


def test_draft_of_another_month_holds_nothing_back(budget, line, other):
    for day in (D(2011, 2, 28), D(2011, 4, 1)):
        draft(line, other, on=day, number=day.month)

    assert "Alt, der er indtastet, er godkendt" not in left(budget)


def test_explanation_of_last_month_explains_no_overspending_of_this_one(budget, line):
    Explanation.record(by=None, line=line, text="Forsinket", happened_on=D(2011, 2, 28))
    make.posting(line=line, amount=Decimal("75000.01"), text="Måling", happened_on=D(2011, 3, 1))

    assert "Afvigelser er forklaret" in left(budget)


def closed(client, budget, **typed):
    return client.post(reverse("budget:close_month", args=[budget.uuid, 3]), typed)


def test_month_with_something_left_is_closed_with_a_reason(secretary, budget):
    without, reasoned = closed(secretary, budget), closed(secretary, budget, note="Stillingen er ledig")

    assert (list(without.context["form"].errors), reasoned.status_code) == (["note"], 302)
    assert ClosedMonth.objects.get().note == "Stillingen er ledig"


def test_month_with_nothing_left_is_closed_without(secretary, budget):
    pay_salary(budget)
    reconcile(budget)

    assert closed(secretary, budget).status_code == 302


def test_month_with_drafts_is_never_closed(secretary, budget, line, other):
    draft(line, other, on=D(2011, 3, 15))

    answer = closed(secretary, budget, note="Haster")

    told = says("Vouchers of the month wait. Have them approved, move their date, or throw them away.")
    assert answer.context["form"].non_field_errors() == [told]


# --- The bank


def written(client, budget, **typed):
    return client.post(reverse("budget:bank", args=[budget.uuid, 3]), typed)


def paid(programme, amount):
    fact = grant(programme, "municipality", amount)
    fact.__class__.record(
        by=None, budget=fact.budget, funder=fact.funder, stage="paid", amount=amount, happened_on=D(2011, 3, 15)
    )


def test_difference_from_the_ledger_is_explained(secretary, programme, budget, line):
    paid(programme, Decimal(1000))
    make.posting(line=line, amount=Decimal("400.25"), text="Måling", happened_on=D(2011, 3, 31))

    without = written(secretary, budget, amount="599,70")
    explained = written(secretary, budget, amount="599,70", note="Gebyr på 5 øre")

    assert (list(without.context["form"].errors), explained.status_code) == (["note"], 302)


def test_balance_that_agrees_needs_no_words(secretary, programme, budget, line):
    paid(programme, Decimal(1000))
    make.posting(line=line, amount=Decimal("400.25"), text="Måling", happened_on=D(2011, 3, 31))
    make.posting(line=line, amount=Decimal(1), text="Måling", happened_on=D(2011, 4, 1))

    assert written(secretary, budget, amount="599,75").status_code == 302


def test_overdrawn_account_has_a_minus(secretary, budget, line):
    make.posting(line=line, amount=Decimal(400), text="Måling", happened_on=D(2011, 3, 31))

    written(secretary, budget, amount="-400")

    assert BankBalance.objects.get().amount == -400


def test_bank_is_reconciled_once_a_month(secretary, budget):
    reconcile(budget)

    assert refused_by(reconcile, budget) == "budget_bank_balance_once"
    assert written(secretary, budget, amount="0").status_code == 302
    assert BankBalance.objects.count() == 1


# --- Explanations in the account


def test_account_shows_the_latest_explanation_as_of_the_day(client_of, programme, budget, line):
    for day, text in ((D(2011, 4, 1), "Først dette"), (D(2011, 5, 1), "Siden dette")):
        Explanation.record(by=None, line=line, text=text, happened_on=day)
    grant(programme, "municipality", 800_000)
    reader = client_of(make.user_with_role(programme, "caseworker"))

    days = ("03-31", "04-30", "05-01")
    pages = {day: reader.get("/oekonomi/", {"on": f"2011-{day}"}).content.decode() for day in days}

    told = {day: [text for text in ("Først dette", "Siden dette") if text in page] for day, page in pages.items()}
    assert told == {"03-31": [], "04-30": ["Først dette"], "05-01": ["Siden dette"]}


def test_file_of_the_account_holds_the_explanation(client_of, programme, budget, line):
    Explanation.record(by=None, line=line, text="Et ekstra interview", happened_on=D(2011, 4, 1))
    grant(programme, "municipality", 800_000)
    reader = client_of(make.user_with_role(programme, "caseworker"))

    answer = reader.get("/oekonomi/", {"format": "csv", "on": "2011-05-01"}).content.decode("utf-8-sig")

    assert "Et ekstra interview" in answer


# --- The administration, where the Foundation works


def closed_by_the_foundation(client_of, other, budget):
    told = {"action": "close_next_month", "_selected_action": [budget.pk]}
    return client_of(other).post(reverse("admin:budget_budget_changelist"), told, follow=True).content.decode()


def test_administration_closes_the_next_month_when_its_list_is_done(client_of, budget, other):
    undone = closed_by_the_foundation(client_of, other, budget)
    for month in (1, 2):
        pay_salary(budget, happened_on=D(2011, month, 28), voucher=f"L{month}")
        BankBalance.record(by=None, budget=budget, month=D(2011, month, 1), amount=0, happened_on=D(2011, 4, 5))
    done = [closed_by_the_foundation(client_of, other, budget) for _ in range(2)]

    assert "Lønnen er bogført" in undone
    assert ["er lukket" in page for page in done] == [True, True]
    assert [one.month.month for one in ClosedMonth.objects.order_by("month")] == [1, 2]
