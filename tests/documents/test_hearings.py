"""Hearings: when a version is in one, that nobody adopts it then, and what the database keeps of it."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.translation import gettext

from associations.models import AssociationAdoption
from bydelsmoedre.moment import Moment
from programme.hearings import open_hearing, why_not_adopted
from programme.models import Adoption, Organisation
from reports.figures.documents import DocumentStanding, documents
from tests import factories as make
from tests.doors import assert_refused, retract, saved
from tests.hearings import CLOSED, OPENED, comment, decide, hearing, standing

D = dt.date
pytestmark = pytest.mark.django_db


# --- One definition: the figure, the form and the database agree on every day


@pytest.mark.parametrize(
    ("on", "is_in_hearing"),
    [
        pytest.param(D(2011, 8, 31), False, id="the-day-before"),
        pytest.param(OPENED, True, id="the-first-day"),
        pytest.param(CLOSED, True, id="the-last-day"),
        pytest.param(D(2011, 10, 2), False, id="the-day-after"),
    ],
)
def test_figure_form_and_database_agree_when_a_version_is_in_hearing(client, version, body, on, is_in_hearing):
    hearing(version, OPENED, CLOSED)

    assert (open_hearing(version, on) is not None) is is_in_hearing
    assert (standing(version.document, on).standing == DocumentStanding.HEARING) is is_in_hearing
    assert bool(why_not_adopted(version, on)) is is_in_hearing
    before = saved()
    url = reverse("programme:adoption", args=[version.document.uuid])
    typed = {"label": "1.0", "body": body.pk, "outcome": "adopted", "happened_on": on.isoformat()}
    with transaction.atomic():
        answer = client.post(url, typed)
        assert (answer.status_code == 200) is is_in_hearing
        transaction.set_rollback(True)
    if is_in_hearing:
        assert_refused(client.post(url, typed), "happened_on", why_not_adopted(version, on), on.isoformat(), before)
        with pytest.raises(IntegrityError, match="in hearing on that day"), transaction.atomic():
            decide(version, on)
    else:
        decide(version, on)


def test_every_body_is_kept_from_adopting_what_is_in_hearing(programme, version):
    hearing(version, OPENED, CLOSED)
    other = Organisation.objects.get(programme=programme, kind="foundation")

    with pytest.raises(IntegrityError, match="in hearing"), transaction.atomic():
        decide(version, CLOSED, body=other)


def test_association_is_kept_from_adopting_what_is_in_hearing(client, programme, version):
    hearing(version, OPENED, CLOSED)
    place = make.founded_association(programme)
    url = reverse("associations:adopt", args=[place.uuid])
    before = saved()

    refused = client.post(url, {"version": version.pk, "happened_on": CLOSED.isoformat()})

    assert_refused(refused, "happened_on", why_not_adopted(version, CLOSED), CLOSED.isoformat(), before)
    with pytest.raises(IntegrityError, match="in hearing"), transaction.atomic():
        AssociationAdoption.record(by=None, association=place, version=version, happened_on=CLOSED)
    assert client.post(url, {"version": version.pk, "happened_on": "2011-10-02"}).status_code == 302


def test_a_version_in_hearing_may_be_sent_back(version):
    hearing(version, OPENED, CLOSED)

    decide(version, CLOSED, "rejected")

    assert standing(version.document, CLOSED).standing == DocumentStanding.HEARING
    assert standing(version.document, D(2011, 10, 2)).standing == DocumentStanding.REJECTED


def test_another_version_may_be_adopted_meanwhile(document, version):
    hearing(version, OPENED, CLOSED)
    older = make.DocumentVersionFactory(document=document, label="0.9", dated_on=D(2011, 1, 1))

    decide(older, CLOSED)

    assert standing(document, CLOSED).standing == DocumentStanding.ADOPTED


def test_retracted_hearing_keeps_nobody(version):
    hearing(version, OPENED, CLOSED).retract(by=None, reason="Fejl")

    decide(version, CLOSED)


def test_decision_to_send_to_hearing_alone_has_no_last_day(version):
    """As in the story of 2011: in hearing until the body decides again."""
    decide(version, OPENED, "hearing")

    there = standing(version.document, D(2011, 12, 31))
    assert (there.standing, there.since, there.answers_by) == (DocumentStanding.HEARING, OPENED, None)
    decide(version, CLOSED)
    assert standing(version.document, D(2011, 12, 31)).standing == DocumentStanding.ADOPTED


# --- How far a document is, with hearings


def test_document_whose_hearing_is_over_awaits_a_decision(version):
    hearing(version, OPENED, CLOSED)

    in_it, after = standing(version.document, CLOSED), standing(version.document, D(2011, 10, 2))

    assert (in_it.standing, in_it.since, in_it.answers_by) == (DocumentStanding.HEARING, OPENED, CLOSED)
    assert (after.standing, after.since, after.answers_by) == (DocumentStanding.HEARD, CLOSED, None)


def test_newer_version_after_a_hearing_is_a_draft(document, version):
    hearing(version, OPENED, CLOSED)
    make.DocumentVersionFactory(document=document, label="2.0", dated_on=D(2011, 10, 10))

    assert standing(document, D(2011, 10, 9)).standing == DocumentStanding.HEARD
    assert standing(document, D(2011, 10, 10)).standing == DocumentStanding.DRAFT


def test_version_that_a_decision_makes_is_there_on_no_day_before(client, document, body):
    before = standing(document, D(2011, 8, 31))
    typed = {"label": "1.0", "body": body.pk, "outcome": "rejected", "happened_on": "2011-09-01"}
    client.post(reverse("programme:adoption", args=[document.uuid]), typed)

    assert (before.standing, before.version) == (DocumentStanding.MISSING, "")
    assert standing(document, D(2011, 8, 31)) == before
    assert standing(document, OPENED).version == "1.0"
    listed = [
        [one.version.label for one in client.get(document.get_absolute_url(), {"on": on}).context["versions"]]
        for on in ("2011-08-31", "2011-09-01")
    ]
    assert listed == [[], ["1.0"]]


def test_version_in_hearing_is_there_though_the_decision_to_send_it_is_retracted(client, document, body):
    typed = {"label": "1.0", "body": body.pk, "outcome": "hearing", "happened_on": "2011-09-01"}
    client.post(reverse("programme:adoption", args=[document.uuid]), typed | {"answers_by": "2011-10-01"})

    Adoption.objects.get(version__document=document).retract(by=None, reason="Fejl")

    assert standing(document, OPENED).version == "1.0"
    listed = client.get(document.get_absolute_url(), {"on": "2011-10-02"}).context["versions"]
    assert [(one.version.label, one.answers_by) for one in listed] == [("1.0", None)]


def test_hearing_after_another_body_adopted_is_told(programme, version):
    decide(version, D(2011, 8, 15), body=Organisation.objects.get(programme=programme, kind="foundation"))
    hearing(version, OPENED, CLOSED)

    told = [standing(version.document, on).standing for on in (D(2011, 8, 31), OPENED, D(2011, 10, 2))]

    assert told == [DocumentStanding.ELSEWHERE, DocumentStanding.HEARING, DocumentStanding.ELSEWHERE]


def test_hearing_is_known_from_when_it_was_recorded(version):
    fact = hearing(version, OPENED, CLOSED)
    before = Moment(CLOSED, fact.recorded_at - dt.timedelta(seconds=1))

    (told,) = [one for one in documents(version.document.programme, before) if one.uuid == version.document.uuid]

    assert told.standing == DocumentStanding.DRAFT


# --- What the database keeps of a hearing


@pytest.mark.parametrize(("on", "is_refused"), [(D(2011, 8, 31), False), (OPENED, True), (CLOSED, True)])
def test_no_hearing_covers_a_day_of_adoption(version, on, is_refused):
    decide(version, on)

    if is_refused:
        with pytest.raises(IntegrityError, match="adopted on one of those days"), transaction.atomic():
            hearing(version, OPENED, CLOSED)
    else:
        hearing(version, OPENED, CLOSED)


def test_no_hearing_covers_a_day_on_which_an_association_adopted(client, programme, version):
    place = make.founded_association(programme)
    AssociationAdoption.record(by=None, association=place, version=version, happened_on=CLOSED)

    with pytest.raises(IntegrityError, match="An association has adopted"), transaction.atomic():
        hearing(version, OPENED, CLOSED)
    url = reverse("programme:hearing", args=[version.uuid])
    refused = client.post(url, {"started_on": "2011-09-01", "ended_on": "2011-10-01", "others": "Alle"})
    assert set(refused.context["form"].errors) == {"ended_on"}


def test_hearing_has_a_last_day(version):
    with pytest.raises(IntegrityError, match="has_last_day"), transaction.atomic():
        hearing(version, OPENED, None)


def test_version_is_in_one_hearing_at_a_time(version):
    hearing(version, OPENED, CLOSED)

    with pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
        hearing(version, CLOSED, D(2011, 11, 1))
    hearing(version, D(2011, 10, 2), D(2011, 11, 1))


def test_asked_are_organisations_of_the_programme(version):
    foreign = make.OrganisationFactory(programme=make.plan("Aarhus"))

    with pytest.raises(IntegrityError, match="organisations of the programme"), transaction.atomic():
        hearing(version, OPENED, CLOSED, asked=[foreign.uuid])


def check_at_the_end():
    """What the database asks at the end of a transaction, asked now."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


