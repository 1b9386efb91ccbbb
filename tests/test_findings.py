"""The register of findings: each kind from the day on which it is one, and no longer than it is; for whom."""

import datetime as dt

import pytest
from django.urls import resolve, reverse

from associations.models import Prospect, StepPlan
from budget.models import Budget
from bydelsmoedre.moment import COPENHAGEN, Moment
from programme.models import ActionDone, ActionPoint, Meeting, MeetingHeld, Organisation
from reports.findings import KINDS, found
from tests import factories as make
from tests.figures import sign
from tests.money import answer, ask_for, grant
from tests.people import steps
from tests.roles import clock
from tests.training import attend, planned_course, publish, take_part
from training.models import Certificate, Participation
from volunteers.models import Candidacy, Declaration, StageEvent

D = dt.date
pytestmark = pytest.mark.django_db


def on(day, programme, *codes, **more):
    """What is found on that day, of the kinds named: code and since when."""
    return [(one.kind.code, one.since) for one in found(programme, Moment(day), codes=codes or None, **more)]


def test_signature_is_missing_until_every_party_has_signed(programme):
    sign(programme, "foundation", D(2011, 1, 24))
    sign(programme, "municipality", D(2011, 2, 7))

    days = [D(2011, 1, 23), D(2011, 1, 24), D(2011, 2, 6), D(2011, 2, 7)]
    assert [len(on(day, programme, "signature_missing")) for day in days] == [2, 1, 1, 0]


@pytest.fixture
def meeting(programme):
    body = Organisation.objects.get(programme=programme, kind="steering_group")
    return Meeting.objects.create(programme=programme, body=body, title="Møde", planned_on=D(2011, 6, 8))


def test_meeting_has_passed_from_the_day_after_until_it_is_recorded(programme, meeting):
    days = [D(2011, 6, 8), D(2011, 6, 9)]
    before = [on(day, programme, "meeting_passed") for day in days]
    MeetingHeld.record(by=None, meeting=meeting, happened_on=D(2011, 6, 8))

    assert before == [[], [("meeting_passed", D(2011, 6, 8))]]
    assert on(D(2011, 6, 9), programme, "meeting_passed") == []


def test_minutes_are_missing_a_week_after_the_meeting(programme, meeting):
    MeetingHeld.record(by=None, meeting=meeting, happened_on=D(2011, 6, 8))

    assert on(D(2011, 6, 15), programme, "minutes_missing") == []
    assert on(D(2011, 6, 16), programme, "minutes_missing") == [("minutes_missing", D(2011, 6, 8))]


def test_action_is_overdue_from_the_day_after_until_it_is_done(programme, meeting):
    point = ActionPoint.objects.create(meeting=meeting, text="Skriv", office="Sekretariatet", due_on=D(2011, 6, 20))
    before = [on(day, programme, "action_overdue") for day in (D(2011, 6, 20), D(2011, 6, 21))]
    ActionDone.record(by=None, action_point=point, happened_on=D(2011, 6, 22))

    assert before == [[], [("action_overdue", D(2011, 6, 20))]]
    assert [len(on(day, programme, "action_overdue")) for day in (D(2011, 6, 21), D(2011, 6, 22))] == [1, 0]


def test_board_is_too_small_until_it_is_elected_anew(programme):
    association = make.found(make.AssociationFactory(programme=programme), D(2011, 11, 10), but={"board"})
    make.step(association, "board", D(2011, 11, 10), board_members=4)
    make.step(association, "board", D(2011, 12, 8), board_members=5)

    days = [D(2011, 11, 9), D(2011, 11, 10), D(2011, 12, 7), D(2011, 12, 8)]
    assert [len(on(day, programme, "board_too_small")) for day in days] == [0, 1, 1, 0]


def test_step_is_overdue_from_the_day_after_its_plan(programme):
    association = make.AssociationFactory(programme=programme)
    StepPlan.objects.create(association=association, kind="meeting", planned_on=D(2011, 12, 19))

    assert on(D(2011, 12, 19), programme, "step_overdue") == []
    assert on(D(2011, 12, 20), programme, "step_overdue") == [("step_overdue", D(2011, 12, 19))]
    make.step(association, "meeting", D(2011, 12, 20))
    assert on(D(2011, 12, 20), programme, "step_overdue") == []


