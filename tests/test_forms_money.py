"""Bad input in the ledger and the funding: a clear message beside the field, what was typed is kept, nothing saved."""

from decimal import Decimal

import pytest

from budget.models import Commitment, Instalment, Reallocation, Voucher
from tests.doors import CPR, TOMORROW, D, assert_refused, hidden_of, saved, says, send
from tests.good_input import GOOD

pytestmark = pytest.mark.django_db


NO_DATE = "Write a date that exists, such as 31.12.2011."
FUTURE = "The date is in the future. Record it when it has happened."
NO_AMOUNT = "Write an amount in kroner, such as 1.370.000,50."
ABOVE_ZERO = "The amount must be above 0 kr."
CPR_FOUND = "It looks like a CPR number. We may not store that."

DATED = {
    "budget:post": "happened_on",
    "budget:correct": "happened_on",
    "budget:edit_voucher": "happened_on",
    "budget:take_outlay": "happened_on",
    "budget:new_outlay": "spent_on",
    "budget:commit": "started_on",
    "budget:end_commitment": "ended_on",
    "budget:fund": "happened_on",
    "budget:approve": "happened_on",
    "budget:instalment": "due_on",
    "budget:edit_instalment": "due_on",
    "budget:terms": "happened_on",
    "budget:condition": "due_on",
    "budget:edit_condition": "due_on",
    "budget:condition_met": "happened_on",
    "budget:reallocate": "asked_on",
    "budget:reallocation_decision": "happened_on",
}
MAY_BE_AHEAD = (
    "budget:commit", "budget:end_commitment", "budget:instalment", "budget:edit_instalment", "budget:condition",
    "budget:edit_condition",
)  # fmt: skip


@pytest.mark.parametrize(("door", "field"), DATED.items(), ids=DATED)
def test_impossible_date_is_refused(world, visitor, door, field):
    before = saved()

    response = send(world, visitor, door, **{field: "31.02.2011"})

    assert_refused(response, field, says(NO_DATE), "31.02.2011", before)


@pytest.mark.parametrize("door", [door for door in DATED if door not in MAY_BE_AHEAD])
def test_day_that_has_not_come_is_refused(world, visitor, door):
    before = saved()

    response = send(world, visitor, door, **{DATED[door]: TOMORROW})

    assert_refused(response, DATED[door], says(FUTURE), TOMORROW, before)


#: Credit notes are below zero, and so may a bank's balance be.
BELOW_ZERO = ("budget:post", "budget:correct", "budget:edit_voucher", "budget:take_outlay", "budget:bank")
#: Of a budget that is approved, an amount is not changed by its form: that door leads on to a reallocation.
WITH_AMOUNT = [door for door, good in GOOD.items() if door.startswith("budget:") and "amount" in good]


@pytest.mark.parametrize("door", WITH_AMOUNT)
def test_amount_that_is_none_is_refused(world, visitor, door):
    before = saved()

    response = send(world, visitor, door, amount="mange penge")

    assert_refused(response, "amount", says(NO_AMOUNT), "mange penge", before)


@pytest.mark.parametrize("door", [door for door in WITH_AMOUNT if door not in BELOW_ZERO])
@pytest.mark.parametrize("typed", ["0", "-5"])
def test_amount_that_is_not_above_zero_is_refused(world, visitor, door, typed):
    before = saved()

    response = send(world, visitor, door, amount=typed)

    assert_refused(response, "amount", says(ABOVE_ZERO), typed, before)


TEXTS = [
    ("budget:post", "text"),
    ("budget:post", "supplier"),
    ("budget:post", "reference"),
    ("budget:post", "note"),
    ("budget:post", "evidence_text"),
    ("budget:correct", "note"),
    ("budget:edit_voucher", "text"),
    ("budget:send_voucher_back", "reason"),
    ("budget:new_outlay", "purpose"),
    ("budget:refuse_outlay", "reason"),
    ("budget:commit", "text"),
    ("budget:fund", "source"),
    ("budget:fund", "given_by_office"),
    ("budget:approve", "note"),
    ("budget:terms", "case_number"),
    ("budget:terms", "note"),
    ("budget:condition", "text"),
    ("budget:edit_condition", "text"),
    ("budget:condition_met", "evidence_text"),
    ("budget:reallocate", "reason"),
    ("budget:forecast_method", "note"),
    ("budget:reallocation_decision", "note"),
]


