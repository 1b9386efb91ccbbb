"""Facts about what the factories make, recorded through `Fact.record`, as the web role."""

import datetime as dt

from django.core.files.base import ContentFile

from associations.models import (
    AssociationGrant,
    FoundingStep,
)
from budget.models import Posting
from bydelsmoedre.moment import today
from programme.models import Deputy, Evidence, RoleGrant
from tests.factories.rows import AssociationFactory, SessionFactory, UserFactory, VolunteerFactory
from training import roles
from training.models import Attendance, Certificate, Curriculum
from volunteers.models import (
    Conversation,
    ConversationLink,
    Delivery,
    Membership,
    Message,
    MessageText,
    SamePerson,
)

D = dt.date


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


def stored_paper(programme, name="samtalekort.pdf"):
    """A file of ours."""
    return Evidence.objects.create(
        programme=programme,
        description=name,
        file=ContentFile(b"%PDF-1.7", name),
        file_name=name,
        media_type="application/pdf",
        size=8,
        sha256="a" * 64,
    )


def user_with_role(programme, role, **values):
    user = UserFactory(is_staff=role == "foundation", **values)
    RoleGrant.objects.create(user=user, programme=programme, role=role)
    return user


def deputy(absent, user, start=0, end=None):
    """`user` stands in for the one of the secretariat from so many days ahead to so many."""
    grant = RoleGrant.objects.get(user=absent, role="secretariat")
    from_on, until_on = (today() + dt.timedelta(days) for days in (start, start + 7 if end is None else end))
    return Deputy.objects.create(grant=grant, deputy=user, from_on=from_on, until_on=until_on)


def local_coordinator(association, **values):
    user = UserFactory(**values)
    AssociationGrant.objects.create(user=user, association=association)
    return user


def posting(**values):
    """What an accounting system has booked."""
    return Posting.record(**({"by": None, "source": "Regnskab"} | values))