def test_prospect_waits_from_the_day_after_its_next_step(programme):
    area = make.HousingAreaFactory(programme=programme)
    Prospect.objects.create(programme=programme, housing_area=area, next_step="Ring", next_step_on=D(2011, 11, 24))

    assert [len(on(day, programme, "prospect_waits")) for day in (D(2011, 11, 24), D(2011, 11, 25))] == [0, 1]


@pytest.mark.parametrize("answer", ["accepted", "declined", "withdrawn"])
def test_candidate_waits_a_fortnight_before_she_is_a_finding(programme, answer):
    candidacy = Candidacy.objects.create(volunteer=make.VolunteerFactory(programme=programme))
    for stage, day in (("applied", D(2011, 10, 3)), ("interviewed", D(2011, 10, 24)), (answer, D(2011, 11, 20))):
        StageEvent.record(by=None, candidacy=candidacy, stage=stage, happened_on=day)

    days = [D(2011, 10, 17), D(2011, 10, 18), D(2011, 10, 24), D(2011, 11, 7), D(2011, 11, 8), D(2011, 11, 20)]
    assert [len(on(day, programme, "candidate_waits")) for day in days] == [0, 1, 0, 0, 1, 0]


@pytest.mark.parametrize("moved", ["interviewed", "accepted"])
def test_candidate_who_is_accepted_waits_no_more_whichever_step_is_recorded_last(programme, moved):
    candidacy = make.CandidacyFactory(volunteer=make.VolunteerFactory(programme=programme))
    taken = steps(candidacy, *((one, D(2011, 10, 24)) for one in ("applied", "interviewed", "accepted")))
    (wrong,) = (step for step in taken if step.stage == moved)
    wrong.supersede(by=None, reason="Nyt notat", note="Talte i en time")

    assert on(D(2011, 12, 1), programme, "candidate_waits") == []


def test_candidate_who_has_become_a_mother_waits_no_more(programme):
    candidacy = make.CandidacyFactory(volunteer=make.VolunteerFactory(programme=programme))
    steps(candidacy, ("applied", D(2011, 10, 3)))
    make.membership(
        candidacy.volunteer, make.AssociationFactory(programme=programme), role="mother", since=D(2011, 11, 1)
    )

    days = [D(2011, 10, 31), D(2011, 11, 1)]
    assert [on(day, programme, "candidate_waits") for day in days] == [[("candidate_waits", D(2011, 10, 17))], []]


def test_declaration_is_missing_while_she_has_a_role(programme):
    person, place = make.VolunteerFactory(programme=programme), make.AssociationFactory(programme=programme)
    make.membership(person, place, role="mother", since=D(2011, 3, 1), until=D(2011, 10, 31))
    for kind, since in (("duty_to_report", 3), ("privacy_information", 3), ("confidentiality", 9)):
        Declaration.record(by=None, volunteer=person, kind=kind, started_on=D(2011, since, 1))

    days = [D(2011, 2, 28), D(2011, 3, 1), D(2011, 8, 31), D(2011, 9, 1)]
    assert [len(on(day, programme, "declaration_missing")) for day in days] == [0, 1, 1, 0]


def test_board_member_needs_no_declaration(programme):
    make.membership(
        make.VolunteerFactory(programme=programme), make.AssociationFactory(programme=programme), role="chair"
    )

    assert on(D(2011, 6, 1), programme, "declaration_missing") == []


@pytest.fixture
def course(programme):
    """A course of two modules, both required, with one participant."""
    curriculum = programme.curricula.get(kind="basic")
    publish(curriculum, count=2, required=2, compulsory=(1, 2))
    made = planned_course(curriculum, count=2)
    take_part(made, make.VolunteerFactory(programme=programme))
    return made


def test_attendance_is_missing_from_the_day_after_the_session(programme, course):
    assert on(D(2011, 3, 7), programme, "attendance_missing") == []
    assert on(D(2011, 3, 8), programme, "attendance_missing") == [("attendance_missing", D(2011, 3, 7))]
    attend(Participation.objects.get(), 1, 2, mark="absent")
    assert on(D(2011, 3, 15), programme, "attendance_missing") == []


