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
from bydelsmoedre.listing import in_words
from programme.models import RoleGrant

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
    amounts = ("budgeted", "spent", "committed", "rest")
    lines |= {f"budget.{name}": Decimal(found["budget"][name]) for name in amounts}
    for number, line in enumerate(found["budget"]["lines"], 1):
        lines |= {f"line.{number}.{name}": Decimal(line[name]) for name in amounts}
    for number, funder in enumerate(found["budget"]["funding"], 1):
        stages = ("proposed", "promised", "granted", "paid")
        lines |= {f"funder.{number}.{stage}": Decimal(funder[stage]) for stage in stages}
    return lines


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

    assert found == told(asked)


@pytest.mark.parametrize("asked", ASKED, ids=ids)
def test_each_criterion_s_page_says_what_status_says(story, viewer, asked):
    urls = [reverse("reports:criterion", args=[one.uuid]) for one in story.criteria.all()]

    figures = [viewer.get(url, asked).context["figure"] for url in urls]

    assert of_criteria(figures) == part(told(asked), "criterion.")


@pytest.mark.parametrize("asked", ASKED, ids=ids)
def test_account_says_what_status_says(viewer, asked):
    budget = viewer.get(reverse("budget:account"), asked).context["budget"]

    assert of_budget(budget) == part(told(asked), "budget.", "line.", "funder.")


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
    rows = {code: value for _label, value, _target, _unit, code in page.iter_rows(min_row=2, values_only=True)}

    assert rows == {
        code: ("Ja" if value else "Nej")
        if isinstance(value, bool)
        else float(value)
        if isinstance(value, Decimal)
        else value
        for code, value in told(asked).items()
    }


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
