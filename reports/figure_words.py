"""The words of the figures of persons: stages, places, answers, shares and days."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reports.figures.formerly_paid import ANSWERS
from reports.figures.funnel import STAGES, STANDS
from reports.figures.recruiting import Stuck
from reports.figures.residence import PLACES

STAGE_WORDS: dict[str, Any] = dict(
    zip(
        STAGES,
        (
            gettext_lazy("interested"),
            gettext_lazy("interview held"),
            gettext_lazy("accepted"),
            gettext_lazy("in training"),
            gettext_lazy("diploma"),
            gettext_lazy("neighbourhood mother"),
        ),
        strict=True,
    )
)
#: Why somebody is stuck.
STUCK_WORDS: dict[Stuck, Any] = {
    Stuck.INTERVIEW: gettext_lazy("Waits for an interview"),
    Stuck.ANSWER: gettext_lazy("Waits for an answer after the interview"),
    Stuck.WAITING_LIST: gettext_lazy("Is on a waiting list"),
    Stuck.SEAT: gettext_lazy("Is accepted, and has no seat in a course"),
    Stuck.COURSE_OVER: gettext_lazy("Her course is over, and she has no diploma"),
    Stuck.ROLE: gettext_lazy("Has her diploma, and no role"),
    Stuck.PAUSE: gettext_lazy("Has taken a long pause"),
}
STAND_WORDS: dict[str, Any] = dict(
    zip(
        STANDS,
        (
            gettext_lazy("waits for an interview"),
            gettext_lazy("waits for an answer"),
            gettext_lazy("accepted, not in training now"),
            gettext_lazy("in training"),
            gettext_lazy("has her diploma, and no role yet"),
            gettext_lazy("works as a neighbourhood mother or coordinator"),
            gettext_lazy("takes a pause"),
            gettext_lazy("left"),
            gettext_lazy("not accepted"),
            gettext_lazy("withdrawn"),
        ),
        strict=True,
    )
)
#: What the board's columns are called, by where somebody stands.
COLUMN_WORDS: dict[str, Any] = STAND_WORDS | STAGE_WORDS
PLACE_WORDS: dict[str, Any] = dict(
    zip(
        PLACES,
        (
            gettext_lazy("in an area on a list"),
            gettext_lazy("near one"),
            gettext_lazy("outside"),
            gettext_lazy("not known"),
        ),
        strict=True,
    )
)
ANSWER_WORDS: dict[str, Any] = dict(
    zip(
        ANSWERS,
        (
            gettext_lazy("goes on as a volunteer"),
            gettext_lazy("undecided"),
            gettext_lazy("does not go on"),
            gettext_lazy("has not answered"),
        ),
        strict=True,
    )
)


def percent(share: float | None) -> str:
    """A share from 0 to 1 in whole per cent; a dash where there is nothing to hold it against."""
    return "–" if share is None else f"{100 * share:.0f}\u00a0%"


def in_days(median: float | None) -> str:
    """A median in days, to the half; "" where nobody has come so far."""
    if median is None:
        return ""
    number = number_format(median, decimal_pos=0 if median == int(median) else 1)
    return ngettext("%(number)s day", "%(number)s days", int(median) if median == 1 else 2) % {"number": number}


def not_shown() -> str:
    return _("Not shown")