@pytest.mark.parametrize(("stopped", "expected"), [(D(2011, 3, 13), 1), (D(2011, 3, 14), 2)])
def test_session_after_the_last_participant_stopped_lacks_no_attendance(programme, course, stopped, expected):
    Participation.objects.get().supersede(by=None, reason="Hun stoppede", ended_on=stopped, end_reason="dropped_out")

    assert len(on(D(2011, 3, 15), programme, "attendance_missing")) == expected


def test_cancelled_session_lacks_no_attendance(programme, course):
    course.sessions.update(is_cancelled=True)

    assert on(D(2011, 3, 15), programme, "attendance_missing") == []


def test_certificate_is_proposed_until_it_is_issued(programme, course):
    attend(Participation.objects.get(), 1, 2)
    person = course.enrolments.get().volunteer
    make.certificate(person, course.curriculum, since=D(2011, 3, 21))

    days = [D(2011, 3, 13), D(2011, 3, 14), D(2011, 3, 20), D(2011, 3, 21)]
    assert [len(on(day, programme, "certificate_proposed")) for day in days] == [0, 1, 1, 0]


@pytest.mark.parametrize("basis", ["course", "merit"])
def test_mother_without_a_diploma_is_a_finding_until_she_has_one_or_her_training_is_recognised(programme, basis):
    person, place = make.VolunteerFactory(programme=programme), make.AssociationFactory(programme=programme)
    make.membership(person, place, role="mother", since=D(2011, 3, 1))
    Certificate.record(
        by=None,
        volunteer=person,
        curriculum=programme.curricula.get(kind="basic"),
        basis=basis,
        started_on=D(2011, 4, 1),
    )

    assert [len(on(day, programme, "mother_without_diploma")) for day in (D(2011, 3, 31), D(2011, 4, 1))] == [1, 0]


def test_reallocation_is_a_finding_after_a_fortnight_without_an_answer(programme):
    grant(programme, "foundation", 570_000)
    asked = ask_for(Budget.objects.get(programme=programme), on=D(2011, 9, 12))
    answer(asked, "foundation", on=D(2011, 10, 3))

    days = [D(2011, 9, 26), D(2011, 9, 27), D(2011, 10, 2), D(2011, 10, 3)]
    assert [len(on(day, programme, "reallocation_waits")) for day in days] == [0, 1, 1, 0]


def test_reallocation_that_nobody_can_answer_waits_for_nobody(programme):
    ask_for(Budget.objects.get(programme=programme), on=D(2011, 9, 12))
    grant(programme, "foundation", 570_000, on=D(2011, 9, 13))

    assert on(D(2011, 12, 1), programme, "reallocation_waits") == []


# --- As known then, for whom, and how many


def test_findings_are_told_as_they_were_known(programme, meeting):
    with clock(dt.datetime(2011, 7, 1, 12, tzinfo=COPENHAGEN)):
        MeetingHeld.record(by=None, meeting=meeting, happened_on=D(2011, 6, 8))
    then = Moment(D(2011, 6, 30), dt.datetime(2011, 6, 30, tzinfo=COPENHAGEN))

    assert [one.kind.code for one in found(programme, then, codes=["meeting_passed"])] == ["meeting_passed"]
    assert on(D(2011, 6, 30), programme, "meeting_passed") == []


def test_all_of_a_kind_are_counted_though_few_are_listed(programme, meeting):
    for number in range(4):
        ActionPoint.objects.create(meeting=meeting, text=f"{number}", office="Fonden", due_on=D(2011, 6, 10 + number))

    listed = found(programme, Moment(D(2011, 7, 1)), codes=["action_overdue"], most=2)

    assert [(one.since, one.total) for one in listed] == [(D(2011, 6, 10), 4), (D(2011, 6, 11), 4)]


def test_association_s_own_findings_are_no_other_s(programme):
    mine, other = (make.AssociationFactory(programme=programme) for _ in range(2))
    for association in (mine, other):
        StepPlan.objects.create(association=association, kind="meeting", planned_on=D(2011, 5, 1))

    listed = found(programme, Moment(D(2011, 6, 1)), associations=[mine])

    assert {one.uuid for one in listed} == {mine.uuid}


