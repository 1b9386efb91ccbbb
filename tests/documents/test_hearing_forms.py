"""Sending to hearing, answering and what came of it, through the forms; and what is found of it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from bydelsmoedre.moment import Moment
from programme.models import Adoption, Hearing, HearingComment, Organisation
from reports.findings import found
from tests import factories as make
from tests.doors import CPR, assert_refused, saved, sent
from tests.hearings import CLOSED, OPENED, comment, decide, hearing

D = dt.date
pytestmark = pytest.mark.django_db


# --- The forms


def test_sending_to_hearing_by_a_decision_records_the_hearing(client, version, body):
    url = reverse("programme:adoption", args=[version.document.uuid])
    typed = {"label": "1.0", "body": body.pk, "outcome": "hearing", "happened_on": "2011-09-01"}
    before = saved()

    refused = client.post(url, typed)
    assert_refused(refused, "answers_by", gettext("Write until when answers are wanted."), "", before)
    early = client.post(url, typed | {"answers_by": "2011-08-31"})
    assert_refused(early, "answers_by", gettext("The end is before the start."), "2011-08-31", before)
    assert client.post(url, typed | {"answers_by": "2011-10-01"}).status_code == 302

    (there,) = Hearing.objects.current()
    assert (there.version, there.started_on, there.ended_on) == (version, OPENED, CLOSED)
    assert Adoption.objects.get().outcome == "hearing"


def test_decision_on_a_hearing_that_is_there_needs_no_other(client, version, body):
    hearing(version, OPENED, CLOSED)
    url = reverse("programme:adoption", args=[version.document.uuid])
    typed = {"label": "1.0", "body": body.pk, "outcome": "hearing", "happened_on": "2011-09-01"}

    other_day = client.post(url, typed | {"answers_by": "2011-10-02"})

    assert set(other_day.context["form"].errors) == {"answers_by"}
    assert client.post(url, typed).status_code == 302
    assert Hearing.objects.count() == 1


def test_last_day_is_only_of_what_is_sent_to_hearing(client, version, body):
    url = reverse("programme:adoption", args=[version.document.uuid])
    typed = {"label": "1.0", "body": body.pk, "outcome": "adopted", "happened_on": "2011-09-01"}
    before = saved()

    refused = client.post(url, typed | {"answers_by": "2011-10-01"})

    message = gettext("Only a version that is sent to hearing has a last day for answers.")
    assert_refused(refused, "answers_by", message, "2011-10-01", before)


def test_new_version_may_be_sent_to_hearing_at_once(client, document, body):
    url = reverse("programme:adoption", args=[document.uuid])
    typed = {"label": "9", "body": body.pk, "outcome": "hearing", "happened_on": "2011-09-01"}

    assert client.post(url, typed | {"answers_by": "2011-10-01"}).status_code == 302

    assert Hearing.objects.get().version.label == "9"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        pytest.param({"ended_on": "2011-08-31"}, "ended_on", id="ends-before-it-begins"),
        pytest.param({"ended_on": ""}, "ended_on", id="no-last-day"),
        pytest.param({"started_on": "2011-07-31"}, "started_on", id="before-the-version-is-dated"),
        pytest.param({"others": ""}, "asked", id="nobody-is-asked"),
        pytest.param({"others": f"Ring {CPR}"}, "others", id="cpr"),
        pytest.param({"asked": ["x"]}, "asked", id="unknown-organisation"),
    ],
)
def test_hearing_that_cannot_be_is_refused(client, version, typed, field):
    url = reverse("programme:hearing", args=[version.uuid])
    before = saved()

    refused = client.post(url, {"started_on": "2011-09-01", "ended_on": "2011-10-01", "others": "Alle"} | typed)

    assert set(refused.context["form"].errors) == {field}
    assert saved() == before


def test_hearing_is_given_another_last_day(client, programme, version):
    group = Organisation.objects.get(programme=programme, kind="steering_group")
    fact = hearing(version, OPENED, CLOSED, asked=[group.uuid])
    decide(version, D(2011, 10, 5))
    url = reverse("programme:hearing_edit", args=[fact.uuid])
    typed = {"asked": [group.uuid], "others": "Foreningerne", "reason": "Mere tid"}

    refused = sent(client, url, ended_on="2011-10-05", **typed)

    assert set(refused.context["form"].errors) == {"ended_on"}
    assert sent(client, url, ended_on="2011-10-04", **typed).status_code == 302
    now = Hearing.objects.current().get()
    assert (now.uuid, now.ended_on, now.others, now.asked) == (fact.uuid, D(2011, 10, 4), "Foreningerne", [group.uuid])


def test_version_is_adopted_when_the_hearing_is_ended_early(client, version):
    fact = hearing(version, OPENED, CLOSED, others="Alle")
    url = reverse("programme:hearing_edit", args=[fact.uuid])

    assert sent(client, url, ended_on="2011-09-15", others="Alle", reason="Alle har svaret").status_code == 302

    decide(version, D(2011, 9, 16))


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        pytest.param({"sender": ""}, "sender", id="nobody"),
        pytest.param({"sender": CPR}, "sender", id="cpr"),
        pytest.param({"text": ""}, "text", id="no-words"),
        pytest.param({"text": f"Ring {CPR}"}, "text", id="cpr-in-the-text"),
        pytest.param({"happened_on": "2011-08-31"}, "happened_on", id="before-the-hearing"),
        pytest.param({"heading": "Findes ikke"}, "heading", id="no-such-part"),
    ],
)
def test_answer_that_cannot_be_is_refused(client, version, typed, field):
    hearing(version, OPENED, CLOSED)
    url = reverse("programme:hearing_comment", args=[version.uuid])
    before = saved()

    given = {"sender": "Tingbjerg", "text": "Ja", "happened_on": "2011-09-01", "heading": "Baggrund"}
    refused = client.post(url, given | typed)

    assert set(refused.context["form"].errors) == {field}
    assert saved() == before


def test_answer_is_from_an_organisation_or_another_not_both(client, version, body):
    hearing(version, OPENED, CLOSED)
    url = reverse("programme:hearing_comment", args=[version.uuid])

    refused = client.post(
        url, {"organisation": body.pk, "sender": "Tingbjerg", "text": "Ja", "happened_on": "2011-09-01"}
    )

    assert set(refused.context["form"].errors) == {"sender"}


def test_what_came_of_an_answer_is_its_next_version(client, version):
    hearing(version, OPENED, CLOSED)
    fact = comment(version, OPENED)
    url = reverse("programme:hearing_answer", args=[fact.uuid])
    before = saved()

    bare = sent(client, url, answer="not_taken_in", answered_on="2011-10-03")
    message = gettext("Write why it is not taken in.")
    assert_refused(bare, "because", message, "", before)
    early = sent(client, url, answer="taken_in", answered_on="2011-08-31")
    assert set(early.context["form"].errors) == {"answered_on"}
    assert sent(client, url, answer="taken_in", answered_on="2011-09-01").status_code == 302

    now = HearingComment.objects.current().get()
    assert (now.uuid, now.text, now.answer, now.answered_on) == (fact.uuid, fact.text, "taken_in", OPENED)
    fact.refresh_from_db()
    assert (fact.answer, fact.is_current) == ("", False)


# --- Findings


def findings(programme, on, code):
    return [(one.about, one.uuid, one.since, one.number) for one in found(programme, Moment(on), codes=[code])]


def test_hearing_that_is_over_and_not_decided_on_is_found(programme, version, body):
    hearing(version, OPENED, CLOSED)
    there = [("document", version.document.uuid, D(2011, 10, 2), None)]

    assert findings(programme, CLOSED, "hearing_over") == []
    assert findings(programme, D(2011, 10, 2), "hearing_over") == there
    decide(version, D(2011, 10, 20), "hearing")
    decide(version, D(2011, 10, 21), body=Organisation.objects.get(programme=programme, kind="foundation"))
    assert findings(programme, D(2011, 10, 31), "hearing_over") == there, "the body that must has not decided"
    decide(version, D(2011, 11, 2), "rejected")
    assert findings(programme, D(2011, 11, 1), "hearing_over") == there
    assert findings(programme, D(2011, 11, 2), "hearing_over") == []


def test_document_in_a_later_hearing_awaits_nobody(programme, document, version):
    hearing(version, OPENED, CLOSED)
    other = make.DocumentVersionFactory(document=document, label="2.0", dated_on=D(2011, 10, 5))
    hearing(other, D(2011, 10, 10), D(2011, 11, 10))

    asked = (D(2011, 10, 9), D(2011, 10, 10), D(2011, 11, 10), D(2011, 11, 11))
    assert [len(findings(programme, on, "hearing_over")) for on in asked] == [1, 0, 0, 1]
    decide(other, D(2011, 11, 12))
    assert findings(programme, D(2011, 11, 12), "hearing_over") == []


def test_document_that_nobody_is_named_for_is_decided_on_by_any_body(programme):
    document = make.DocumentFactory(programme=programme, adopted_by=None, kind="other")
    version = make.DocumentVersionFactory(document=document)
    hearing(version, OPENED, CLOSED)

    decide(version, D(2011, 10, 5), body=Organisation.objects.get(programme=programme, kind="foundation"))

    assert len(findings(programme, D(2011, 10, 4), "hearing_over")) == 1
    assert findings(programme, D(2011, 10, 5), "hearing_over") == []


def test_answers_that_nothing_came_of_are_found_after_thirty_days(programme, version):
    hearing(version, OPENED, CLOSED)
    comment(version, D(2011, 9, 1))
    comment(version, D(2011, 9, 2), answer="taken_in", answered_on=D(2011, 10, 10))

    def told(on):
        return [(since, number) for _about, _uuid, since, number in findings(programme, on, "hearing_unanswered")]

    assert told(D(2011, 9, 30)) == []
    assert told(D(2011, 10, 1)) == [(D(2011, 9, 1), 1)]
    assert told(D(2011, 10, 2)) == [(D(2011, 9, 1), 2)]
    assert told(D(2011, 10, 10)) == [(D(2011, 9, 1), 1)]
