"""The rows of the fictional year 2011: who took part and was there, what was recorded when, what was taken back."""

import datetime as dt
from collections import Counter

import pytest

from associations.models import Association, AssociationAdoption, FoundingStep, StepPlan
from budget.models import FundingFact, Posting
from bydelsmoedre.moment import COPENHAGEN, Moment
from programme.facts import PeriodFact, fact_models
from programme.models import Adoption, Meeting, MeetingHeld
from reports.findings import found
from reports.loading import RECORDED_AT
from reports.story.book import day, identity
from reports.story.telling import SECRETARIAT
from reports.story.training import COURSES
from tests.test_story import person
from training.models import Attendance, Certificate, Enrolment, Participation, Session
from volunteers.models import (
    Candidacy,
    Declaration,
    GatheringHeld,
    Membership,
    Presence,
    StageEvent,
    Transition,
    Volunteer,
)
from volunteers.models.people import SEATS

D = dt.date


@pytest.mark.parametrize(
    ("key", "starting", "issued", "first", "last"),
    [
        ("basic-1", 16, {"27.06": 13}, "28.02", "27.06"),
        ("basic-2", 18, {"05.12": 12}, "22.08", "05.12"),
        ("basic-3", 14, {}, "25.10", "07.02.2012"),
        ("coordinator-1", 10, {"27.06": 8, "28.10": 1}, "06.04", "15.06"),
        ("coordinator-2", 10, {"21.11": 7, "14.12": 1}, "07.09", "16.11"),
    ],
)
def test_story_holds_five_courses(story, key, starting, issued, first, last):
    (plan,) = [one for one in COURSES if one.key == key]
    seats = Participation.objects.at(Moment(day(first))).filter(enrolment__course__name=plan.name, status="enrolled")
    certificates = Certificate.objects.filter(
        curriculum__kind=plan.kind, basis="course", volunteer__in=seats.values("enrolment__volunteer")
    )

    assert seats.count() == starting
    assert Counter(certificates.values_list("started_on", flat=True)) == {day(on): n for on, n in issued.items()}
    assert [plan.days[0], plan.days[-1]] == [day(first), day(last)]


def modules_attended():
    """The modules at which each participant was present, make-up sessions included."""
    found = {pk: set() for pk in Enrolment.objects.values_list("pk", flat=True)}
    for enrolment, module in Attendance.objects.filter(mark="present").values_list("enrolment", "session__module"):
        found[enrolment].add(module)
    return found


def test_story_certifies_those_who_completed_and_nobody_else(story):
    attended, completed, certified = modules_attended(), set(), set()

    for enrolment in Enrolment.objects.select_related("course__curriculum"):
        version = enrolment.course.curriculum.versions.get()
        compulsory = {module["number"] for module in version.modules if module["compulsory"]}
        modules = attended[enrolment.pk]
        if compulsory <= modules and len(modules) >= version.required_modules:
            completed.add(enrolment.pk)
        kind = {"curriculum": enrolment.course.curriculum, "basis": "course"}
        if Certificate.objects.filter(volunteer=enrolment.volunteer_id, **kind).exists():
            certified.add(enrolment.pk)

    assert completed == certified
    assert len(certified) == 13 + 12 + 9 + 8


def test_story_records_nobody_after_she_has_left(story):
    left = {one.enrolment_id: one.ended_on for one in Participation.objects.current().filter(end_reason="dropped_out")}

    assert len(left) == 2 + 1 + 4 + 1 + 1
    for enrolment, ended_on in left.items():
        assert not Attendance.objects.filter(enrolment=enrolment, happened_on__gt=ended_on).exists()


def test_story_forgets_to_record_one_session(story):
    sessions = Session.objects.filter(course__name="Grunduddannelse 3, Akacieparken").order_by("held_on")

    silent = [one.held_on for one in sessions if not one.attendances.exists()]

    assert sessions.get(module=9).held_on == D(2011, 12, 20)
    assert silent[0] == D(2011, 11, 8)
    assert silent[1:] == [one.held_on for one in sessions if one.held_on.year == 2012]


def test_story_makes_up_for_module_seven(story):
    course = Enrolment.objects.get(volunteer__uuid=person("T5")).course

    (make_up,) = course.sessions.filter(is_make_up=True)

    assert (make_up.module, make_up.held_on) == (7, D(2011, 10, 26))
    assert course.sessions.get(module=7, is_make_up=False).held_on == D(2011, 5, 25)
    assert [one.enrolment.volunteer.uuid for one in make_up.attendances.all()] == [person("T5")]


def test_story_lets_new_mothers_be_new(story):
    new = Certificate.objects.filter(curriculum__kind="basic", basis="course").values("volunteer")

    assert not Transition.objects.filter(volunteer__in=new).exists()
    assert Membership.objects.filter(volunteer__in=new, role="mother").values("volunteer").distinct().count() == 25