@pytest.mark.parametrize("code", ["declaration_missing", "mother_without_diploma"])
def test_person_in_two_associations_is_a_finding_in_both_and_counted_once(programme, code):
    places = [make.AssociationFactory(programme=programme) for _ in range(3)]
    person, other = (make.VolunteerFactory(programme=programme) for _ in range(2))
    for place, since in zip(places[:2], (D(2011, 3, 1), D(2011, 2, 1)), strict=True):
        make.membership(person, place, role="mother", since=since)
    make.membership(other, places[0], role="mother", since=D(2011, 4, 1))

    def told(**more):
        listed = found(programme, Moment(D(2011, 6, 1)), codes=[code], **more)
        return [(one.uuid, one.since.month, one.total) for one in listed]

    assert told() == told(associations=places) == [(person.uuid, 2, 2), (other.uuid, 4, 2)]
    assert told(associations=places[:1]) == [(person.uuid, 3, 2), (other.uuid, 4, 2)]
    assert told(associations=places[1:2]) == told(about=person.uuid) == [(person.uuid, 2, 1)]
    assert told(associations=places[2:]) == []


def test_nothing_of_another_programme_is_found(programme, twin):
    ours, theirs = ({one.uuid for one in found(one, Moment(D(2011, 12, 31)))} for one in (programme, twin))

    assert ours
    assert theirs
    assert ours.isdisjoint(theirs)


def test_municipality_meets_no_finding_about_a_person(programme, caseworker, client_of):
    about_persons = {code for code, kind in KINDS.items() if not kind.is_public}
    make.membership(make.VolunteerFactory(programme=programme), make.AssociationFactory(programme=programme))

    told = client_of(caseworker).get(reverse("reports:dashboard"), {"on": "2011-12-31"}).context["findings"]

    assert told
    assert {finding.code for finding in told} & about_persons == set()
    assert {finding.url for finding in told} == {""}


MENDED_ON = {
    "erasing_due": "volunteers:retention",
    "signature_missing": "programme:signature",
    "renewal_missing": "programme:term",
    "obligation_overdue": "programme:obligation_met",
    "meeting_passed": "programme:meeting",
    "minutes_missing": "programme:meeting",
    "action_overdue": "programme:action_done",
    "measurement_due": "programme:measure",
    "hearing_over": "programme:adoption",
    "hearing_unanswered": "programme:document",
    "risk_to_look_at": "programme:risk_edit",
    "milestone_overdue": "programme:milestone",
    "board_too_small": "associations:step",
    "step_overdue": "associations:detail",
    "prospect_waits": "associations:prospect",
    "board_seats_few": "volunteers:elect",
    "board_no_chair": "volunteers:elect",
    "board_no_treasurer": "volunteers:elect",
    "board_term_over": "volunteers:elect",
    "candidate_waits": "volunteers:detail",
    "declaration_missing": "volunteers:declaration",
    "attendance_missing": "training:attendance",
    "certificate_proposed": "training:certificate",
    "certificate_expires": "training:certificate",
    "mother_without_diploma": "volunteers:detail",
    "welcome_missing": "training:welcome",
    "stuck_waiting_list": "training:list",
    "stuck_seat": "training:list",
    "stuck_course_over": "training:certificate",
    "stuck_role": "volunteers:membership",
    "stuck_pause": "volunteers:detail",
    "report_due": "reports:schedule_open",
    "report_overdue": "reports:schedule_open",
    "report_returned": "reports:report",
    "report_unanswered": "reports:frozen",
    "question_unanswered": "reports:answer",
    "line_overspent": "budget:account",
    "instalment_late": "budget:account",
    "voucher_waits": "budget:voucher",
    "outlay_waits": "budget:outlay",
    "condition_unmet": "budget:condition_met",
    "reallocation_waits": "budget:reallocation_decision",
    "monthly_meeting_passed": "volunteers:presence",
    "unsupervised": "training:supervisions",
    "too_few_board_meetings": "volunteers:gatherings",
}


def test_every_kind_says_why_and_leads_to_a_page_that_mends_it(programme):
    assert {code: resolve(kind.mend(programme.uuid)).view_name for code, kind in KINDS.items()} == MENDED_ON
    assert all(kind.why(3) for kind in KINDS.values())
