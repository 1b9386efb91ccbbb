"""The scenarios' pages: written in one form with its sources, shown with their steps, compared."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from budget.forms.source_rows import parse_month
from budget.models import Scenario, ScenarioSource
from programme.models import StatedNumber
from tests.doors import CPR, Fields, hidden_of, html_of, says, sent
from tests.good_input_money import SCENARIO
from tests.scenarios import model_november, scenario, source

D = dt.date
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("danish")]


@pytest.fixture
def draft(programme):
    return model_november(programme)


def row(place, **values):
    """A row of the form as a browser sends it."""
    told = {"kind": "company", "name": "Virksomhed", "amount": "50.000", "probability": "50", "from_month": "01.2012"}
    told |= {"to_month": "", "municipal_share": "0", "uuid": ""} | values
    return {f"sources-{place}-{name}": value for name, value in told.items()}


def rows_of(client, url):
    """What stands in the form's rows."""
    shown = Fields(html_of(client.get(url))).values
    return {name: value for name, value in shown.items() if name and name.startswith("sources-")}


# --- Written in one form


def test_scenario_is_written_with_its_sources(secretary, programme):
    answer = sent(
        secretary,
        reverse("budget:new_scenario"),
        **SCENARIO
        | row(1, kind="housing_plan", name=" Helhedsplan  Nord ", municipal_share="12,5 %", to_month="2013-6"),
    )

    made = Scenario.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == made.get_absolute_url()
    assert (made.programme, made.price_growth, made.other_costs) == (programme, Decimal("2.5"), 50_000)
    columns = ("kind", "name", "amount", "probability", "from_month", "to_month", "municipal_share")
    assert list(made.sources.values_list(*columns)) == [
        ("company", "Et selskab", 500_000, 80, D(2012, 1, 1), D(2013, 12, 1), 0),
        ("housing_plan", "Helhedsplan Nord", 50_000, 50, D(2012, 1, 1), D(2013, 6, 1), Decimal("12.5")),
    ]


@pytest.mark.parametrize(
    ("kind", "typed", "share"), [("municipality", "", 100), ("company", "", 0), ("housing_plan", "0", 0)]
)
def test_municipal_money_that_is_not_written_follows_the_kind(secretary, kind, typed, share):
    sent(secretary, reverse("budget:new_scenario"), **SCENARIO | row(0, kind=kind, municipal_share=typed))

    assert ScenarioSource.objects.get().municipal_share == share


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            {"kind": "housing_plan", "municipal_share": ""},
            "Write how much of the housing plan's money is municipal: 0 if none is. It is not assumed.",
        ),
        (
            {"kind": "municipality", "municipal_share": "50"},
            "What the municipality gives is municipal money altogether: write 100, or leave it empty.",
        ),
        ({"kind": ""}, "Choose a kind."),
        ({"kind": "nul"}, "Choose a kind."),
        ({"name": ""}, "Write who it is, or empty the row."),
        ({"name": "nul\x00tegn"}, "The name holds a character that cannot be stored."),
        ({"name": f"Født {CPR}"}, "It looks like a CPR number. We may not store that."),
        ({"amount": ""}, "Write the amount a year."),
        ({"amount": "0"}, "The amount must be above 0 kr."),
        ({"amount": "-1"}, "The amount must be above 0 kr."),
        ({"amount": "mange"}, "Write an amount in kroner, such as 1.370.000,50."),
        ({"probability": "101"}, "Write a percentage from %(least)s to %(most)s."),
        ({"probability": "-1"}, "Write a percentage from %(least)s to %(most)s."),
        ({"probability": ""}, "Write how probable it is, in per cent."),
        ({"municipal_share": "100,01"}, "Write a percentage from %(least)s to %(most)s."),
        ({"municipal_share": "lidt"}, "Write a percentage such as 18 or 12,5."),
        ({"from_month": ""}, "Write the first month, such as 01.2012."),
        ({"from_month": "13.2012"}, "Write a month such as 01.2012."),
        ({"from_month": "29.02.2013"}, "Write a month such as 01.2012."),
        ({"to_month": "12.2011"}, "The last month is before the first."),
    ],
)
def test_source_that_cannot_be_is_named_and_kept(secretary, values, message):
    typed = SCENARIO | row(0, name="Rigtig") | row(1, **values)

    answer = sent(secretary, reverse("budget:new_scenario"), **typed)

    told = says("Source %(number)s: %(error)s", number=2, error=says(message, least="0", most="100"))
    assert answer.context["form"].errors["sources"] == [told]
    shown = Fields(html_of(answer).replace("\x00", "")).values
    kept = {name: value.replace("\x00", "") for name, value in typed.items() if value in ("", "nul") or name in shown}
    kept = {name: value for name, value in kept.items() if value != "nul"}
    assert {name: shown.get(name, "") for name in kept} == kept
    assert not Scenario.objects.exists()


