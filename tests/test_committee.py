"""A frozen report before the committee: who writes its annex, who fetches it, and who records the decision."""

import datetime as dt
import io

import docx
import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.text import capfirst

from bydelsmoedre.moment import today
from reports.annex.suggesting import suggested
from reports.models import CommitteeAnnex, CommitteeDecision
from tests import factories as make
from tests.committee import WORDS, annex, decide
from tests.doors import CPR, assert_refused, hidden_of, html_of, retract, saved, says, sent
from tests.pdf import faults, pdf_text
from tests.reports import frozen, locked

D = dt.date
pytestmark = pytest.mark.django_db

DECIDED = "The committee has decided on this report. Its annex stays as the committee had it."


@pytest.fixture
def version(programme):
    return frozen(programme)


def door(name, of):
    return reverse(f"reports:{name}", args=[of.uuid])


# --- The annex


def test_first_texts_stand_in_the_form_until_they_are_written(version, secretariat, client_of):
    client = client_of(secretariat)

    opened = client.get(door("annex", version))
    assert {name: opened.context["form"][name].value() for name in WORDS} == suggested(version.content)

    client.post(door("annex", version), WORDS)
    (written,) = CommitteeAnnex.objects.all()
    assert {name: getattr(written, name).replace("\r\n", "\n") for name in WORDS} == WORDS
    assert written.written_by == secretariat
    assert client.get(door("annex", version)).context["form"]["problem"].value() == WORDS["problem"]


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_file_exists_once_the_texts_are_written_for_everybody_who_reads_the_report(kind, version, client_of):
    readers = [make.user_with_role(version.programme, role) for role in ("secretariat", "foundation", "caseworker")]
    before = {client_of(user).get(door(f"annex_{kind}", version)).status_code for user in readers}
    annex(version)

    answers = [client_of(user).get(door(f"annex_{kind}", version)) for user in readers]

    assert before == {404}
    assert {one.status_code for one in answers} == {200}
    assert {one["Content-Disposition"] for one in answers} == {
        f'attachment; filename="2011-09-30_Udvalgsbilag_Bydelsmoedre_v1.{kind}"'
    }


def test_files_hold_the_texts_and_the_hash_of_the_version(version, secretariat, client_of):
    annex(version, problem="Kvinder nås ikke")
    pdf, document = (
        b"".join(client_of(secretariat).get(door(f"annex_{kind}", version)).streaming_content)
        for kind in ("pdf", "docx")
    )
    written = "\n".join(one.text for one in docx.Document(io.BytesIO(document)).paragraphs)

    assert faults(pdf) == []
    for told in ("Kvinder nås ikke", version.code):
        assert told in written
        assert told.split()[0] in pdf_text(pdf)


def test_correcting_the_texts_leaves_a_history_and_no_second_annex(version, secretariat, client_of):
    written = annex(version)

    sent(client_of(secretariat), door("annex", version), **WORDS | {"problem": "Nyt problem"})

    assert list(CommitteeAnnex.objects.values_list("problem", flat=True)) == ["Nyt problem"]
    assert list(written.events.order_by("pgh_id").values_list("problem", flat=True)) == [
        WORDS["problem"],
        "Nyt problem",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\n" * 7, "Write at most %(most)d lines: the annex is two pages."),
        (f"Om {CPR}", "It looks like a CPR number. We may not store that."),
    ],
    ids=["lines", "cpr"],
)
def test_text_that_is_refused(text, message, version, secretariat, client_of):
    client = client_of(secretariat)
    before = saved()

    answer = client.post(door("annex", version), WORDS | {"solution": text})

    assert list(answer.context["form"].errors) == ["solution"]
    assert saved() == before


@pytest.mark.parametrize(("length", "is_saved"), [(700, True), (701, False)])
def test_text_has_at_most_700_letters(length, is_saved, version, secretariat, client_of):
    client_of(secretariat).post(door("annex", version), WORDS | {"problem": "a" * length})

    assert CommitteeAnnex.objects.exists() == is_saved


def test_annex_of_what_is_not_sent_is_the_staffs_alone(programme, secretariat, caseworker, client_of):
    hidden = locked(programme)
    annex(hidden)

    answers = [client_of(user).get(door("annex_pdf", hidden)).status_code for user in (secretariat, caseworker)]

    assert answers == [200, 404]
    assert not CommitteeAnnex.objects.visible_to(caseworker).exists()


def test_annex_that_the_committee_has_decided_on_stays_as_it_was(version, secretariat, client_of):
    annex(version)
    client = client_of(secretariat)
    opened = client.get(door("annex", version))  # before the decision
    decision = decide(version)
    changed = WORDS | {"problem": "Skrevet om bagefter"}

    answer = client.post(door("annex", version), hidden_of(opened) | changed)

    assert opened.status_code == 200
    assert says(DECIDED) in html_of(answer)
    assert answer.context["form"]["problem"].value() == "Skrevet om bagefter"
    assert CommitteeAnnex.objects.get().problem == WORDS["problem"]
    assert client.get(door("annex", version)).status_code == 403
    assert not client.get(version.get_absolute_url()).context["committee"].annex_url

    decision.retract(by=secretariat, reason="Forkert rapport")
    sent(client, door("annex", version), **changed)
    assert CommitteeAnnex.objects.get().problem == "Skrevet om bagefter"


