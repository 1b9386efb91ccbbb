"""One minimal factory per model, without randomness. Facts are made through `Fact.record`, as the web role."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from accounts.models import User
from associations.models import (
    Association,
    AssociationGrant,
    District,
    FoundingChecklist,
    FoundingStep,
    HousingArea,
)
from budget.models import Allocation, Budget, BudgetLine, FundingFact, Reallocation
from programme.models import (
    ActionPoint,
    Agreement,
    AgreementParty,
    CriterionVersion,
    Document,
    DocumentVersion,
    Meeting,
    Organisation,
    Programme,
    RoleGrant,
    SuccessCriterion,
)
from reports import plan2011
from tests.roles import clock
from training import roles
from training.models import Attendance, Certificate, Course, Curriculum, Enrolment, Session
from volunteers.models import (
    Candidacy,
    Conversation,
    ConversationLink,
    Delivery,
    Gathering,
    Membership,
    Message,
    MessageText,
    SamePerson,
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


# --- Facts


def step(association, kind, on, **values):
    """A founding step, with what its kind requires."""
    required = {"board": {"board_members": 5}, "cvr": {"cvr": "13748136"}}.get(kind, {})
    return FoundingStep.record(by=None, association=association, kind=kind, happened_on=on, **(required | values))


FOUNDING_KINDS = ("notice", "statutes", "meeting", "board", "minutes", "constitution")
RUNNING_KINDS = ("agreement", "cvr", "bank")


def found(association, on, *, but=()):
    """All the steps that make an association founded on that day, but those named."""
    for kind in FOUNDING_KINDS:
        if kind not in but:
            step(association, kind, on)
    return association


def founded_association(programme, on=D(2011, 5, 26), **values):
    return found(AssociationFactory(programme=programme, **values), on)


def let_her(volunteer, since):
    """She may be a mother from that day on: what the database asks for, where a test is about something else."""
    if not roles.may_be_mother(volunteer, since):
        roles.let_her(volunteer, since=since, reason="Prøve", by=None)


def membership(volunteer, association, role="coordinator", since=D(2011, 3, 1), until=None):
    if role == "mother":
        let_her(volunteer, since)
    return Membership.record(
        by=None, volunteer=volunteer, association=association, role=role, started_on=since, ended_on=until
    )


def certificate(volunteer, curriculum=None, since=D(2011, 6, 27), until=None):
    curriculum = curriculum or Curriculum.objects.get(programme=volunteer.programme, kind="coordinator")
    return Certificate.record(by=None, volunteer=volunteer, curriculum=curriculum, started_on=since, ended_on=until)


def same_person(kept, since=D(2011, 6, 1), **values):
    """Somebody who was recorded again, merged into the one who is kept."""
    again = VolunteerFactory(programme=kept.programme, **values)
    return SamePerson.record(by=None, duplicate=again, kept=kept, happened_on=since)


def message(programme, by=None, subject="Sommerfest", to=None):
    """A message in Danish to nobody yet."""
    found = Message.objects.create(programme=programme, sent_by=by or UserFactory())
    MessageText.objects.create(message=found, language="da", subject=subject, body=f"{subject} på lørdag.", to=to)
    return found


def delivery(volunteer, word="", by=None, count=1):
    """A message about the summer party that waits to be sent to her, and to so many in all."""
    subject = f"{word} Sommerfest".strip()
    sent = message(volunteer.programme, by=by, subject=subject)
    for _ in range(count - 1):
        other = VolunteerFactory(programme=volunteer.programme)
        Delivery.objects.create(message=sent, volunteer=other, language="da", subject="Sommerfest")
    return Delivery.objects.create(
        message=sent, volunteer=volunteer, language="da", subject=f"{word} Sommerfest".strip()
    )


def conversation_link(association, since=D(2011, 3, 1), **values):
    """The link of a mother of the association."""
    mother = VolunteerFactory(programme=association.programme, **values)
    membership(mother, association, role="mother", since=since)
    return ConversationLink.objects.create(volunteer=mother, association=association)


def conversation(association, on=D(2011, 4, 5), **values):
    """A conversation about school, which leads to no more."""
    chosen = {"contact": "network", "topics": ["school"], "next_step": "none"} | values
    return Conversation.record(by=None, association=association, happened_on=on, **chosen)


def attendance(enrolment, session=None, mark="present", **values):
    """On a day of the participant's own course."""
    session = session or SessionFactory(course=enrolment.course)
    return Attendance.record(
        by=None, enrolment=enrolment, session=session, mark=mark, happened_on=session.held_on, **values
    )