@pytest.mark.parametrize(("on", "is_refused"), [(D(2011, 8, 31), True), (OPENED, False), (D(2011, 12, 24), False)])
def test_answer_belongs_to_a_hearing_that_had_begun(version, on, is_refused):
    hearing(version, OPENED, CLOSED)
    comment(version, on)

    if is_refused:
        with pytest.raises(IntegrityError, match="No hearing of the version had begun"):
            check_at_the_end()
    else:
        check_at_the_end()


def test_answer_belongs_to_a_hearing_that_is_only_decided_on(version):
    decide(version, OPENED, "hearing")

    comment(version, OPENED)

    check_at_the_end()


def test_hearing_with_answers_stays(client, version):
    fact, answer = hearing(version, OPENED, CLOSED), comment(version, OPENED)

    refused = retract(client, "hoering", fact)

    message = gettext("Answers have come in the hearing. Retract them first, or correct the hearing.")
    assert refused.context["form"].non_field_errors() == [message]
    with pytest.raises(IntegrityError, match="No hearing"), transaction.atomic():
        fact.retract(by=None, reason="Fejl")
        check_at_the_end()
    assert retract(client, "hoeringssvar", answer).status_code == 302
    assert retract(client, "hoering", fact).status_code == 302


def test_decision_that_answers_rest_on_stays_unless_a_hearing_carries_them(client, version):
    fact = decide(version, OPENED, "hearing")
    comment(version, OPENED)

    assert retract(client, "vedtagelse", fact).status_code == 200
    hearing(version, OPENED, CLOSED)
    assert retract(client, "vedtagelse", fact).status_code == 302


def test_other_decisions_are_retracted_as_before(client, version):
    hearing(version, OPENED, CLOSED)
    comment(version, OPENED)

    assert retract(client, "vedtagelse", decide(version, D(2011, 10, 2))).status_code == 302


def test_answer_has_a_sender(version):
    hearing(version, OPENED, CLOSED)

    with pytest.raises(IntegrityError, match="has_sender"), transaction.atomic():
        comment(version, OPENED, sender="")


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"answer": "taken_in"}, id="no-day"),
        pytest.param({"answered_on": D(2011, 9, 2)}, id="no-answer"),
        pytest.param({"answer": "taken_in", "answered_on": D(2011, 8, 31)}, id="before-it-came"),
    ],
)
def test_what_came_of_an_answer_has_a_day_after_it_came(version, given):
    hearing(version, OPENED, CLOSED)

    with pytest.raises(IntegrityError, match="answered_after"), transaction.atomic():
        comment(version, OPENED, **given)