def test_story_has_twelve_formerly_paid_in_each_project(story):
    assert Counter(Transition.objects.values_list("project", flat=True)) == dict.fromkeys(
        ["akacieparken", "noerrebro", "sjaeloer", "tingbjerg"], 12
    )


def test_story_lets_the_formerly_paid_act_on_merit(story):
    on = Moment(D(2011, 12, 31))
    merit = Certificate.objects.at(on).filter(basis="merit").values_list("volunteer", flat=True)
    mothers = Membership.objects.at(on).filter(role="mother", volunteer__transition__isnull=False)

    assert len(set(merit)) == 17
    assert set(merit) == set(mothers.values_list("volunteer", flat=True))


@pytest.mark.parametrize(
    ("on", "sizes"),
    [
        ("31.12", {"tingbjerg": 5, "noerrebro": 5, "sjaeloer": 5}),
        ("15.11", {"tingbjerg": 5, "noerrebro": 5, "sjaeloer": 4}),
    ],
)
def test_story_has_boards_with_chair_and_treasurer(story, on, sizes):
    seats = Membership.objects.at(Moment(day(on))).exclude(role__in=["mother", "coordinator"])

    found = Counter(seats.values_list("association__uuid", flat=True))
    posts = Counter(seats.exclude(role="board_member").values_list("association__uuid", "role"))

    assert found == {identity(Association, key): size for key, size in sizes.items()}
    assert posts == {(uuid, role): 1 for uuid in found for role in ("chair", "treasurer")}


ANSWERS = {"accepted", "declined", "withdrawn"}


def test_story_leaves_work_for_mid_november(story):
    on = Moment(D(2011, 11, 15))
    stages = {}
    for candidacy, stage in StageEvent.objects.at(on).values_list("candidacy", "stage"):
        stages.setdefault(candidacy, set()).add(stage)

    assert sorted(sorted(found) for found in stages.values() if not found & ANSWERS) == [
        ["applied"],
        ["applied"],
        ["applied"],
        ["applied"],
        ["applied", "interviewed"],
        ["applied", "interviewed"],
    ]


def test_story_takes_up_everybody_who_came_new(story):
    new = Enrolment.objects.filter(volunteer__transition=None).values("volunteer")

    candidacies = Candidacy.objects.filter(volunteer__in=new)

    assert candidacies.count() == new.distinct().count() == 60
    for one in candidacies.prefetch_related("stages", "assessments"):
        on = {stage.stage: stage.happened_on for stage in one.stages.all()}
        first = Enrolment.objects.filter(volunteer=one.volunteer_id).order_by("course__starts_on")[0].course.starts_on
        assert on["applied"] <= on["interviewed"] <= on["accepted"] < first
        assert len(one.assessments.all()) == 3


def test_story_lacks_four_declarations_of_confidentiality(story):
    on = Moment(D(2011, 12, 31))
    active = Membership.objects.at(on).filter(role__in=["mother", "coordinator"]).values("volunteer")

    silent = Volunteer.objects.filter(pk__in=active).exclude(
        pk__in=Declaration.objects.at(on).filter(kind="confidentiality").values("volunteer")
    )

    assert {one.uuid for one in silent} == {person(key) for key in ("NF5", "AF2", "B1-11", "B2-05")}


def test_story_tells_each_fact_on_its_own_evening(story):
    late = set()
    for model in fact_models():
        for fact in model._default_manager.exclude(recorded_at=RECORDED_AT):
            local = fact.recorded_at.astimezone(COPENHAGEN)
            assert (local.hour, local.minute, fact.recorded_by.email) == (20, 0, SECRETARIAT["email"])
            since = fact.started_on if isinstance(fact, PeriodFact) else fact.happened_on
            if local.date() not in (since, getattr(fact, "ended_on", None)):
                late.add((model.__name__, since, local.date()))

    assert late == {
        ("FoundingStep", D(2011, 9, 15), D(2011, 10, 4)),
        ("FoundingStep", D(2011, 9, 28), D(2011, 10, 4)),
        ("Membership", D(2011, 9, 15), D(2011, 10, 4)),
        ("FoundingStep", D(2011, 10, 27), D(2011, 11, 11)),
        ("FoundingStep", D(2011, 11, 10), D(2011, 11, 11)),
        ("FoundingStep", D(2011, 11, 10), D(2011, 11, 14)),
        ("Membership", D(2011, 11, 10), D(2011, 11, 14)),
        ("AssociationAdoption", D(2011, 9, 15), D(2011, 10, 4)),  # with the papers of the founding
        ("AssociationAdoption", D(2011, 11, 10), D(2011, 11, 11)),
    }


