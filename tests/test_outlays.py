"""Outlays: sent from a phone, taken over as a voucher, approved by another, paid back, and followed by the sender."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from budget.models import Budget, Outlay, Posting, Voucher
from budget.vouchers import Part, book, write
from bydelsmoedre.moment import Moment, today
from programme.models import RoleGrant
from reports.findings import found
from tests import factories as make
from tests.doors import a_paper, says
from tests.doors import sent as sent_form
from tests.money import outlay
from tests.refusing import refused_by

D = dt.date
pytestmark = pytest.mark.django_db


@pytest.fixture
def association(programme):
    return make.founded_association(programme, name="Bydelsmødre i Tingbjerg")


@pytest.fixture
def coordinator(association):
    return make.local_coordinator(association)


@pytest.fixture
def line(programme):
    return Budget.objects.get(programme=programme, year=2011).lines.get(number=3)


@pytest.fixture
def clerk(programme):
    return make.user_with_role(programme, "secretariat")


@pytest.fixture
def approver(programme):
    return make.user_with_role(programme, "foundation")


def typed(**more):
    told = {"uuid": str(uuid.uuid4()), "amount": "149,95", "spent_on": "2011-05-02", "purpose": "Frugt til mødet"}
    return told | {"evidence_file": a_paper("kvittering.pdf")} | more


def taken(client, sent, line):
    url = reverse("budget:take_outlay", args=[sent.uuid])
    told = {"line": line.pk, "happened_on": "2011-05-02", "amount": "149,95", "text": "Frugt"}
    return client.post(url, told)


def test_outlay_goes_from_the_phone_to_the_ledger_and_back(client_of, association, coordinator, line, clerk, approver):
    hers = client_of(coordinator)
    states = []

    def look():
        states.append(Outlay.objects.get().state)
        page = hers.get(reverse("budget:outlay", args=[Outlay.objects.get().uuid])).content.decode()
        assert Outlay.objects.get().state_in_words in page

    hers.post(reverse("budget:new_outlay", args=[association.uuid]), typed())
    look()
    taken(client_of(clerk), Outlay.objects.get(), line)
    look()
    book(Voucher.objects.all(), by=approver)
    look()
    client_of(clerk).post(reverse("budget:pay_outlay", args=[Outlay.objects.get().uuid]), {"paid_on": today()})
    look()

    assert states == ["sent", "accepted", "booked", "paid"]
    posting = Posting.objects.get()
    assert (posting.amount, posting.association, posting.evidence) == (
        Decimal("149.95"),
        association,
        Outlay.objects.get().evidence,
    )


def test_outlay_sent_twice_is_stored_once(client_of, association, coordinator):
    url, told = reverse("budget:new_outlay", args=[association.uuid]), typed()

    answers = [client_of(coordinator).post(url, told | {"evidence_file": a_paper()}) for _ in range(2)]

    assert [one.status_code for one in answers] == [302, 302]
    assert Outlay.objects.count() == 1


REFUSED = {
    "no-receipt": ({"evidence_file": ""}, "evidence_file", "Add a photo of the receipt."),
    "account": (
        {"purpose": "Til konto 1234 1234567"},
        "purpose",
        "It looks like a bank account. Send that to the secretariat another way; we do not store it.",
    ),
    "cpr": ({"purpose": "Til 010170-1234"}, "purpose", "It looks like a CPR number. We may not store that."),
    "nothing": ({"amount": "0"}, "amount", "The amount must be above 0 kr."),
}


@pytest.mark.parametrize(("more", "field", "message"), REFUSED.values(), ids=REFUSED)
def test_outlay_that_is_wrong_is_refused(client_of, association, coordinator, more, field, message):
    answer = client_of(coordinator).post(reverse("budget:new_outlay", args=[association.uuid]), typed(**more))

    assert dict(answer.context["form"].errors) == {field: [says(message)]}
    assert not Outlay.objects.exists()


def test_refused_outlay_tells_why(client_of, association, coordinator, clerk):
    sent = outlay(association, coordinator, evidence=make.stored_paper(association.programme))

    client_of(clerk).post(reverse("budget:refuse_outlay", args=[sent.uuid]), {"reason": "Uden kvittering"})

    assert "Uden kvittering" in client_of(coordinator).get(sent.get_absolute_url()).content.decode()


def test_voucher_of_an_outlay_is_of_its_amount(client_of, association, coordinator, line, clerk):
    sent = outlay(association, coordinator, evidence=make.stored_paper(association.programme))
    url = reverse("budget:take_outlay", args=[sent.uuid])

    answer = client_of(clerk).post(
        url, {"line": line.pk, "happened_on": "2011-05-02", "amount": "1.499,50", "text": "Frugt"}
    )

    assert list(answer.context["form"].errors) == ["amount"]


def test_outlay_whose_draft_is_thrown_away_waits_again(client_of, association, coordinator, line, clerk):
    sent = outlay(association, coordinator, evidence=make.stored_paper(association.programme))
    taken(client_of(clerk), sent, line)

    client_of(clerk).post(reverse("budget:delete_voucher", args=[Voucher.objects.get().uuid]))

    assert Outlay.objects.get().state == "sent"


@pytest.mark.parametrize("page", ["take_outlay", "refuse_outlay"])
def test_outlay_that_is_taken_over_is_not_decided_again(client_of, association, coordinator, line, clerk, page):
    sent = outlay(association, coordinator, evidence=make.stored_paper(association.programme))
    taken(client_of(clerk), sent, line)

    answer = client_of(clerk).post(reverse(f"budget:{page}", args=[sent.uuid]), {"reason": "Nej"})

    assert (answer.status_code, Outlay.objects.get().state, Voucher.objects.count()) == (302, "accepted", 1)


def test_database_pays_back_only_what_is_booked(association, coordinator, line, clerk, client_of):
    sent = outlay(association, coordinator, evidence=make.stored_paper(association.programme))
    alone = refused_by(Outlay.objects.update, paid_on=D(2011, 6, 1))
    taken(client_of(clerk), sent, line)

    assert alone == "budget_outlay_paid_when_booked"
    assert refused_by(Outlay.objects.update, paid_on=D(2011, 6, 1)) == "budget_outlay_paid_when_booked"


def test_municipalitys_contact_who_is_a_local_coordinator_too_meets_no_outlay(programme, association, client_of):
    both = make.local_coordinator(association)
    RoleGrant.objects.create(user=both, programme=programme, role="caseworker")
    sent = outlay(association, both, evidence=make.stored_paper(programme))

    assert client_of(both).get(sent.get_absolute_url()).status_code == 404


def test_same_photo_twice_is_told_of(client_of, association, coordinator):
    url = reverse("budget:new_outlay", args=[association.uuid])

    said = [client_of(coordinator).post(url, typed(), follow=True).content.decode() for _ in range(2)]

    assert ["betales to gange" in page for page in said] == [False, True]


def test_outlay_that_waits_is_found_after_a_fortnight(
    programme, association, coordinator, line, clerk, client_of, approver
):
    sent = outlay(association, coordinator, evidence=make.stored_paper(programme))
    later = Moment(today() + dt.timedelta(15))

    def is_found():
        return [one.uuid for one in found(programme, later, codes=["outlay_waits"])] == [sent.uuid]

    told = [is_found()]
    taken(client_of(clerk), sent, line)
    told.append(is_found())  # it waits for the approval, which has a finding of its own
    book(Voucher.objects.all(), by=approver)
    told.append(is_found())
    client_of(clerk).post(reverse("budget:pay_outlay", args=[sent.uuid]), {"paid_on": today()})
    told.append(is_found())

    assert told == [True, False, True, False]
    assert found(programme, Moment(today() + dt.timedelta(14)), codes=["outlay_waits"]) == []


# --- Its voucher is of its amount, and taken back it waits again


def changed(client, voucher, **typed):
    url = reverse("budget:edit_voucher", args=[voucher.uuid])
    told = {"line": voucher.shares.get().line_id, "happened_on": "2011-05-02", "amount": "149,95", "text": "Frugt"}
    return sent_form(client, url, **told | typed)


def test_draft_of_an_outlay_keeps_its_amount_and_association(client_of, association, coordinator, line, clerk):
    taken(client_of(clerk), outlay(association, coordinator, evidence=make.stored_paper(association.programme)), line)
    voucher = Voucher.objects.get()

    wrong, right = changed(client_of(clerk), voucher, amount="9.149,95"), changed(client_of(clerk), voucher, text="Te")

    assert (list(wrong.context["form"].errors), right.status_code) == (["amount"], 302)
    voucher.refresh_from_db()
    assert (voucher.text, voucher.amount, voucher.shares.get().association) == ("Te", Decimal("149.95"), association)


def test_database_books_an_outlay_as_it_was_sent(client_of, association, coordinator, line, clerk, approver):
    taken(client_of(clerk), outlay(association, coordinator, evidence=make.stored_paper(association.programme)), line)
    voucher = Voucher.objects.get()
    voucher.amount = Decimal(9149)
    write(voucher, [Part(line, Decimal(9149))], by=clerk)

    assert refused_by(book, [voucher], by=approver) == "budget_outlay_as_sent"


@pytest.mark.parametrize(
    ("amount", "state"), [(Decimal(0), "sent"), (Decimal("149.95"), "booked"), (Decimal(150), "sent")]
)
def test_outlay_follows_the_correction_of_its_voucher(
    client_of, association, coordinator, line, clerk, approver, amount, state
):
    taken(client_of(clerk), outlay(association, coordinator, evidence=make.stored_paper(association.programme)), line)
    book(Voucher.objects.all(), by=approver)
    correction = Voucher(budget=line.budget, happened_on=D(2011, 6, 1), amount=amount, text="Rettet", note="Fejl")
    correction.corrects = Posting.objects.get().uuid

    book([write(correction, [Part(line, amount)] if amount else [], by=clerk)], by=approver)

    assert Outlay.objects.get().state == state


def test_outlay_that_is_paid_back_stays_so(client_of, association, coordinator, line, clerk, approver):
    taken(client_of(clerk), outlay(association, coordinator, evidence=make.stored_paper(association.programme)), line)
    book(Voucher.objects.all(), by=approver)
    client_of(clerk).post(reverse("budget:pay_outlay", args=[Outlay.objects.get().uuid]), {"paid_on": today()})
    correction = Voucher(budget=line.budget, happened_on=D(2011, 6, 1), amount=0, text="Rettet", note="Fejl")
    correction.corrects = Posting.objects.get().uuid

    book([write(correction, [], by=clerk)], by=approver)

    assert Outlay.objects.get().state == "paid"
