"""The forecast as it is asked of the database, and its page: what it assumes, its method, its files."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils.translation import ngettext, override
from hypothesis import settings

from budget.ledger import reverse
from budget.models import Budget, Commitment, CourseLine, ForecastMethod
from bydelsmoedre.moment import Moment, end_of_day
from reports.figures.finances import budget
from reports.figures.forecast import forecast
from tests import factories as make
from tests.doors import says
from tests.figures import planned_of
from tests.roles import clock
from training.models import Session

D = dt.date
KR = Decimal
NOVEMBER = D(2011, 11, 15)
steady = settings(deadline=None, derandomize=True)

# --- As it is asked of the database


@pytest.fixture
def plan(programme):
    return Budget.objects.get(programme=programme)


def spend(line, amount, on, **values):
    return make.posting(line=line, amount=KR(amount), happened_on=on, text="Udgift", **values)


def of(programme, number, on=NOVEMBER, known_at=None):
    moment = Moment(on, known_at) if known_at else Moment(on)
    return forecast(budget(programme, moment), moment).lines[number - 1]


def pay(line, month, amount="42000"):
    return spend(line, amount, D(2011, month, 28))


@pytest.mark.django_db
def test_reversed_salary_is_taken_off_the_month_that_it_reverses(programme, plan):
    salary = plan.lines.get(number=1)
    wrong = pay(salary, 7, "99000")
    for month in (8, 9, 10):
        pay(salary, month)
    reverse(wrong, by=None, on=D(2011, 10, 5), reason="Forkert")

    found = of(programme, 1)

    assert planned_of(found) == (2, KR("42000.00"), KR("84000.00"))
    assert found.total == KR("210000.00")


@pytest.mark.django_db
def test_only_salary_reversed_leaves_nothing_to_estimate_by(programme, plan):
    wrong = pay(plan.lines.get(number=1), 9)
    reverse(wrong, by=None, on=D(2011, 10, 5), reason="Forkert")

    each = [of(programme, 1, D(2011, 10, day)).planned.each for day in (4, 5)]
    assert each == [42000, None]


@pytest.fixture
def hold(programme, plan):
    """A course that line 3 pays: sessions on these days, of which one is cancelled."""
    found = make.CourseFactory(curriculum=make.CurriculumFactory(programme=programme))
    CourseLine.objects.create(course=found, line=plan.lines.get(number=3))
    on = [D(2011, 11, 14), D(2011, 11, 15), D(2011, 11, 16), D(2011, 12, 31), D(2012, 1, 1)]
    for module, day in enumerate(on, 1):
        Session.objects.create(course=found, module=module, held_on=day)
    Session.objects.create(course=found, module=9, held_on=D(2011, 12, 1), is_cancelled=True)
    return found


@pytest.mark.django_db
def test_sessions_of_the_day_are_held_and_those_of_next_year_are_not_planned(programme, plan, hold):
    spend(plan.lines.get(number=3), "3000", D(2011, 11, 14), course=hold)
    spend(plan.lines.get(number=3), "500", D(2011, 11, 14))  # on no course
    spend(plan.lines.get(number=5), "700", D(2011, 11, 14), course=hold)  # of another line

    assert planned_of(of(programme, 3)) == (2, KR("1500.00"), KR("3000.00"))
    assert of(programme, 5).planned is None


@pytest.mark.django_db
def test_course_of_no_line_is_not_planned(programme, plan, hold):
    CourseLine.objects.all().delete()

    assert of(programme, 3).planned is None


@pytest.mark.django_db
def test_method_holds_from_its_day_as_it_was_known(programme, plan):
    line = plan.lines.get(number=4)
    with clock(dt.datetime(2011, 9, 10, 12, tzinfo=dt.UTC)):
        ForecastMethod.record(by=None, line=line, method="nothing", happened_on=D(2011, 9, 1))
    with clock(dt.datetime(2011, 10, 10, 12, tzinfo=dt.UTC)):
        later = ForecastMethod.record(by=None, line=line, method="pace", happened_on=D(2011, 10, 1))

    def method(on, known_at=None):
        found = of(programme, 4, on, known_at and end_of_day(known_at))
        moment = Moment(on, end_of_day(known_at)) if known_at else Moment(on)
        latest = ForecastMethod.objects.latest_of(line, moment)
        assert (latest and latest.method) == (found.method if found.is_chosen else None), "one line, or all at once"
        return found.method, found.is_chosen

    assert method(D(2011, 8, 31)) == ("budget", False)
    assert method(D(2011, 9, 1)) == ("nothing", True)
    assert method(D(2011, 9, 1), D(2011, 9, 9)) == ("budget", False)
    assert method(D(2011, 10, 1)) == ("pace", True)
    assert method(D(2011, 10, 1), D(2011, 10, 9)) == ("nothing", True)
    later.retract(by=make.UserFactory(), reason="Fejl")
    assert method(D(2011, 10, 1)) == ("nothing", True)


@pytest.mark.django_db
@pytest.mark.parametrize("hours", [(8, 9), (9, 8)], ids=["recorded in order", "recorded the other way round"])
def test_of_two_methods_of_a_day_the_one_recorded_last_stands(programme, plan, hours):
    line = plan.lines.get(number=4)
    for hour, method in zip(hours, ("nothing", "budget"), strict=True):
        with clock(dt.datetime(2011, 9, 10, hour, tzinfo=dt.UTC)):
            ForecastMethod.record(by=None, line=line, method=method, happened_on=D(2011, 9, 1))

    stands = "budget" if hours == (8, 9) else "nothing"
    assert of(programme, 4, D(2011, 9, 1)).method == stands
    assert ForecastMethod.objects.latest_of(line, Moment(D(2011, 9, 1))).method == stands


@pytest.mark.django_db
def test_forecast_starts_from_the_account(programme, plan):
    """One definition: the sums are the account's own."""
    for number in range(1, 6):
        spend(plan.lines.get(number=number), f"{number}000.11", D(2011, 4, number))
        Commitment.record(
            by=None, line=plan.lines.get(number=number), amount=KR("10.05"), text="Aftalt", started_on=D(2011, 5, 1)
        )
    account = budget(programme, Moment(NOVEMBER))

    found = forecast(account, Moment(NOVEMBER))

    sums = [(one.budgeted, one.spent, one.committed) for one in (found, *found.lines)]
    assert sums == [(one.budgeted, one.spent, one.committed) for one in (account, *account.lines)]
    assert found.total == sum(line.total for line in found.lines)