@pytest.mark.parametrize(("door", "field"), TEXTS)
def test_cpr_number_is_refused(world, visitor, door, field):
    before = saved()

    response = send(world, visitor, door, **{field: CPR})

    assert_refused(response, field, says(CPR_FOUND), CPR, before)


# --- Postings


REFUSED = [
    pytest.param("0", {}, "The amount cannot be 0 kr.", id="nothing"),
    pytest.param(
        "-50",
        {},
        "An amount below 0 kr. is a credit note. Tick that it is one, or remove the minus.",
        id="below-zero-without-saying-so",
    ),
    pytest.param(
        "50", {"is_credit_note": "on"}, "A credit note has a minus before its amount.", id="credit-note-above-zero"
    ),
]


@pytest.mark.parametrize(("typed", "more", "message"), REFUSED)
def test_posting_with_a_wrong_amount_is_refused(world, visitor, typed, more, message):
    before = saved()

    response = send(world, visitor, "budget:post", amount=typed, **more)

    assert_refused(response, "amount", says(message), typed, before)


def test_credit_note_is_recorded_below_zero(world, visitor):
    send(world, visitor, "budget:post", amount="-50,25", is_credit_note="on")

    assert Voucher.objects.latest("pk").amount == Decimal("-50.25")


def test_invoice_that_is_entered_already_is_refused(world, visitor):
    send(world, visitor, "budget:post")
    before = saved()

    response = send(world, visitor, "budget:post")

    message = says("That invoice is entered already: the same supplier, invoice number and amount.")
    assert_refused(response, "reference", message, "F1", before)


def test_line_of_another_programme_is_refused(world, visitor):
    theirs = world.twin.budgets.get().lines.first()
    before = saved()

    response = send(world, visitor, "budget:post", line=theirs.pk)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["line"]
    assert saved() == before


def test_reversal_before_its_posting_is_refused(world, visitor):
    before = saved()

    response = send(world, visitor, "budget:correct", happened_on="2011-02-28")

    message = says("The posting is of %(day)s; it cannot be reversed before.", day="1.\u00a0marts\u00a02011")
    assert_refused(response, "happened_on", message, "2011-02-28", before)


def test_commitment_that_ends_before_it_begins_is_refused(world, visitor):
    before = saved()

    response = send(world, visitor, "budget:commit", started_on="2011-05-26", ended_on="2011-05-25")

    assert_refused(response, "ended_on", says("The end is before the start."), "2011-05-25", before)


def test_end_of_a_commitment_before_its_start_is_refused(world, visitor):
    before = saved()

    response = send(world, visitor, "budget:end_commitment", ended_on="2011-02-28")

    assert_refused(response, "ended_on", says("The end is before the start."), "2011-02-28", before)


def test_ended_commitment_holds_to_its_last_day(world, visitor):
    send(world, visitor, "budget:end_commitment")

    assert Commitment.objects.current().get(uuid=world.rows["disponering"].uuid).ended_on == D(2011, 12, 31)


# --- Funding


def test_grant_that_nobody_has_decided_is_refused(world, visitor):
    before = saved()

    response = send(world, visitor, "budget:fund", stage="granted", source="Puljen")

    assert_refused(response, "decided_by", says("Say which body has granted the money."), {"source": "Puljen"}, before)


def test_grant_decided_by_another_funders_body_is_refused(world, visitor):
    body = world.programme.organisations.get(name="Udvalget")
    body.part_of = world.programme.organisations.get(kind="foundation")
    body.save()
    before = saved()

    response = send(world, visitor, "budget:fund", stage="granted", decided_by=body.pk, source="Puljen")

    message = says("That body does not decide for %(funder)s.", funder="Københavns Kommune")
    assert_refused(response, "decided_by", message, {"decided_by": body.pk, "source": "Puljen"}, before)


