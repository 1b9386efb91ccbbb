"""One more row of each kind in a programme: for tests that go through every model."""

import datetime as dt
import itertools
import uuid

from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from accounts.calendars import make_address
from associations.models import (
    AreaListing,
    AssociationAdoption,
    AssociationGrant,
    Closing,
    FoundingChecklist,
    HousingPlan,
    OwnRegime,
    Prospect,
    ProspectOutcome,
    StepKind,
    StepPlan,
)
from programme.models import (
    ActionDone,
    Activity,
    Attempt,
    CriterionVersion,
    Decision,
    Deferral,
    Digest,
    MeetingHeld,
    Reading,
    ReadingCheck,
    RoleGrant,
    StatedNumber,
    SuccessCriterion,
)
from programme.rules import adopt
from reports.models import ProgrammeFigures
from tests import factories as make
from tests.checks import CHECK_MAKERS
from tests.effects import indicator, measurement, risk, target
from tests.gatherings import held, presence
from tests.reports import REPORT_MAKERS
from tests.rows_agreed import AGREED, DAY, evidence, organisation, version
from tests.rows_money import MONEY
from tests.training import written
from tests.workplan import milestone, reach, wait
from training.models import (
    Cover,
    CurriculumVersion,
    Dispensation,
    EvaluationGiven,
    Material,
    Participation,
    Supervised,
    Supervision,
    Teacher,
    Transfer,
)
from volunteers.models import (
    Assessment,
    Call,
    Declaration,
    DeliveryStep,
    DifferentPersons,
    Import,
    LanguageSkill,
    MailChoice,
    StageEvent,
    TransitionAnswer,
)

numbers = itertools.count(100)


def association(programme):
    return make.AssociationFactory(programme=programme)


def volunteer(programme):
    return make.VolunteerFactory(programme=programme, housing_area=area(programme))


def area(programme):
    return make.HousingAreaFactory(programme=programme)


def candidacy(programme):
    return make.CandidacyFactory(volunteer=volunteer(programme))


def transition(programme):
    return make.TransitionFactory(volunteer=volunteer(programme))


def curriculum(programme):
    return make.CurriculumFactory(programme=programme)


def course(programme):
    return make.CourseFactory(curriculum=curriculum(programme), association=association(programme))


def enrolment(programme):
    return make.EnrolmentFactory(course=course(programme))


def meeting(programme):
    return make.MeetingFactory(programme=programme)


def gathering(programme):
    return make.GatheringFactory(association=association(programme))


def action_point(programme):
    return make.ActionPointFactory(meeting=meeting(programme))


def curriculum_version(programme):
    modules = [{"number": 1, "title": "Samtalen", "kind": "method", "hours": 3, "compulsory": True}]
    return CurriculumVersion.record(
        by=None, curriculum=curriculum(programme), label="1.0", modules=modules, required_modules=1, started_on=DAY
    )


def transfer(programme):
    first = make.CourseFactory(curriculum=curriculum(programme))
    second = make.CourseFactory(curriculum=first.curriculum)
    source = make.EnrolmentFactory(course=first, volunteer=volunteer(programme))
    target = make.EnrolmentFactory(course=second, volunteer=source.volunteer)
    return Transfer.record(by=None, enrolment=target, source=source, happened_on=DAY)


def supervision(programme):
    return Supervision.objects.create(programme=programme, planned_on=DAY, place=f"Huset {next(numbers)}")


def criterion(programme):
    number = next(numbers)
    return SuccessCriterion.objects.create(programme=programme, number=number, key=f"k{number}", name="Kriterium")


def criterion_version(programme):
    """The second version of a criterion's rule: the first one stays."""
    values = {
        "criterion": criterion(programme),
        "wording": "Ord",
        "rule": "coordinators_trained",
        "rule_text": "Regel",
        "target": 15,
        "deadline": DAY,
    }
    since = programme.starts_on
    CriterionVersion.record(by=None, started_on=since, **values)
    return adopt(CriterionVersion(started_on=since + dt.timedelta(1), **values), by=None, reason="Ny regel")


def checklist(programme):
    day = dt.date(1990, 1, 1) + dt.timedelta(next(numbers))
    items = [{"number": 1, "kind": "notice", "stage": "founded", "timing": "dated"}]
    return FoundingChecklist.record(
        by=None, programme=programme, name="Tjekliste", items=items, started_on=day, ended_on=day
    )


def role_grant(programme):
    user = make.user_with_role(programme, "secretariat")
    return user.role_grants.get()