def counting_coordinator(association, since=D(2011, 6, 27), **values):
    """A person who counts for criterion 2 from `since`, once the association is founded."""
    volunteer = VolunteerFactory(programme=association.programme, **values)
    membership(volunteer, association, since=since)
    certificate(volunteer, since=since)
    return volunteer


def user_with_role(programme, role, **values):
    user = UserFactory(is_staff=role == "foundation", **values)
    RoleGrant.objects.create(user=user, programme=programme, role=role)
    return user


def local_coordinator(association, **values):
    user = UserFactory(**values)
    AssociationGrant.objects.create(user=user, association=association)
    return user


# --- Programmes


def plan(name):
    """A programme with the plan's criteria, checklist, documents, agreement and budget, known from 1 January 2011."""
    with clock(dt.datetime(2011, 1, 1, tzinfo=dt.UTC)):
        return _plan(name)


def _plan(name):
    programme = ProgrammeFactory(name=name)
    group = OrganisationFactory(programme=programme, name="Den nationale styregruppe", kind="steering_group")
    parties = [
        OrganisationFactory(programme=programme, name="Københavns Kommune", kind="municipality"),
        OrganisationFactory(programme=programme, name="Fonden for Socialt Ansvar", kind="foundation"),
    ]
    items = [
        {"number": number, "kind": kind, "stage": stage, "timing": timing}
        for number, kind, stage, timing in plan2011.CHECKLIST
    ]
    since = {"by": None, "started_on": plan2011.STARTS_ON}
    FoundingChecklist.record(programme=programme, name="Tjekliste 2011", items=items, **since)
    for number, (key, short, wording, rule, text, kind, target) in enumerate(plan2011.CRITERIA, 1):
        criterion = SuccessCriterion.objects.create(programme=programme, number=number, key=key, name=short)
        CriterionVersion.record(
            criterion=criterion,
            wording=wording,
            rule=rule,
            rule_text=text,
            document_kind=kind,
            target=target,
            deadline=programme.deadline,
            **since,
        )
    for kind in ("training_concept", "values", "anchoring_model"):
        DocumentFactory(programme=programme, kind=kind, title=f"Dokument {kind}", adopted_by=group)
    agreement = AgreementFactory(programme=programme, title="Partnerskabsaftale")
    for party in parties:
        AgreementParty.record(agreement=agreement, organisation=party, **since)
    CurriculumFactory(programme=programme, kind="coordinator", name="Koordinatorkurset")
    CurriculumFactory(programme=programme, kind="basic", name="Bydelsmødreuddannelsen")
    budget = BudgetFactory(programme=programme)
    for number, (line_name, amount) in enumerate(plan2011.BUDGET_LINES, 1):
        line = BudgetLineFactory(budget=budget, number=number, name=line_name)
        Allocation.record(line=line, amount=amount, **since)
    for funder, (_, stage, amount, *_rest) in zip(parties, plan2011.FUNDING, strict=True):
        FundingFact.record(
            by=None, budget=budget, funder=funder, stage=stage, amount=amount, happened_on=plan2011.STARTS_ON
        )
    return programme


#: Stands in every name of the twin programme; no page of the first programme may ever contain it.
CANARY = "KANARIEFUGL"


def twin():
    """A second programme with the same shape, full of canaries."""
    programme = plan(f"{CANARY}by")
    association = founded_association(
        programme,
        name=f"{CANARY} forening",
        housing_area=HousingAreaFactory(programme=programme, name=f"{CANARY}parken"),
    )
    for number in range(3):
        counting_coordinator(
            association, name=f"{CANARY} person {number}", email=f"{CANARY.lower()}{number}@example.org"
        )
    AssociationFactory(programme=programme, name=f"{CANARY} under dannelse")
    Document.objects.filter(programme=programme, kind="values").update(title=f"{CANARY} værdier")
    MeetingFactory(programme=programme, title=f"{CANARY} møde")
    GatheringFactory(association=association, place=f"{CANARY} lokale")
    CourseFactory(curriculum=programme.curricula.get(kind="basic"), name=f"{CANARY} hold", association=association)
    return programme