@pytest.mark.parametrize("kind", ["steering_group", "body"])
def test_body_that_decides_is_no_funder(world, visitor, kind):
    body = world.programme.organisations.get(kind=kind)

    response = send(world, visitor, "budget:fund", funder=body.pk)

    assert list(response.context["form"].errors) == ["funder"]


def test_payment_may_be_as_large_as_the_grant(world, visitor):
    assert send(world, visitor, "budget:fund", amount="800.000").status_code == 302


def test_payment_above_the_grant_is_refused(world, visitor):
    send(world, visitor, "budget:fund", amount="400.000")
    before = saved()

    response = send(world, visitor, "budget:fund", amount="400.000,01")

    message = says(
        "%(granted)s is granted and %(paid)s paid already, so at most %(left)s can be paid.",
        granted="800.000\u00a0kr.",
        paid="400.000\u00a0kr.",
        left="400.000\u00a0kr.",
    )
    assert_refused(response, "amount", message, "400.000,01", before)


def test_approval_by_a_body_that_has_approved_is_refused(world, visitor):
    body = world.programme.organisations.get(name="Udvalget")
    before = saved()

    response = send(world, visitor, "budget:approve", body=body.pk)

    assert_refused(response, "body", says("The approval is recorded already."), str(body.pk), before)


def test_instalment_on_a_day_that_has_one_is_refused(world, visitor):
    taken = world.rows["instalment"]
    before = saved()

    response = send(world, visitor, "budget:instalment", funder="foundation", due_on=taken.due_on.isoformat())

    message = says("An instalment on that day is written down already.")
    assert_refused(response, "due_on", message, {"due_on": taken.due_on, "amount": "400.000"}, before)


def test_instalment_that_somebody_has_changed_meanwhile_is_shown(world, visitor):
    planned, url = world.rows["instalment"], world.url("budget:edit_instalment")
    opened = visitor.get(url)
    Instalment.objects.filter(pk=planned.pk).update(amount=2000)

    response = visitor.post(
        url,
        {"funder": planned.funder_id, "due_on": "2011-10-01", "amount": "3.000"} | hidden_of(opened),
    )

    assert response.status_code == 200
    assert response.context["difference"]
    assert Instalment.objects.get(pk=planned.pk).amount == 2000


# --- Reallocations


def test_reallocation_from_a_line_to_itself_is_refused(world, visitor):
    before = saved()

    response = send(world, visitor, "budget:reallocate", to_line="line")

    kept = {"to_line": world.rows["line"].pk, "reason": "Ekstra hold"}
    assert_refused(response, "to_line", says("Choose two different lines."), kept, before)


def test_reallocation_between_budgets_is_refused(world, visitor):
    theirs = world.twin.budgets.get().lines.first()

    response = send(world, visitor, "budget:reallocate", to_line=theirs.pk)

    assert list(response.context["form"].errors) == ["to_line"]


def test_reallocation_of_more_than_is_left_is_saved_with_a_warning(world, visitor):
    send(world, visitor, "budget:reallocate", amount="300.000")

    assert Reallocation.objects.filter(amount=300_000).exists()
    assert "message-finding" in visitor.get("/oekonomi/").content.decode()


def test_funder_that_has_answered_is_refused(world, visitor):
    before = saved()

    response = send(world, visitor, "budget:reallocation_decision", funder="foundation")

    message = says("The funder's decision is recorded already.")
    funder = world.programme.organisations.get(kind="foundation")
    assert_refused(response, "funder", message, {"funder": funder.pk, "happened_on": "2011-10-04"}, before)


def test_answer_older_than_the_question_is_refused(world, visitor):
    before = saved()

    response = send(world, visitor, "budget:reallocation_decision", happened_on="2011-09-11")

    message = says("It was asked for on %(day)s; the answer cannot be older.", day="12.\u00a0september\u00a02011")
    assert_refused(response, "happened_on", message, "2011-09-11", before)
