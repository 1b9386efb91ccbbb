"""Vouchers: entered by one person, approved by another, booked whole under numbers without gaps, never changed."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from budget.forms.vouchers import token
from budget.models import Budget, ClosedMonth, Posting, Voucher, VoucherShare
from budget.vouchers import NotBookable, Part, book, why_not, write
from bydelsmoedre.moment import Moment, today
from reports.findings import found
from tests import factories as make
from tests.doors import says
from tests.money import draft
from tests.refusing import refused_by

D = dt.date
KR = Decimal
pytestmark = pytest.mark.django_db


@pytest.fixture
def budget(programme):
    return Budget.objects.get(programme=programme, year=2011)


@pytest.fixture
def line(budget):
    return budget.lines.get(number=3)


@pytest.fixture
def clerk(programme):
    return make.user_with_role(programme, "secretariat", name="Anna")


@pytest.fixture
def approver(programme):
    return make.user_with_role(programme, "foundation", name="Bent")


def now(attempt, *args, **values):
    """Do it, and ask the database now what it asks at the end of a transaction."""
    with transaction.atomic():
        done = attempt(*args, **values)
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
    return done


# --- Two persons


def test_whoever_entered_it_does_not_approve_it(line, clerk):
    waits = draft(line, clerk)

    assert refused_by(book, [waits], by=clerk) == "budget_voucher_two_persons"
    assert why_not(waits, clerk) == says("You entered it yourself. Another person approves it.")


def test_approver_cannot_say_in_the_same_breath_that_another_entered_it(line, clerk, approver):
    waits = draft(line, approver)
    both = {"entered_by": clerk, "approved_by": approver}

    changed = refused_by(Voucher.objects.filter(pk=waits.pk).update, **both)

    assert changed == "budget_voucher_approved_as_it_stands"


def test_whoever_changes_a_draft_has_entered_it(line, clerk, approver):
    waits = draft(line, clerk)

    write(waits, [Part(line, KR("750.25"))], by=approver)

    assert refused_by(book, [waits], by=approver) == "budget_voucher_two_persons"
    assert now(book, [waits], by=clerk)[0].number == 1


def test_page_lets_the_other_approve_and_not_oneself(line, clerk, approver, client_of):
    waits = draft(line, clerk)
    typed = {"chosen": token(waits)}

    own, other = (client_of(who).post(reverse("budget:waiting"), typed) for who in (clerk, approver))

    assert (own.status_code, list(own.context["form"].errors)) == (200, ["chosen"])
    assert other.status_code == 302
    assert Posting.objects.get().recorded_by == approver


# --- Booked


def test_draft_is_in_no_account(line, clerk):
    draft(line, clerk)

    assert not Posting.objects.exists()


def test_booked_voucher_becomes_postings_of_its_parts(budget, line, clerk, approver):
    other = budget.lines.get(number=5)
    waits = draft(line, clerk, amount=KR(100))
    write(waits, [Part(line, KR("33.33")), Part(other, KR("66.67"))], by=clerk)

    (booked,) = now(book, [waits], by=approver)

    columns = ("line", "amount", "happened_on", "voucher", "booked_from", "source")
    assert list(Posting.objects.order_by("pk").values_list(*columns)) == [
        (line.pk, KR("33.33"), D(2011, 5, 2), "B2011-0001", booked.pk, ""),
        (other.pk, KR("66.67"), D(2011, 5, 2), "B2011-0001", booked.pk, ""),
    ]


CHANGES = {
    "text": lambda one: Voucher.objects.filter(pk=one.pk).update(text="Andet"),
    "number": lambda one: Voucher.objects.filter(pk=one.pk).update(number=7),
    "approver": lambda one: Voucher.objects.filter(pk=one.pk).update(approved_by=make.UserFactory()),
    "deleted": lambda one: Voucher.objects.filter(pk=one.pk)._raw_delete("default"),
    "part-changed": lambda one: VoucherShare.objects.filter(voucher=one).update(amount=1),
    "part-added": lambda one: VoucherShare.objects.create(voucher=one, line=one.shares.get().line, amount=1),
    "part-deleted": lambda one: VoucherShare.objects.filter(voucher=one).delete(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_booked_voucher_stays_as_it_is(line, clerk, approver, change):
    (booked,) = now(book, [draft(line, clerk)], by=approver)

    assert refused_by(change, booked) == "budget_voucher_booked_stays"


def approve_alone(voucher, by):
    Voucher.objects.filter(pk=voucher.pk).update(approved_by=by)


def test_voucher_is_not_approved_without_being_booked(line, clerk, approver):
    refused = refused_by(now, approve_alone, draft(line, clerk), approver)

    assert refused == "budget_voucher_booked_as_it_stands"


STRANGE = {
    "another-amount": {"amount": KR(1)},
    "another-day": {"happened_on": D(2011, 5, 3)},
    "another-recorder": {"recorded_by": None},
}


@pytest.mark.parametrize("values", STRANGE.values(), ids=STRANGE)
def test_posting_that_differs_from_its_voucher_is_refused(line, clerk, approver, values):
    waits = draft(line, clerk)

    def differently():
        approve_alone(waits, approver)
        told = {"line": line, "amount": waits.amount, "happened_on": waits.happened_on, "recorded_by": approver}
        Posting(text="Leje", booked_from=waits, **(told | values)).save()

    assert refused_by(now, differently) == "budget_voucher_booked_as_it_stands"


def test_nothing_is_booked_from_a_draft(line, clerk):
    waits = draft(line, clerk)
    told = {"line": line, "amount": waits.amount, "happened_on": waits.happened_on, "text": "Leje"}

    refused = refused_by(now, Posting.record, by=clerk, booked_from=waits, **told)

    assert refused == "budget_voucher_booked_as_it_stands"


def test_nothing_more_is_booked_from_a_voucher_later(line, clerk, approver):
    (booked,) = now(book, [draft(line, clerk)], by=approver)
    told = {"line": line, "amount": KR(5), "happened_on": booked.happened_on, "text": "Mere"}

    refused = refused_by(now, Posting.record, by=approver, booked_from=booked, **told)

    assert refused == "budget_voucher_booked_as_it_stands"


def test_posting_without_voucher_and_without_accounting_system_is_refused(line):
    assert refused_by(make.posting, line=line, amount=1, happened_on=D(2011, 3, 1), text="Te", source="") == (
        "budget_posting_has_origin"
    )


def test_voucher_of_another_year_is_refused(line, clerk):
    assert refused_by(draft, line, clerk, on=D(2012, 1, 1)) == "budget_voucher_of_the_year"


def test_part_of_another_budget_is_refused(line, clerk):
    waits = draft(line, clerk)

    assert (
        refused_by(write, waits, [Part(make.BudgetLineFactory(), waits.amount)], by=clerk) == "budget_share_in_budget"
    )


# --- Numbers


def test_numbers_follow_the_day_without_gaps(line, clerk, approver):
    days = [D(2011, 5, 4), D(2011, 5, 2), D(2011, 5, 3)]
    now(book, [draft(line, clerk, on=day, number=place) for place, day in enumerate(days)], by=approver)
    now(book, [draft(line, clerk, on=D(2011, 4, 1), number=9)], by=approver)

    numbers = Voucher.objects.order_by("happened_on").values_list("number", flat=True)
    assert list(numbers) == [4, 1, 2, 3]


def test_number_of_what_was_not_booked_after_all_is_given_to_the_next(line, clerk, approver):
    with pytest.raises(IntegrityError), transaction.atomic():
        book([draft(line, clerk, number=1), draft(line, approver, number=2)], by=approver)

    assert now(book, [draft(line, clerk, number=3)], by=approver)[0].name == "B2011-0001"


# --- All or nothing


def test_one_that_cannot_be_booked_holds_the_others_back(budget, line, clerk, approver, client_of):
    waits = [draft(line, clerk, on=D(2011, month, 2), number=month) for month in (3, 4)]
    ClosedMonth.record(by=clerk, budget=budget, month=D(2011, 3, 1), happened_on=D(2011, 5, 10))

    answer = client_of(approver).post(reverse("budget:waiting"), {"chosen": [token(one) for one in waits]})

    assert answer.status_code == 200
    assert "er lukket" in str(answer.context["form"].errors["chosen"])
    assert not Posting.objects.exists()


def test_draft_that_was_changed_meanwhile_is_not_booked(line, clerk, approver, client_of):
    waits = draft(line, clerk)
    shown = token(waits)
    write(waits, [Part(line, KR(9000))], by=clerk)

    answer = client_of(approver).post(reverse("budget:waiting"), {"chosen": shown})

    assert (answer.status_code, Posting.objects.count()) == (200, 0)


def test_draft_that_was_changed_while_it_is_being_booked_is_not(line, clerk, approver):
    waits = draft(line, clerk)
    as_shown = Voucher.objects.get(pk=waits.pk)
    write(waits, [Part(line, waits.amount)], by=clerk)

    with pytest.raises(NotBookable):
        book([as_shown], by=approver)


# --- Sent back


def test_draft_that_is_sent_back_waits_until_it_is_mended(line, clerk, approver, client_of):
    waits = draft(line, clerk)
    client_of(approver).post(reverse("budget:send_voucher_back", args=[waits.uuid]), {"reason": "Vedlæg regningen"})
    waits.refresh_from_db()

    assert (waits.returned_reason, Voucher.objects.filter(returned_reason="").exists()) == ("Vedlæg regningen", False)
    with pytest.raises(NotBookable):
        book([waits], by=approver)

    write(waits, [Part(line, waits.amount)], by=clerk)
    assert now(book, [waits], by=approver)[0].number == 1


# --- Corrected


def correct(posting, day=D(2011, 6, 1), amount=KR(0), parts=(), by=None):
    one = Voucher(budget=posting.line.budget, happened_on=day, amount=amount, text="Rettet", note="Fejl")
    one.corrects = posting.uuid
    return write(one, parts, by=by)


def test_correction_takes_back_and_books_anew_at_once(budget, line, clerk, approver):
    right = budget.lines.get(number=5)
    now(book, [draft(line, clerk, amount=KR(500))], by=approver)
    wrong = Posting.objects.get()

    now(book, [correct(wrong, amount=KR(450), parts=[Part(right, KR(450))], by=clerk)], by=approver)

    assert list(Posting.objects.order_by("pk").values_list("line", "amount", "reverses", "voucher")) == [
        (line.pk, KR(500), None, "B2011-0001"),
        (line.pk, KR(-500), wrong.uuid, "B2011-0002"),
        (right.pk, KR(450), None, "B2011-0002"),
    ]


def test_all_parts_of_a_voucher_are_taken_back_together(budget, line, clerk, approver):
    parts = [Part(line, KR(40)), Part(budget.lines.get(number=5), KR(60))]
    now(book, [write(draft(line, clerk, amount=KR(100)), parts, by=clerk)], by=approver)

    now(book, [correct(Posting.objects.first(), by=clerk)], by=approver)

    assert sum(one.amount for one in Posting.objects.all()) == 0
    assert Posting.objects.exclude(reverses=None).count() == 2


def test_correction_that_leaves_a_part_standing_is_refused(budget, line, clerk, approver):
    parts = [Part(line, KR(40)), Part(budget.lines.get(number=5), KR(60))]
    now(book, [write(draft(line, clerk, amount=KR(100)), parts, by=clerk)], by=approver)
    first = Posting.objects.order_by("pk").first()
    taken = correct(first, by=clerk)

    def only_one():
        approve_alone(taken, approver)
        told = {"line": line, "amount": -first.amount, "text": "Rettet", "happened_on": taken.happened_on}
        Posting.record(by=approver, booked_from=taken, reverses=first.uuid, **told)

    assert refused_by(now, only_one) == "budget_voucher_booked_as_it_stands"


def test_posting_is_corrected_once(line, clerk, approver):
    now(book, [draft(line, clerk)], by=approver)
    wrong = Posting.objects.get()
    correct(wrong, by=clerk)

    assert refused_by(correct, wrong, by=clerk) == "budget_voucher_corrects_once"


def test_correction_of_what_an_accounting_system_booked_is_approved_too(line, clerk, approver):
    imported = make.posting(line=line, amount=KR(80), text="Te", happened_on=D(2011, 3, 1))

    now(book, [correct(imported, by=clerk)], by=approver)

    assert sum(one.amount for one in Posting.objects.all()) == 0


def test_form_offers_the_correction_as_it_was_booked(line, clerk, approver, client_of):
    now(book, [draft(line, clerk, supplier="Kulturhuset")], by=approver)
    posting = Posting.objects.get()

    form = client_of(clerk).get(reverse("budget:correct", args=[posting.uuid])).context["form"]

    assert (form["line"].value(), form["amount"].value()) == (line.pk, "750,25")
    assert (form["supplier"].value(), form["text"].value()) == ("Kulturhuset", posting.text)


# --- Forgotten


def test_voucher_that_waits_is_found_after_a_fortnight(programme, line, clerk, approver):
    waits = draft(line, clerk)
    days = [today() + dt.timedelta(number) for number in (14, 15)]

    def found_on(day):
        return [one.uuid for one in found(programme, Moment(day), codes=["voucher_waits"])]

    assert [found_on(day) for day in days] == [[], [waits.uuid]]
    now(book, [waits], by=approver)
    assert found_on(days[1]) == []


# --- What keeps a draft where it is


def test_draft_in_a_closed_month_says_so_and_can_be_sent_back(budget, line, clerk, approver, client_of):
    make.posting(line=line, amount=KR(80), text="Te", happened_on=D(2011, 2, 1))
    waits = correct(Posting.objects.get(), day=D(2011, 3, 2), by=clerk)
    ClosedMonth.record(by=clerk, budget=budget, month=D(2011, 3, 1), happened_on=D(2011, 5, 10))

    page = client_of(approver).get(waits.get_absolute_url()).content.decode()
    url = reverse("budget:send_voucher_back", args=[waits.uuid])
    answer = client_of(approver).post(url, {"reason": "Flyt den til april"})

    assert ("er lukket" in page, says("Approve and book") in page) == (True, False)
    assert answer.status_code == 302
    assert Voucher.objects.get().returned_reason == "Flyt den til april"


def test_two_parts_of_one_voucher_have_one_correction(budget, line, clerk, approver, client_of):
    parts = [Part(line, KR(40)), Part(budget.lines.get(number=5), KR(60))]
    now(book, [write(draft(line, clerk, amount=KR(100)), parts, by=clerk)], by=approver)
    told = {"note": "Fejl", "only_back": "on", "happened_on": "2011-06-01"}

    for posting in Posting.objects.order_by("-pk"):
        client_of(clerk).post(reverse("budget:correct", args=[posting.uuid]), told)

    assert Voucher.objects.drafts().get().corrects == Posting.objects.order_by("pk").first().uuid
