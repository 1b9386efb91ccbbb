"""`manage.py status`: the five criteria and the budget for a terminal and for other programs."""

import datetime as dt
import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from bydelsmoedre.moment import COPENHAGEN
from bydelsmoedre.owner import as_owner
from reports.figures.formerly_paid import ANSWERS
from reports.figures.funnel import STAGES, STANDS
from reports.figures.residence import PLACES
from reports.loading import load_plan
from tests import factories as make
from tests.roles import clock

D = dt.date
pytestmark = pytest.mark.django_db

AMOUNT = re.compile(r"-?\d+\.\d\d")


@pytest.fixture
def loaded(django_db_setup, django_db_blocker):
    """The plan alone."""
    with django_db_blocker.unblock(), as_owner(), transaction.atomic():
        yield load_plan()
        transaction.set_rollback(True)


def status(**options):
    out = StringIO()
    call_command("status", stdout=out, **options)
    return out.getvalue()


def told(**options):
    return json.loads(status(format="json", **options))


def test_status_on_the_plan_alone(loaded):
    found = told(on="2011-12-31")

    assert (found["programme"], found["on"]) == ("København", "2011-12-31")
    assert [(one["key"], one["value"], one["target"], one["met"]) for one in found["criteria"]] == [
        ("associations", 0, 3, False),
        ("coordinators", 0, 15, False),
        ("training_concept", None, None, False),
        ("values", None, None, False),
        ("partnership", None, None, False),
    ]
    assert {
        key: found["budget"][key] for key in ("state", "stated_total", "budgeted", "spent", "committed", "rest")
    } == {
        "state": "proposed",
        "stated_total": "1400000.00",
        "budgeted": "1370000.00",
        "spent": "0.00",
        "committed": "0.00",
        "rest": "1370000.00",
    }
    assert found["budget"]["funding"] == [
        {
            "funder": "Københavns Kommune",
            "proposed": "800000.00",
            "promised": "0.00",
            "granted": "0.00",
            "paid": "0.00",
        },
        {
            "funder": "Fonden for Socialt Ansvar",
            "proposed": "0.00",
            "promised": "570000.00",
            "granted": "0.00",
            "paid": "0.00",
        },
    ]
    assert [(line["budgeted"], line["rest"]) for line in found["budget"]["lines"]] == [
        (amount, amount) for amount in ("500000.00", "250000.00", "345000.00", "75000.00", "200000.00")
    ]


#: As the issue lists them, and what we tell besides.
KEYS = {
    "": (
        ["programme", "on", "known_at", "criteria", "figures", "budget"],
        ["recruitment", "residence", "formerly_paid"],
    ),
    "recruitment": (
        ["reached", "stands", "conversion", "days", "days_in_all", "lacking", "without_candidacy"],
        [],
    ),
    "reached": ([*STAGES], []),
    "stands": ([*STANDS], []),
    "conversion": ([*STAGES[1:]], []),
    "days": ([*STAGES[1:]], []),
    "residence": (["candidates", "mothers"], []),
    "candidates": ([*PLACES], []),
    "mothers": ([*PLACES], []),
    "formerly_paid": (["total", "expected", "protest", "answers", "active_after"], []),
    "answers": ([*ANSWERS], []),
    "active_after": (["3", "6", "12"], []),
    **dict.fromkeys(("3", "6", "12"), (["active", "inactive", "coming"], [])),
    "figures": (
        ["associations_running", "certificates", "new_mothers", "transition", "conversations", "meetings"],
        [],
    ),
    "transition": (["yes", "no", "undecided"], []),
    "criteria": (["key", "value", "target", "met", "qualifying", "near_misses"], ["standing"]),
    "near_misses": (["what", "lacks"], ["kind", "uuid", "association"]),
    "qualifying": (["what"], ["kind", "uuid", "association", "since"]),
    "budget": (
        ["state", "stated_total", "budgeted", "spent", "committed", "rest", "lines", "funding"],
        ["year", "price_level"],
    ),
    "lines": (["name", "budgeted", "spent", "committed", "rest"], []),
    "funding": (["funder", "proposed", "promised", "granted", "paid"], []),
}


