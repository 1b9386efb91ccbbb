"""One definition per figure: what `status` says, Overblik, the criterion's page, the account, the administration and
the file say too, at every quarter of the story."""

import datetime as dt
import io
import json
from decimal import Decimal
from io import StringIO

import openpyxl
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from budget.models import Budget
from bydelsmoedre.listing import in_words
from programme.models import RoleGrant
from tests import factories as make

pytestmark = pytest.mark.django_db

#: The quarters, the day of the demonstration, and one as it was known then.
ASKED = [
    {"on": "2011-03-31"},
    {"on": "2011-06-30"},
    {"on": "2011-09-30"},
    {"on": "2011-09-30", "known_at": "2011-10-01"},
    {"on": "2011-11-15"},
    {"on": "2011-12-31"},
]


@pytest.fixture
def viewer(story):
    """Somebody who is both the secretariat and the Foundation of the story's programme, logged in."""
    user = User.objects.create_user("alle@example.org")
    for role in ("secretariat", "foundation"):
        RoleGrant.objects.create(user=user, programme=story, role=role)
    viewer = Client()
    viewer.force_login(user)
    return viewer


def status(**asked):
    out = StringIO()
    call_command("status", format="json", stdout=out, **asked)
    return json.loads(out.getvalue())


def told(asked):
    """What `status` says, by the codes of the figures' table."""
    found = status(**asked)
    lines = {}
    for criterion in found["criteria"]:
        if criterion["target"] is not None:
            lines[f"criterion.{criterion['key']}"] = criterion["value"]
        lines[f"criterion.{criterion['key']}.met"] = criterion["met"]
    counts = dict(found["figures"])
    lines |= {f"transition.{name}": number for name, number in counts.pop("transition").items()}
    lines |= counts
    lines |= of_persons(found)
    amounts = ("budgeted", "spent", "committed", "rest")
    lines |= {f"budget.{name}": Decimal(found["budget"][name]) for name in amounts}
    for number, line in enumerate(found["budget"]["lines"], 1):
        lines |= {f"line.{number}.{name}": Decimal(line[name]) for name in amounts}
    for number, funder in enumerate(found["budget"]["funding"], 1):
        stages = ("proposed", "promised", "granted", "paid")
        lines |= {f"funder.{number}.{stage}": Decimal(funder[stage]) for stage in stages}
    return lines


def of_persons(found):
    living = found["residence"].items()
    after = found["formerly_paid"]["active_after"].items()
    return (
        {f"recruitment.{stage}": number for stage, number in found["recruitment"]["reached"].items()}
        | {f"residence.{who}.{place}": number for who, counts in living for place, number in counts.items()}
        | {f"active_after.{months}": one["active"] for months, one in after}
    )


def of_criteria(figures):
    found = {}
    for figure in figures:
        if figure.is_number:
            found[f"criterion.{figure.key}"] = figure.value
        found[f"criterion.{figure.key}.met"] = figure.is_met
    return found


def of_budget(budget):
    amounts = ("budgeted", "spent", "committed", "rest")
    found = {f"budget.{name}": getattr(budget, name) for name in amounts}
    for number, line in enumerate(budget.lines, 1):
        found |= {f"line.{number}.{name}": getattr(line, name) for name in amounts}
    for number, funder in enumerate(budget.funding, 1):
        found |= {
            f"funder.{number}.{name}": getattr(funder, name) for name in ("proposed", "promised", "granted", "paid")
        }
    return found


def part(lines, *prefixes):
    return {code: value for code, value in lines.items() if code.startswith(prefixes)}


def ids(asked):
    return "-as-known-".join(asked.values())


@pytest.mark.parametrize("asked", ASKED, ids=ids)
def test_overblik_says_what_status_says(viewer, asked):
    context = viewer.get(reverse("reports:dashboard"), asked).context
    counts = dict(context["counts"])
    shown = {name: int(counts[name]) for name in ("new_mothers", "certificates", "conversations", "meetings")}
    shown |= {f"transition.{name}": int(counts[name]) for name in ("yes", "no", "undecided")}
    running = next(figure.running for figure in context["criteria"] if figure.running is not None)

    found = of_criteria(context["criteria"]) | of_budget(context["budget"]) | shown | {"associations_running": running}

    ours = told(asked)
    assert found == {code: ours[code] for code in ours.keys() - of_persons(status(**asked)).keys()}


@pytest.mark.parametrize("asked", ASKED, ids=ids)
def test_pages_of_persons_say_what_status_says(viewer, asked):
    found = status(**asked)
    recruitment, paid = found["recruitment"], found["formerly_paid"]
    stages, living, answers = (
        viewer.get(reverse(f"volunteers:{page}"), asked).context for page in ("funnel", "residence", "formerly_paid")
    )

    assert [int(line.number.text) for line in stages["stages"]] == list(recruitment["reached"].values())
    assert [int(line.number.text) for line in stages["stands"]] == list(recruitment["stands"].values())
    assert {
        who: [int(line.number.text) for line in group.lines]
        for who, group in zip(("mothers", "candidates"), living["groups"], strict=True)
    } == {who: list(counts.values()) for who, counts in found["residence"].items()}
    assert [int(part.number.text) for part in answers["parts"]] == list(paid["answers"].values())
    assert [int(line.numbers[0].text) for line in answers["months"]] == [
        one["active"] for one in paid["active_after"].values()
    ]
    overblik = found["figures"]["transition"]
    assert (paid["answers"]["continues"], paid["answers"]["no"]) == (overblik["yes"], overblik["no"])
    assert paid["answers"]["undecided"] + paid["answers"]["unanswered"] == overblik["undecided"]
    assert recruitment["reached"]["diploma"] == found["figures"]["new_mothers"]


