"""The fictional year 2011 that `load_story` tells: every figure that pages and reports must show."""

import datetime as dt
import json
from collections import Counter
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from associations.models import Association, StepPlan
from budget.models import Budget
from budget.reallocation import reallocations
from bydelsmoedre.moment import Moment, end_of_day
from reports.figures.criteria import criteria
from reports.figures.finances import budget
from reports.figures.funders import by_funder
from reports.findings import found as found_findings
from reports.story.book import day, identity
from tests.figures import figure, listed
from volunteers.models import Transition, Volunteer

D = dt.date
QUARTERS = ["2011-03-31", "2011-06-30", "2011-09-30", "2011-12-31"]


def told(**options):
    out = StringIO()
    call_command("status", format="json", stdout=out, **options)
    return json.loads(out.getvalue())


def person(key):
    return identity(Volunteer, key)


def known(text, on):
    """The day, as known at the end of another."""
    return Moment(day(on), end_of_day(day(text)))


#: As in ../shared/story-2011.md; one column per quarter, as known at the year's end.
TABLE = {
    "founded": [0, 1, 2, 3],
    "running": [0, 0, 1, 2],
    "coordinators": [0, 4, 7, 15],
    "certificates": [0, 8, 8, 17],
    "new_mothers": [0, 13, 13, 25],
    "transition": [(7, 11, 30), (12, 18, 18), (16, 22, 10), (17, 25, 6)],
    "conversations": [0, 38, 134, 305],
    "meetings": [1, 2, 3, 5],
    "met": [[], [], [], ["associations", "coordinators", "training_concept", "values"]],
}
#: Spent in the quarter per line, in 1.000 kr.
SPENT = [[84, 20, 12, 0, 44], [126, 74, 88, 12, 46], [126, 88, 121, 18, 45], [126, 56, 160, 38, 46]]
BUDGETED = [[500, 250, 345, 75, 200]] * 3 + [[470, 250, 375, 75, 200]]


@pytest.mark.parametrize("quarter", range(4), ids=QUARTERS)
@pytest.mark.parametrize("known_at", ["2012-12-31", ""], ids=["known-later", "known-now"])
def test_story_has_the_figures_of_the_table(story, quarter, known_at):
    found = told(on=QUARTERS[quarter], known_at=known_at)

    values = {one["key"]: one["value"] for one in found["criteria"]}
    counts = found["figures"]
    assert {
        "founded": values["associations"],
        "running": counts["associations_running"],
        "coordinators": values["coordinators"],
        "certificates": counts["certificates"],
        "new_mothers": counts["new_mothers"],
        "transition": tuple(counts["transition"][answer] for answer in ("yes", "no", "undecided")),
        "conversations": counts["conversations"],
        "meetings": counts["meetings"],
        "met": [one["key"] for one in found["criteria"] if one["met"]],
    } == {name: column[quarter] for name, column in TABLE.items()}


#: By quarter: interested, interview, accepted, in training, diploma, mother; and who of the formerly paid goes on, has
#: said that she does not know, says no, has not answered.
RECRUITMENT = [(23, 22, 21, 16, 0, 0), (43, 29, 21, 16, 13, 13), (66, 61, 44, 34, 13, 13), (72, 68, 62, 48, 25, 25)]
ANSWERED = [(7, 22, 11, 8), (12, 14, 18, 4), (16, 7, 22, 3), (17, 4, 25, 2)]


@pytest.mark.parametrize("quarter", range(4), ids=QUARTERS)
def test_story_recruits_and_the_formerly_paid_answer_quarter_by_quarter(story, quarter):
    found = told(on=QUARTERS[quarter])

    assert tuple(found["recruitment"]["reached"].values()) == RECRUITMENT[quarter]
    assert tuple(found["formerly_paid"]["answers"].values()) == ANSWERED[quarter]
    yes, no, undecided = TABLE["transition"][quarter]
    going_on, unsure, declines, silent = ANSWERED[quarter]
    assert (yes, no, undecided) == (going_on, declines, unsure + silent)
    assert {one: found["formerly_paid"][one] for one in ("total", "expected", "protest")} == {
        "total": 48, "expected": [15, 20], "protest": 20,
    }  # fmt: skip


