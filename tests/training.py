"""A training with everything that its pages show: a course with its days, participants, attendance, a waiting list."""

import datetime as dt

from django.urls import reverse

from tests import factories as make
from training.evaluating import QUESTIONS, token_of
from training.models import (
    Attendance,
    Course,
    Cover,
    CurriculumDraft,
    CurriculumVersion,
    Dispensation,
    EvaluationAnswer,
    EvaluationGiven,
    Material,
    Participation,
    Supervised,
    Supervision,
    Teacher,
    Transfer,
)

D = dt.date

FIRST = D(2011, 3, 7)
WEEK = dt.timedelta(weeks=1)


#: What can be retracted of these, by the word in the address.
TRAINING_KINDS = ("deltagelse", "overflytning", "uddannelsesversion", "anerkendelse", "evaluering", "supervision")


def modules(count, compulsory=()):
    return [
        {
            "number": number,
            "title": f"Emne {number}",
            "kind": "method",
            "hours": 2,
            "compulsory": number in compulsory,
        }
        for number in range(1, count + 1)
    ]


def publish(curriculum, count=3, required=2, compulsory=(), since=D(2011, 1, 1), until=None, label="2011", **values):
    return CurriculumVersion.record(
        by=None,
        curriculum=curriculum,
        label=label,
        modules=modules(count, compulsory),
        required_modules=required,
        started_on=since,
        ended_on=until,
        **values,
    )


def written(curriculum, label="2012", count=3, required=2, compulsory=(), **values):
    """A draft of a version."""
    return CurriculumDraft.objects.create(
        curriculum=curriculum, label=label, modules=modules(count, compulsory), required_modules=required, **values
    )


def planned_course(curriculum, count=3, first=FIRST, **values):
    """A course with a day a week for so many modules."""
    course = make.CourseFactory(curriculum=curriculum, starts_on=first, ends_on=first + WEEK * (count - 1), **values)
    for number in range(count):
        make.SessionFactory(course=course, module=number + 1, held_on=first + WEEK * number)
    return course


def take_part(course, volunteer=None, since=FIRST, until=None, **values):
    """A seat in the course; `status="waiting"` for a place on its waiting list."""
    person = {"volunteer": volunteer} if volunteer else {}
    return seat(make.EnrolmentFactory(course=course, **person), since, until, **values)


def seat(enrolment, since=FIRST, until=None, **values):
    return Participation.record(by=None, enrolment=enrolment, started_on=since, ended_on=until, **values)


def attend(participation, *numbers, mark="present"):
    """She was there (or as marked) when those modules were taught."""
    enrolment = participation.enrolment
    for session in enrolment.course.sessions.filter(module__in=numbers):
        Attendance.record(by=None, enrolment=enrolment, session=session, mark=mark, happened_on=session.held_on)
    return participation


def training_rows(programme, association, volunteer=None, words="", count=1):
    """A course of the basic training for the association: `count` participants with attendance, as many who wait, as
    many courses besides, and a newcomer who is not enrolled."""
    basic = programme.curricula.get(kind="basic")
    version = publish(basic)
    course = planned_course(basic, name="Hold i kvarteret", association=association)
    persons = [make.VolunteerFactory(programme=programme, name=f"{words} Deltager {n}") for n in range(3 * count)]
    seats = [attend(take_part(course, person), 1) for person in persons[:count]]
    waiting = [take_part(course, person, status="waiting") for person in persons[count : 2 * count]]
    for number in range(count):
        other = planned_course(basic, name=f"Hold {number} for alle")
        attended = attend(take_part(other, volunteer or persons[0]), 1, 2)
    elsewhere = make.EnrolmentFactory(
        course=planned_course(basic, name="Andet hold"), volunteer=volunteer or persons[0]
    )
    for number in range(count):
        draft = written(basic, f"Kladde {number}")
    teachers = [Teacher.objects.create(programme=programme, office=f"Underviser {n}") for n in range(count)]
    meeting = Supervision.objects.create(programme=programme, planned_on=FIRST, teacher=teachers[0])
    came = [
        Supervised.record(by=None, volunteer=person, supervision=meeting, happened_on=FIRST)
        for person in persons[:count]
    ]
    kept = [
        Material.objects.create(
            curriculum=basic, version=version.uuid, module=1, title=f"Kort {n}", file=make.stored_paper(programme)
        )
        for n in range(count)
    ]
    known = make.CurriculumFactory(programme=programme, kind="other", name="Tidligere uddannelse")
    publish(known, requires_evaluation=True)
    evaluated = planned_course(known, name="Evalueret hold", association=association)
    for number in range(count):
        take_part(evaluated, make.VolunteerFactory(programme=programme, name=f"{words} Evaluerer {number}"))
    for number in range(5 * count):
        EvaluationAnswer.objects.create(course=evaluated, comment=f"Tak {number}", **dict.fromkeys(QUESTIONS, 4))
    return {
        "uddannelse": basic,
        "evalueret hold": evaluated,
        "kladde": draft,
        "uddannelsesversion": version,
        "anerkendelse": Cover.record(by=None, curriculum=basic, by_id=known.pk, started_on=FIRST),
        "overflytning": Transfer.record(by=None, enrolment=elsewhere, source=attended.enrolment, happened_on=FIRST),
        "evaluering": EvaluationGiven.record(by=None, enrolment=seats[0].enrolment, happened_on=FIRST),
        "supervision": came[0],
        "supervisionsmoede": meeting,
        "underviser": teachers[0],
        "materiale": kept[0],
        "hold": course,
        "velkomst": course.sessions.get(module=1),
        "dispensation": Dispensation.record(
            by=None, volunteer=persons[0], started_on=FIRST, note=f"{words} begynder før uddannelsen"
        ),
        "kursusgang": course.sessions.get(module=2),
        "deltagelse": seats[0],
        "venter": waiting[0],
        "newcomer": persons[-1],
    }


