"""The evaluation of a course at its last module: an address that the participants share, answers that nobody can follow
back to one of them, and a summary once nobody can answer any more.

While it is open only the number of answers is told: two looks at a summary would tell what was answered in between. It
is told from five answers on, and a smiley that one to four have chosen is told to nobody, nor what gives it away. Once
it is over it never opens again (`days_guard`). A comment that names somebody can be removed; nothing else of an answer
is ever changed.
"""

import datetime as dt
import secrets
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.moment import calendar_today
from bydelsmoedre.suppression import SMALLEST_CELL, breakdown
from bydelsmoedre.tokens import Tokens
from training.enrolment import lock
from training.models import Course, EvaluationAnswer, Participation, Session

_TOKENS = Tokens("training.evaluation")

#: So many days from the last module on it can be answered.
OPEN_DAYS = 14

#: What is asked, in order.
QUESTIONS: Mapping[str, Any] = {
    "content": _("What did you think of what was taught?"),
    "teaching": _("What did you think of the way it was taught?"),
    "useful": _("How much can you use it as a neighbourhood mother?"),
    "safe": _("Did you feel at ease with the group?"),
    "language": _("Could you follow the language?"),
}


class NotOpen(Exception):
    """The course cannot be evaluated today, or everybody has answered."""


def token_of(course: Course) -> str:
    """What stands in the address that the participants share."""
    return _TOKENS.of(course.uuid)


def course_of(token: str) -> Course | None:
    """The course, unless the token was made up."""
    if (named := _TOKENS.identity(token)) is None:
        return None
    return Course.objects.filter(uuid=named).select_related("curriculum__programme").first()


def last_day(course: Course) -> dt.date | None:
    """The day of the last module: no day is planned later but to make up for one."""
    return _last(Session.objects.filter(course=course, is_cancelled=False, is_make_up=False))


def _last(planned: QuerySet[Session]) -> dt.date | None:
    return planned.order_by("-held_on").values_list("held_on", flat=True).first()


@dataclass(frozen=True, slots=True)
class Window:
    """From which day to which the course can be evaluated; both None where no day is planned."""

    opens: dt.date | None
    closes: dt.date | None

    def is_open(self, on: dt.date) -> bool:
        return self.opens is not None and self.closes is not None and self.opens <= on <= self.closes

    def is_over(self, on: dt.date) -> bool:
        return self.closes is not None and on > self.closes


def window(course: Course) -> Window:
    """One query."""
    return _of(last_day(course))


def _of(last: dt.date | None) -> Window:
    return Window(last, last + dt.timedelta(OPEN_DAYS) if last else None)


def reopens(session: Session) -> bool:
    """Would saving the session so move the last day of a course that has been answered about and is closed? Then it
    would open once more, and one more answer could be told from the two summaries. The database refuses it too."""
    planned = Session.objects.filter(course=session.course_id, is_cancelled=False, is_make_up=False)
    before = _last(planned)
    mine = [] if session.is_cancelled or session.is_make_up else [session.held_on]
    others = _last(planned.exclude(pk=session.pk))
    after = max([*mine, *([others] if others else [])], default=None)
    if before is None or before == after or not _of(before).is_over(calendar_today()):
        return False
    return EvaluationAnswer.objects.filter(course=session.course_id).exists()


@transaction.atomic
def answer(course: Course, given: Mapping[str, Any], *, on: dt.date) -> None:
    """Keep one answer. Raises `NotOpen` where it is not open on that day, or there are as many answers as participants
    who had a seat on the last day: the row of the course is locked while they are counted."""
    locked = lock(course)
    times = window(locked)
    if not times.is_open(on):
        raise NotOpen
    seats = Participation.objects.current().filter(
        enrolment__course=locked, status=Participation.Status.ENROLLED, period__contains=times.opens
    )
    if EvaluationAnswer.objects.filter(course=locked).count() >= seats.count():
        raise NotOpen
    EvaluationAnswer.objects.create(course=locked, **given)


@dataclass(frozen=True, slots=True)
class Question:
    """One question, and how often each smiley was chosen, from worst to best, in words."""

    text: str
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a course's participants think; `questions` is empty while that is told to nobody."""

    answers: int
    is_told: bool
    questions: list[Question]
    comments: list[str]


def summary(course: Course, *, on: dt.date) -> Summary:
    """Two queries."""
    answers = list(EvaluationAnswer.objects.filter(course=course).values(*QUESTIONS, "comment"))
    if not _is_told(course, len(answers), on):
        return Summary(len(answers), False, [], [])
    questions = [Question(str(text), _cells([one[name] for one in answers])) for name, text in QUESTIONS.items()]
    comments = [one["comment"] for one in answers if one["comment"]]
    secrets.SystemRandom().shuffle(comments)
    return Summary(len(answers), True, questions, comments)


def _is_told(course: Course, answers: int, on: dt.date) -> bool:
    """Only once nobody can answer any more, and of so many that nobody is known by it."""
    return window(course).is_over(on) and answers >= SMALLEST_CELL


def comments_told(course: Course, *, on: dt.date) -> dict[str, str]:
    """By the answer's key, the comments that are told. The keys are made at random, and so is their order."""
    answers = EvaluationAnswer.objects.filter(course=course)
    if not _is_told(course, answers.count(), on):
        return {}
    said = answers.exclude(comment="").order_by("pk")
    return {str(one.pk): one.comment for one in said}


@transaction.atomic
def remove_comments(course: Course, keys: Collection[str]) -> int:
    """Empty these comments for good: nobody is to be written about. The smileys stay. Gives how many there were."""
    with connection.cursor() as cursor:
        cursor.execute("select remove_comments(%s, %s::uuid[])", [course.pk, list(keys)])
        return int(cursor.fetchone()[0])


def _cells(chosen: list[int]) -> list[str]:
    counted = Counter(chosen)
    return breakdown([counted[smiley.value] for smiley in EvaluationAnswer.Smiley])