@pytest.mark.parametrize("asked", ASKED, ids=ids)
def test_each_criterion_s_page_says_what_status_says(story, viewer, asked):
    urls = [reverse("reports:criterion", args=[one.uuid]) for one in story.criteria.all()]

    figures = [viewer.get(url, asked).context["figure"] for url in urls]

    assert of_criteria(figures) == part(told(asked), "criterion.")


@pytest.mark.parametrize("asked", ASKED, ids=ids)
def test_account_says_what_status_says(viewer, asked):
    budget = viewer.get(reverse("budget:account"), asked).context["budget"]

    assert of_budget(budget) == part(told(asked), "budget.", "line.", "funder.")


def test_account_and_year_end_say_the_same_of_the_unused_money_when_a_funder_is_named(story, viewer):
    plan = Budget.objects.get(programme=story, year=2011)
    city = story.organisations.get(kind="municipality")
    make.posting(line=plan.lines.first(), amount=Decimal("600.50"), happened_on=dt.date(2011, 12, 1), funder=city)

    blocks = viewer.get(reverse("budget:account"), {"on": "2011-12-31"}).context["grants"]
    settled = [
        viewer.get(reverse("budget:settle", args=[plan.uuid, one.funding.uuid])).context["form"].initial["amount"]
        for one in blocks
    ]

    columns = viewer.get(reverse("budget:by_funder"), {"on": "2011-12-31"}).context["figure"].funders
    assert [one.unused for one in blocks] == settled == [one.rest - one.committed for one in columns]
    assert sum(settled) == Decimal("24399.50")
    assert settled != [Decimal("14247.88"), Decimal("10151.62")]


@pytest.mark.parametrize("asked", ASKED, ids=ids)
def test_administration_says_what_status_says(story, viewer, asked):
    url = reverse("admin:reports_programmefigures_change", args=[story.pk])

    shown = {line.code: (value, line.unit) for line, value, _target in viewer.get(url, asked).context["lines"]}

    assert {code: value for code, (value, _unit) in shown.items()} == {
        code: in_words(value) for code, value in told(asked).items()
    }


@pytest.mark.parametrize("asked", ASKED, ids=ids)
def test_file_says_what_status_says(viewer, asked):
    answer = viewer.get(reverse("reports:dashboard"), asked | {"format": "xlsx"})

    page = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    rows = {code: value for _label, value, _target, _unit, code, _day in page.iter_rows(min_row=2, values_only=True)}

    assert rows == {
        code: ("Ja" if value else "Nej")
        if isinstance(value, bool)
        else float(value)
        if isinstance(value, Decimal)
        else value
        for code, value in told(asked).items()
    }


@pytest.mark.parametrize("asked", ASKED, ids=ids)
def test_list_of_courses_and_their_figures_say_the_same_of_each(viewer, asked):
    listed = {
        one.pk: (one.issued, one.name) for one in viewer.get(reverse("training:list"), asked).context["listing"].rows
    }

    told = viewer.get(reverse("training:figures"), asked).context

    assert {one.course.pk: (one.certified, one.course.name) for one in told["figures"]} == {
        one.course.pk: listed[one.course.pk] for one in told["figures"]
    }
    assert told["totals"]["certified"] == sum(number for number, _name in listed.values())


@pytest.mark.parametrize("asked", ASKED, ids=ids)
def test_curve_ends_where_the_figure_stands(viewer, asked):
    context = viewer.get(reverse("reports:dashboard"), asked).context

    ends = [chart.lines[0].last for chart in context["charts"]]

    criteria = [str(figure.value) for figure in context["criteria"] if figure.is_number]
    assert ends == [*criteria, in_words(context["budget"].spent)]


def test_associations_in_the_list_are_those_that_the_criterion_counts(viewer):
    lines = viewer.get(reverse("associations:list"), {"on": "2011-12-31", "sorter": "stiftet"}).context["listing"].page

    founded = [line.status.founded_on for line in lines.object_list if line.status.founded_on]

    assert founded == [dt.date(2011, 5, 26), dt.date(2011, 9, 15), dt.date(2011, 12, 8)]
    assert len(founded) == told({"on": "2011-12-31"})["criterion.associations"]


@pytest.mark.parametrize("on", ["2011-06-30", "2011-11-15", "2011-12-31"])
def test_districts_are_the_sum_of_the_list(viewer, on):
    """In the story nobody has a role in two associations of a district."""
    context = viewer.get(reverse("associations:list"), {"on": on}).context
    lines, found = context["listing"].page.object_list, [line.numbers for line in context["districts"]]

    standings = [line.status.standing for line in lines]
    people = [sum(getattr(line, name) for line in lines) for name in ("mothers", "coordinators")]
    running, founded, forming, _prospects, *there = (sum(numbers) for numbers in zip(*found, strict=True))
    assert [running, founded, forming] == [standings.count(one) for one in ("running", "founded", "forming")]
    assert there == people