def programme_of_the_same_foundation(programme):
    foundation = RoleGrant.objects.filter(role="foundation").latest("pk").user
    other = make.ProgrammeFactory()
    RoleGrant.objects.create(user=foundation, programme=other, role="foundation")
    return other


def reading(programme):
    return Reading.objects.create(
        programme=programme,
        user=make.UserFactory(),
        how="page",
        page="volunteers:detail",
        persons=[volunteer(programme).uuid],
    )


#: One way to make one more row of each kind in a programme.
MAKERS = {
    "programme.Attempt": lambda p: Attempt.objects.create(programme=p, what="application", who="x", at=timezone.now()),
    "accounts.User": lambda p: role_grant(p).user,
    "accounts.CalendarAddress": lambda p: make_address(role_grant(p).user),
    "programme.Programme": programme_of_the_same_foundation,
    "programme.RoleGrant": role_grant,
    "programme.Organisation": organisation,
    "programme.Activity": lambda p: Activity.objects.create(programme=p, number=next(numbers), title="Aktivitet"),
    "programme.StatedNumber": lambda p: StatedNumber.record(
        by=None, programme=p, kind="paid_mothers", number=48, happened_on=DAY + dt.timedelta(next(numbers))
    ),
    "programme.SuccessCriterion": criterion,
    "programme.CriterionVersion": criterion_version,
    "programme.Meeting": meeting,
    "programme.MeetingHeld": lambda p: MeetingHeld.record(by=None, meeting=meeting(p), happened_on=DAY),
    "programme.Decision": lambda p: Decision.record(by=None, meeting=meeting(p), text="Godkendt", happened_on=DAY),
    "programme.EffectIndicator": indicator,
    "programme.IndicatorTarget": lambda p: target(indicator(p), 5),
    "programme.Measurement": lambda p: measurement(indicator(p), 5, until=DAY),
    "programme.Risk": risk,
    "programme.Milestone": milestone,
    "programme.MilestoneNeeds": lambda p: wait(milestone(p), milestone(p)),
    "programme.MilestoneReached": lambda p: reach(milestone(p), DAY),
    "programme.ActionPoint": action_point,
    "programme.ActionDone": lambda p: ActionDone.record(by=None, action_point=action_point(p), happened_on=DAY),
    **AGREED,
    **REPORT_MAKERS,
    **CHECK_MAKERS,
    "programme.Deputy": lambda p: make.deputy(
        make.user_with_role(p, "secretariat"), make.user_with_role(p, "foundation"), 400
    ),
    "programme.Digest": lambda p: Digest.objects.create(user=make.UserFactory(), programme=p, starts_on=DAY),
    "programme.Deferral": lambda p: Deferral.record(
        by=None,
        programme=p,
        code="action_overdue",
        thing=action_point(p).uuid,
        why="answer",
        started_on=DAY,
        ended_on=DAY + dt.timedelta(7),
    ),
    "programme.Evidence": evidence,
    "programme.Reading": reading,
    "programme.ReadingCheck": lambda p: ReadingCheck.objects.create(
        reading=reading(p), is_in_order=True, checked_by=make.UserFactory()
    ),
    "associations.District": lambda p: make.DistrictFactory(programme=p),
    "associations.HousingArea": area,
    "associations.HousingPlan": lambda p: HousingPlan.objects.create(programme=p, name=f"Helhedsplan {next(numbers)}"),
    "associations.Association": association,
    "associations.AssociationGrant": lambda p: AssociationGrant.objects.create(
        user=make.UserFactory(), association=association(p)
    ),
    "associations.Prospect": lambda p: Prospect.objects.create(programme=p, housing_area=area(p)),
    "associations.ProspectOutcome": lambda p: ProspectOutcome.record(
        by=None,
        prospect=Prospect.objects.create(programme=p, housing_area=area(p)),
        kind="closed",
        reason="Ingen interesse",
        happened_on=DAY,
    ),
    "associations.OwnRegime": lambda p: OwnRegime.record(by=None, housing_area=area(p), mothers=7, happened_on=DAY),
    "associations.AreaListing": lambda p: AreaListing.record(
        by=None, housing_area=area(p), name="Liste 2010", happened_on=DAY
    ),
    "associations.Closing": lambda p: Closing.record(
        by=None, association=association(p), money="Der var ingen", happened_on=DAY
    ),
    "associations.FoundingChecklist": checklist,
    "associations.FoundingStep": lambda p: make.step(association(p), StepKind.NOTICE, DAY),
    "associations.AssociationAdoption": lambda p: AssociationAdoption.record(
        by=None, association=association(p), version=version(p), happened_on=DAY
    ),
    "associations.StepPlan": lambda p: StepPlan.objects.create(
        association=association(p), kind=StepKind.NOTICE, planned_on=DAY
    ),
    "volunteers.Volunteer": volunteer,
    "volunteers.Import": lambda p: Import.objects.create(programme=p, uploaded_by=make.UserFactory(), rows=3),
    "volunteers.Membership": lambda p: make.membership(volunteer(p), association(p)),
    "volunteers.LanguageSkill": lambda p: LanguageSkill.record(
        by=None, volunteer=volunteer(p), language="so", level="native", happened_on=DAY
    ),
    "volunteers.Declaration": lambda p: Declaration.record(
        by=None, volunteer=volunteer(p), kind="photo_consent", started_on=DAY
    ),
    "volunteers.Call": lambda p: Call.record(
        by=None, volunteer=volunteer(p), outcome="again", happened_on=DAY, call_again_on=dt.date(2011, 3, 8)
    ),
    "volunteers.MailChoice": lambda p: MailChoice.record(by=None, volunteer=volunteer(p), wish="none", happened_on=DAY),
    "volunteers.Message": make.message,
    "volunteers.MessageText": lambda p: make.message(p).texts.get(),
    "volunteers.Delivery": lambda p: make.delivery(volunteer(p)),
    "volunteers.DeliveryStep": lambda p: DeliveryStep.record(
        by=None, delivery=make.delivery(volunteer(p)), step="begun", happened_on=DAY
    ),
    "volunteers.Candidacy": candidacy,
    "volunteers.StageEvent": lambda p: StageEvent.record(
        by=None, candidacy=candidacy(p), stage="applied", happened_on=DAY
    ),
    "volunteers.Assessment": lambda p: Assessment.record(
        by=None, candidacy=candidacy(p), aspect="network", level=3, happened_on=DAY
    ),
    "volunteers.Transition": transition,
    "volunteers.SamePerson": lambda p: make.same_person(volunteer(p), since=DAY),
    "volunteers.DifferentPersons": lambda p: DifferentPersons.objects.create(first=volunteer(p), second=volunteer(p)),
    "volunteers.ConversationLink": lambda p: make.conversation_link(association(p)),
    "volunteers.TransitionAnswer": lambda p: TransitionAnswer.record(
        by=None, transition=transition(p), answer="undecided", happened_on=DAY
    ),
    "volunteers.Conversation": lambda p: make.conversation(association(p), DAY),
    "volunteers.Gathering": gathering,
    "volunteers.GatheringHeld": lambda p: held(association(p), on=DAY),
    "volunteers.Presence": lambda p: presence(volunteer(p), gathering(p)),
    "training.Curriculum": curriculum,
    "training.CurriculumVersion": curriculum_version,
    "training.CurriculumDraft": lambda p: written(curriculum(p)),
    "training.Cover": lambda p: Cover.record(by=None, curriculum=curriculum(p), by_id=curriculum(p).pk, started_on=DAY),
    "training.Material": lambda p: Material.objects.create(
        curriculum=curriculum(p), version=uuid.uuid4(), module=1, title="Samtalekort", link="https://example.org/kort"
    ),
    "training.Teacher": lambda p: Teacher.objects.create(programme=p, office=f"Sundhedsplejerske {next(numbers)}"),
    "training.Supervision": supervision,
    "training.Supervised": lambda p: Supervised.record(
        by=None, volunteer=volunteer(p), supervision=supervision(p), happened_on=DAY
    ),
    "training.EvaluationGiven": lambda p: EvaluationGiven.record(by=None, enrolment=enrolment(p), happened_on=DAY),
    "training.Transfer": transfer,
    "training.Course": course,
    "training.Session": lambda p: make.SessionFactory(course=course(p)),
    "training.Enrolment": enrolment,
    "training.Participation": lambda p: Participation.record(by=None, enrolment=enrolment(p), started_on=DAY),
    "training.Attendance": lambda p: make.attendance(enrolment(p)),
    "training.Dispensation": lambda p: Dispensation.record(
        by=None, volunteer=volunteer(p), started_on=DAY, note="Prøve"
    ),
    "training.Certificate": lambda p: make.certificate(volunteer(p), curriculum(p)),
    **MONEY,
    "reports.ProgrammeFigures": lambda p: ProgrammeFigures.objects.get(pk=programme_of_the_same_foundation(p).pk),
}

#: What only superusers meet in the administration; all else is the Foundation's too.
SUPERUSERS_ONLY = {"volunteers.Assessment"}


def address(row_or_label, page, *args):
    """The administration's page about a row or a kind of row."""
    meta = apps.get_model(row_or_label)._meta if isinstance(row_or_label, str) else row_or_label._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)
