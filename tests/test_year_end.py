"""The year's end: from closed months to the lock, which the database keeps; unused money to the øre."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from budget.models import Budget, ClosedMonth, Commitment, YearEnd
from programme.models import Organisation
from tests import factories as make
from tests.doors import says, sent
from tests.money import grant
from tests.refusing import refused_by

D = dt.date
KR = Decimal
pytestmark = pytest.mark.django_db
JANUARY = D(2012, 1, 20)


@pytest.fixture
def budget(programme):
    return Budget.objects.get(programme=programme, year=2011)


@pytest.fixture
def clerk(programme):
    return make.user_with_role(programme, "secretariat")


@pytest.fixture
def other(programme):
    return make.user_with_role(programme, "foundation")


@pytest.fixture
def spent(programme, budget):
    """All of two grants but 25.000 kr., as in the demonstration year."""
    for kind, amount in (("municipality", 800_000), ("foundation", 570_000)):
        grant(programme, kind, amount)
    make.posting(line=budget.lines.get(number=1), amount=KR(1_345_000), text="Løn", happened_on=D(2011, 12, 1))


def close_months(budget, by, count=12):
    for month in range(1, count + 1):
        ClosedMonth.record(by=by, budget=budget, month=D(2011, month, 1), happened_on=JANUARY)


def lock(budget, by):
    return YearEnd.record(by=by, budget=budget, kind="lock", happened_on=D(2012, 2, 1))


def left(client, budget):
    steps = client.get(reverse("budget:year_end", args=[budget.uuid])).context["steps"]
    return [step.name for step in steps if not step.is_done]


def settled(client, budget, kind, amount, **more):
    funder = Organisation.objects.get(programme=budget.programme, kind=kind)
    url = reverse("budget:settle", args=[budget.uuid, funder.uuid])
    return client.post(url, {"outcome": "repaid", "amount": amount, "happened_on": "2012-01-20"} | more)


def test_year_is_taken_from_its_closed_months_to_the_lock(secretary, budget, clerk, spent):
    make.posting(line=budget.lines.get(number=1), amount=KR(-845_000), text="Flyttet", happened_on=D(2011, 12, 2))
    make.posting(line=budget.lines.get(number=2), amount=KR(245_000), text="Koncept", happened_on=D(2011, 12, 2))
    make.posting(line=budget.lines.get(number=3), amount=KR(600_000), text="Hold", happened_on=D(2011, 12, 2))
    names = left(secretary, budget)
    assert names == [
        "Alle måneder er lukket",
        "Afvigelser er forklaret",
        "Ledelseserklæringen er underskrevet",
        "Uforbrugte midler er afregnet med Københavns Kommune",
        "Uforbrugte midler er afregnet med Fonden for Socialt Ansvar",
        "Året er låst",
    ]

    close_months(budget, clerk)
    secretary.post(
        reverse("budget:explain", args=[budget.lines.get(number=3).uuid]),
        {"text": "Et hold mere", "happened_on": "2011-12-31"},
    )
    declared = reverse("budget:year_step", args=[budget.uuid, "declaration"])
    without = secretary.post(declared, {"happened_on": "2012-01-20"})
    assert list(without.context["form"].errors) == ["evidence_text"]
    secretary.post(declared, {"happened_on": "2012-01-20", "evidence_text": "Sag 2012-7"})
    assert settled(secretary, budget, "municipality", "14.598,54").status_code == 302
    locking = reverse("budget:year_step", args=[budget.uuid, "lock"])
    early = secretary.post(locking, {"happened_on": "2012-02-01"})
    assert "Fonden for Socialt Ansvar" in early.context["form"].non_field_errors()[0]
    assert settled(secretary, budget, "foundation", "10.401,46").status_code == 302

    assert left(secretary, budget) == ["Året er låst"]
    assert secretary.post(locking, {"happened_on": "2012-02-01"}).status_code == 302
    page = secretary.get(reverse("budget:year_end", args=[budget.uuid])).content.decode().replace("\xa0", " ")
    assert "31. december 2016" in page


def test_what_is_bound_at_the_years_end_is_booked_or_ended(secretary, budget):
    bound = "Det disponerede er bogført eller afsluttet"
    fact = Commitment.record(
        by=None, line=budget.lines.get(number=5), amount=15_000, text="Revisor", started_on=D(2011, 12, 1)
    )
    before = left(secretary, budget)
    fact.supersede(by=None, reason="Regningen er kommet", ended_on=D(2011, 12, 30))

    assert (bound in before, bound in left(secretary, budget)) == (True, False)


@pytest.mark.parametrize(("count", "is_refused"), [(11, True), (12, False)])
def test_database_locks_a_year_whose_months_are_closed(budget, clerk, count, is_refused):
    close_months(budget, clerk, count)

    if is_refused:
        assert refused_by(lock, budget, clerk) == "budget_year_of_closed_months"
    else:
        assert lock(budget, clerk).is_current


def test_month_of_a_locked_year_is_not_opened(budget, clerk, other):
    close_months(budget, clerk)
    locked = lock(budget, clerk)
    march = ClosedMonth.objects.get(month=D(2011, 3, 1))

    assert refused_by(march.retract, by=other, reason="Glemt") == "budget_year_is_open"

    locked.retract(by=other, reason="En regning kom for sent")
    march.refresh_from_db()
    march.retract(by=other, reason="Glemt")
    assert not march.is_current


def test_another_than_who_locked_the_year_opens_it(budget, clerk, other):
    close_months(budget, clerk)
    locked = lock(budget, clerk)

    assert refused_by(locked.retract, by=clerk, reason="Glemt") == "budget_year_opened_by_another"
    locked.refresh_from_db()
    locked.retract(by=other, reason="Glemt")
    assert not locked.is_current


WRONG = {
    "another-amount": ("14.598,53", {}, "note"),
    "nothing": ("0", {}, "amount"),
    "year-not-over": ("14.598,54", {"happened_on": "2011-12-31"}, "happened_on"),
    "no-outcome": ("14.598,54", {"outcome": ""}, "outcome"),
}


@pytest.mark.parametrize(("amount", "more", "field"), WRONG.values(), ids=WRONG)
def test_settlement_that_is_wrong_is_refused(secretary, budget, spent, amount, more, field):
    answer = settled(secretary, budget, "municipality", amount, **more)

    assert (list(answer.context["form"].errors), YearEnd.objects.count()) == ([field], 0)


def test_money_is_settled_with_a_funder_once(secretary, budget, spent):
    settled(secretary, budget, "municipality", "14.598,54")

    again = settled(secretary, budget, "municipality", "14.598,54")

    assert again.context["form"].non_field_errors() == [says("That is recorded already.")]


def test_funder_without_a_grant_is_not_settled_with(secretary, budget):
    assert settled(secretary, budget, "municipality", "1").status_code == 404


@pytest.mark.parametrize("kind", ["settled", "findes-ikke"])
def test_point_that_is_none_is_not_found(secretary, budget, kind):
    assert secretary.get(reverse("budget:year_step", args=[budget.uuid, kind])).status_code == 404


def retracted(client, fact):
    return sent(client, reverse("reports:retract", args=["aarsafslutning", fact.uuid]), reason="Glemt")


def test_pages_say_who_may_open_a_locked_year(client_of, budget, clerk, other):
    close_months(budget, clerk)
    signed = YearEnd.record(by=clerk, budget=budget, kind="declaration", happened_on=JANUARY)
    locked = lock(budget, clerk)
    march = ClosedMonth.objects.get(month=D(2011, 3, 1))
    own = says("You locked the year yourself. Another person must open it.")
    first = says("The year is locked. It must be opened first, by another person than who locked it.")

    refused = [
        retracted(client_of(clerk), locked),
        retracted(client_of(other), signed),
        sent(client_of(other), reverse("budget:reopen_month", args=[march.uuid]), reason="Glemt"),
    ]
    offered = {
        who: client_of(who)
        .get(reverse("budget:year_end", args=[budget.uuid]))
        .content.decode()
        .count("/traek-tilbage/")
        for who in (clerk, other)
    }

    assert [one.context["form"].non_field_errors() for one in refused] == [[own], [first], [first]]
    assert offered == {clerk: 0, other: 1}
    assert retracted(client_of(other), locked).status_code == 302
    assert retracted(client_of(other), signed).status_code == 302
