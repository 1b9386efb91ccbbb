"""Mål og aftaler through the door: what each page tells at a Moment, and to whom."""

import csv
import datetime as dt
import io
import re
from html import unescape

import pytest
from django.urls import reverse

from bydelsmoedre.moment import COPENHAGEN
from programme.models import (
    ActionDone,
    ActionPoint,
    AgreementTerm,
    Decision,
    Document,
    DocumentVersion,
    Meeting,
    MeetingHeld,
    StatedNumber,
)
from reports.figures.documents import DocumentStanding
from tests import factories as make
from tests.doors import D, says
from tests.figures import decide, sign
from tests.goals import goals_rows
from tests.roles import clock
from volunteers.models import TransitionAnswer

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(programme):
    return programme.organisations.get(kind="steering_group")


def meeting(programme, group, on, title="Styregruppemøde", *, held=True):
    found = make.MeetingFactory(programme=programme, body=group, title=title, planned_on=on)
    if held:
        MeetingHeld.record(by=None, meeting=found, happened_on=on)
    return found


def opened(secretary, door, *args, **asked):
    return secretary.get(reverse(door, args=args), asked)


# --- The page of them all


def test_goals_tell_the_answer_of_the_rule_and_of_the_words(programme, secretary):
    decide(programme, "values", D(2011, 9, 7), outcome="hearing")
    for kind, on in (("foundation", D(2011, 1, 24)), ("municipality", D(2011, 2, 7))):
        sign(programme, kind, on)
    association = make.founded_association(programme)
    make.counting_coordinator(association)
    make.certificate(make.VolunteerFactory(programme=programme))

    page = opened(secretary, "programme:goals", on="2011-12-31")

    told = [
        (figure.is_met, literal and (literal.is_met, literal.since, literal.value))
        for figure, literal in page.context["criteria"]
    ]
    assert told == [
        (False, None),
        (False, (False, None, 2)),
        (False, (False, None, None)),
        (False, (True, D(2011, 9, 7), None)),
        (False, (True, D(2011, 2, 7), None)),
    ]


def test_goals_tell_the_latest_meeting_and_the_next_of_the_day_asked(programme, group, secretary):
    for on in (D(2011, 3, 16), D(2011, 6, 8), D(2011, 9, 7)):
        meeting(programme, group, on, title=f"{on:%d.%m}")

    page = opened(secretary, "programme:goals", on="2011-06-10")

    told = {name: line.meeting.title for name, line in page.context["meetings"].items()}
    assert (told, page.context["meetings_held"]) == ({"latest": "08.06", "next": "07.09"}, 2)


def test_goals_call_the_estimate_an_estimate_and_the_protest_a_total(programme, secretary):
    for kind, number in (("paid_model_estimate", 4_600_000), ("protest_signatures", 20), ("paid_mothers", 48)):
        StatedNumber.record(by=None, programme=programme, kind=kind, number=number, happened_on=D(2011, 1, 1))

    html = unescape(opened(secretary, "programme:goals").content.decode())

    part = html[html.index('id="oplyst"') :].partition("</section>")[0]
    assert says("%(amount)s a year", amount="4.600.000\u00a0kr.") in part
    assert says("An estimate to compare with, not a saving.") in part
    assert re.search(r"<dd>\s*20\b", part)
    assert re.search(r"<dd>\s*48\b", part)
    assert says("A total. It says nothing about those who did not sign.") in part
    assert "28" not in part, "who did not sign is counted nowhere"


def test_answers_of_few_persons_are_told_the_municipality_by_the_quarter_on_both_pages(
    programme, caseworker, client_of
):
    with clock(dt.datetime(2011, 2, 2, 12, tzinfo=COPENHAGEN)):
        StatedNumber.record(by=None, programme=programme, kind="paid_mothers", number=48, happened_on=D(2011, 1, 1))
        for _ in range(2):
            former = make.TransitionFactory(volunteer=make.VolunteerFactory(programme=programme))
            TransitionAnswer.record(by=None, transition=former, answer="no", happened_on=D(2011, 2, 1))
    client, hidden = client_of(caseworker), "Ikke vist"

    goals, before = (client.get(reverse("programme:goals"), {"on": day}) for day in ("2011-05-01", "2011-04-30"))
    counts = dict(client.get(reverse("reports:dashboard"), {"on": "2011-05-01"}).context["counts"])

    told = {"yes": hidden, "no": hidden, "undecided": hidden}
    assert goals.context["answers"] == told | {"on": D(2011, 3, 31)}
    assert {name: counts[name] for name in told} == told
    assert before.context["answers"]["no"] == "0"


