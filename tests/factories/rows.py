"""One minimal factory per model, without randomness."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from accounts.models import User
from associations.models import (
    Association,
    District,
    HousingArea,
)
from budget.models import Budget, BudgetLine, Reallocation
from programme.models import (
    ActionPoint,
    Agreement,
    Document,
    DocumentVersion,
    Meeting,
    Organisation,
    Programme,
)
from reports import plan2011
from training.models import Course, Curriculum, Enrolment, Session
from volunteers.models import (
    Candidacy,
    Gathering,
    Transition,
    Volunteer,
)

D = dt.date


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"bruger{n}@example.org")
    name = factory.Sequence(lambda n: f"Bruger {n}")


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    name = factory.Sequence(lambda n: f"By {n}")
    starts_on = D(2011, 1, 1)
    deadline = D(2011, 12, 31)


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Organisation {n}")
    kind = "other"


class DistrictFactory(DjangoModelFactory):
    class Meta:
        model = District

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Bydel {n}")


class HousingAreaFactory(DjangoModelFactory):
    class Meta:
        model = HousingArea

    programme = factory.SubFactory(ProgrammeFactory)
    district = factory.SubFactory(DistrictFactory, programme=factory.SelfAttribute("..programme"))
    name = factory.Sequence(lambda n: f"Boligområde {n}")
    postcode = "2200"


class AssociationFactory(DjangoModelFactory):
    class Meta:
        model = Association

    programme = factory.SubFactory(ProgrammeFactory)
    housing_area = factory.SubFactory(HousingAreaFactory, programme=factory.SelfAttribute("..programme"))
    name = factory.Sequence(lambda n: f"Bydelsmødre {n}")


class VolunteerFactory(DjangoModelFactory):
    class Meta:
        model = Volunteer

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Frivillig {n}")
    email = factory.Sequence(lambda n: f"frivillig{n}@example.org")


class CandidacyFactory(DjangoModelFactory):
    class Meta:
        model = Candidacy

    volunteer = factory.SubFactory(VolunteerFactory)


class TransitionFactory(DjangoModelFactory):
    class Meta:
        model = Transition

    volunteer = factory.SubFactory(VolunteerFactory)
    project = "tingbjerg"


class CurriculumFactory(DjangoModelFactory):
    class Meta:
        model = Curriculum

    programme = factory.SubFactory(ProgrammeFactory)
    kind = "coordinator"
    name = factory.Sequence(lambda n: f"Kursus {n}")


class CourseFactory(DjangoModelFactory):
    class Meta:
        model = Course

    curriculum = factory.SubFactory(CurriculumFactory)
    name = factory.Sequence(lambda n: f"Hold {n}")
    starts_on = D(2011, 3, 1)
    ends_on = D(2011, 6, 30)


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = Session

    course = factory.SubFactory(CourseFactory)
    module = factory.Sequence(lambda n: n + 1)
    held_on = D(2011, 3, 1)


class EnrolmentFactory(DjangoModelFactory):
    """The person and the course are of one programme."""

    class Meta:
        model = Enrolment

    course = factory.SubFactory(CourseFactory)
    volunteer = factory.SubFactory(VolunteerFactory, programme=factory.SelfAttribute("..course.curriculum.programme"))


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = Document

    programme = factory.SubFactory(ProgrammeFactory)
    kind = "values"
    title = factory.Sequence(lambda n: f"Dokument {n}")
    adopted_by = factory.SubFactory(OrganisationFactory, programme=factory.SelfAttribute("..programme"))


class DocumentVersionFactory(DjangoModelFactory):
    class Meta:
        model = DocumentVersion

    document = factory.SubFactory(DocumentFactory)
    label = factory.Sequence(lambda n: f"{n}")


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = Agreement

    programme = factory.SubFactory(ProgrammeFactory)
    title = factory.Sequence(lambda n: f"Aftale {n}")


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = Meeting

    programme = factory.SubFactory(ProgrammeFactory)
    body = factory.SubFactory(OrganisationFactory, programme=factory.SelfAttribute("..programme"))
    title = factory.Sequence(lambda n: f"Møde {n}")
    planned_on = D(2011, 2, 8)


class GatheringFactory(DjangoModelFactory):
    class Meta:
        model = Gathering

    association = factory.SubFactory(AssociationFactory)
    kind = "monthly"
    planned_on = D(2011, 10, 4)


class ActionPointFactory(DjangoModelFactory):
    class Meta:
        model = ActionPoint

    meeting = factory.SubFactory(MeetingFactory)
    text = factory.Sequence(lambda n: f"Opgave {n}")
    office = "Sekretariatet"
    due_on = D(2011, 4, 1)


class BudgetFactory(DjangoModelFactory):
    class Meta:
        model = Budget

    programme = factory.SubFactory(ProgrammeFactory)
    year = 2011
    price_level = "2011 p/l"
    stated_total = plan2011.STATED_TOTAL
    stated_as = plan2011.STATED_AS


class BudgetLineFactory(DjangoModelFactory):
    class Meta:
        model = BudgetLine

    budget = factory.SubFactory(BudgetFactory)
    number = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence(lambda n: f"Post {n}")


class ReallocationFactory(DjangoModelFactory):
    class Meta:
        model = Reallocation

    budget = factory.SubFactory(BudgetFactory)
    from_line = factory.SubFactory(BudgetLineFactory, budget=factory.SelfAttribute("..budget"))
    to_line = factory.SubFactory(BudgetLineFactory, budget=factory.SelfAttribute("..budget"))
    amount = "25000.00"
    asked_on = D(2011, 9, 1)
    reason = "Flere deltagere end ventet"
