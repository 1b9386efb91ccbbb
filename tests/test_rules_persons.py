"""Persons and families: what may be written about them, and who meets it."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from associations.models import AssociationGrant
from programme.models import Evidence, RoleGrant
from tests import factories as make
from tests.refusing import refused_by
from volunteers.models import Assessment, Conversation, Declaration, LanguageSkill, StageEvent, TransitionAnswer

D = dt.date
SINCE = {"by": None, "started_on": D(2011, 3, 1)}
ON = {"by": None, "happened_on": D(2011, 3, 1)}


# --- Conversations


@pytest.fixture
def association(programme):
    return make.AssociationFactory(programme=programme)


def test_conversation_with_a_note_is_refused(association):
    refused = refused_by(make.conversation, association, note="Hun bor på 3. sal")

    assert refused == "volunteers_conversation_anonymous"


def test_conversation_with_evidence_is_refused(association):
    letter = Evidence.objects.create(programme=association.programme, description="Brev")

    assert refused_by(make.conversation, association, evidence=letter) == "volunteers_conversation_anonymous"


@pytest.mark.parametrize("topics", [[], ["school", "gossip"]], ids=["none", "unknown"])
def test_conversation_is_about_topics_that_we_know(association, topics):
    assert refused_by(make.conversation, association, topics=topics) == "volunteers_conversation_topics"


def test_conversation_may_be_about_several_topics(association):
    make.conversation(association, topics=["school", "health"])

    assert Conversation.objects.get().topics == ["school", "health"]


@pytest.fixture
def conversations(association, twin):
    """One in the association, one in another of the programme, one in the twin."""
    elsewhere = make.AssociationFactory(programme=association.programme)
    return [make.conversation(one) for one in (association, elsewhere, twin.associations.first())]


def met(user, model=Conversation):
    return list(model.objects.visible_to(user).order_by("pk"))


@pytest.mark.parametrize("role", ["secretariat", "foundation"])
def test_staff_meet_the_programmes_conversations(conversations, programme, role):
    assert met(make.user_with_role(programme, role)) == conversations[:2]


def test_municipality_meets_no_conversation(conversations, caseworker):
    assert met(caseworker) == []


def test_municipality_meets_no_conversation_whatever_else_is_granted(conversations, caseworker, association):
    AssociationGrant.objects.create(user=caseworker, association=association)

    assert met(caseworker) == []


def test_local_coordinator_meets_her_own_associations_conversations(conversations, association):
    assert met(make.local_coordinator(association)) == conversations[:1]


# --- Assessments


@pytest.fixture
def assessments(programme, twin):
    candidacies = [make.CandidacyFactory(volunteer=make.VolunteerFactory(programme=one)) for one in (programme, twin)]
    return [Assessment.record(candidacy=one, aspect="network", level=3, **ON) for one in candidacies]


def test_secretariat_meets_the_programmes_assessments(assessments, secretariat):
    assert met(secretariat, Assessment) == assessments[:1]


def test_nobody_else_meets_an_assessment(assessments, programme, foundation, caseworker):
    volunteer = assessments[0].candidacy.volunteer
    association = make.AssociationFactory(programme=programme)
    make.membership(volunteer, association)
    others = [foundation, caseworker, make.local_coordinator(association)]

    assert [met(user, Assessment) for user in others] == [[], [], []]


def test_secretariat_of_one_programme_and_foundation_of_another_meets_the_ones(assessments, secretariat, twin):
    RoleGrant.objects.create(user=secretariat, programme=twin, role="foundation")

    assert met(secretariat, Assessment) == assessments[:1]


def test_superuser_meets_every_assessment(assessments):
    assert met(User.objects.create_superuser("chef@example.org", "hemmelig"), Assessment) == assessments


@pytest.mark.parametrize("level", [0, 4])
def test_assessment_outside_the_scale_is_refused(db, level):
    candidacy = make.CandidacyFactory()

    refused = refused_by(Assessment.record, candidacy=candidacy, aspect="network", level=level, **ON)

    assert refused == "volunteers_assessment_level"


# --- Declarations, languages, steps and answers


@pytest.mark.parametrize("kind", [kind for kind in Declaration.Kind.values if kind != "photo_consent"])
def test_declaration_other_than_consent_to_photos_does_not_end(db, kind):
    volunteer = make.VolunteerFactory()

    refused = refused_by(Declaration.record, volunteer=volunteer, kind=kind, ended_on=D(2011, 6, 1), **SINCE)

    assert refused == "volunteers_only_photos_end"


def test_consent_to_photos_is_withdrawn_and_given_again(db):
    volunteer = make.VolunteerFactory()
    first = Declaration.record(volunteer=volunteer, kind="photo_consent", **SINCE)

    first.supersede(by=None, reason="Trukket tilbage", ended_on=D(2011, 6, 1))
    Declaration.record(by=None, volunteer=volunteer, kind="photo_consent", started_on=D(2011, 9, 1))

    assert volunteer.declarations.current().count() == 2


def test_declaration_holds_once_at_a_time(db):
    volunteer = make.VolunteerFactory()
    Declaration.record(volunteer=volunteer, kind="confidentiality", **SINCE)

    refused = refused_by(Declaration.record, volunteer=volunteer, kind="confidentiality", **SINCE)

    assert refused == "volunteers_one_declaration"


def test_language_is_recorded_once_for_a_person(db):
    volunteer = make.VolunteerFactory()
    LanguageSkill.record(volunteer=volunteer, language="so", **ON)

    refused = refused_by(LanguageSkill.record, volunteer=volunteer, language="so", level="b2", **ON)

    assert refused == "volunteers_language_once"


def test_candidacy_is_answered_once(db):
    candidacy = make.CandidacyFactory()
    for stage in ("applied", "interviewed", "accepted"):
        StageEvent.record(candidacy=candidacy, stage=stage, **ON)

    with pytest.raises(IntegrityError, match="declined cannot follow accepted"), transaction.atomic():
        StageEvent.record(candidacy=candidacy, stage="declined", **ON)


def test_candidacy_is_paused_as_often_as_need_be(db):
    candidacy = make.CandidacyFactory()
    way = ("applied", "interviewed", "accepted", "paused", "resumed", "paused")
    for month, stage in enumerate(way, 1):
        StageEvent.record(by=None, candidacy=candidacy, stage=stage, happened_on=D(2011, month, 1))

    assert candidacy.stages.filter(stage="paused").count() == 2


def test_formerly_paid_mother_answers_once_a_day(db):
    transition = make.TransitionFactory()
    TransitionAnswer.record(transition=transition, answer="undecided", **ON)
    refused = refused_by(TransitionAnswer.record, transition=transition, answer="no", **ON)

    assert refused == "volunteers_answer_once_a_day"