@pytest.mark.parametrize("door", ["programme:goals", "programme:meeting", "programme:agreement", "programme:document"])
def test_municipality_meets_no_words_of_notes_evidence_or_agenda(programme, caseworker, secretary, client_of, door):
    rows = goals_rows(programme, "HEMMELIGT")
    about = {"meeting": "held_meeting", "agreement": "agreed", "document": "paper"}.get(door.partition(":")[2])
    args = [rows[about].uuid] if about else []

    theirs, ours = (opened(reader, door, *args) for reader in (client_of(caseworker), secretary))

    assert (theirs.status_code, "HEMMELIGT" in theirs.content.decode()) == (200, False)
    assert (ours.status_code, "HEMMELIGT" in ours.content.decode()) == (200, True)


def test_municipality_learns_how_many_action_points_are_done(programme, caseworker, client_of):
    rows = goals_rows(programme, "HEMMELIGT")

    page = opened(client_of(caseworker), "programme:meeting", rows["held_meeting"].uuid)

    assert (page.context["points"], dict(page.context["tally"])) == ([], {"done": 1, "overdue": 2})


def test_findings_of_meetings_lead_the_secretariat_to_the_page_that_mends(programme, group, secretary):
    passed = meeting(programme, group, D(2011, 3, 16), held=False)

    page = opened(secretary, "programme:meeting", passed.uuid)

    ((finding, held),) = [(one, page.context["urls"]["meeting_held"]) for one in page.context["findings"]]
    assert finding.code == "meeting_passed"
    assert held in page.content.decode()


# --- Documents


STANDINGS = [
    pytest.param("2011-05-26", DocumentStanding.MISSING, None, "", id="not-received"),
    pytest.param("2011-05-27", DocumentStanding.DRAFT, D(2011, 5, 27), "v1", id="draft"),
    pytest.param("2011-06-08", DocumentStanding.HEARING, D(2011, 6, 8), "v1", id="in-hearing"),
    pytest.param("2011-09-07", DocumentStanding.REJECTED, D(2011, 9, 7), "v1", id="sent-back"),
    pytest.param("2011-09-27", DocumentStanding.DRAFT, D(2011, 9, 27), "v2", id="a-new-draft"),
    pytest.param("2011-10-01", DocumentStanding.ELSEWHERE, D(2011, 10, 1), "v2", id="adopted-by-another-body"),
    pytest.param("2011-10-05", DocumentStanding.ADOPTED, D(2011, 10, 5), "v2", id="adopted"),
]


@pytest.fixture
def concept(programme):
    """The year of the training concept: to hearing, sent back, written anew, adopted."""
    document = Document.objects.get(programme=programme, kind="training_concept")
    for label, dated_on in (("v1", D(2011, 5, 27)), ("v2", D(2011, 9, 27))):
        DocumentVersion.objects.create(document=document, label=label, dated_on=dated_on)
    decide(programme, "training_concept", D(2011, 6, 8), outcome="hearing", label="v1")
    decide(programme, "training_concept", D(2011, 9, 7), outcome="rejected", label="v1")
    decide(programme, "training_concept", D(2011, 10, 1), by="municipality", label="v2")
    decide(programme, "training_concept", D(2011, 10, 5), label="v2")
    return document


@pytest.mark.parametrize(("on", "standing", "since", "version"), STANDINGS)
def test_document_stands_where_its_latest_decision_put_it(concept, secretary, on, standing, since, version):
    page = opened(secretary, "programme:document", concept.uuid, on=on)

    figure = page.context["line"].figure
    assert (figure.standing, figure.since, figure.version) == (standing, since, version)


