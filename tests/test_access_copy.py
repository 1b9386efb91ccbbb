"""Right of access: a copy holds every word about her and nobody else's, as JSON and as PDF, and is logged."""

import datetime as dt
import json

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from associations.models import AssociationGrant
from programme.facts import Fact
from programme.models import Evidence, Reading
from tests import factories as make
from tests.gatherings import presence
from tests.pdf import faults, pdf_text
from training.models import Certificate, Dispensation, EvaluationGiven, Participation, Supervised, Supervision, Transfer
from volunteers.access_copy import AccessCopy
from volunteers.models import (
    Assessment,
    Call,
    ConversationLink,
    Declaration,
    Delivery,
    DeliveryStep,
    DifferentPersons,
    LanguageSkill,
    MailChoice,
    Membership,
    SamePerson,
    StageEvent,
    TransitionAnswer,
    Volunteer,
)
from volunteers.privacy import _words, about

D = dt.date
pytestmark = pytest.mark.django_db


class Words:
    """Words that stand in one place only: each is asked for once."""

    def __init__(self, stem):
        self.stem, self.given = stem, []

    def __call__(self, what):
        self.given.append(f"{self.stem}{len(self.given)}{what}")
        return self.given[-1]


def paper(programme, word):
    return Evidence.objects.create(
        programme=programme,
        description=word("bevis"),
        file=ContentFile(b"%PDF-1.7", "papir"),
        file_name=word("papir"),
        media_type="application/pdf",
    )


def person(programme, word, by):
    """Somebody with a word of her own in every column with words about a person."""
    who = make.VolunteerFactory(
        programme=programme,
        name=word("før"),
        email=f"{word('post').lower()}@example.org",
        phone="20 99 10 10",
        postcode="2200",
    )
    Volunteer.objects.filter(pk=who.pk).update(name=word("navn"), user=make.UserFactory(name=word("login")))
    who.refresh_from_db()
    place = make.AssociationFactory(programme=programme)
    AssociationGrant.objects.create(user=who.user, association=place)
    course = make.CourseFactory(curriculum=make.CurriculumFactory(programme=programme))
    candidacy, former = make.CandidacyFactory(volunteer=who), make.TransitionFactory(volunteer=who)
    enrolment = make.EnrolmentFactory(volunteer=who, course=course)
    on, since = {"happened_on": D(2011, 3, 1)}, {"started_on": D(2011, 3, 1)}

    def record(model, **values):
        return model.record(by=by, note=word(model.__name__), evidence=paper(programme, word), **values)

    record(Dispensation, volunteer=who, **since)
    record(Membership, volunteer=who, association=place, role="mother", **since).retract(by=by, reason=word("fejl"))
    record(Certificate, volunteer=who, curriculum=course.curriculum, **since)
    record(Declaration, volunteer=who, kind="photo_consent", **since)
    record(LanguageSkill, volunteer=who, language="so", **on)
    record(StageEvent, candidacy=candidacy, stage="applied", **on)
    record(Assessment, candidacy=candidacy, aspect="network", level=3, **on)
    record(TransitionAnswer, transition=former, answer="no", **on)
    record(Participation, enrolment=enrolment, **since)
    EvaluationGiven.record(by=by, enrolment=enrolment, **on)
    meeting = Supervision.objects.create(programme=programme, planned_on=on["happened_on"], place=f"Rum {who.pk}")
    Supervised.record(by=by, volunteer=who, supervision=meeting, **on)
    there = make.EnrolmentFactory(volunteer=who, course=make.CourseFactory(curriculum=course.curriculum))
    Transfer.record(by=by, enrolment=there, source=enrolment, **on)
    again = make.VolunteerFactory(programme=programme)
    record(SamePerson, duplicate=again, kept=who, **on)
    look_alike = make.VolunteerFactory(programme=programme)
    DifferentPersons.objects.create(first=who, second=look_alike)
    ConversationLink.objects.create(volunteer=who, association=place)
    presence(who, make.GatheringFactory(association=place), note=word("Presence"))
    make.attendance(enrolment, note=word("Attendance"))
    Call.record(by=by, volunteer=who, outcome="reached", **on)
    MailChoice.record(by=by, volunteer=who, wish="none", **on)
    written = make.message(programme, by=by, subject=word("brev"), to=who)
    sent = Delivery.objects.create(message=written, volunteer=who, language="da", subject=word("emne"))
    DeliveryStep.record(by=by, delivery=sent, step="sent", **on)
    return who