def test_annex_is_not_begun_after_the_decision_either(version, secretariat, client_of):
    decide(version)
    client = client_of(secretariat)

    assert client.get(door("annex", version)).status_code == 403
    assert not client.get(version.get_absolute_url()).context["committee"].annex_url
    assert says(DECIDED) in html_of(client.post(door("annex", version), WORDS))
    assert not CommitteeAnnex.objects.exists()


def test_texts_that_somebody_else_wrote_meanwhile_are_shown_and_not_overwritten(version, secretariat, client_of):
    client = client_of(secretariat)
    client.get(door("annex", version))
    annex(version, problem="Skrevet imens")

    answer = client.post(door("annex", version), WORDS)

    assert "Skrevet imens" in html_of(answer)
    assert CommitteeAnnex.objects.get().problem == "Skrevet imens"


# --- The decision


def recorded(client, of, **typed):
    told = {"happened_on": today().isoformat(), "body": "Socialudvalget", "outcome": "noted", "remark": ""}
    return client.post(door("committee", of), told | typed)


@pytest.mark.parametrize("role", ["caseworker", "secretariat"])
def test_decision_is_recorded_told_and_retracted_by_the_contact_and_the_secretariat(role, version, client_of):
    client = client_of(make.user_with_role(version.programme, role))

    recorded(client, version, outcome="remarks", remark="Vi vil se tal")
    html = html_of(client.get(version.get_absolute_url()))
    (decision,) = CommitteeDecision.objects.all()
    for words in (capfirst(says("noted with remarks")), "Vi vil se tal", "Socialudvalget"):
        assert words in html

    retract(client, "udvalgsbeslutning", decision)
    assert "Vi vil se tal" not in html_of(client.get(version.get_absolute_url()))
    assert not CommitteeDecision.objects.current().exists()


def test_secretariat_takes_back_no_decision_that_the_municipality_recorded(version, caseworker, client_of):
    decision = decide(version, by=caseworker)
    client = client_of(make.user_with_role(version.programme, "secretariat"))

    (line,) = client.get(version.get_absolute_url()).context["committee"].decisions
    url = reverse("reports:retract", args=["udvalgsbeslutning", decision.uuid])

    assert (line.retract_url, client.get(url).status_code) == ("", 403)
    assert client_of(caseworker).get(url).status_code == 200


def test_foundation_reads_the_decision_and_records_none(version, foundation, client_of):
    decide(version)
    client = client_of(foundation)

    assert client.get(door("committee", version)).status_code == 403
    page = client.get(version.get_absolute_url())
    assert (len(page.context["committee"].decisions), page.context["committee"].decide_url) == (1, "")
    assert {one.retract_url for one in page.context["committee"].decisions} == {""}


def test_committee_did_not_decide_before_the_report_was_approved(version, caseworker, client_of):
    client, before = client_of(caseworker), saved()
    early = (today() - dt.timedelta(1)).isoformat()

    answer = recorded(client, version, happened_on=early)

    message = says("The report was not approved yet on that day.")
    assert_refused(answer, "happened_on", message, early, before)
    assert recorded(client, version).status_code == 302


def test_committee_does_not_decide_tomorrow(version, caseworker, client_of):
    recorded(client_of(caseworker), version, happened_on=(today() + dt.timedelta(1)).isoformat())

    assert not CommitteeDecision.objects.exists()


def test_decision_with_remarks_says_which(version, caseworker, client_of):
    answer = recorded(client_of(caseworker), version, outcome="remarks")

    assert list(answer.context["form"].errors) == ["remark"]


def test_same_decision_is_recorded_once(version, caseworker, client_of):
    client = client_of(caseworker)

    answers = [recorded(client, version).status_code for _ in range(2)]

    assert (answers, CommitteeDecision.objects.count()) == ([302, 200], 1)


def test_nobody_decides_on_what_was_not_sent(programme, secretariat, client_of):
    hidden = locked(programme)

    answer = recorded(client_of(secretariat), hidden)

    assert says("The report has not been sent to the municipality yet.") in html_of(answer)
    assert client_of(secretariat).get(hidden.get_absolute_url()).context["committee"].decide_url == ""


def test_database_knows_no_decision_about_a_day_to_come(version):
    with pytest.raises(DatabaseError), transaction.atomic():
        decide(version, on=D(2011, 9, 29))
    assert decide(version, on=D(2011, 9, 30)).pk


def test_twins_decision_is_nobodys_here(version, secretariat):
    theirs = decide(frozen(make.twin()))
    client = Client()
    client.force_login(secretariat)

    assert client.get(reverse("reports:retract", args=["udvalgsbeslutning", theirs.uuid])).status_code == 404
