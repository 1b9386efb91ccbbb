"""A voucher's parts: by amount or by share, they always add up to the voucher to the øre."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from budget.forms.parts import Piece, divided
from budget.models import Budget, Voucher
from tests import factories as make
from tests.doors import Fields, hidden_in, hidden_of, html_of, sent
from tests.money import draft

D = dt.date
KR = Decimal

ORE = some.decimals(min_value=KR("0.01"), max_value=KR(1_000_000), places=2)
PERCENT = some.decimals(min_value=KR("0.001"), max_value=KR(100), places=3)


def by_percent(*percents):
    return [Piece(None, None, None, KR(one)) for one in percents]


@given(ORE, some.lists(PERCENT, max_size=6), some.booleans())
def test_parts_and_rest_add_up_to_the_ore(amount, percents, is_credit):
    amount = -amount if is_credit else amount
    try:
        parts, rest = divided(amount, by_percent(*percents))
    except ValidationError:
        return  # more than the whole, or less than an øre
    assert sum(parts, rest) == amount
    assert all(one * amount > 0 for one in parts)
    assert rest * amount >= 0


def test_thirds_of_a_hundred_leave_no_ore_behind():
    assert divided(KR(100), by_percent("33.333", "33.333")) == ([KR("33.33"), KR("33.33")], KR("33.34"))


@pytest.mark.parametrize(("percents", "rest"), [(("50", "50"), KR(0)), (("99.999",), KR("0.00"))])
def test_whole_voucher_may_be_given_away(percents, rest):
    assert divided(KR("10.01"), by_percent(*percents))[1] == rest


@pytest.mark.parametrize(
    "pieces",
    [
        by_percent("50", "50.001"),
        [Piece(None, None, KR("100.01"), None)],
        [Piece(None, None, KR(60), None), *by_percent("50")],
        [Piece(None, None, KR(-1), None)],
        by_percent("0.001"),
    ],
    ids=["above-a-hundred", "above-the-whole", "together-above", "another-sign", "less-than-an-ore"],
)
def test_parts_that_do_not_add_up_are_refused(pieces):
    with pytest.raises(ValidationError):
        divided(KR(100), pieces)


# --- Through the form


@pytest.fixture
def lines(programme, db):
    return {one.number: one for one in Budget.objects.get(programme=programme, year=2011).lines.all()}


def typed(lines, **more):
    return {"line": lines[3].pk, "happened_on": "2011-05-26", "amount": "100", "text": "Mapper"} | more


def test_rows_become_parts_and_the_rest_stays(secretary, lines, programme):
    funder = programme.organisations.get(kind="municipality")
    rows = {"pieces-0-line": lines[5].pk, "pieces-0-percent": "33,333", "pieces-0-funder": funder.pk}
    rows |= {"pieces-2-line": lines[2].pk, "pieces-2-amount": "20,50"}

    secretary.post(reverse("budget:post"), typed(lines, **rows))

    parts = Voucher.objects.get().shares.values_list("line__number", "amount", "funder")
    assert list(parts) == [(3, KR("46.17"), None), (5, KR("33.33"), funder.pk), (2, KR("20.50"), None)]


REFUSED = {
    "no-line": {"pieces-0-amount": "10"},
    "neither": {"pieces-0-line": "2"},
    "both": {"pieces-0-line": "2", "pieces-0-amount": "10", "pieces-0-percent": "10"},
    "no-amount": {"pieces-0-line": "2", "pieces-0-amount": "ti"},
    "ambiguous": {"pieces-0-line": "2", "pieces-0-amount": "1.37"},
    "no-percent": {"pieces-0-line": "2", "pieces-0-percent": "halvdelen"},
    "above-a-hundred": {"pieces-0-line": "2", "pieces-0-percent": "101"},
    "above-the-whole": {"pieces-0-line": "2", "pieces-0-amount": "100,01"},
    "no-such-line": {"pieces-0-line": "999999", "pieces-0-amount": "10"},
}


@pytest.mark.parametrize("rows", REFUSED.values(), ids=REFUSED)
def test_row_that_is_wrong_is_refused_and_kept(secretary, lines, rows):
    sent = rows | ({"pieces-0-line": lines[2].pk} if rows.get("pieces-0-line") == "2" else {})

    answer = secretary.post(reverse("budget:post"), typed(lines, **sent))

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["pieces"])
    kept = answer.context["form"]["pieces"].value()[0]
    assert {name: kept[name.rpartition("-")[2]] for name in sent} == {name: str(one) for name, one in sent.items()}


def test_draft_is_opened_with_its_parts(secretary, lines, programme):
    other = make.user_with_role(programme, "secretariat")
    waits = draft(lines[3], other, amount=KR(100))
    secretary.post(reverse("budget:post"), typed(lines, **{"pieces-0-line": lines[5].pk, "pieces-0-amount": "40"}))
    mine = Voucher.objects.exclude(pk=waits.pk).get()

    form = secretary.get(reverse("budget:edit_voucher", args=[mine.uuid])).context["form"]

    assert form["line"].value() == lines[3].pk
    assert [(row["line"], row["amount"]) for row in form["pieces"].value()] == [(str(lines[5].pk), "40")]


def test_parts_that_another_has_changed_meanwhile_are_shown(secretary, lines, programme):
    waits = draft(lines[3], make.user_with_role(programme, "foundation"), amount=KR(100))
    url = reverse("budget:edit_voucher", args=[waits.uuid])
    opened = secretary.get(url).context["form"]
    hidden = hidden_in(opened)
    waits.shares.update(line=lines[5])

    answer = secretary.post(url, hidden | typed(lines))

    assert answer.status_code == 200
    assert [one.label for one in answer.context["difference"]] == [opened.fields["pieces"].label]


def test_draft_that_is_opened_and_saved_stays_as_it_is(secretary, lines, programme):
    funder = programme.organisations.get(kind="municipality")
    rows = {"pieces-0-line": lines[5].pk, "pieces-0-amount": "60", "pieces-0-funder": funder.pk}
    rows |= {"pieces-1-line": lines[2].pk, "pieces-1-percent": "40"}
    secretary.post(reverse("budget:post"), typed(lines, **rows))
    url = reverse("budget:edit_voucher", args=[Voucher.objects.get().uuid])
    before = set(Voucher.objects.get().shares.values_list("line", "amount", "funder"))

    opened = secretary.get(url)
    kept = {name: value for name, value in Fields(html_of(opened)).values.items() if name and name != "evidence_file"}
    answer = secretary.post(url, kept)

    assert answer.status_code == 302
    assert set(Voucher.objects.get().shares.values_list("line", "amount", "funder")) == before
    assert (lines[2].pk, KR(40), None) in before


def test_funder_that_another_has_changed_meanwhile_is_shown(secretary, lines, programme):
    waits = draft(lines[3], make.user_with_role(programme, "foundation"), amount=KR(100))
    url = reverse("budget:edit_voucher", args=[waits.uuid])
    hidden = hidden_of(secretary.get(url))
    waits.shares.update(funder=programme.organisations.get(kind="foundation"))

    answer = secretary.post(url, hidden | typed(lines))

    assert (answer.status_code, len(answer.context["difference"])) == (200, 1)


def test_draft_stays_with_its_years_budget(secretary, lines, programme):
    later = make.BudgetLineFactory(budget=make.BudgetFactory(programme=programme, year=2012))
    waits = draft(lines[3], make.user_with_role(programme, "foundation"), amount=KR(100))

    answer = sent(secretary, reverse("budget:edit_voucher", args=[waits.uuid]), **typed(lines, line=later.pk))

    assert list(answer.context["form"].errors) == ["line"]