@pytest.fixture
def hers(programme):
    """Her words, somebody else's, and who recorded it all."""
    clerk = make.UserFactory(name="KONTORDAME Jensen", office="Koordinator")
    mine, other = Words("MIN"), Words("ANDENS")
    volunteer, neighbour = person(programme, mine, clerk), person(programme, other, clerk)
    shared = Evidence.objects.create(programme=programme, description="FÆLLES deltagerliste med ANDENS navn")
    for one in (volunteer, neighbour):
        LanguageSkill.record(by=clerk, volunteer=one, language="ar", happened_on=D(2011, 3, 2), evidence=shared)
    Reading.objects.create(
        programme=programme, user=clerk, how="page", page="volunteers:list", persons=[volunteer.uuid, neighbour.uuid]
    )
    return volunteer, mine.given, clerk


def test_copy_holds_every_word_about_her_and_no_other_s(hers):
    volunteer, words, clerk = hers

    told = AccessCopy(volunteer).as_json().decode()

    assert [word for word in words if word.lower() not in told.lower()] == []
    assert ("20 99 10 10" in told, "Koordinator" in told) == (True, True)
    assert [word for word in ("ANDENS", "FÆLLES", clerk.name, clerk.email, '"password"') if word in told] == []


def test_words_stand_in_every_column_that_erasing_empties(hers):
    """So the test above tells of every column: a new one needs a word here."""
    empty = []
    for model, _ in about(Volunteer):
        if issubclass(model, Fact) or model is Volunteer:
            rows = list(model.objects.all())
            empty += [
                f"{model.__name__}.{field.name}"
                for field in _words(model)
                if field.name not in ("retraction_reason", "user") and not any(getattr(row, field.name) for row in rows)
            ]

    assert empty == []


def test_copy_has_a_part_for_every_kind_of_row_about_her(hers):
    volunteer, _, _ = hers

    kinds = {part.kind for part in AccessCopy(volunteer).parts}

    structure = {"volunteers.Candidacy", "volunteers.CandidacyEvent"}  # they hold rows together, and say nothing more
    assert kinds >= {model._meta.label for model, _ in about(Volunteer)} - structure
    assert kinds >= {"programme.Reading", "programme.Evidence", "accounts.User", "associations.AssociationGrant"}


def test_copy_is_read_as_data_and_says_what_its_columns_are_called(hers):
    volunteer, _, _ = hers

    told = json.loads(AccessCopy(volunteer).as_json())

    (roles,) = (part for part in told["parts"] if part["kind"] == "volunteers.Membership")
    assert told["about"] == str(volunteer.uuid)
    assert (roles["rows"][0]["role"], roles["rows"][0]["started_on"]) == ("mother", "2011-03-01")
    assert roles["labels"].keys() == roles["rows"][0].keys()


def test_copy_is_read_as_a_tagged_pdf(hers):
    volunteer, _, clerk = hers

    content = AccessCopy(volunteer).as_pdf()

    told = pdf_text(content).replace("\u00ad", "")
    assert faults(content) == []
    assert (volunteer.name in told, "ANDENS" in told, clerk.name in told) == (True, False, False)
    assert "Assessment" in told  # her own note on what was seen at the interview


@pytest.mark.parametrize("form", ["pdf", "json"])
def test_handing_out_is_an_attachment_that_no_browser_keeps_and_is_logged(hers, secretary, form):
    volunteer, _, _ = hers

    answer = secretary.get(reverse("volunteers:access_file", args=[volunteer.uuid, form]))

    assert answer["Content-Disposition"] == f'attachment; filename="indsigt-{volunteer.uuid}.{form}"'
    assert "no-store" in answer["Cache-Control"]
    reading = Reading.objects.latest("pk")
    told = (reading.how, reading.page, volunteer.uuid in reading.persons)
    assert told == ("copy", "volunteers:access_file", True)


def test_copy_in_another_form_does_not_exist(hers, secretary):
    assert secretary.get(reverse("volunteers:access_file", args=[hers[0].uuid, "xml"])).status_code == 404