def objects(value, name=""):
    """Every JSON object with the key that it stands under."""
    if isinstance(value, dict):
        yield name, value
        for key, inner in value.items():
            yield from objects(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from objects(inner, name)


def test_status_has_the_keys_that_are_agreed(programme):
    make.counting_coordinator(make.founded_association(programme))
    make.membership(make.VolunteerFactory(programme=programme), make.AssociationFactory(programme=programme))

    found = list(objects(told(on="2011-12-31")))

    assert {name for name, _ in found} == set(KEYS)
    for name, one in found:
        agreed, besides = KEYS[name]
        assert [key for key in one if key in agreed] == [key for key in agreed if key in one]
        assert set(agreed) <= set(one) <= {*agreed, *besides}, name


def test_status_writes_money_with_two_decimals(programme):
    found = told(on="2011-12-31")["budget"]

    amounts = {
        value
        for _, one in objects(found)
        for key, value in one.items()
        if isinstance(value, str) and key not in ("name", "funder", "state", "price_level")
    }
    assert amounts
    assert {amount for amount in amounts if not AMOUNT.fullmatch(amount)} == set()


def test_status_tells_what_near_misses_lack_by_code(programme):
    make.found(make.AssociationFactory(programme=programme, name="Sjælør"), D(2011, 11, 10), but={"board"})

    (near,) = told(on="2011-12-31")["criteria"][0]["near_misses"]

    assert (near["what"], near["lacks"]) == ("Sjælør", ["board"])


def test_status_names_no_person(programme):
    association = make.founded_association(programme)
    counting = make.counting_coordinator(association, name="Navnlig Navnesen", email="navnlig@example.org")
    near = make.VolunteerFactory(programme=programme, name="Næsten Navnesen", email="naesten@example.org")
    make.membership(near, association)

    shown = [status(on="2011-12-31", format=format_) for format_ in ("json", "text")]

    assert [word for word in ("Navnesen", "navnlig@", "naesten@") if word in "".join(shown)] == []
    coordinators = told(on="2011-12-31")["criteria"][1]
    assert [row["uuid"] for row in coordinators["qualifying"]] == [str(counting.uuid)]
    assert [row["uuid"] for row in coordinators["near_misses"]] == [str(near.uuid)]


@pytest.fixture
def recorded_in_october(programme):
    """Founded on 26 May, recorded on 4 October at 10 in Copenhagen."""
    with clock(dt.datetime(2011, 10, 4, 10, tzinfo=COPENHAGEN)):
        make.founded_association(programme)


@pytest.mark.parametrize(
    ("known_at", "value"),
    [
        pytest.param("2011-10-03", 0, id="day-before"),
        pytest.param("2011-10-04", 1, id="a-date-means-its-end"),
        pytest.param("04.10.2011", 1, id="danish-date"),
        pytest.param("2011-10-04T09:59:59", 0, id="copenhagen-time-before"),
        pytest.param("2011-10-04T10:00:00", 1, id="copenhagen-time"),
        pytest.param("2011-10-04 10:00", 1, id="with-a-space"),
        pytest.param("2011-10-04T07:59:59Z", 0, id="utc-before"),
        pytest.param("2011-10-04T08:00:00+00:00", 1, id="utc"),
        pytest.param("2011-10-04T10:00:00+02:00", 1, id="with-offset"),
    ],
)
def test_status_as_known_at(recorded_in_october, known_at, value):
    assert told(on="2011-12-31", known_at=known_at)["criteria"][0]["value"] == value


@pytest.mark.parametrize("option", ["on", "known_at"])
@pytest.mark.parametrize(
    "text",
    [
        "31.02.2011",
        "2011-02-30",
        "i går",
        "2011-13-01",
        "99999-01-01",
        "0000-01-01",
        "31-12-11x",
        "2011-1-1T25:00",
        "😀",
    ],
)
def test_status_says_clearly_that_a_date_is_none(programme, option, text):
    with pytest.raises(CommandError, match=f".{re.escape(text)}. er ikke en dato"):
        status(**{option: text})


@pytest.mark.parametrize(
    ("known_at", "criteria"),
    [("0001-01-01", 0), ("9998-12-31", 5), ("9999-12-31", 5), ("9999-12-31T23:59:59-05:00", 5)],
)
def test_status_reaches_to_the_ends_of_time(programme, known_at, criteria):
    assert len(told(on="2011-12-31", known_at=known_at)["criteria"]) == criteria


def test_status_says_clearly_that_a_time_is_before_the_calendar(programme):
    with pytest.raises(CommandError, match="er ikke en dato"):
        told(known_at="0001-01-01T00:00:00+05:00")


def test_status_without_a_programme_says_what_to_do(db):
    with pytest.raises(CommandError, match="load_plan"):
        status()


def test_status_of_a_programme_by_name(programme, twin):
    assert told(programme=twin.name)["programme"] == twin.name
    assert told()["programme"] == programme.name


def test_status_as_text_is_danish(programme):
    shown = status(on="2011-12-31")

    assert "København pr. 31.12.2011" in shown
    assert "associations: 0 af 3, ikke opfyldt" in shown
    assert "Budget 2011 (foreslået): 1.370.000 kr." in shown
