"""One test over all of them: what Overblik, a criterion's page, the administration, `status`, the file, the overview by
e-mail, the whole country and the comparison of days say of the criteria and the money is the same."""

import datetime as dt
import io
import json
import re
from decimal import Decimal
from io import StringIO

import openpyxl
import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from bydelsmoedre.danish import kroner
from reports.digest_sending import send_digests
from tests.test_one_definition import viewer  # noqa: F401 - the fixture

pytestmark = pytest.mark.django_db

DAYS = ["2011-03-31", "2011-06-30", "2011-09-30", "2011-11-15", "2011-12-31"]
#: The digest says them in this order, after the criteria.
COUNTED = ("associations_running", "certificates", "new_mothers", "conversations", "meetings")
AMOUNTS = ("budgeted", "spent", "committed", "rest")


def by_status(on):
    out = StringIO()
    call_command("status", format="json", stdout=out, on=on)
    found = json.loads(out.getvalue())
    return {
        "criteria": [(one["value"], one["met"]) for one in found["criteria"]],
        "counts": [found["figures"][name] for name in COUNTED],
        "money": [Decimal(found["budget"][name]) for name in AMOUNTS],
    }


def of_figures(figures):
    return [(one.value, one.is_met) for one in figures]


def of_budget(figure):
    return [getattr(figure, name) for name in AMOUNTS]


def by_overview(client, on):
    context = client.get(reverse("reports:dashboard"), {"on": on}).context
    counts = dict(context["counts"])
    running = next(one.running for one in context["criteria"] if one.running is not None)
    return {
        "criteria": of_figures(context["criteria"]),
        "counts": [running, *(int(counts[name]) for name in COUNTED[1:])],
        "money": of_budget(context["budget"]),
    }


def by_pages(client, programme, on):
    urls = [reverse("reports:criterion", args=[one.uuid]) for one in programme.criteria.order_by("number")]
    account = client.get(reverse("budget:account"), {"on": on}).context["budget"]
    return {
        "criteria": of_figures(client.get(url, {"on": on}).context["figure"] for url in urls),
        "money": of_budget(account),
    }


def from_lines(lines, keys):
    """Of a table of figures by their codes."""
    return {
        "criteria": [(lines.get(f"criterion.{key}"), lines[f"criterion.{key}.met"]) for key in keys],
        "counts": [lines[name] for name in COUNTED],
        "money": [Decimal(str(lines[f"budget.{name}"])) for name in AMOUNTS],
    }


def by_file(client, keys, on):
    answer = client.get(reverse("reports:dashboard"), {"on": on, "format": "xlsx"})
    page = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    rows = {code: value for _label, value, _target, _unit, code, _day in page.iter_rows(min_row=2, values_only=True)}
    return from_lines({code: {"Ja": True, "Nej": False}.get(value, value) for code, value in rows.items()}, keys)


def by_administration(client, programme, keys, on):
    url = reverse("admin:reports_programmefigures_change", args=[programme.pk])
    lines = client.get(url, {"on": on}).context["lines"]
    return from_lines({line.code: line.value for line, _value, _target in lines}, keys)


def by_digest(user, on):
    """Read from the mail as it is sent."""
    mail.outbox.clear()
    send_digests(dt.date.fromisoformat(on))
    (body,) = (one.body for one in mail.outbox if one.to == [user])
    criteria = re.findall(r"^\d\. .*?: (?:(\d+) af \d+, )?(ikke opfyldt|opfyldt)$", body, re.MULTILINE)
    counts = re.findall(r"^\D+: (\d+)$", body.partition("5. ")[2].partition("Budget:")[0], re.MULTILINE)
    (money,) = re.findall(r"^Budget: (.*)$", body, re.MULTILINE)
    return {
        "criteria": [(int(number) if number else None, met == "opfyldt") for number, met in criteria],
        "counts": [int(number) for number in counts],
        "money": re.findall(r"[-\u2212\d.,]*\d\u00a0kr\.", money),
    }


def by_country(client, programme, on):
    lines = client.get(reverse("reports:national"), {"on": on}).context["listing"].rows
    (line,) = (one for one in lines if one.programme == programme)
    return {
        "criteria": of_figures(line.criteria),
        "counts": [getattr(line.counts, name) for name in COUNTED],
        "money": of_budget(line.budget),
    }


@pytest.mark.parametrize("on", DAYS)
def test_every_place_says_the_same(story, viewer, on):
    ours = by_status(on)
    keys = [one.key for one in story.criteria.order_by("number")]

    assert by_overview(viewer, on) == ours
    assert by_pages(viewer, story, on) == {name: ours[name] for name in ("criteria", "money")}
    assert by_administration(viewer, story, keys, on) == ours
    assert by_file(viewer, keys, on) == ours
    assert by_country(viewer, story, on) == ours
    assert by_digest("alle@example.org", on) == ours | {"money": [kroner(amount) for amount in ours["money"]]}
