"""The plan's own money: the budget is approved, instalments are held against payments, reallocations are answered."""

from decimal import Decimal

import pytest

from budget.instalments import held_against
from budget.models import Budget, BudgetApproval, FundingFact, Instalment
from programme.models import Organisation
from tests.doors import D, html_of, says
from tests.money import GRANTS, answer, ask_for, grant


def test_proposed_budget_offers_to_record_the_approval(programme, client_of, secretariat):
    visitor, plan = client_of(secretariat), Budget.objects.get(programme=programme)
    body = Organisation.objects.get(programme=programme, kind="steering_group")
    door = f"/oekonomi/budget/{plan.uuid}/godkendelse/"

    proposed = html_of(visitor.get("/oekonomi/"))
    visitor.post(door, {"body": body.pk, "happened_on": "2011-01-31"})
    approved = html_of(visitor.get("/oekonomi/"))

    assert (door in proposed, door in approved) == (True, False)
    assert BudgetApproval.objects.current().get(budget=plan).body == body


def pay(plan, funder, amount, on):
    return FundingFact(budget=plan, funder=funder, stage="paid", amount=Decimal(amount), happened_on=on)


@pytest.mark.parametrize(
    ("day", "states"),
    [
        pytest.param(D(2011, 3, 14), ["due", "due"], id="before"),
        pytest.param(D(2011, 3, 15), ["paid", "due"], id="paid-on-the-day"),
        pytest.param(D(2011, 9, 1), ["paid", "due"], id="due-on-the-day"),
        pytest.param(D(2011, 9, 2), ["paid", "late"], id="late-from-the-day-after"),
        pytest.param(D(2011, 10, 9), ["paid", "late"], id="paid-in-part"),
        pytest.param(D(2011, 10, 10), ["paid", "paid"], id="the-rest-is-paid"),
    ],
)
def test_payments_cover_instalments_in_their_order(programme, day, states):
    plan = Budget.objects.get(programme=programme)
    city = Organisation.objects.get(programme=programme, kind="municipality")
    planned = [
        Instalment.objects.create(budget=plan, funder=city, due_on=due, amount=400_000)
        for due in (D(2011, 3, 15), D(2011, 9, 1))
    ]
    paid = [
        pay(plan, city, "400000", D(2011, 3, 15)),
        pay(plan, city, "399999.99", D(2011, 10, 1)),
        pay(plan, city, "0.01", D(2011, 10, 10)),
    ]

    assert [one.state for one in held_against(planned, paid, day)] == states


def test_reallocation_that_nobody_can_answer_says_why(programme, client_of, secretariat):
    moved = ask_for(Budget.objects.get(programme=programme))

    response = client_of(secretariat).get(f"/oekonomi/omdisponering/{moved.uuid}/svar/", follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        says("No funder had granted money when it was asked for, so nobody can answer.")
    ]


def test_reallocation_tells_who_has_said_no(programme, client_of, secretariat):
    for kind, amount in GRANTS:
        grant(programme, kind, amount)
    answer(ask_for(Budget.objects.get(programme=programme)), "municipality", "refused", on=D(2011, 10, 4))

    page = html_of(client_of(secretariat).get("/oekonomi/"))

    assert says("Refused") in page
    assert says("by %(funder)s", funder="Københavns Kommune") in page
