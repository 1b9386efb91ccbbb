"""Vouchers are approved in the administration too, where the Foundation works, by the same function."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budget.models import Budget, Posting, Voucher
from tests.doors import says
from tests.money import draft

D = dt.date
pytestmark = pytest.mark.django_db


@pytest.fixture
def line(programme):
    return Budget.objects.get(programme=programme, year=2011).lines.get(number=3)


def approved_there(client_of, who, *vouchers):
    told = {"action": "approve_selected", "_selected_action": [one.pk for one in vouchers]}
    return client_of(who).post(reverse("admin:budget_voucher_changelist"), told, follow=True).content.decode()


def test_administration_books_a_months_batch_by_the_same_function(line, secretariat, foundation, client_of):
    batch = [draft(line, secretariat, on=D(2011, 5, day), number=day) for day in (3, 2)]

    page = approved_there(client_of, foundation, *batch)

    assert "2 bilag er bogført" in page
    assert list(Voucher.objects.order_by("happened_on").values_list("number", flat=True)) == [1, 2]


def test_administration_lets_nobody_approve_her_own(line, secretariat, foundation, client_of):
    own, others = draft(line, foundation, number=1), draft(line, secretariat, number=2)

    page = approved_there(client_of, foundation, own, others)

    assert says("You entered it yourself. Another person approves it.") in page
    assert not Posting.objects.exists()


def test_administration_asks_no_more_for_many_drafts(line, secretariat, foundation, client_of):
    counts = []
    for size in (1, 6):
        batch = [draft(line, foundation, number=10 * size + one) for one in range(size)]
        with CaptureQueriesContext(connection) as asked:
            approved_there(client_of, foundation, *batch)
        counts.append(len(asked))

    assert counts[0] == counts[1]
