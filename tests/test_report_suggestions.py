"""What is suggested for a report's sections: what holds at its Moment, and never a person's name or number."""

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from associations.models import Closing
from budget.models import Budget, Explanation
from bydelsmoedre.moment import Moment
from programme.access import Standing
from programme.models import CriterionVersion, MeetingHeld, Organisation
from reports.progress.freezing import freeze_as_of
from reports.progress.kinds import sections_of
from reports.progress.suggestions import _Asked, suggestions
from tests import factories as make
from tests.figures import sign
from tests.hearings import TEXT, hearing
from tests.reports import approver, draft, locked
from tests.workplan import milestone, reach
from volunteers.models import Volunteer

D = dt.date
pytestmark = pytest.mark.django_db


def asked_by(user):
    return SimpleNamespace(user=user, standing=Standing(user), path="/", GET={})


def told(report, code, user, moment=None):
    found = suggestions(report, moment or Moment(report.period_to), code, asked_by(user))
    return [one.text.replace("\xa0", " ") for one in found]


def starting(texts, *starts):
    return [text for text in texts if text.startswith(starts)]


def test_goals_tell_how_each_criterion_stands_and_what_the_nearest_lack(programme, secretariat):
    make.found(make.AssociationFactory(programme=programme, name="Forening Nord"), D(2011, 5, 1))
    make.found(make.AssociationFactory(programme=programme, name="Forening Syd"), D(2011, 5, 1), but={"minutes"})
    report = draft(programme, by=secretariat)

    name, *_ = [one.name for one in programme.criteria.order_by("number")]
    texts = told(report, "goals", secretariat)
    assert starting(texts, name, "Forening") == [
        f"{name}: 1 af 3. Der mangler 2.",
        "Forening Syd tæller ikke med endnu: referatet mangler underskrift.",
    ]


def test_goal_that_was_met_at_its_deadline_is_met_whatever_came_after(programme, secretariat):
    rule = CriterionVersion.objects.get(criterion__programme=programme, criterion__number=1)
    rule.supersede(by=None, reason="Fristen", deadline=D(2011, 6, 30))
    places = [make.founded_association(programme, on=D(2011, 5, 1), name=f"Forening {number}") for number in range(3)]
    Closing.record(by=None, association=places[0], happened_on=D(2011, 8, 1), money="Ingen")
    report = draft(programme, by=secretariat)

    name = programme.criteria.get(number=1).name
    assert starting(told(report, "goals", secretariat), name) == [
        f"{name}: Målet var nået ved fristen den 30. juni 2011. Nu er det 2 af 3."
    ]
    assert starting(told(report, "risks", secretariat), name) == []


@pytest.mark.parametrize(
    ("founded", "expected"),
    [
        (2, "2 af 3. Målet blev ikke nået inden fristen den 30. juni 2011."),
        (3, "3 af 3. Målet blev nået den 1. august 2011, efter fristen den 30. juni 2011."),
    ],
    ids=["missed", "met late"],
)
def test_goal_that_was_not_met_at_its_deadline_is_told_as_such(programme, secretariat, founded, expected):
    rule = CriterionVersion.objects.get(criterion__programme=programme, criterion__number=1)
    rule.supersede(by=None, reason="Fristen", deadline=D(2011, 6, 30))
    for number in range(founded):
        make.founded_association(programme, on=D(2011, 8, 1), name=f"Forening {number}")

    name = programme.criteria.get(number=1).name
    assert starting(told(draft(programme, by=secretariat), "goals", secretariat), name) == [f"{name}: {expected}"]


def test_goals_tell_what_is_new_since_the_last_report(programme, secretariat):
    make.found(make.AssociationFactory(programme=programme, name="Forening Nord"), D(2011, 5, 1))
    report = draft(programme, by=secretariat)
    locked(programme, to=D(2011, 6, 30), period_from=D(2011, 1, 1))
    make.found(make.AssociationFactory(programme=programme, name="Forening Syd"), D(2011, 8, 1))

    name, *_ = [one.name for one in programme.criteria.order_by("number")]
    (since,) = [text for text in told(report, "goals", secretariat) if "seneste rapport" in text]
    assert since == f"{name}: 2 mod 1 i den seneste rapport pr. 30. juni 2011. Nye er Forening Syd."


