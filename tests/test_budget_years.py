"""The budget itself: its versions, another year's begun from it, amounts that stand once it is approved."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from budget.models import Allocation, Budget, BudgetApproval
from budget.plans import begin_year, versions_of, write_amount
from bydelsmoedre.entry import Overtaken
from bydelsmoedre.moment import Moment
from programme.models import Organisation
from reports.figures.finances import budget as figure
from tests import factories as make
from tests.doors import says

D = dt.date
KR = Decimal
pytestmark = pytest.mark.django_db


@pytest.fixture
def budget(programme):
    return Budget.objects.get(programme=programme, year=2011)


def approve(budget):
    body = Organisation.objects.get(programme=budget.programme, kind="steering_group")
    return BudgetApproval.record(by=None, budget=budget, body=body, happened_on=D(2011, 1, 31))


def written(client, line, amount="260.000", reason="Et hold mere"):
    return client.post(reverse("budget:amount", args=[line.uuid]), {"amount": amount, "reason": reason})


def begun(client, budget, **more):
    told = {"year": "2012", "price_level": "2012 p/l"} | more
    return client.post(reverse("budget:new_year", args=[budget.uuid]), told)


def test_next_year_begins_as_this_one_stands(secretary, programme, budget):
    written(secretary, budget.lines.get(number=2))

    begun(secretary, budget)

    made = figure(programme, Moment(D(2012, 6, 1)))
    assert (made.year, made.state, made.price_level, made.stated_total) == (2012, "proposed", "2012 p/l", 1_380_000)
    assert [line.allocated for line in made.lines] == [500_000, 260_000, 345_000, 75_000, 200_000]
    assert figure(programme, Moment(D(2011, 12, 31))).year == 2011


def test_stated_total_stands_beside_the_sum(secretary, programme, budget):
    begun(secretary, budget, stated_total="1.400.000")

    made = Budget.objects.get(programme=programme, year=2012)
    page = secretary.get(reverse("budget:plan", args=[made.uuid])).content.decode().replace("\xa0", " ")
    assert (made.stated_total, "30.000 kr." in page) == (1_400_000, True)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"year": "2011"}, "year"),
        ({"year": "1899"}, "year"),
        ({"year": "2099"}, "year"),
        ({"price_level": ""}, "price_level"),
        ({"stated_total": "1.37"}, "stated_total"),
    ],
)
def test_year_that_cannot_be_begun_is_refused(secretary, programme, budget, more, field):
    answer = begun(secretary, budget, **more)

    assert list(answer.context["form"].errors) == [field]
    assert Budget.objects.filter(programme=programme).count() == 1


def test_amount_is_written_while_the_budget_is_proposed(secretary, programme, budget):
    line = budget.lines.get(number=2)

    written(secretary, line, "260.000,50")

    assert figure(programme, Moment(D(2011, 6, 1))).lines[1].allocated == KR("260000.50")
    assert Allocation.objects.filter(line=line).count() == 2, "the amount before is kept"


def test_amounts_stand_once_the_budget_is_approved(secretary, budget):
    approve(budget)

    answer = written(secretary, budget.lines.get(number=2))

    assert answer.status_code == 302
    assert not Allocation.objects.exclude(retracted_at=None).exists()


def test_approval_meanwhile_holds_the_amount(budget):
    line = budget.lines.get(number=2)
    approve(budget)

    with pytest.raises(Overtaken):
        write_amount(line, KR(1), by=None, reason="Fejl")


@pytest.mark.parametrize("amount", ["-1", "mange"])
def test_amount_that_is_none_is_refused(secretary, budget, amount):
    assert list(written(secretary, budget.lines.get(number=2), amount).context["form"].errors) == ["amount"]


def test_versions_tell_what_was_changed_by_whom_and_why(secretary, programme, budget):
    line = budget.lines.get(number=2)
    written(secretary, line)

    first, second = versions_of(budget)

    assert (first.total, second.total) == (1_370_000, 1_380_000)
    assert [(one.number, before, after) for one, before, after in second.changed] == [(2, 250_000, 260_000)]
    assert second.reason == "Et hold mere"
    assert second.by is not None


def test_same_amount_again_makes_no_version(budget):
    write_amount(budget.lines.get(number=2), KR(250_000), by=None, reason="Igen")

    assert len(versions_of(budget)) == 1


def test_municipality_reads_the_versions_without_who_and_why(client_of, secretary, programme, budget):
    written(secretary, budget.lines.get(number=2), reason="Efter samtale med Amina")
    reader = client_of(make.user_with_role(programme, "caseworker"))

    page = reader.get(reverse("budget:plan", args=[budget.uuid])).content.decode()

    assert "260.000" in page
    assert "Amina" not in page


def test_source_is_kept_exactly_and_never_rounded(client_of, programme, budget):
    reader = client_of(make.user_with_role(programme, "caseworker"))

    page = reader.get(reverse("budget:plan", args=[budget.uuid])).content.decode().replace("\xa0", " ")

    assert "1.370.000 kr." in page
    assert says("Approved") not in page.partition("<main")[2].partition("<table")[0]
    copy = begin_year(2012, model=budget, by=None, price_level="2012 p/l", stated_total=None)
    assert sum(one.amount for one in Allocation.objects.filter(line__budget=copy)) == 1_370_000


def test_amount_that_is_retracted_is_in_no_later_version(secretary, programme, budget):
    Allocation.objects.current().get(line__number=1, line__budget=budget).retract(by=None, reason="Stillingen udgår")

    latest = versions_of(budget)[-1]

    assert latest.total == 870_000
    assert [(one.number, before, after) for one, before, after in latest.changed] == [(1, 500_000, 0)]
    assert latest.reason == "Stillingen udgår"


def test_budget_that_no_paper_states_a_total_of_tells_no_difference(secretary, programme, budget):
    begun(secretary, budget)
    made = Budget.objects.get(programme=programme, year=2012)
    written(secretary, made.lines.get(number=2))

    page = secretary.get(reverse("budget:plan", args=[made.uuid])).content.decode()

    assert "Papiret siger" not in page
    assert figure(programme, Moment(D(2012, 6, 1))).rounding == 0


def test_stated_total_is_written_as_danes_write_it(secretary, programme, budget):
    begun(secretary, budget, stated_total="1.400.000")

    assert Budget.objects.get(programme=programme, year=2012).stated_as == "1.400.000\u00a0kr."