def test_story_s_list_of_areas_changes_in_october(story):
    """Aldersrogade, whose district has no other area on it, comes to the list."""
    before, after = (told(on=on)["residence"]["mothers"] for on in ("2011-09-30", "2011-10-01"))

    assert (before["outside"], after["outside"]) == (1, 0)
    assert (before["unknown"], after["unknown"]) == (0, 0)


@pytest.mark.parametrize("quarter", range(4), ids=QUARTERS)
def test_story_has_the_money_of_the_table(story, quarter):
    found = told(on=QUARTERS[quarter])["budget"]

    spent = [sum(column) for column in zip(*SPENT[: quarter + 1], strict=True)]
    assert found["state"] == "approved"
    assert [Decimal(line["spent"]) for line in found["lines"]] == [1000 * amount for amount in spent]
    assert [Decimal(line["budgeted"]) for line in found["lines"]] == [1000 * amount for amount in BUDGETED[quarter]]
    assert Decimal(found["budgeted"]) == 1_370_000


def test_story_ends_with_the_money_that_is_left(story):
    found = budget(story, Moment(D(2011, 12, 31)))

    assert (found.spent, found.committed, found.rest) == (1_330_000, 15_000, 25_000)
    assert [line.rest for line in found.lines] == [8_000, 12_000, -6_000, 7_000, 4_000]


def test_story_s_unused_money_goes_back_by_what_each_has_granted(story):
    moment = Moment(D(2011, 12, 31))
    found = budget(story, moment)
    parts = {one.funder: one.unused for one in by_funder(found, moment).funders}

    assert found.unused == 25_000
    assert parts == {"Københavns Kommune": Decimal("14598.54"), "Fonden for Socialt Ansvar": Decimal("10401.46")}


@pytest.mark.parametrize(
    ("on", "codes"),
    [
        ("01.09", []),
        ("02.09", ["condition_unmet"]),
        ("25.09", ["condition_unmet"]),
        ("26.09", ["instalment_late"]),
        ("09.10", ["instalment_late"]),
        ("10.10", []),
    ],
)
def test_story_holds_the_second_instalment_back_until_the_report_is_approved(story, on, codes):
    wanted = ("condition_unmet", "instalment_late")

    assert [one.kind.code for one in found_findings(story, Moment(day(on)), codes=wanted)] == codes


@pytest.mark.parametrize("on", ["12.09", "04.10"])
def test_story_s_funders_are_both_asked_because_salaries_are_changed(story, on):
    plan = Budget.objects.get(programme=story)
    (asked,) = reallocations(story.pk, plan.uuid, Moment(day(on)))

    assert [(one.must, one.for_salaries) for one in asked.answers] == [(True, True)] * 2
    assert max(asked.out_of, asked.into) == 30_000


@pytest.mark.parametrize(
    ("on", "liquidity"),
    [("31.03", 240_000), ("30.06", 179_000), ("30.09", -219_000), ("31.12", 40_000)],
)
def test_story_is_short_of_money_in_september(story, on, liquidity):
    found = budget(story, Moment(day(on)))

    assert sum(funder.paid for funder in found.funding) - found.spent == liquidity


@pytest.mark.parametrize(
    ("on", "budgeted"), [("20.09", [500, 345]), ("03.10", [500, 345]), ("04.10", [470, 375]), ("31.12", [470, 375])]
)
def test_story_moves_money_when_both_funders_have_agreed(story, on, budgeted):
    lines = budget(story, Moment(day(on))).lines

    assert [lines[0].budgeted, lines[2].budgeted] == [1000 * amount for amount in budgeted]


@pytest.mark.parametrize(
    ("on", "value"),
    [
        ("26.06", 0),
        ("27.06", 4),
        ("14.09", 4),
        ("15.09", 7),
        ("27.10", 7),
        ("28.10", 8),
        ("15.11", 8),
        ("20.11", 8),
        ("21.11", 11),
        ("30.11", 11),
        ("01.12", 10),
        ("07.12", 10),
        ("08.12", 14),
        ("13.12", 14),
        ("14.12", 15),
        ("31.12", 15),
    ],
)
def test_story_counts_coordinators_day_by_day(story, on, value):
    assert figure(story, 2, Moment(day(on))).value == value