def test_missing_signature_is_suggested_until_it_is_there(programme, secretariat):
    report = draft(programme, by=secretariat)
    before = len(starting(told(report, "goals", secretariat), "Partnerskab"))
    sign(programme, "foundation", D(2011, 1, 24))
    sign(programme, "municipality", D(2011, 2, 7))

    texts = told(report, "goals", secretariat)
    assert before > len(starting(texts, "Partnerskab"))


def test_economy_tells_the_sums_and_each_deviation_with_its_explanation(programme, secretariat):
    line = Budget.objects.get(programme=programme).lines.get(number=3)
    make.posting(line=line, amount=Decimal(9_000_000), text="For meget", happened_on=D(2011, 5, 1))
    report = draft(programme, by=secretariat)
    before = starting(told(report, "economy", secretariat), "»")
    Explanation.record(by=None, line=line, text="Et hold mere.", happened_on=D(2011, 9, 1))
    after = starting(told(report, "economy", secretariat), "»")

    assert [text.endswith("Afvigelsen er ikke forklaret endnu.") for text in before] == [True]
    assert [text.endswith("Et hold mere.") for text in after] == [True]


def test_activities_tell_milestones_reached_in_the_period_and_what_happened(programme, secretariat):
    inside, before = milestone(programme, D(2011, 12, 31), title="Inden for"), milestone(programme, D(2011, 12, 31))
    reach(inside, D(2011, 7, 1))
    reach(before, D(2011, 6, 30))
    body = Organisation.objects.get(programme=programme, kind="steering_group")
    meeting = body.meetings.create(programme=programme, title="Møde i september", planned_on=D(2011, 9, 7))
    MeetingHeld.record(by=None, meeting=meeting, happened_on=D(2011, 9, 7))
    report = draft(programme, by=secretariat)

    texts = told(report, "activities", secretariat)
    assert starting(texts, "Nået") == ["Nået i perioden: Inden for (1. juli 2011)."]
    assert [text for text in texts if "Møde i september" in text and "07.09.2011" in text]


MAY, JULY, AUGUST = (dt.datetime(2011, month, 7, 12, tzinfo=dt.UTC) for month in (5, 7, 8))


def june_reported(programme):
    """The last report is of June, as it was known early in July."""
    june = draft(programme, to=D(2011, 6, 30), period_from=D(2011, 1, 1))
    freeze_as_of(june, Moment(june.period_to, dt.datetime(2011, 7, 5, tzinfo=dt.UTC)), by=approver(programme))


def signed(programme, on, recorded):
    with make.clock(recorded):
        return sign(programme, "municipality", on)


def told_of(programme, user, what):
    """What stands in the brackets of each suggestion about such facts."""
    found = starting(told(draft(programme, by=user), "activities", user), what)
    return [re.search(r"\(([^()]*)\)\.$", text)[1] for text in found]


@pytest.mark.parametrize(
    ("on", "recorded", "expected"),
    [
        (D(2011, 7, 7), JULY, "07.07.2011"),
        (D(2011, 5, 7), AUGUST, "07.05.2011, registreret efterfølgende, den 07.08.2011"),
    ],
    ids=["happened", "late"],
)
def test_what_happened_since_the_last_report_is_told_and_what_was_recorded_late(
    programme, secretariat, on, recorded, expected
):
    june_reported(programme)
    signed(programme, on, recorded)

    assert told_of(programme, secretariat, "Underskrift") == [expected]


def test_what_was_retracted_since_the_last_report_is_told_as_such(programme, secretariat):
    fact = signed(programme, D(2011, 5, 7), MAY)
    june_reported(programme)
    fact.retract(by=secretariat, reason="Forkert")

    assert told_of(programme, secretariat, "Underskrift") == ["07.05.2011, trukket tilbage"]


