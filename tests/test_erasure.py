"""Erasing a person: her words go everywhere, what happened stays and is counted as before."""

import datetime as dt
import json

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction

from bydelsmoedre.moment import Moment
from bydelsmoedre.owner import as_owner, has_two_logins
from programme.facts import Fact, fact_models
from programme.models import Evidence
from reports.figures.criteria import criteria
from tests.factories import (
    AssociationFactory,
    CandidacyFactory,
    CourseFactory,
    CurriculumFactory,
    EnrolmentFactory,
    GatheringFactory,
    TransitionFactory,
    UserFactory,
    VolunteerFactory,
    attendance,
    certificate,
    counting_coordinator,
    founded_association,
    membership,
    message,
)
from tests.gatherings import presence
from training.models import Certificate, Dispensation, Participation
from volunteers.models import (
    Assessment,
    Call,
    Declaration,
    Delivery,
    LanguageSkill,
    MailChoice,
    Membership,
    SamePerson,
    StageEvent,
    TransitionAnswer,
    Volunteer,
)
from volunteers.privacy import about, erase

D = dt.date
WORD = "Kanariefugl"


def everything():
    """The whole database as text, but for the users."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.tables "
            "where table_schema = 'public' and table_name !~ '^(accounts_|fact_clock)'"
        )
        tables = [table for (table,) in cursor.fetchall()]
        told = []
        for table in tables:
            cursor.execute(f'select jsonb_agg(t) from "{table}" t')
            told.append(json.dumps(cursor.fetchone()[0], ensure_ascii=False))
    return "\n".join(told)


def person(**values):
    return VolunteerFactory(name=f"{WORD} Hansen", email="kanariefugl@example.org", phone="20 30 40 50", **values)


@pytest.fixture
def storage(settings, tmp_path):
    """Where the files lie."""
    settings.MEDIA_ROOT = tmp_path
    return Evidence._meta.get_field("file").storage


def scanned(programme, description=f"Bevis, {WORD} Hansen"):
    """Evidence with a file."""
    return Evidence.objects.create(
        programme=programme,
        description=description,
        file=ContentFile(b"%PDF-1.7", name=f"{WORD}.pdf"),
        file_name=f"{WORD}.pdf",
        media_type="application/pdf",
        size=8,
        sha256="a" * 64,
    )


@pytest.fixture
def volunteer(db, storage):
    """A person with words about her wherever we write any."""
    volunteer = person(user=UserFactory(name=f"{WORD} Hansen"))
    Volunteer.objects.filter(pk=volunteer.pk).update(name=f"{WORD} Jensen")
    association = AssociationFactory(programme=volunteer.programme)
    proof = scanned(volunteer.programme)
    values = {"by": None, "volunteer": volunteer, "started_on": D(2011, 3, 1), "note": f"{WORD} ringer"}
    Membership.record(association=association, role="chair", evidence=proof, **values)
    Dispensation.record(**values)
    Membership.record(association=association, role="mother", **values).retract(by=None, reason=f"{WORD} tog fejl")
    curriculum = CurriculumFactory(programme=volunteer.programme)
    Certificate.record(curriculum=curriculum, **values)
    Declaration.record(kind="photo_consent", **values)
    noted = {"by": None, "happened_on": D(2011, 3, 1), "note": f"{WORD} fortæller"}
    LanguageSkill.record(volunteer=volunteer, language="so", **noted)
    SamePerson.record(duplicate=VolunteerFactory(programme=volunteer.programme), kept=volunteer, **noted)
    candidacy = CandidacyFactory(volunteer=volunteer)
    StageEvent.record(candidacy=candidacy, stage="applied", **noted)
    Assessment.record(candidacy=candidacy, aspect="network", level=3, **noted)
    TransitionAnswer.record(transition=TransitionFactory(volunteer=volunteer), answer="no", **noted)
    enrolment = EnrolmentFactory(volunteer=volunteer, course=CourseFactory(curriculum=curriculum))
    Participation.record(by=None, enrolment=enrolment, started_on=D(2011, 3, 1), note=f"{WORD} er glad")
    presence(volunteer, GatheringFactory(association=association), note=f"{WORD} bagte kage")
    attendance(enrolment, note=f"{WORD} kom sent")
    called = {"by": None, "volunteer": volunteer, "happened_on": D(2011, 3, 1)}
    Call.record(outcome="reached", **called).retract(by=None, reason=f"{WORD} var det ikke")
    MailChoice.record(wish="none", **called).retract(by=None, reason=f"{WORD} mente noget andet")
    written = message(volunteer.programme, subject=f"Kære {WORD}", to=volunteer)
    Delivery.objects.create(message=written, volunteer=volunteer, language="da", subject=f"Kære {WORD}")
    return volunteer


def test_erasing_leaves_no_word_about_the_person(volunteer):
    before = everything()

    erase(volunteer, by=None)

    assert (WORD in before, WORD.lower() in before.lower()) == (True, True)
    assert WORD.lower() not in everything().lower()
    assert "20 30 40 50" not in everything()


def test_words_stand_in_every_kind_of_fact_about_a_person(volunteer):
    kinds = {model._meta.label for model, _ in about(Volunteer) if issubclass(model, Fact) and model.erasable}

    noted = {model._meta.label for model in fact_models() if model.objects.filter(note__startswith=WORD).exists()}

    assert noted == kinds


def test_erasing_keeps_the_person_without_words(volunteer):
    erase(volunteer, by=None)

    assert (volunteer.name, volunteer.email, volunteer.phone, volunteer.user) == ("", "", "", None)
    assert volunteer.erased_at is not None


def test_erasing_keeps_the_facts_and_their_times(volunteer):
    kept = ("uuid", "role", "started_on", "recorded_at", "retracted_at")
    before = list(Membership.objects.order_by("pk").values_list(*kept))

    erase(volunteer, by=None)

    assert list(Membership.objects.order_by("pk").values_list(*kept)) == before


def test_erasing_lets_go_of_the_login_in_the_history_too(volunteer):
    erase(volunteer, by=None)

    assert set(volunteer.events.values_list("user", flat=True)) == {None}


def test_erasing_says_in_the_history_who_did_it(volunteer):
    user = UserFactory()

    erase(volunteer, by=user)

    event = volunteer.events.latest("pgh_id")
    assert (event.pgh_label, event.pgh_context["user"]) == ("update", user.pk)


def test_erasing_touches_nobody_else(volunteer):
    other = VolunteerFactory(programme=volunteer.programme, name="Fatima Ali", phone="11 22 33 44")
    fact = Membership.record(
        by=None,
        volunteer=other,
        association=AssociationFactory(programme=volunteer.programme),
        role="coordinator",
        started_on=D(2011, 3, 1),
        note="Taler dansk og somali",
    )

    erase(volunteer, by=None)

    other.refresh_from_db()
    fact.refresh_from_db()
    assert (other.name, other.phone, other.erased_at, fact.note) == (
        "Fatima Ali",
        "11 22 33 44",
        None,
        "Taler dansk og somali",
    )


def test_erasing_keeps_evidence_that_also_proves_something_about_others(volunteer):
    shared = Evidence.objects.create(programme=volunteer.programme, description="Deltagerliste, 2011-123")
    for one in (volunteer, VolunteerFactory(programme=volunteer.programme)):
        Membership.record(
            by=None,
            volunteer=one,
            association=AssociationFactory(programme=volunteer.programme),
            role="treasurer",
            started_on=D(2011, 3, 1),
            evidence=shared,
        )

    erase(volunteer, by=None)

    assert set(Evidence.objects.values_list("description", flat=True)) == {"", "Deltagerliste, 2011-123"}


def test_erasing_leaves_a_tombstone_of_a_file(volunteer, storage, django_capture_on_commit_callbacks):
    evidence = Evidence.objects.get()
    name = evidence.file.name

    with django_capture_on_commit_callbacks(execute=True):
        erase(volunteer, by=None)

    evidence.refresh_from_db()
    left = (evidence.description, evidence.file_name, evidence.file.name, evidence.size, evidence.sha256)
    assert (left, storage.exists(name)) == (("", "", "", 8, "a" * 64), False)
    assert str(evidence) != ""


def test_file_stays_until_the_erasing_is_certain(volunteer, storage):
    name = Evidence.objects.get().file.name

    erase(volunteer, by=None)

    assert storage.exists(name)


def test_erasing_keeps_a_file_that_also_proves_something_about_others(
    volunteer, storage, django_capture_on_commit_callbacks
):
    shared = scanned(volunteer.programme, "Deltagerliste")
    for one in (volunteer, VolunteerFactory(programme=volunteer.programme)):
        LanguageSkill.record(by=None, volunteer=one, language="ar", happened_on=D(2011, 3, 1), evidence=shared)

    with django_capture_on_commit_callbacks(execute=True):
        erase(volunteer, by=None)

    shared.refresh_from_db()
    assert (shared.file_name, storage.exists(shared.file.name)) == (f"{WORD}.pdf", True)


def test_files_that_cannot_be_deleted_hold_nobody_back(volunteer, storage, django_capture_on_commit_callbacks):
    stuck = scanned(volunteer.programme)
    name = Evidence.objects.exclude(pk=stuck.pk).get().file.name
    storage.delete(stuck.file.name)
    (storage.base_location / stuck.file.name / "i-vejen").mkdir(parents=True)
    LanguageSkill.record(by=None, volunteer=volunteer, language="ar", happened_on=D(2011, 3, 1), evidence=stuck)

    with django_capture_on_commit_callbacks(execute=True):
        erase(volunteer, by=None)

    assert not storage.exists(name)


def test_erasing_twice_keeps_the_first_time(volunteer):
    erase(volunteer, by=None)
    first = volunteer.erased_at
    Volunteer.objects.filter(pk=volunteer.pk).update(erased_at=first - dt.timedelta(days=1))

    erase(volunteer, by=None)

    assert volunteer.erased_at == first - dt.timedelta(days=1)


def test_erasing_nobody_is_refused(db):
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        erase(Volunteer(pk=-1), by=None)

    assert error.value.__cause__.sqlstate == "P0002"


def test_figures_are_the_same_after_erasing(programme):
    association = founded_association(programme)
    volunteers = [counting_coordinator(association) for _ in range(2)]
    membership(VolunteerFactory(programme=programme), association)
    moments = [Moment(D(2011, 7, 1)), Moment(D(2011, 12, 31))]
    before = [criteria(programme, moment) for moment in moments]

    for volunteer in volunteers:
        erase(volunteer, by=None)

    assert [criteria(programme, moment) for moment in moments] == before
    assert before[0][1].value == 2


@pytest.mark.skipif(not has_two_logins(), reason="with a single login the site owns the tables")
def test_erasing_by_hand_is_denied_to_the_site(volunteer):
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        Membership.objects.filter(volunteer=volunteer).update(note="")

    assert error.value.__cause__.sqlstate == "42501"


def test_erasing_works_with_a_single_login(db, settings):
    with as_owner(), transaction.atomic():
        settings.DATABASE_OWNER = None
        volunteer = person()
        certificate(volunteer, CurriculumFactory(programme=volunteer.programme)).retract(by=None, reason=WORD)

        erase(volunteer, by=None)

        assert WORD not in everything()
        transaction.set_rollback(True)