# --- The page


def page(client, on=NOVEMBER, **asked):
    return client.get("/oekonomi/prognose/", {"on": f"{on}", **asked})


def text_of(response):
    return response.content.decode().replace("\u00a0", " ")


@pytest.mark.django_db
def test_page_says_what_each_line_assumes(programme, plan, hold, secretary):
    for month in (8, 9, 10):
        pay(plan.lines.get(number=1), month)
    spend(plan.lines.get(number=3), "3000", D(2011, 11, 14), course=hold)

    html = text_of(page(secretary))

    with override("da"):
        salaries = ngettext("%(count)s month of salaries at %(each)s", "%(count)s months of salaries at %(each)s", 2)
        sessions = ngettext("%(count)s session at %(each)s", "%(count)s sessions at %(each)s", 2)
    assert salaries % {"count": 2, "each": "42.000 kr."} in html
    assert sessions % {"count": 2, "each": "1.500 kr."} in html
    assert 'class="curve-forecast"' in html


@pytest.mark.django_db
def test_overspending_ahead_stands_in_plain_sight(programme, plan, reader):
    spend(plan.lines.get(number=4), "75000.50", D(2011, 4, 1))

    found = page(reader)

    assert found.context["forecast"].lines[3].deviation == KR("0.50")
    assert '<span class="negative">0,50<br>' in text_of(found)


@pytest.mark.django_db
def test_page_of_a_year_that_is_over_draws_no_forecast(programme, plan, secretary):
    spend(plan.lines.get(number=4), "750", D(2011, 4, 1))

    found = page(secretary, D(2011, 12, 31))

    drawn = [line.label for line in found.context["chart"].lines]
    assert (found.context["forecast"].total, drawn) == (750, [says("Spent")])


@pytest.mark.django_db
def test_curve_of_the_forecast_begins_where_the_spending_ends(programme, plan, secretary):
    spend(plan.lines.get(number=4), "750", D(2011, 4, 1))

    chart = page(secretary).context["chart"]

    known, ahead = chart.lines
    start, *_between, end = ahead.points.split(" ")
    assert start == known.points.split(" ")[-1]
    assert end == f"{ahead.x:g},{ahead.y:g}"
    first, day, last = chart.rows
    assert (first[1][1], day[1], last[1][0]) == ("", ["750", "750"], "")


@pytest.mark.django_db
def test_file_holds_the_page(programme, plan, client_of, caseworker):
    pay(plan.lines.get(number=1), 10, "1200.50")

    rows = page(client_of(caseworker), format="csv").content.decode("utf-8-sig").splitlines()

    assert any(row.startswith("1;") and "1200,50;0,00;2401,00;0,00;3601,50" in row for row in rows)


@pytest.mark.django_db
def test_method_is_chosen_and_stands_in_the_form_next_time(programme, plan, secretary):
    office = plan.lines.get(number=5)
    url = f"/oekonomi/post/{office.uuid}/prognosemetode/"
    assert secretary.get(url).context["form"]["method"].value() == "pace"

    answer = secretary.post(url, {"method": "nothing", "happened_on": "2011-11-01"})

    assert (answer.status_code, answer["Location"]) == (302, "/oekonomi/prognose/")
    assert secretary.get(url).context["form"]["method"].value() == "nothing"
    assert (of(programme, 5, D(2011, 10, 31)).method, of(programme, 5, D(2011, 11, 1)).method) == ("pace", "nothing")


@pytest.mark.django_db
def test_method_is_needed(plan, secretary):
    answer = secretary.post(f"/oekonomi/post/{plan.lines.first().uuid}/prognosemetode/", {"happened_on": "2011-11-01"})

    assert list(answer.context["form"].errors) == ["method"]


@pytest.mark.django_db
def test_method_is_offered_while_the_year_lasts_and_leads_back(plan, secretary, reader, settings):
    settings.DEMO_TODAY = NOVEMBER
    address = f"/oekonomi/post/{plan.lines.first().uuid}/prognosemetode/"

    now, then = page(secretary), page(secretary, D(2011, 11, 14))

    assert f'href="{address}?next=%2Foekonomi%2Fprognose%2F%3Fon%3D2011-11-15"' in now.content.decode()
    assert {address in one.content.decode() for one in (then, page(reader))} == {False}
