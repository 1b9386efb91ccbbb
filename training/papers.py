"""The welcome sheet as a paper to sign: the same participants and the same words as on the screen, in Danish."""

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from associations.papers import Block, Paper
from associations.papers_pdf import as_pdf
from bydelsmoedre.danish import dato
from training.models import Session
from training.welcome import Welcomed
from volunteers.declarations import AT_WELCOME, WORDS

#: Rows to fill in by hand, for who comes without having been enrolled.
SPARE = 2


def welcome_paper(session: Session, people: Sequence[Welcomed]) -> bytes:
    """The sheet as PDF. What stands already is marked with its day; the consent to photos is a choice."""
    course = session.course
    with translation.override("da"):
        day = dato(session.held_on).replace("\u00a0", " ")
        paper = Paper(_("Welcome sheet"), (*_explained(course.name, day), _list(people)))
        return as_pdf(
            [paper],
            name=course.name,
            title=f"{paper.title}, {course.name}",
            author=course.curriculum.programme.name,
            footer=_("Keep the signed sheet where only the coordinator and the secretariat can read it."),
            on=session.held_on,
        )


def _explained(course: str, day: str) -> list[Block]:
    lettered = zip("ABCD", AT_WELCOME, strict=True)
    return [
        Block("note", _("%(course)s, %(day)s. Read aloud, and explain where needed.") % {"course": course, "day": day}),
        Block("bullets", items=tuple(Block("bullets", f"{letter}: {WORDS[kind]}") for letter, kind in lettered)),
        Block("text", _("I sign that A, B and C apply to me. At D, I tick yes only if I consent.")),
    ]


def _list(people: Sequence[Welcomed]) -> Block:
    head = (_("Name"), "A", "B", "C", _("D: yes"), _("D: no"), _("Signature"))
    rows = [_row(person) for person in people]
    blank = ("", "☐", "☐", "☐", "☐", "☐", "")
    return Block("table", text="to sign", rows=(head, *rows, *[blank] * SPARE))


def _row(person: Welcomed) -> tuple[str, ...]:
    standing = person.standing
    marks = ["☒" if kind in standing else "☐" for kind in AT_WELCOME]
    return (str(person.volunteer), *marks, "☐", "")
