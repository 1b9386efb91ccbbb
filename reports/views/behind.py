"""The persons behind a number: what the list of volunteers can be asked for by a figure's link."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from bydelsmoedre.moment import Moment
from reports.figure_words import ANSWER_WORDS, PLACE_WORDS, STAGE_WORDS, STAND_WORDS
from reports.figures import formerly_paid, funnel, residence

#: A number's code in the address begins with its figure's word.
FUNNEL, RESIDENCE, PAID = "rekruttering", "bopael", "loennet"
CODES = [
    *(f"{FUNNEL}-{code}" for code in funnel.BEHIND),
    *(f"{RESIDENCE}-{code}" for code in residence.BEHIND),
    *(f"{PAID}-{code}" for code in formerly_paid.BEHIND),
]


def persons_behind(programme_id: int, moment: Moment, code: str) -> Any:
    """The ids of the persons whom the number counts: for use inside a query. The code is one of `CODES`."""
    figure, _sign, of = code.partition("-")
    if figure == FUNNEL:
        return funnel.persons_behind(programme_id, moment, [of])
    asked = residence.persons_behind if figure == RESIDENCE else formerly_paid.persons_behind
    return asked(programme_id, moment, of)


def in_words(code: str) -> str:
    """What the number counts."""
    figure, _sign, of = code.partition("-")
    if figure == FUNNEL:
        return _funnel(of)
    if figure == RESIDENCE:
        who, _sign, place = of.partition("-")
        return f"{_who(who)}: {PLACE_WORDS[place]}"
    return _paid(of)


def _funnel(of: str) -> str:
    what, _sign, stage = of.partition("-")
    if what == "lacking":
        return _("Has a later stage, and lacks an earlier one")
    if what == "stands":
        return capfirst(str(STAND_WORDS[stage]))
    sentence = {
        "reached": _("Has reached the stage “%(stage)s”"),
        "here": _("Has come to the stage “%(stage)s”, and no further yet"),
        "gone": _("Has stopped at the stage “%(stage)s”"),
    }[what]
    return sentence % {"stage": STAGE_WORDS[stage]}


def _who(who: str) -> str:
    return _("Mothers and coordinators") if who == "mothers" else _("Candidates")


def _paid(of: str) -> str:
    what, _sign, rest = of.partition("-")
    if what == "answer":
        return _("Formerly paid: %(answer)s") % {"answer": ANSWER_WORDS[rest]}
    if months := rest.removeprefix("after-") if rest.startswith("after-") else "":
        sentence = (
            _("Formerly paid who goes on: active after %(months)s months")
            if what == "active"
            else _("Formerly paid who goes on: not active after %(months)s months")
        )
        return sentence % {"months": months}
    return _("Formerly paid, active on the day: %(answer)s") % {"answer": ANSWER_WORDS[rest]}