def test_scenario_holds_twenty_sources_at_most(secretary):
    listed = {name: value for place in range(21) for name, value in row(place, name=f"Kilde {place}").items()}

    answer = sent(secretary, reverse("budget:new_scenario"), **SCENARIO | listed)

    assert answer.context["form"].errors["sources"] == [says("%(most)s sources at most.", most=20)]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("01.2012", D(2012, 1, 1)),
        ("1/2012", D(2012, 1, 1)),
        ("2012-12", D(2012, 12, 1)),
        ("29.02.2012", D(2012, 2, 1)),
        ("2012-02-29", D(2012, 2, 1)),
    ],
)
def test_month_is_read_as_it_is_written(typed, day):
    assert parse_month(typed) == day


@pytest.mark.parametrize(
    "typed", ["29.02.2011", "00.2012", "13.2012", "2012", "januar", "01.1999", "02.2060x", "١.٢٠١٢"]
)
def test_month_that_does_not_exist_is_refused(typed):
    with pytest.raises(ValidationError):
        parse_month(typed)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("years", "0"),
        ("years", "6"),
        ("first_year", "2011"),
        ("mothers_per_course", "0"),
        ("recruits_per_year", "-1"),
        ("full_time_share", "100,5"),
        ("full_time_share", "-1"),
        ("price_growth", "51"),
        ("price_growth", "-21"),
        ("coordinator_pay", "-1"),
        ("course_cost", ""),
        ("name", ""),
    ],
)
def test_assumption_that_cannot_be_is_refused_and_kept(secretary, field, typed):
    answer = sent(secretary, reverse("budget:new_scenario"), **SCENARIO | {field: typed})

    assert list(answer.context["form"].errors) == [field]
    assert Fields(html_of(answer)).values[field] == typed
    assert not Scenario.objects.exists()


def test_name_is_taken_once_in_a_programme(secretary, draft, twin):
    answer = sent(secretary, reverse("budget:new_scenario"), **SCENARIO | {"name": draft.name})

    assert answer.context["form"].errors["name"] == [says("There is a scenario with that name already.")]
    assert scenario(twin, draft.name)


def test_sources_keep_who_they_are_when_the_draft_is_written_on(secretary, draft):
    url = reverse("budget:edit_scenario", args=[draft.uuid])
    first, second = draft.sources.all()
    rows = rows_of(secretary, url) | {"sources-0-amount": "420.000,50"}
    rows |= {f"sources-1-{name}": "" for name in ("name", "amount", "municipal_share")}

    sent(secretary, url, **{**SCENARIO, "name": "Rettet"} | rows | row(2, name="Ny"))

    kept, new = draft.sources.all()
    assert (kept.uuid, kept.amount, kept.name) == (first.uuid, Decimal("420000.50"), "Fonden")
    assert (new.name, new.uuid in {first.uuid, second.uuid}) == ("Ny", False)


def test_source_that_says_the_same_leaves_no_history(secretary, draft):
    url = reverse("budget:edit_scenario", args=[draft.uuid])
    history = draft.sources.first().events.count()

    sent(secretary, url, **{**SCENARIO} | rows_of(secretary, url))

    assert [one.events.count() for one in draft.sources.all()] == [history, history]


def test_source_of_another_scenario_is_not_taken_over(secretary, draft, twin):
    theirs = source(scenario(twin), "Deres")
    url = reverse("budget:edit_scenario", args=[draft.uuid])

    sent(secretary, url, **{**SCENARIO} | row(0, uuid=str(theirs.uuid), name="Min"))

    theirs.refresh_from_db()
    assert theirs.name == "Deres"
    assert draft.sources.get().name == "Min"


def test_draft_that_somebody_else_has_changed_is_not_overwritten(secretary, draft):
    url = reverse("budget:edit_scenario", args=[draft.uuid])
    opened = secretary.get(url)
    hidden = hidden_of(opened)
    ScenarioSource.objects.filter(scenario=draft, name="Fonden").update(amount=1)

    answer = secretary.post(url, hidden | SCENARIO)

    assert answer.status_code == 200
    assert [one.label for one in answer.context["difference"]] == [says("Sources")]
    assert draft.sources.get(name="Fonden").amount == 1


