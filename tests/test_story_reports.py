"""The reports of the fictional year: what each version says is what was known when it was frozen."""

import datetime as dt
import json
import re

import pytest

from bydelsmoedre.moment import COPENHAGEN, Moment
from reports.models import FrozenReport, ProgressReport, ReportStep
from reports.progress.checking import faults
from reports.progress.freezing import missing
from reports.progress.markdown import Kind, read
from reports.progress.standing import State, with_standing
from reports.progress.suggestions import suggestions
from reports.story.reports import REPORTS, prose
from tests.test_report_suggestions import asked_by
from volunteers.models import Volunteer

D = dt.date

pytestmark = pytest.mark.django_db


def content(frozen):
    return json.loads(bytes(frozen.canonical))


@pytest.fixture
def chain(story):
    return list(FrozenReport.objects.filter(programme=story).order_by("place"))


def test_story_froze_four_versions_in_a_whole_chain(chain):
    told = [(one.report.kind, one.number, f"{one.frozen_at.astimezone():%d.%m}", bool(one.reason)) for one in chain]

    assert told == [
        ("midway", 1, "12.08", False),
        ("midway", 2, "09.09", True),
        ("status", 1, "03.10", False),
        ("status", 2, "12.10", True),
    ]
    assert faults(chain) == []
    assert [one.known_at for one in chain] == [one.frozen_at for one in chain]


def test_story_tells_the_same_day_otherwise_once_noerrebro_is_registered(chain):
    *_, first, second = map(content, chain)

    def told(one):
        associations, coordinators, *_ = one["criteria"]
        return associations["value"], associations["counting"], coordinators["value"]

    assert told(first) == (1, ["Bydelsmødre i Tingbjerg"], 4)
    assert told(second) == (2, ["Bydelsmødre i Tingbjerg", "Bydelsmødre på Nørrebro"], 7)
    assert first["economy"] == second["economy"]
    assert "4. oktober" in second["report"]["replaces"]["reason"]


@pytest.mark.parametrize(
    ("place", "paid", "spent", "liquidity"),
    [(1, 685_000, 506_000, 179_000), (2, 685_000, 506_000, 179_000), (4, 685_000, 904_000, -219_000)],
)
def test_story_reports_tell_the_money_of_the_year(chain, place, paid, spent, liquidity):
    economy = content(chain[place - 1])["economy"]
    received = sum(float(one["paid"]) for one in economy["funders"])

    assert (received, float(economy["total"]["spent"])) == (paid, spent)
    assert received - float(economy["total"]["spent"]) == liquidity


def test_story_reports_write_the_sums_that_their_tables_hold(chain):
    """What the secretariat wrote is what was counted: no sum in the narrative is another than the table's."""
    for one in chain:
        told = content(one)
        text = {section["code"]: section["text"] for section in told["sections"]}
        values = [criterion["value"] for criterion in told["criteria"][:2]]
        assert re.findall(r"\*\*(\d+) af \d+\*\*", text["goals"]) == [str(value) for value in values]
        (spent,) = re.findall(r"brugt \*\*([\d.]+) kr\.\*\*", text["economy"])
        assert float(told["economy"]["total"]["spent"]) == float(spent.replace(".", ""))
        if told["forecast"]:
            forecasts = [float(sum_.replace(".", "")) for sum_ in re.findall(r"([\d.]+\d) kr\.", text["forecast"])]
            assert forecasts[:2] == [float(told["forecast"]["expected"]), float(told["forecast"]["rest"])]


def test_nothing_was_missing_when_the_story_froze_its_reports(chain):
    assert [missing(one.report, Moment(one.cut_off, one.known_at)) for one in chain] == [[]] * len(chain)


def test_story_reports_were_answered_as_the_year_tells(chain):
    steps = ReportStep.objects.filter(frozen__in=chain).order_by("at")
    told = [(one.frozen.place, one.what, f"{one.at.astimezone():%d.%m}", one.section) for one in steps]

    assert told == [
        (1, "sent", "12.08", ""),
        (1, "received", "15.08", ""),
        (1, "question", "17.08", "goals"),
        (1, "answer", "18.08", "goals"),
        (1, "returned", "22.08", ""),
        (2, "sent", "09.09", ""),
        (2, "received", "12.09", ""),
        (2, "accepted", "26.09", ""),
        (3, "sent", "03.10", ""),
        (3, "received", "04.10", ""),
        (4, "sent", "12.10", ""),
        (4, "received", "13.10", ""),
    ]
    assert {one.by.office for one in steps} == {"Kommunens kontaktperson", "Koordinator"}


def test_a_question_about_a_section_of_the_story_was_answered(chain):
    (answer,) = ReportStep.objects.filter(frozen__in=chain, what="answer")

    assert (answer.question.what, answer.question.section) == ("question", answer.section)
    assert [one.state for one in reversed(with_standing(chain))] == [
        State.RECEIVED,
        State.RECEIVED,
        State.ACCEPTED,
        State.RETURNED,
    ]


def test_story_reports_are_approved_by_an_office_and_name_no_person(chain):
    names = [name for name in Volunteer.objects.values_list("name", flat=True) if name]

    for one in chain:
        told = bytes(one.canonical).decode()
        assert content(one)["report"]["approved_by"] == {
            "office": "Programchef",
            "organisation": "Fonden for Socialt Ansvar",
        }
        assert [name for name in names if name in told] == []


def test_story_reports_are_written_in_lists_and_paragraphs(chain):
    kinds = {piece.kind for one in chain for section in content(one)["sections"] for piece in read(section["text"])}

    assert kinds == {Kind.HEADING, Kind.LIST, Kind.PARAGRAPH}


def test_prose_puts_broken_lines_together():
    text = """
        Et afsnit, der
        går videre.

        ### En overskrift
        - Et punkt,
          der går videre.
        - Et til.
    """

    assert prose(text) == "Et afsnit, der går videre.\n\n### En overskrift\n- Et punkt, der går videre.\n- Et til."


def test_each_version_of_the_story_after_the_first_says_why():
    assert [bool(version.reason) for plan in REPORTS for version in plan.versions] == [False, True] * 2


def test_story_reports_are_sent_before_they_are_due(chain):
    for one in chain:
        if one.number == 1:
            assert one.frozen_at.date() <= one.report.due_on
            assert one.report.period_to < one.report.due_on < one.report.period_to + dt.timedelta(60)


@pytest.mark.parametrize(
    ("day", "expected"), [(D(2011, 10, 3), "1 af 3. Der mangler 2."), (D(2011, 10, 12), "2 af 3. Der mangler 1.")]
)
def test_suggestions_of_the_story_say_what_was_known_that_day(story, day, expected):
    report = ProgressReport.objects.get(programme=story, kind="status")
    moment = Moment(D(2011, 9, 30), dt.datetime.combine(day, dt.time(15, 30), tzinfo=COPENHAGEN))
    texts = [one.text for one in suggestions(report, moment, "goals", asked_by(report.begun_by))]

    assert texts[0] == f"Lokale foreninger: {expected}"
    assert ("Bydelsmødre på Nørrebro tæller ikke" in " ".join(texts)) == (day == D(2011, 10, 3))
