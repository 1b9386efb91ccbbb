"""Criteria 3 to 5, which are decisions with evidence (domain.md; reports/figures/criteria.py)."""

import datetime as dt

import pytest

from bydelsmoedre.moment import Moment, end_of_day
from programme.models import (
    Agreement,
    AgreementTerm,
)
from reports.figures.shapes import Standing
from tests.figures import at, decide, figure, lacks, listed, sign
from tests.roles import clock

D = dt.date


# --- 3 and 4: documents adopted


documents = pytest.mark.parametrize(
    ("number", "kind"), [pytest.param(3, "training_concept", id="concept"), pytest.param(4, "values", id="values")]
)


@documents
def test_document_counts_from_the_day_of_its_adoption(programme, number, kind):
    decide(programme, kind, D(2011, 10, 5))

    before, after = (figure(programme, number, at(2011, 10, day)) for day in (4, 5))

    assert (before.value, before.target, before.is_met, before.standing) == (None, None, False, Standing.NOT_YET)
    assert (after.value, after.target, after.is_met, after.met_since) == (None, None, True, D(2011, 10, 5))


@documents
def test_document_that_nobody_has_decided_on_lacks_an_adoption(programme, number, kind):
    assert lacks(programme, number, at(2011, 12, 31)) == [("adoption",)]


@documents
def test_document_adopted_by_another_body_does_not_count(programme, number, kind):
    decide(programme, kind, D(2011, 10, 5), by="municipality")

    assert not figure(programme, number, at(2011, 12, 31)).is_met
    assert lacks(programme, number, at(2011, 12, 31)) == [("adoption_by_right_body",)]


@documents
def test_document_sent_back_does_not_count_and_says_when(programme, number, kind):
    decide(programme, kind, D(2011, 9, 7), outcome="rejected")

    (near,) = listed(programme, number, at(2011, 12, 31), counting=False)

    assert (near.lacks, near.facts) == (("adoption",), {"rejected": D(2011, 9, 7)})


@documents
def test_document_sent_back_and_adopted_in_the_next_version_counts(programme, number, kind):
    decide(programme, kind, D(2011, 9, 7), outcome="rejected")
    decide(programme, kind, D(2011, 10, 5), label="2.0")

    assert figure(programme, number, at(2011, 12, 31)).met_since == D(2011, 10, 5)


@documents
def test_document_whose_adoption_is_retracted_no_longer_counts_but_did(programme, number, kind):
    with clock(dt.datetime(2011, 10, 5, 18, tzinfo=dt.UTC)):
        adoption = decide(programme, kind, D(2011, 10, 5))
    with clock(dt.datetime(2011, 10, 20, 18, tzinfo=dt.UTC)):
        adoption.retract(by=None, reason="Det var kun til høring.")

    known = [
        figure(programme, number, Moment(D(2011, 12, 31), end_of_day(D(2011, 10, day)))).is_met for day in (4, 5, 20)
    ]

    assert known == [False, True, False]
    assert not figure(programme, number, at(2011, 12, 31)).is_met


def test_document_adopted_after_the_deadline_is_met_late(programme):
    decide(programme, "values", D(2012, 1, 18))

    assert figure(programme, 4, at(2012, 1, 17)).standing == Standing.MISSED
    assert figure(programme, 4, at(2012, 1, 18)).standing == Standing.MET_LATE


# --- 5: the partnership


@pytest.fixture
def signed(programme):
    """Signed by the Foundation on 24 January and by the municipality on 7 February."""
    sign(programme, "foundation", D(2011, 1, 24))
    sign(programme, "municipality", D(2011, 2, 7))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(
            D(2011, 1, 23), ("signature_foundation", "signature_municipality", "anchoring_model"), id="nobody-signed"
        ),
        pytest.param(D(2011, 1, 24), ("signature_municipality", "anchoring_model"), id="between-the-signatures"),
        pytest.param(D(2011, 2, 6), ("signature_municipality", "anchoring_model"), id="the-day-before-the-last"),
        pytest.param(D(2011, 2, 7), ("anchoring_model",), id="in-force-without-a-model"),
    ],
)
def test_partnership_lacks_what_is_not_there_yet(programme, signed, day, expected):
    assert lacks(programme, 5, Moment(day)) == [expected]
    assert not figure(programme, 5, Moment(day)).is_met


def test_partnership_in_force_tells_since_when(programme, signed):
    (near,) = listed(programme, 5, at(2011, 12, 31), counting=False)

    assert near.facts == {"in_force": D(2011, 2, 7)}


def test_partnership_counts_from_the_later_of_last_signature_and_model(programme, signed):
    decide(programme, "anchoring_model", D(2011, 11, 30))

    (row,) = listed(programme, 5, at(2011, 12, 31), counting=True)

    assert (row.since, figure(programme, 5, at(2011, 12, 31)).met_since) == (D(2011, 11, 30), D(2011, 11, 30))


def test_partnership_whose_model_comes_after_the_deadline_is_met_late(programme, signed):
    decide(programme, "anchoring_model", D(2011, 11, 30), outcome="rejected")
    decide(programme, "anchoring_model", D(2012, 1, 18), label="2.0")

    standings = [
        figure(programme, 5, Moment(day)).standing for day in (D(2011, 12, 31), D(2012, 1, 17), D(2012, 1, 18))
    ]

    assert standings == [Standing.NOT_YET, Standing.MISSED, Standing.MET_LATE]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(D(2011, 2, 28), [("term",)], id="before-its-term"),
        pytest.param(D(2011, 3, 1), [], id="first-day"),
        pytest.param(D(2011, 9, 30), [], id="last-day"),
        pytest.param(D(2011, 10, 1), [("term",)], id="after-its-term"),
    ],
)
def test_partnership_holds_within_its_term_only(programme, signed, day, expected):
    decide(programme, "anchoring_model", D(2011, 2, 8))
    agreement = Agreement.objects.get(programme=programme)
    AgreementTerm.record(by=None, agreement=agreement, started_on=D(2011, 3, 1), ended_on=D(2011, 9, 30))

    assert lacks(programme, 5, Moment(day)) == expected
    assert figure(programme, 5, Moment(day)).is_met == (not expected)
