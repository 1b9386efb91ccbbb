"""Courses: what is taught, who has a seat, who was there, and the certificates that came of it."""

import datetime as dt
import random
from typing import Any

from reports.loading import RECORDED_AT
from reports.story import training as data
from reports.story.book import Book, day, same_chance
from reports.story.telling.cast import Cast
from reports.story.training import CoursePlan
from training.models import (
    Attendance,
    Certificate,
    Course,
    CurriculumVersion,
    Enrolment,
    Participation,
    Session,
    Supervised,
    Supervision,
    Teacher,
)
from volunteers.models import Membership

LEFT = "Hun er stoppet på holdet."
GOT_A_SEAT = "Hun har fået plads på holdet."


def tell_training(book: Book, cast: Cast) -> None:
    """The two trainings, and the five courses of the year."""
    for kind, (modules, compulsory, required) in data.VERSIONS.items():
        listed = [
            {
                "number": number,
                "title": title,
                "kind": module_kind,
                "hours": data.HOURS,
                "compulsory": number in compulsory,
            }
            for number, (title, module_kind) in enumerate(modules, 1)
        ]
        book.fact(
            CurriculumVersion,
            kind,
            day("01.01"),
            known=RECORDED_AT,
            curriculum=cast.curricula[kind],
            label=data.VERSION_LABEL,
            modules=listed,
            required_modules=required,
        )
    teachers = [
        book.row(Teacher, office, programme=cast.programme, office=office, kind=kind) for office, kind in data.TEACHERS
    ]
    chance = same_chance()
    for plan in data.COURSES:
        _course(book, cast, chance, plan, teachers[0])
    _supervision(book, cast, teachers[-1])


def _supervision(book: Book, cast: Cast, supervisor: Teacher) -> None:
    """Three meetings; who was a coordinator on the day came, but for those who are named."""
    roles: Any = book.rows[Membership]
    for on, themes, away in data.SUPERVISION:
        held = book.row(
            Supervision,
            on,
            programme=cast.programme,
            planned_on=day(on),
            starts_at=data.STARTS_AT,
            place=data.SUPERVISION_PLACE,
            teacher=supervisor,
            themes=themes,
        )
        coordinators = (one for one in roles if one.role == Membership.Role.COORDINATOR and _holds(one, day(on)))
        there = {one.volunteer.uuid for one in coordinators}
        for key, person in cast.persons.items():
            if person.uuid in there and key not in away:
                book.fact(Supervised, f"{on}/{key}", day(on), volunteer=person, supervision=held)


def _holds(role: Membership, on: dt.date) -> bool:
    is_known = role.retracted_at is None
    return is_known and role.started_on <= on and (role.ended_on is None or on <= role.ended_on)


def _course(book: Book, cast: Cast, chance: random.Random, plan: CoursePlan, teacher: Teacher) -> None:
    course = book.row(
        Course,
        plan.key,
        curriculum=cast.curricula[plan.kind],
        association=cast.associations.get(plan.association),
        name=plan.name,
        place=plan.place,
        capacity=plan.capacity,
        teacher=teacher,
        starts_on=plan.days[0],
        ends_on=plan.days[-1],
    )
    sessions = {module: _session(book, plan, course, module, on) for module, on in enumerate(plan.days, 1)}
    for key in dict.fromkeys([*plan.seats, *plan.waiting]):
        cast.enrolments[plan.key, key] = book.row(
            Enrolment, f"{plan.key}/{key}", volunteer=cast.persons[key], course=course
        )
        _seat(book, cast, plan, key)
    for key in plan.seats:
        missed = _missed(chance, plan, key)
        for module, session in sessions.items():
            if module not in plan.unrecorded and _took_part(plan, key, session.held_on):
                _attendance(book, cast, plan, key, session, _mark(chance, is_missed=module in missed))
    for module, on, key in plan.made_up:
        session = _session(book, plan, course, module, day(on), is_make_up=True)
        _attendance(book, cast, plan, key, session, Attendance.Mark.PRESENT)
    for key, on in plan.issued.items():
        _certificate(book, cast, plan, key, day(on))


def _session(book: Book, plan: CoursePlan, course: Course, module: int, on: dt.date, **values: Any) -> Session:
    times = {"starts_at": data.STARTS_AT, "ends_at": data.ENDS_AT}
    return book.row(Session, f"{plan.key}/{module}/{on}", course=course, module=module, held_on=on, **times, **values)


def _seat(book: Book, cast: Cast, plan: CoursePlan, key: str) -> None:
    """From when to when she has a seat, or waits for one."""
    about: dict[str, Any] = {"enrolment": cast.enrolments[plan.key, key]}
    since, label = day(plan.seats_from), f"{plan.key}/{key}"
    if key in plan.waiting:
        about["status"] = Participation.Status.WAITING
        until = plan.waiting[key]
        if not until:
            book.fact(Participation, f"{label}/waiting", since, **about)
            return
        last = {"end_reason": Participation.Reason.GOT_A_SEAT}
        book.ended(Participation, f"{label}/waiting", since, day(until), reason=GOT_A_SEAT, last=last, **about)
        since = day(until) + dt.timedelta(days=1)
    about["status"] = Participation.Status.ENROLLED
    if key in plan.left:
        last = {"end_reason": Participation.Reason.DROPPED_OUT}
        book.ended(Participation, label, since, day(plan.left[key]), reason=LEFT, last=last, **about)
    else:
        book.fact(Participation, label, since, **about)


def _missed(chance: random.Random, plan: CoursePlan, key: str) -> set[int]:
    """The modules that she misses: told, or such as are not compulsory and leave enough to pass."""
    modules, compulsory, required = data.VERSIONS[plan.kind]
    if key in plan.missed:
        return plan.missed[key]
    others = [number for number in range(1, len(modules) + 1) if number not in compulsory]
    most = min(len(modules) - required, len(others))
    return set(chance.sample(others, chance.randint(0, most)))


def _took_part(plan: CoursePlan, key: str, on: dt.date) -> bool:
    left = plan.left.get(key)
    return on <= data.LAST_RECORDED and (left is None or on <= day(left))


def _mark(chance: random.Random, *, is_missed: bool) -> Attendance.Mark:
    if not is_missed:
        return Attendance.Mark.PRESENT
    return chance.choices([Attendance.Mark.EXCUSED, Attendance.Mark.ABSENT], [70, 30])[0]


def _attendance(book: Book, cast: Cast, plan: CoursePlan, key: str, session: Session, mark: Attendance.Mark) -> None:
    book.fact(
        Attendance,
        f"{plan.key}/{key}/{session.module}/{session.held_on}",
        session.held_on,
        enrolment=cast.enrolments[plan.key, key],
        session=session,
        mark=mark,
    )


def _certificate(book: Book, cast: Cast, plan: CoursePlan, key: str, on: dt.date) -> None:
    book.fact(
        Certificate,
        f"{key}/{plan.kind}",
        on,
        proof=f"Fremmødeliste og evaluering, {plan.name}",
        volunteer=cast.persons[key],
        curriculum=cast.curricula[plan.kind],
        basis=Certificate.Basis.COURSE,
    )
