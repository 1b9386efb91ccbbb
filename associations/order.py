"""In which order founding steps may be dated. They may be *recorded* in any order; the legal ones hang together.

The notice comes no later than the general meeting, which elects the first board; the minutes are signed on its day or
after, and the board constitutes itself on the day of its election or after (domain.md, "When is an association
founded?"). Nothing is taken before work on the association began, or after it was dissolved.
"""

import datetime as dt

from django.utils.translation import gettext as _

from associations.models import Association, Closing, FoundingStep, StepKind
from bydelsmoedre.danish import dato

#: The first is dated no later than the second.
NO_LATER = (
    (StepKind.NOTICE, StepKind.MEETING),
    (StepKind.MEETING, StepKind.MINUTES),
    (StepKind.BOARD, StepKind.CONSTITUTION),
)


def conflict(association: Association, kind: StepKind, day: dt.date) -> str:
    """Why the step cannot have been taken on that day, beside what is recorded; "" where it can. Two queries."""
    if association.opened_on and day < association.opened_on:
        return _("Work on the association began on %(day)s.") % {"day": dato(association.opened_on)}
    closed = Closing.objects.current().filter(association=association).first()
    if closed and day > closed.happened_on:
        return _("The association was dissolved on %(day)s.") % {"day": dato(closed.happened_on)}
    first: dict[str, dt.date] = {}
    for step in FoundingStep.objects.current().filter(association=association).order_by("happened_on"):
        first.setdefault(step.kind, step.happened_on)
    if kind in first and kind != StepKind.BOARD:
        return ""  # recorded already: the database says so
    return _board(kind, day, first) or _order(kind, day, first)


def _order(kind: StepKind, day: dt.date, first: dict[str, dt.date]) -> str:
    for earlier, later in NO_LATER:
        if kind == later and earlier in first and day < first[earlier]:
            told = {"step": earlier.label, "day": dato(first[earlier])}
            return _("It cannot come before “%(step)s”, %(day)s.") % told
        if kind == earlier and later in first and day > first[later]:
            told = {"step": later.label, "day": dato(first[later])}
            return _("It cannot come after “%(step)s”, %(day)s.") % told
    return ""


def _board(kind: StepKind, day: dt.date, first: dict[str, dt.date]) -> str:
    """The general meeting elects the first board; a later general meeting may elect anew."""
    meeting, elected = first.get(StepKind.MEETING), first.get(StepKind.BOARD)
    if kind == StepKind.BOARD and meeting and (day < meeting or (elected is None and day != meeting)):
        return _("The first board is elected at the general meeting, %(day)s.") % {"day": dato(meeting)}
    if kind == StepKind.MEETING and elected and day != elected:
        return _("The board was elected on %(day)s, which the general meeting does.") % {"day": dato(elected)}
    return ""
