"""Forms of the funding and of a grant's terms: what is refused is said beside its field, and what they lead to."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budget.granted import why_grant_stays
from budget.models import ConditionMet, GrantTerms, Instalment
from budget.terms import terms_of as terms
from bydelsmoedre.moment import Moment
from tests.doors import D, assert_refused, filled, hidden_of, html_of, retract, saved, says, send
from tests.money import demand, grant
from tests.refusing import refused_by
from tests.world import PERSONAL

pytestmark = pytest.mark.django_db

# --- Payments and grants


def test_payment_before_its_grant_is_refused(world, visitor):
    before = saved()

    response = send(world, visitor, "budget:fund", happened_on="2011-01-30")

    message = says(
        "The funder has granted nothing by %(day)s. Record the grant first.", day="30.\u00a0januar\u00a02011"
    )
    assert_refused(response, "amount", message, "400.000", before)


def test_payment_dated_in_between_is_refused_by_what_is_granted_by_then(world, visitor):
    grant(world.programme, "municipality", 100_000, on=D(2011, 9, 1))
    before = saved()

    response = send(world, visitor, "budget:fund", amount="800.000,01", happened_on="2011-08-31")

    message = says(
        "By %(day)s only %(granted)s is granted and %(paid)s is paid, so at most %(left)s can be paid.",
        day="31.\u00a0august\u00a02011",
        granted="800.000\u00a0kr.",
        paid="0\u00a0kr.",
        left="800.000\u00a0kr.",
    )
    assert_refused(response, "amount", message, "800.000,01", before)


def smaller(world, visitor, **typed):
    group = world.programme.organisations.get(kind="steering_group").pk
    given = {"funder": "foundation", "stage": "granted", "amount": "500.000", "happened_on": "2011-01-31"}
    return send(world, visitor, "budget:fund", decided_by=group, **(given | typed))


@pytest.fixture
def ungranted(world):
    """The Foundation has promised 570.000, and its grant is retracted."""
    granted = world.rows["budget"].funding.get(stage="granted", funder__kind="foundation")
    granted.retract(by=None, reason="Tal forkert")


def test_grant_smaller_than_its_promise_is_asked_about(world, visitor, ungranted):
    before = saved()

    response = smaller(world, visitor)

    message = says(
        "By %(day)s %(funder)s has promised %(promised)s, but only %(granted)s is granted. If that is right, tick that "
        "the grant is smaller than promised.",
        day="31.\u00a0januar\u00a02011",
        funder="Fonden for Socialt Ansvar",
        promised="570.000\u00a0kr.",
        granted="500.000\u00a0kr.",
    )
    assert_refused(response, "amount", message, "500.000", before)


def test_grant_that_is_said_to_be_smaller_is_recorded(world, visitor, ungranted):
    assert smaller(world, visitor, is_smaller="on").status_code == 302


def test_grant_as_promised_needs_no_tick(world, visitor, ungranted):
    assert smaller(world, visitor, amount="570.000").status_code == 302


def test_retraction_of_a_grant_that_payments_need_is_refused_with_words(world, visitor):
    granted = world.rows["finansiering"]
    send(world, visitor, "budget:fund", amount="500.000")
    before = saved()

    response = retract(visitor, "finansiering", granted)

    (message,) = response.context["form"].non_field_errors()
    assert message == why_grant_stays(granted)
    assert "500.000\u00a0kr." in message
    assert saved() == before


def test_grant_that_no_payment_needs_is_retracted(world, visitor):
    send(world, visitor, "budget:fund", amount="500.000", happened_on="2011-03-15")
    more = grant(world.programme, "municipality", 100_000, on=D(2011, 9, 1))

    assert retract(visitor, "finansiering", more).status_code == 302


# --- Terms


def terms_of(world):
    return list(
        GrantTerms.objects.current()
        .filter(budget=world.rows["budget"], funder__kind="foundation")
        .order_by("happened_on")
    )


def test_terms_of_the_same_day_are_corrected(world, visitor):
    old = world.rows["vilkaar"]

    send(world, visitor, "budget:terms")

    (new,) = terms_of(world)
    assert (new.uuid, new.reallocation_share, new.reallocation_amount) == (old.uuid, Decimal("12.50"), 50_000)
    assert (new.case_number, new.unused, new.asks_about_salaries) == ("2011-99", "carried_over", False)
    assert (new.evidence, GrantTerms.objects.get(pk=old.pk).retracted_at) == (old.evidence, new.recorded_at)


def test_terms_of_a_later_day_hold_from_then(world, visitor):
    send(world, visitor, "budget:terms", happened_on="2011-09-01")

    old, new = terms_of(world)
    found = [terms(world.rows["budget"].uuid, Moment(D(2011, month, day))) for month, day in ((8, 31), (9, 1))]
    assert [one[old.funder.uuid] for one in found] == [old, new]


def test_terms_of_a_day_that_has_other_terms_are_refused(world, visitor):
    send(world, visitor, "budget:terms", happened_on="2011-09-01")
    before = saved()

    response = send(world, visitor, "budget:terms", happened_on="2011-01-31")

    message = says("The funder has terms from that day already.")
    assert_refused(response, "happened_on", message, "2011-01-31", before)


def test_terms_that_somebody_has_changed_meanwhile_are_shown(world, visitor):
    url = world.url("budget:terms")
    opened = visitor.get(url)
    world.rows["vilkaar"].supersede(by=None, reason="Læst forkert", reallocation_share=Decimal(20))
    sent = filled(world, "budget:terms", opened)

    stale = visitor.post(url, sent)
    again = visitor.post(url, sent | hidden_of(stale))

    assert (stale.status_code, again.status_code) == (200, 302)
    assert [(one.opened, one.theirs, one.yours) for one in stale.context["difference"]] == [("10.00", "20.00", "12,5")]
    assert terms_of(world)[0].reallocation_share == Decimal("12.50")


@pytest.mark.parametrize("typed", ["7,5", "7.5", "7,5 %"])
def test_share_is_read_as_it_is_written(world, visitor, typed):
    send(world, visitor, "budget:terms", reallocation_share=typed)

    assert terms_of(world)[0].reallocation_share == Decimal("7.50")


@pytest.mark.parametrize("typed", ["-1", "100,01", "mange"])
def test_share_that_is_none_is_refused(world, visitor, typed):
    before = saved()

    response = send(world, visitor, "budget:terms", reallocation_share=typed)

    assert list(response.context["form"].errors) == ["reallocation_share"]
    assert f'value="{typed}"' in response.content.decode()
    assert saved() == before


def test_terms_begin_on_the_day_of_the_grant(world, visitor):
    city = world.programme.organisations.get(kind="municipality")
    url = reverse("budget:terms", args=[world.rows["budget"].uuid, city.uuid])

    form = visitor.get(url).context["form"]

    shown = {name: form[name].value() for name in ("happened_on", "reallocation_amount", "asks_about_salaries")}
    assert shown == {"happened_on": D(2011, 1, 31), "reallocation_amount": "100.000", "asks_about_salaries": True}


def test_organisation_without_money_has_no_terms(world, visitor):
    group = world.programme.organisations.get(kind="steering_group")

    assert visitor.get(reverse("budget:terms", args=[world.rows["budget"].uuid, group.uuid])).status_code == 404


# --- Conditions


def test_condition_is_met_with_something_that_proves_it_only(world, visitor):
    before = saved()

    response = send(world, visitor, "budget:condition_met", evidence_text="")

    message = says("Say what proves that the condition is met, or attach it.")
    assert_refused(response, "evidence_text", message, {"happened_on": "2011-09-26"}, before)


def test_condition_that_is_met_lets_its_instalment_go(world, visitor):
    page = html_of(visitor.get("/oekonomi/"))

    response = send(world, visitor, "budget:condition_met")

    after = visitor.get(response["Location"])
    lacks = says("lacks: %(conditions)s", conditions="Regnskab 0 er sendt")
    assert (lacks in page, lacks in html_of(after)) == (True, False)
    assert [str(one) for one in after.context["messages"]] == [
        says("The condition is met. The instalment of %(day)s is no longer held back.", day="1.\u00a0februar\u00a02012")
    ]


def test_condition_that_is_met_says_what_else_holds_the_instalment_back(world, visitor):
    held = world.rows["condition"].instalment
    demand(held.budget, "foundation", "Revisor er valgt", instalment=held)

    response = send(world, visitor, "budget:condition_met")

    (message,) = visitor.get(response["Location"]).context["messages"]
    assert str(message).endswith("Revisor er valgt.")


def asked_to_mark_as_met(world, visitor):
    with CaptureQueriesContext(connection) as asked:
        assert send(world, visitor, "budget:condition_met").status_code == 302
    ConditionMet.objects.current().get(condition=world.rows["condition"]).retract(by=None, reason="Forkert brev")
    return len(asked)


def test_marking_as_met_asks_as_much_where_many_conditions_hold_the_instalment_back(world, visitor):
    held = world.rows["condition"].instalment
    demand(held.budget, "foundation", "Revisor er valgt", instalment=held)
    of_one = asked_to_mark_as_met(world, visitor)
    for number in range(3):
        demand(held.budget, "foundation", f"Bilag {number}", instalment=held)

    assert asked_to_mark_as_met(world, visitor) == of_one


@pytest.mark.parametrize("page", ["", "slet/"], ids=["correct", "delete"])
def test_condition_that_is_met_stays(world, visitor, page):
    met = world.rows["betingelse-opfyldt"].condition

    response = visitor.post(f"/oekonomi/betingelse/{met.uuid}/{page}", follow=True)

    assert [str(one) for one in response.context["messages"]] == [
        says("The condition has been marked as met, so it stays as it is.")
    ]


def test_condition_holds_back_an_instalment_of_its_own_grant_only(world, visitor):
    city = world.programme.organisations.get(kind="municipality")
    theirs = Instalment.objects.create(
        budget=world.rows["budget"], funder=city, due_on=D(2011, 9, 1), amount=Decimal(1000)
    )
    before = saved()

    response = send(world, visitor, "budget:condition", instalment=theirs.pk)

    assert list(response.context["form"].errors) == ["instalment"]
    assert saved() == before
    assert refused_by(demand, world.rows["budget"], "foundation", instalment=theirs) == "budget_condition_of_its_grant"


def test_instalment_that_is_held_back_keeps_its_funder_and_is_not_deleted(world, visitor):
    held = world.rows["condition"].instalment
    city = world.programme.organisations.get(kind="municipality")
    url = reverse("budget:edit_instalment", args=[held.uuid])
    hidden = hidden_of(visitor.get(url))

    moved = visitor.post(url, hidden | {"funder": city.pk, "due_on": "2012-02-01", "amount": "1.000"})
    deleted = visitor.post(reverse("budget:delete_instalment", args=[held.uuid]), follow=True)

    assert list(moved.context["form"].errors) == ["funder"]
    assert [str(one) for one in deleted.context["messages"]] == [
        says("A condition holds the instalment back. Delete or change the condition first.")
    ]
    assert Instalment.objects.get(pk=held.pk).funder == held.funder


# --- Who reads what


def test_municipality_reads_the_terms_without_notes_and_papers(world):
    page = html_of(world.client("caseworker").get("/oekonomi/"))

    assert "F-2011-17" in page
    assert "Regnskab 0 er sendt" in page
    assert says("It is paid back.") in page
    assert PERSONAL not in page
    assert "/vilkaar/" not in page
    assert "/betingelse" not in page