def test_copy_begins_as_its_model(secretary, draft):
    url = f"{reverse('budget:new_scenario')}?som={draft.uuid}"

    opened = secretary.get(url)
    sent(secretary, url, **{**SCENARIO, "name": "Kopi"} | rows_of(secretary, url))

    assert opened.context["form"]["coordinator_pay"].value() == "500.000"
    copy = Scenario.objects.get(name="Kopi")
    columns = ("name", "kind", "amount", "municipal_share", "from_month")
    assert list(copy.sources.values_list(*columns)) == list(draft.sources.values_list(*columns))
    assert not {one.uuid for one in copy.sources.all()} & {one.uuid for one in draft.sources.all()}


def test_copy_of_another_programme_s_scenario_begins_empty(secretary, twin):
    theirs = source(scenario(twin), "Deres").scenario

    opened = secretary.get(f"{reverse('budget:new_scenario')}?som={theirs.uuid}")

    assert "Deres" not in html_of(opened)


def test_draft_is_thrown_away_with_its_sources(secretary, draft):
    sent(secretary, reverse("budget:discard_scenario", args=[draft.uuid]))

    assert not Scenario.objects.exists()
    assert not ScenarioSource.objects.exists()


# --- Shown


def test_figures_stand_with_their_steps_and_the_warning(secretary, draft):
    page = html_of(secretary.get(draft.get_absolute_url()))

    assert says("Not without municipal money") in page
    assert "18,0 %" in page
    assert "500.000 kr. × 100 % × 1,0000" in page
    assert "410.000 kr. × 12/12" in page


def test_estimate_is_a_comparison_and_named_one(secretary, programme, draft):
    StatedNumber.record(
        by=None, programme=programme, kind="paid_model_estimate", number=4_600_000, happened_on=D(2010, 1, 1)
    )

    page = html_of(secretary.get(draft.get_absolute_url()))

    assert says("%(amount)s (estimate)", amount="4.600.000 kr.") in page
    assert says("An estimate of the unchanged paid model: a comparison, not a saving") in page


def test_one_more_funder_is_reckoned_and_not_saved(secretary, draft):
    answer = secretary.get(draft.get_absolute_url(), {"ekstra": "120.000"})

    line = next(one for one in answer.context["effects"] if "120.000" in one.label)
    assert (line.effect.gap, line.effect.after.gap) == (-360_000, 0)
    assert draft.sources.count() == 2


@pytest.mark.parametrize("typed", ["mange", "0", "-5", "1.37"])
def test_funder_that_cannot_be_is_refused_and_kept(secretary, draft, typed):
    answer = secretary.get(draft.get_absolute_url(), {"ekstra": typed})

    assert answer.context["extra"].errors["ekstra"]
    assert Fields(html_of(answer)).values["ekstra"] == typed


def test_list_says_what_to_do_where_there_is_none(secretary, caseworker, client_of):
    url = reverse("budget:scenarios")

    assert says("No model is adopted yet. You can read it here when it is.") in html_of(client_of(caseworker).get(url))
    assert reverse("budget:new_scenario") in html_of(secretary.get(url))


def test_four_scenarios_stand_side_by_side(secretary, programme):
    made = [scenario(programme, f"Nr. {number}", first_year=2012 + number, years=2) for number in range(4)]

    answer = secretary.get(reverse("budget:compare_scenarios"), {"valg": [str(one.uuid) for one in made]})

    assert [(letter, told.scenario) for letter, told in answer.context["told"]] == list(zip("ABCD", made, strict=True))
    assert list(answer.context["by_year"]) == [2012, 2013, 2014, 2015, 2016]
    assert len(answer.context["chart"].bars) == 8


def test_fifth_scenario_is_refused_and_the_choice_kept(secretary, programme):
    made = [scenario(programme, f"Nr. {number}") for number in range(5)]

    answer = secretary.get(reverse("budget:compare_scenarios"), {"valg": [str(one.uuid) for one in made]})

    assert answer.context["form"].errors["valg"] == [says("Four at most can be compared. Take one out.")]
    assert html_of(answer).count(" checked") == 5
    assert answer.context["told"] == []


def test_scenario_of_another_programme_cannot_be_compared(secretary, draft, twin):
    theirs = scenario(twin, "Deres")

    answer = secretary.get(reverse("budget:compare_scenarios"), {"valg": [str(theirs.uuid)]})

    assert answer.context["form"].errors["valg"]
    assert "Deres" not in html_of(answer)
