"""Hearings: when a version is in one, that nobody adopts it then, what was answered, and that its text stands."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.translation import gettext

from associations.models import AssociationAdoption
from bydelsmoedre.moment import Moment
from programme.hearings import is_settled, open_hearing, why_not_adopted
from programme.models import Adoption, Document, DocumentVersion, Hearing, HearingComment, Organisation
from reports.figures.documents import DocumentStanding, documents
from reports.findings import found
from tests import factories as make
from tests.doors import CPR, assert_refused, hidden_of, retract, saved, sent
from tests.hearings import TEXT, comment, hearing
from tests.meanwhile import while_waiting

D = dt.date
pytestmark = pytest.mark.django_db

OPENED, CLOSED = D(2011, 9, 1), D(2011, 10, 1)
MEANWHILE = "Somebody has recorded or retracted the same meanwhile. Nothing was saved."


@pytest.fixture
def document(programme):
    return Document.objects.get(programme=programme, kind="values")


@pytest.fixture
def version(document):
    return make.DocumentVersionFactory(document=document, label="1.0", dated_on=D(2011, 8, 1), text=TEXT)


@pytest.fixture
def body(document):
    return document.adopted_by


@pytest.fixture
def client(client_of, secretariat):
    return client_of(secretariat)


def decide(version, on, outcome="adopted", body=None):
    body = body or version.document.adopted_by
    return Adoption.record(by=None, version=version, body=body, outcome=outcome, happened_on=on)


def standing(document, on):
    figures = documents(document.programme, Moment(on))
    return next(one for one in figures if one.uuid == document.uuid)


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


# --- The text stands


@pytest.mark.parametrize("how", ["adopted", "rejected", "hearing", "in_hearing", "association"])
@pytest.mark.parametrize("is_retracted", [False, True])
def test_text_that_was_put_before_somebody_stands(client, programme, version, how, is_retracted):
    if how == "in_hearing":
        fact = hearing(version, OPENED, CLOSED)
    elif how == "association":
        place = make.founded_association(programme)
        fact = AssociationAdoption.record(by=None, association=place, version=version, happened_on=CLOSED)
    else:
        fact = decide(version, CLOSED, how)
    if is_retracted:
        fact.retract(by=None, reason="Fejl")

    assert is_settled(version)
    with pytest.raises(IntegrityError, match="The text stands"), transaction.atomic():
        DocumentVersion.objects.filter(pk=version.pk).update(text="Noget andet")
    before = saved()
    refused = sent(client, reverse("programme:version_text", args=[version.uuid]), text="Noget andet")
    message = gettext("The text stands as it was put before others. Begin a new version instead.")
    assert_refused(refused, "text", message, "Noget andet", before)
    DocumentVersion.objects.filter(pk=version.pk).update(dated_on=D(2011, 8, 2))


def test_draft_is_written_on_and_its_history_kept(client, version):
    url = reverse("programme:version_text", args=[version.uuid])

    assert sent(client, url, text="# Ny\r\n\r\nTekst").status_code == 302

    version.refresh_from_db()
    assert version.text == "# Ny\n\nTekst"
    history = DocumentVersion.pgh_event_model.objects.filter(pgh_obj=version).order_by("pgh_id")
    assert [event.text for event in history] == [TEXT, "# Ny\n\nTekst"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(f"Ring {CPR}", "It looks like a CPR number. We may not store that.", id="cpr"),
        pytest.param("a\n\n" * 1001, "At most 1000 paragraphs, headings and items.", id="too-many-paragraphs"),
    ],
)
def test_text_that_cannot_be_kept_is_refused(client, version, text, message):
    before = saved()

    refused = sent(client, reverse("programme:version_text", args=[version.uuid]), text=text)

    said = gettext("At most %(most)s paragraphs, headings and items.") % {"most": 1000}
    expected = said if "1000" in message else gettext(message)
    assert refused.context["form"].errors == {"text": [expected]}
    assert saved() == before


@pytest.mark.parametrize(("length", "is_kept"), [(60_000, True), (60_001, False)])
def test_text_is_as_long_as_may_be_and_no_longer(client, version, length, is_kept):
    answer = sent(client, reverse("programme:version_text", args=[version.uuid]), text="æ" * length)

    assert (answer.status_code == 302) is is_kept
    if not is_kept:
        with pytest.raises(DatabaseError, match="text_length"), transaction.atomic():
            DocumentVersion.objects.filter(pk=version.pk).update(text="æ" * length)


def test_draft_that_somebody_else_wrote_on_is_not_overwritten(client, version):
    url = reverse("programme:version_text", args=[version.uuid])
    opened = hidden_of(client.get(url))
    DocumentVersion.objects.filter(pk=version.pk).update(text="Hendes")

    answer = client.post(url, opened | {"text": "Min"})

    assert [one.theirs for one in answer.context["difference"]] == ["Hendes"]
    version.refresh_from_db()
    assert version.text == "Hendes"


def test_new_version_begins_with_another_one_s_text(client, document, version):
    url = reverse("programme:version", args=[document.uuid])
    foreign = make.DocumentVersionFactory(text="Fremmed")

    begun = client.get(url, {"fra": version.uuid}).context["form"]["text"].value()
    others = [client.get(url, {"fra": asked}).context["form"]["text"].value() for asked in (foreign.uuid, "x", "")]

    assert begun == TEXT
    assert others == ["", "", ""]


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


# --- Two at once


def raw_hearing(cursor, version):
    cursor.execute(
        "insert into programme_hearing (version_id, started_on, ended_on, asked, others, uuid, is_date_unknown, note,"
        " retraction_reason) values (%s, '2011-09-01', '2011-10-01', '{}', 'Alle', gen_random_uuid(), false, '', '')",
        [version.pk],
    )


def raw_adoption(cursor, version):
    cursor.execute(
        "insert into programme_adoption (version_id, body_id, outcome, happened_on, uuid, is_date_unknown, note,"
        " retraction_reason) values (%s, %s, 'adopted', '2011-09-10', gen_random_uuid(), false, '', '')",
        [version.pk, version.document.adopted_by_id],
    )


@pytest.fixture
def apart():
    """A version that two work on at once, and the secretariat."""
    programme = make.plan("København")
    document = Document.objects.get(programme=programme, kind="values")
    version = make.DocumentVersionFactory(document=document, label="1.0", dated_on=D(2011, 8, 1), text=TEXT)
    return version, make.user_with_role(programme, "secretariat")


@pytest.mark.django_db(transaction=True)
def test_version_that_somebody_sends_to_hearing_meanwhile_is_not_adopted(elsewhere, apart):
    version, user = apart
    with elsewhere.cursor() as cursor:
        raw_hearing(cursor, version)

    url = reverse("programme:adoption", args=[version.document.uuid])
    body = version.document.adopted_by_id
    typed = {"label": "1.0", "body": body, "outcome": "adopted", "happened_on": "2011-09-10"}
    response = while_waiting(user, url, typed, elsewhere)

    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [gettext(MEANWHILE)]
    assert not Adoption.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_version_that_somebody_adopts_meanwhile_is_not_in_hearing(elsewhere, apart):
    version, user = apart
    with elsewhere.cursor() as cursor:
        raw_adoption(cursor, version)

    url = reverse("programme:hearing", args=[version.uuid])
    typed = {"started_on": "2011-09-01", "ended_on": "2011-10-01", "others": "Alle"}
    response = while_waiting(user, url, typed, elsewhere)

    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [gettext(MEANWHILE)]
    assert not Hearing.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_association_does_not_adopt_what_somebody_sends_to_hearing_meanwhile(elsewhere, apart):
    version, user = apart
    place = make.founded_association(version.document.programme)
    with elsewhere.cursor() as cursor:
        raw_hearing(cursor, version)

    url = reverse("associations:adopt", args=[place.uuid])
    response = while_waiting(user, url, {"version": version.pk, "happened_on": "2011-09-10"}, elsewhere)

    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [gettext(MEANWHILE)]
    assert not AssociationAdoption.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("meanwhile", [raw_hearing, raw_adoption], ids=["hearing", "adoption"])
def test_text_that_somebody_puts_before_others_meanwhile_is_not_changed(elsewhere, apart, client_of, meanwhile):
    version, user = apart
    url = reverse("programme:version_text", args=[version.uuid])
    opened = hidden_of(client_of(user).get(url))
    with elsewhere.cursor() as cursor:
        meanwhile(cursor, version)

    response = while_waiting(user, url, opened | {"text": "Noget andet"}, elsewhere)

    message = gettext("The text stands as it was put before others. Begin a new version instead.")
    assert response.context["form"].errors == {"text": [message]}
    version.refresh_from_db()
    assert version.text == TEXT


@pytest.mark.django_db(transaction=True)
def test_hearing_that_an_answer_comes_in_meanwhile_is_not_retracted(elsewhere, apart, client_of):
    version, user = apart
    fact = hearing(version, OPENED, CLOSED)
    url = reverse("reports:retract", args=["hoering", fact.uuid])
    opened = hidden_of(client_of(user).get(url))
    with elsewhere.cursor() as cursor:
        cursor.execute(
            "insert into programme_hearingcomment (version_id, sender, heading, text, answer, because, happened_on,"
            " uuid, is_date_unknown, note, retraction_reason)"
            " values (%s, 'A', '', 'B', '', '', '2011-09-10', gen_random_uuid(), false, '', '')",
            [version.pk],
        )
        cursor.execute("set constraints all immediate")

    response = while_waiting(user, url, opened | {"reason": "Fejl"}, elsewhere)

    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [gettext(MEANWHILE)]
    assert Hearing.objects.current().filter(pk=fact.pk).exists()
