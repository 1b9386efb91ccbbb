"""The forms and pages of effect indicators: refused beside the field, kept as typed, corrected and retracted."""

from decimal import Decimal
from html import unescape

import pytest

from programme.models import EffectIndicator, Measurement
from tests.doors import assert_refused, saved, says, send

pytestmark = pytest.mark.django_db

WRONG_SIDE = "More is better, so the target cannot be below the baseline."


def test_target_that_contradicts_the_baseline_is_refused_beside_its_field(world, visitor):
    before = saved()

    response = send(world, visitor, "programme:target", value="9,5")

    assert_refused(response, "value", says(WRONG_SIDE), "9,5", before)


def test_baseline_that_contradicts_a_target_is_refused_beside_its_field(world, visitor):
    before = saved()

    response = send(world, visitor, "programme:effect_edit", baseline="20,5")

    assert_refused(response, "baseline", says("A target is on the wrong side of that baseline."), "20,5", before)


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("value", "12.5", "Write a number with a decimal comma, such as 12,5."),
        ("value", "mange", "Write a number with a decimal comma, such as 12,5."),
        ("ended_on", "2011-12-31", "The end is before the start."),
        ("started_on", "2010-12-31", "Another target holds in that period."),
    ],
    ids=["ambiguous", "no number", "ends before it begins", "overlaps by a day"],
)
def test_bad_target_is_refused_beside_its_field(world, visitor, field, typed, message):
    before = saved()

    response = send(world, visitor, "programme:target", **{field: typed})

    assert_refused(response, field, says(message), typed, before)


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("covers_to", "2011-03-31", "The end is before the start."),
        ("happened_on", "2011-06-29", "The period was not over on that day."),
        ("value", "tolv", "Write a number with a decimal comma, such as 12,5."),
    ],
)
def test_bad_measurement_is_refused_beside_its_field(world, visitor, field, typed, message):
    before = saved()

    response = send(world, visitor, "programme:measure", **{field: typed})

    assert_refused(response, field, says(message), typed, before)


def test_period_that_is_measured_already_is_told_so(world, visitor):
    before = saved()

    response = send(world, visitor, "programme:measure", covers_from="2011-01-01", covers_to="2011-01-01")

    message = says("That period is measured already. Correct or retract that measurement.")
    assert_refused(response, "covers_to", message, "2011-01-01", before)


def test_correction_is_the_next_version_and_keeps_its_evidence(world, visitor):
    before = world.rows["maaling"]

    response = send(world, visitor, "programme:measurement_edit", value="13,5")

    now = Measurement.objects.current().get(uuid=before.uuid)
    assert response.status_code == 302
    assert (now.value, now.evidence_id, now.covers_to) == (Decimal("13.5"), before.evidence_id, before.covers_to)
    assert Measurement.objects.filter(uuid=before.uuid).count() == 2


def test_correction_to_a_day_within_the_period_is_refused(world, visitor):
    before = saved()

    response = send(world, visitor, "programme:measurement_edit", happened_on="2010-12-31")

    assert_refused(response, "happened_on", says("The period was not over on that day."), "2010-12-31", before)


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"source": "computed"}, "computed_figure", "Choose a figure where the indicator is computed, and only there."),
        ({"how_measured": ""}, "how_measured", "Write how it is measured."),
        (
            {"source": "computed", "computed_figure": "new_mothers", "only_topic": "health"},
            "only_topic",
            "Only conversations have topics.",
        ),
        (
            {"source": "computed", "computed_figure": "associations_running", "grouping": "language"},
            "grouping",
            "An association has no language to be broken down by.",
        ),
    ],
    ids=["no figure", "no method", "topic", "language"],
)
def test_indicator_that_makes_no_sense_is_refused_beside_its_field(world, visitor, typed, field, message):
    before = saved()

    response = send(world, visitor, "programme:effect_new", **typed)

    assert_refused(response, field, says(message), typed.get(field, ""), before)


def test_new_indicator_is_saved_with_a_baseline_of_0_or_without(world, visitor):
    for name, baseline in (("Nul", "0"), ("Ukendt", "")):
        assert send(world, visitor, "programme:effect_new", name=name, baseline=baseline).status_code == 302

    found = dict(EffectIndicator.objects.filter(name__in=["Nul", "Ukendt"]).values_list("name", "baseline"))
    assert found == {"Nul": Decimal(0), "Ukendt": None}


def test_pages_tell_the_municipality_numbers_and_evidence_but_no_notes(world):
    page = world.client("caseworker").get(world.url("programme:effect"))
    html = unescape(page.content.decode())

    assert [one.words for one in page.context["measured"]] == ["12"]
    assert says("Evidence is noted") in html
    assert "PERSONORD" not in html


def test_retracted_measurement_is_measured_no_longer(world, visitor):
    one = world.rows["indicator"]
    send(world, visitor, "reports:retract maaling")

    page = visitor.get(one.get_absolute_url())

    assert [page.context["line"].words, page.context["measured"]] == [says("Not measured"), []]