@pytest.mark.parametrize(
    ("on", "value"),
    [("25.05", 0), ("26.05", 1), ("14.09", 1), ("15.09", 2), ("07.12", 2), ("08.12", 3), ("31.12", 3)],
)
def test_story_counts_associations_day_by_day(story, on, value):
    assert figure(story, 1, Moment(day(on))).value == value


@pytest.mark.parametrize(("on", "running"), [("21.09", 0), ("22.09", 1), ("14.12", 1), ("15.12", 2)])
def test_story_counts_associations_in_operation_day_by_day(story, on, running):
    assert figure(story, 1, Moment(day(on))).running == running


def test_story_registers_noerrebro_after_the_quarter(story):
    asked = [known("01.10", "30.09"), known("03.10", "30.09"), known("04.10", "30.09"), Moment(day("30.09"))]

    found = [[figure(story, number, moment).value for number in (1, 2)] for moment in asked]

    assert found == [[1, 4], [1, 4], [2, 7], [2, 7]]


def test_story_takes_back_a_board_of_five(story):
    asked = [known("10.11", "12.11"), known("12.11", "12.11"), known("14.11", "12.11"), Moment(day("12.11"))]

    assert [figure(story, 1, moment).value for moment in asked] == [2, 3, 2, 2]
    (sjaeloer,) = [row for row in listed(story, 1, asked[-1], counting=False) if row.lacks == ("board_size",)]
    assert sjaeloer.uuid == identity(Association, "sjaeloer")


def test_story_meets_four_criteria_in_time(story):
    found = criteria(story, Moment(D(2011, 12, 31)))

    assert [(one.is_met, one.met_since) for one in found] == [
        (True, D(2011, 12, 8)),
        (True, D(2011, 12, 14)),
        (True, D(2011, 10, 5)),
        (True, D(2011, 11, 30)),
        (False, None),
    ]


@pytest.mark.parametrize(
    ("on", "standing"),
    [("31.12", "not_yet"), ("01.01.2012", "missed"), ("18.01.2012", "met_late"), ("31.01.2012", "met_late")],
)
def test_story_meets_the_fifth_criterion_too_late(story, on, standing):
    found = criteria(story, Moment(day(on)))

    assert [one.standing for one in found[:4]] == ["met"] * 4
    assert found[4].standing == standing


def test_story_has_an_agreement_that_is_half_signed_for_a_while(story):
    asked = [Moment(day(on)) for on in ("23.01", "24.01", "06.02", "07.02")]

    found = [listed(story, 5, moment, counting=False)[0].lacks for moment in asked]

    nearly = ("signature_municipality", "anchoring_model")
    assert found == [("signature_foundation", *nearly), nearly, nearly, ("anchoring_model",)]


def test_story_nearly_counts_two_coordinators_more(story):
    found = {row.uuid: row.lacks for row in listed(story, 2, Moment(D(2011, 12, 31)), counting=False)}

    assert found == {person("N1"): ("coordinator_role",), person("A1"): ("founded_association",)}


def test_story_ends_with_five_coordinators_in_each_association(story):
    counting = listed(story, 2, Moment(D(2011, 12, 31)), counting=True)

    assert Counter(row.association for row in counting) == {
        identity(Association, key): 5 for key in ("tingbjerg", "noerrebro", "sjaeloer")
    }
    assert Transition.objects.filter(volunteer__uuid__in=[row.uuid for row in counting]).count() == 9


def test_story_nearly_founds_akacieparken(story):
    (near,) = listed(story, 1, Moment(D(2011, 12, 31)), counting=False)

    assert (near.uuid, near.lacks) == (identity(Association, "akacieparken"), ("statutes", "meeting", "board"))
    assert figure(story, 1, Moment(D(2012, 1, 12))).value == 4
    assert StepPlan.objects.get(association__uuid=near.uuid).planned_on == D(2012, 1, 12)


def test_story_waits_for_a_certificate_that_is_only_proposed(story):
    near = {row.uuid: row.lacks for row in listed(story, 2, Moment(day("01.12")), counting=False)}

    assert near[person("S5")] == ("certificate", "founded_association")