def test_document_tells_its_versions_newest_first_with_the_decisions_of_the_day(concept, secretary):
    page = opened(secretary, "programme:document", concept.uuid, on="2011-10-02")

    told = [(line.version.label, [fact.happened_on for fact in line.decisions]) for line in page.context["versions"]]
    assert told == [("v2", [D(2011, 10, 1)]), ("v1", [D(2011, 6, 8), D(2011, 9, 7)])]


def test_documents_are_filtered_by_standing_and_fetched_as_a_file(concept, secretary):
    page = opened(secretary, "programme:documents", status="adopted", on="2011-12-31")
    file = opened(secretary, "programme:documents", status="adopted", on="2011-12-31", format="csv")

    assert [line.figure.title for line in page.context["listing"].found] == [concept.title]
    text = file.content.decode("utf-8-sig")
    _head, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert len(rows) == 1
    assert concept.title in rows[0]


def test_version_recorded_through_its_door_makes_the_document_a_draft(programme, secretary):
    document = Document.objects.get(programme=programme, kind="values")

    secretary.post(reverse("programme:version", args=[document.uuid]), {"label": "1.0", "dated_on": "2011-08-29"})

    page = opened(secretary, "programme:document", document.uuid)
    assert page.context["line"].figure.standing == DocumentStanding.DRAFT


# --- The agreement


def test_agreement_is_in_force_from_the_later_of_its_start_and_the_last_signature(programme, secretary):
    agreement = programme.agreements.get()
    sign(programme, "foundation", D(2011, 1, 24))
    half = opened(secretary, "programme:agreement", agreement.uuid, on="2011-02-06")
    sign(programme, "municipality", D(2011, 2, 7))
    AgreementTerm.record(by=None, agreement=agreement, started_on=D(2011, 3, 1))

    whole = opened(secretary, "programme:agreement", agreement.uuid, on="2011-03-01")

    assert (half.context["figure"].in_force_on, half.context["figure"].lacks) == (None, ("signature_municipality",))
    assert whole.context["figure"].in_force_on == D(2011, 3, 1)
    assert [bool(party.signature) for party in half.context["parties"]] == [True, False]


def test_party_that_is_added_must_sign_too(programme, group, secretary):
    agreement = programme.agreements.get()
    for kind, on in (("foundation", D(2011, 1, 24)), ("municipality", D(2011, 2, 7))):
        sign(programme, kind, on)

    secretary.post(
        reverse("programme:party", args=[agreement.uuid]), {"organisation": group.pk, "started_on": "2011-06-01"}
    )

    before, after = (
        opened(secretary, "programme:agreement", agreement.uuid, on=on) for on in ("2011-05-31", "2011-06-01")
    )
    assert (before.context["figure"].in_force_on, after.context["figure"].in_force_on) == (D(2011, 2, 7), None)


# --- Meetings


def test_meeting_tells_what_its_body_decided_on_documents_that_day(programme, group, secretary):
    held = meeting(programme, group, D(2011, 10, 5))
    decide(programme, "training_concept", D(2011, 10, 5))
    decide(programme, "values", D(2011, 10, 5), by="municipality")
    decide(programme, "anchoring_model", D(2011, 10, 6), outcome="rejected")

    page = opened(secretary, "programme:meeting", held.uuid)

    assert [one.title for one in page.context["adopted"]] == ["Dokument training_concept"]


ACTIONS = [
    pytest.param("2011-06-30", "open", id="on-the-day-it-is-due"),
    pytest.param("2011-07-01", "overdue", id="the-day-after"),
    pytest.param("2011-07-05", "done", id="once-it-is-done"),
]


@pytest.mark.parametrize(("on", "state"), ACTIONS)
def test_action_point_stands_as_of_the_day(programme, group, secretary, on, state):
    held = meeting(programme, group, D(2011, 6, 8))
    point = make.ActionPointFactory(meeting=held, due_on=D(2011, 6, 30))
    ActionDone.record(by=None, action_point=point, happened_on=D(2011, 7, 5))

    page = opened(secretary, "programme:meeting", held.uuid, on=on)

    assert [one.state for one in page.context["points"]] == [state]