def training_doors(rows):
    """The row that each of the training's addresses is about."""
    own = dict.fromkeys(("training:course", "training:edit", "training:add_session", "training:enrol"), rows["hold"])
    return own | {
        "training:edit_session": rows["kursusgang"],
        "training:attendance": rows["kursusgang"],
        "training:welcome": rows["velkomst"],
        "training:welcome_sheet": rows["velkomst"],
        "training:seat": rows["venter"],
        "training:end_participation": rows["deltagelse"],
        "training:transfer": rows["deltagelse"],
        **dict.fromkeys(("training:evaluation", "training:evaluation_comments"), rows["evalueret hold"]),
        "budget:course_line": rows["hold"],
        **dict.fromkeys(("training:materials", "training:add_material"), rows["uddannelse"]),
        **dict.fromkeys(("training:material_file", "training:withdraw_material"), rows["materiale"]),
        **dict.fromkeys(("training:supervision", "training:edit_supervision"), rows["supervisionsmoede"]),
        "training:edit_teacher": rows["underviser"],
        **dict.fromkeys(("training:curriculum", "training:draft", "training:cover"), rows["uddannelse"]),
        **dict.fromkeys(("training:edit_draft", "training:adopt_draft", "training:discard_draft"), rows["kladde"]),
    }


def training_pages(programme):
    """The address of every screen of the training."""
    course = Course.objects.get(curriculum__programme=programme, name="Hold i kvarteret")
    seats = Participation.objects.filter(enrolment__course=course)
    rows = {
        "hold": course,
        "velkomst": course.sessions.get(module=1),
        "kursusgang": course.sessions.get(module=2),
        "deltagelse": seats.get(status="enrolled"),
        "venter": seats.get(status="waiting"),
        "uddannelse": course.curriculum,
        "evalueret hold": Course.objects.get(curriculum__programme=programme, name="Evalueret hold"),
        "kladde": course.curriculum.drafts.first(),
        "materiale": course.curriculum.materials.first(),
        "supervisionsmoede": programme.supervision.first(),
        "underviser": programme.teachers.first(),
    }
    own = {"uddannelse": reverse("training:list"), "nyt-hold": reverse("training:create")}
    own |= {"tal": reverse("training:figures"), "timer": reverse("training:hours")}
    own |= {"evaluer": reverse("training:evaluate", args=[token_of(course)])}
    own |= {"supervisioner": reverse("training:supervisions"), "ny-supervision": reverse("training:new_supervision")}
    own |= {"undervisere": reverse("training:teachers"), "ny-underviser": reverse("training:create_teacher")}
    own |= {"uddannelser": reverse("training:curricula"), "ny-uddannelse": reverse("training:create_curriculum")}
    doors = {door.partition(":")[2]: reverse(door, args=[row.uuid]) for door, row in training_doors(rows).items()}
    del doors["welcome_sheet"], doors["material_file"]  # files
    return own | {f"uddannelse-{name}": path for name, path in doors.items()}