def test_what_was_corrected_since_the_last_report_is_told_as_such(programme, secretariat):
    fact = signed(programme, D(2011, 5, 7), MAY)
    june_reported(programme)
    with make.clock(AUGUST):
        fact.supersede(by=secretariat, reason="Forkert dag", happened_on=D(2011, 5, 8))

    assert told_of(programme, secretariat, "Underskrift") == ["08.05.2011, rettet"]


def test_what_only_ended_since_the_last_report_has_not_happened_since(programme, secretariat):
    with make.clock(MAY):
        document = make.DocumentFactory(programme=programme, kind="concept")
        version = make.DocumentVersionFactory(document=document, text=TEXT)
        hearing(version, D(2011, 5, 7), D(2011, 7, 15), asked=[document.adopted_by.uuid], others="")
    june_reported(programme)

    assert told_of(programme, secretariat, "Høring") == []


def test_last_report_is_of_a_day_before_this_ones(programme, secretariat):
    locked(programme)
    report = draft(programme, to=D(2011, 6, 30), period_from=D(2011, 1, 1), by=secretariat)
    signed(programme, D(2011, 9, 7), dt.datetime(2011, 9, 7, tzinfo=dt.UTC))

    assert starting(told(report, "activities", secretariat), "Underskrift") == []


def test_money_is_compared_with_the_last_report_of_the_same_budget_year_alone(programme, secretariat):
    budget = Budget.objects.get(programme=programme)
    june_reported(programme)
    make.posting(line=budget.lines.get(number=3), amount=Decimal(9000), text="Tolk", happened_on=D(2011, 8, 1))
    report = draft(programme, by=secretariat)
    asked = _Asked(report, Moment(report.period_to), "economy", asked_by(secretariat))
    same_year = asked._spent_since()
    asked.money = replace(asked.money, year=2012)

    assert "9.000" in same_year
    assert asked._spent_since() == ""


def test_forecast_and_risks_tell_what_is_left_to_the_deadline(programme, secretariat):
    report = draft(programme, by=secretariat, kind="midway")

    for code in ("forecast", "risks"):
        assert starting(told(report, code, secretariat), f"{programme.criteria.get(number=1).name}: Der mangler 3")


@pytest.mark.parametrize("kind", ["status", "midway", "final"])
def test_every_section_has_suggestions_or_none_and_no_person_is_named(programme, secretariat, kind):
    place = make.found(make.AssociationFactory(programme=programme), D(2011, 5, 1))
    for _ in range(3):
        make.counting_coordinator(place, name="Fatima Hassan")
    report = draft(programme, by=secretariat, kind=kind)

    for one in sections_of(kind):
        for text in told(report, one.code, secretariat):
            assert "Fatima" not in text
            assert not [str(uuid) for uuid in Volunteer.objects.values_list("uuid", flat=True) if str(uuid) in text]


def count_queries(report, code, user):
    with CaptureQueriesContext(connection) as queries:
        told(report, code, user)
    return len(queries)


@pytest.mark.parametrize("code", ["goals", "activities", "economy", "risks", "forecast"])
def test_suggestions_take_so_many_queries_whatever_the_data(programme, secretariat, code):
    report = draft(programme, by=secretariat, kind="midway")
    make.found(make.AssociationFactory(programme=programme), D(2011, 5, 1), but={"minutes"})
    milestone(programme, D(2011, 5, 1))
    told(report, code, secretariat)
    before = count_queries(report, code, secretariat)
    for number in range(6):
        make.found(make.AssociationFactory(programme=programme), D(2011, 5, 1 + number), but={"minutes"})
        make.found(make.AssociationFactory(programme=programme), D(2011, 5, 1 + number))
        reach(milestone(programme, D(2011, 12, 31)), D(2011, 7, 1 + number))
        milestone(programme, D(2011, 5, 1 + number))

    assert count_queries(report, code, secretariat) == before


def test_page_of_a_section_shows_its_suggestions(programme, secretariat, secretary):
    report = draft(programme, by=secretariat)
    page = secretary.get(reverse("reports:section", args=[report.uuid, "economy"]))

    first, *_ = page.context["suggestions"]
    assert first.text in page.content.decode()