def test_story_supersedes_what_ended(story):
    """As `Fact.supersede` does: the next version is known from the instant at which the first one is not."""
    for model in (Membership, Participation, Declaration):
        ended = model.objects.filter(ended_on__isnull=False)
        assert ended.exists()
        for last in ended:
            (first,) = model.objects.filter(uuid=last.uuid).exclude(pk=last.pk)
            assert (first.retracted_at, first.ended_on) == (last.recorded_at, None)
            assert first.retraction_reason


def test_story_retracts_nothing_else(story):
    wrong = [
        fact
        for model in fact_models()
        for fact in model._default_manager.filter(retracted_at__isnull=False)
        if not model._default_manager.filter(uuid=fact.uuid, retracted_at=None).exists()
    ]

    assert [(type(fact), fact.board_members, fact.retraction_reason) for fact in wrong] == [
        (FoundingStep, 5, "Der blev kun valgt fire.")
    ]


def test_story_reverses_one_posting_in_its_quarter(story):
    (reversal,) = Posting.objects.filter(reverses__isnull=False)
    wrong = Posting.objects.get(uuid=reversal.reverses)

    assert (reversal.amount, reversal.line) == (-wrong.amount, wrong.line)
    assert {one.happened_on.month for one in (wrong, reversal)} <= {7, 8, 9}


def test_story_numbers_its_vouchers_by_date(story):
    postings = list(Posting.objects.order_by("happened_on", "voucher"))

    assert [one.voucher for one in postings] == [f"2011-{number:03}" for number in range(1, len(postings) + 1)]


def test_story_grants_money_by_those_who_decide(story):
    granted = FundingFact.objects.filter(stage="granted").order_by("happened_on")

    assert [(one.decided_by.name, one.amount, one.happened_on) for one in granted] == [
        ("Beskæftigelses- og Integrationsudvalget", 800_000, D(2011, 1, 31)),
        ("Bestyrelsen for Fonden for Socialt Ansvar", 570_000, D(2011, 5, 24)),
    ]


def test_story_holds_six_meetings_and_decides_seven_times(story):
    days = [(3, 16), (6, 8), (9, 7), (10, 5), (11, 30)]

    assert list(MeetingHeld.objects.order_by("happened_on").values_list("happened_on", flat=True)) == [
        *(D(2011, *one) for one in days),
        D(2012, 1, 18),
    ]
    assert Adoption.objects.count() == 7


def test_story_holds_only_what_forms_would_take(story):
    """Rows are stored in bulk, so that nothing has asked the fields whether they take such values."""
    for model in [*fact_models(), Association, Candidacy, Meeting, Session, StepPlan, Volunteer]:
        others = [field.name for field in model._meta.concrete_fields if field.is_relation or field.generated]
        for row in model._default_manager.all():
            row.clean_fields(exclude=others)


def test_story_names_everybody_once(story):
    persons = Volunteer.objects.all()

    assert persons.count() == persons.values("name").distinct().count() == 120
    assert not persons.exclude(email__endswith="@example.org").exists()


def test_story_has_associations_that_meet_and_adopt(story):
    def held(key, kind, until="31.12"):
        meetings = GatheringHeld.objects.at(Moment(day(until))).filter(gathering__kind=kind)
        return meetings.filter(gathering__association__uuid=identity(Association, key)).count()

    assert [held(key, "monthly") for key in ("tingbjerg", "noerrebro", "sjaeloer", "akacieparken")] == [6, 4, 2, 0]
    assert [held(key, "board") for key in ("tingbjerg", "noerrebro", "sjaeloer", "akacieparken")] == [4, 2, 1, 0]
    assert held("sjaeloer", "extraordinary") == 1
    kinds = AssociationAdoption.objects.at(Moment(D(2011, 12, 31))).values_list("version__document__kind", flat=True)
    assert Counter(kinds) == {"statutes": 3, "training_concept": 2, "values": 2}


def test_story_lets_only_members_come_to_their_monthly_meetings(story):
    for one in Presence.objects.select_related("gathering"):
        on = Moment(one.happened_on, one.recorded_at)
        roles = Membership.objects.at(on).filter(volunteer=one.volunteer_id, association=one.gathering.association_id)
        assert roles.filter(role__in=["mother", "coordinator"]).exists()


def test_story_elects_boards_until_the_next_spring(story):
    terms = Membership.objects.filter(role__in=SEATS).values_list("term_ends_on", flat=True)

    assert Counter(terms) == {D(2012, 3, 31): 15, D(2013, 3, 31): 5}


@pytest.mark.parametrize("on", ["15.11", "31.12"])
def test_story_s_overview_asks_for_no_board_meetings(story, on):
    codes = {"too_few_board_meetings", "monthly_meeting_passed", "board_term_over", "board_no_chair"}

    assert found(story, Moment(day(on)), codes=sorted(codes)) == []