def test_what_came_of_a_meeting_is_not_told_of_a_day_before_it(programme, group, secretary):
    held = meeting(programme, group, D(2011, 6, 8))
    Decision.record(by=None, meeting=held, text="Godkendt.", happened_on=D(2011, 6, 8))
    make.ActionPointFactory(meeting=held)

    page = opened(secretary, "programme:meeting", held.uuid, on="2011-06-07")

    context = page.context
    assert (context["state"], context["decisions"], context["points"], dict(context["tally"])) == (
        "planned",
        [],
        [],
        {},
    )


@pytest.mark.parametrize(("state", "titles"), [("held", ["Afholdt"]), ("planned", ["Kommer"]), ("passed", ["Glemt"])])
def test_meetings_are_filtered_by_how_they_stand(programme, group, secretary, state, titles):
    meeting(programme, group, D(2011, 3, 1), title="Afholdt")
    meeting(programme, group, D(2011, 4, 1), title="Glemt", held=False)
    meeting(programme, group, D(2011, 5, 1), title="Kommer", held=False)

    page = opened(secretary, "programme:meetings", on="2011-05-01", status=state)

    assert [row.title for row in page.context["listing"].found] == titles


def test_meetings_are_filtered_by_body_and_period_and_counted(programme, group, secretary):
    held = meeting(programme, group, D(2011, 3, 1))
    meeting(programme, programme.organisations.get(kind="municipality"), D(2011, 3, 2))
    meeting(programme, group, D(2011, 5, 1))
    for number in range(2):
        Decision.record(by=None, meeting=held, text=f"Nr. {number}", happened_on=D(2011, 3, 1))
    done, _open = (make.ActionPointFactory(meeting=held) for _ in range(2))
    ActionDone.record(by=None, action_point=done, happened_on=D(2011, 3, 5))

    page = opened(secretary, "programme:meetings", organ=group.pk, fra="2011-02-01", til="2011-04-30", on="2011-12-31")

    assert [(row.title, row.decided, row.undone) for row in page.context["listing"].found] == [(held.title, 2, 1)]


def test_meeting_is_planned_held_and_followed_up_through_its_doors(programme, group, secretary):
    typed = {"body": group.pk, "title": "Styregruppemøde", "planned_on": "2011-06-08", "starts_at": "14.30"}
    secretary.post(reverse("programme:meeting_new"), typed)
    planned = Meeting.objects.get(title="Styregruppemøde")

    def send(door, about, **values):
        return secretary.post(reverse(f"programme:{door}", args=[about.uuid]), values)

    send("meeting_held", planned, happened_on="2011-06-09", decisions="Sendt i høring.\nTaget til efterretning.")
    send("action_point", planned, text="Sende referat", office="Sekretariatet", due_on="2011-06-20")
    send("action_done", ActionPoint.objects.get(), happened_on="2011-06-15")

    page = opened(secretary, "programme:meeting", planned.uuid, on="2011-12-31")
    assert page.context["held"].happened_on == D(2011, 6, 9)
    assert [fact.text for fact in page.context["decisions"]] == ["Sendt i høring.", "Taget til efterretning."]
    assert [(one.text, one.state) for one in page.context["points"]] == [("Sende referat", "done")]


def test_meeting_whose_holding_is_retracted_is_to_be_held_again(programme, group, secretary):
    held = meeting(programme, group, D(2011, 6, 8))
    fact = held.holdings.get()

    url = reverse("reports:retract", args=["moede", fact.uuid])
    answer = secretary.post(url, {"reason": "Aflyst", "seen": fact.pk})

    page = secretary.get(answer["Location"])
    assert (page.context["meeting"], page.context["state"]) == (held, "passed")
    assert "meeting_held" in page.context["urls"]


def test_days_past_offer_no_doors_that_change(programme, group, secretary):
    held = meeting(programme, group, D(2011, 6, 8))

    page = opened(secretary, "programme:meeting", held.uuid, on="2011-12-31", known_at="2026-01-01")

    assert page.context["urls"] == {}
