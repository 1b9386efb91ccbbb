"""The pack of templates for founding an association: notice, agenda, statutes, minutes, constitution.

Filled with what is known of the association, and of its general meeting; persons are written in by hand, so no paper
that we make names anybody.
"""

import datetime as dt
import io
import re
import unicodedata
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.db.models import TextChoices
from django.http import FileResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from associations.checklist import checklist_on
from associations.models import Association, FoundingChecklist, FoundingStep, StepKind, StepPlan
from associations.papers import Paper, fill, read
from associations.papers_docx import as_docx
from associations.papers_pdf import as_pdf
from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato
from bydelsmoedre.moment import Moment, today


class PackKind(TextChoices):
    """What may be fetched: the whole pack, or one of its papers."""

    ALL = "pakken", _("The whole pack")
    NOTICE = "indkaldelse", _("Notice")
    AGENDA = "dagsorden", _("Agenda")
    STATUTES = "vedtaegter", _("Statutes")
    MINUTES = "referat", _("Minutes")
    CONSTITUTION = "konstituering", _("Constitution")


PURPOSES = {
    PackKind.ALL: _("The five papers one after another, with what to do when."),
    PackKind.NOTICE: _("Invites the area to the founding general meeting."),
    PackKind.AGENDA: _("For the one who chairs the meeting, point by point."),
    PackKind.STATUTES: _("The association's rules. Take a stand where there is a line or a box."),
    PackKind.MINUTES: _("Proves the founding. Signed on the day of the meeting or later."),
    PackKind.CONSTITUTION: _("The board shares out its tasks. Not needed where the general meeting elects the chair."),
}

#: How the files are called, in Danish whatever the reader's language.
FILE_NAMES = {
    PackKind.ALL: "Skabeloner til stiftelsen",
    PackKind.NOTICE: "Indkaldelse",
    PackKind.AGENDA: "Dagsorden",
    PackKind.STATUTES: "Vedtægter",
    PackKind.MINUTES: "Referat",
    PackKind.CONSTITUTION: "Konstituering",
}

#: By the end of the address: what makes the file, and its type.
FORMS: dict[str, tuple[Any, str]] = {
    "pdf": (as_pdf, "application/pdf"),
    "docx": (as_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}

_NUMBERS = ("nul", "ét", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv")
_IN_ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa", "–": "-"})
_NOT_IN_A_FILE_NAME = re.compile(r'[\\/:*?"<>|]+')
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class PackLine:
    """One of the templates as the association's page offers it."""

    kind: PackKind
    pdf_url: str
    docx_url: str

    @property
    def title(self) -> str:
        return str(self.kind.label)

    @property
    def purpose(self) -> Any:
        return PURPOSES[self.kind]


def pack_lines(association: Association) -> list[PackLine]:
    """The templates, with where each is fetched; no query."""
    return [
        PackLine(kind, *(url("associations:pack", association.uuid, kind.value, form) for form in ("pdf", "docx")))
        for kind in PackKind
    ]


def papers_of(association: Association, kind: PackKind) -> list[Paper]:
    """The papers with the association's data; of the whole pack, first the one that explains it."""
    known = _known(association)
    return [fill(read(one.value), known) for one in (PackKind if kind is PackKind.ALL else [kind])]


def sent(association: Association, kind: PackKind, form: str) -> FileResponse:
    """The template as a file to be saved."""
    papers, name, programme = papers_of(association, kind), _line(association.name), _line(association.programme.name)
    make, media_type = FORMS[form]
    content = make(
        papers,
        name=name,
        title=papers[0].title if kind in (PackKind.ALL, PackKind.STATUTES) else f"{papers[0].title}, {name}",
        author=programme,
        footer=f"Skabelon fra {programme}",
        on=today(),
    )
    answer = FileResponse(io.BytesIO(content), content_type=media_type)
    answer["Content-Disposition"] = _attachment(f"{FILE_NAMES[kind]} – {name}", form)
    answer["Content-Security-Policy"] = "sandbox"
    return answer


def _known(association: Association) -> dict[str, str]:
    """What may be written into the texts; "" where it is not known. No person is among it."""
    days = _days(association)
    area = association.housing_area
    board = _smallest_board(association, days.get(StepKind.MEETING) or today())
    told = {
        "name": association.name,
        "area": area.name,
        "place": f"{area.name}, {area.district.name}",
        "programme": association.programme.name,
        "email": association.email,
        "board": _NUMBERS[board] if board < len(_NUMBERS) else str(board),
        "board_rows": str(board + 2),
        "other_rows": str(max(board - 1, 2)),  # beside chair, treasurer and secretary, with two to spare
    }
    with translation.override("da"):
        dates = {f"{kind.value}_on": dato(days.get(kind)).replace("\u00a0", " ") for kind in StepKind}
    return {word: _line(value) for word, value in (told | dates).items()}


def _days(association: Association) -> dict[StepKind, dt.date | None]:
    """When each step happened, if that is known, else when it is planned; two queries."""
    plans = StepPlan.objects.filter(association=association)
    steps = FoundingStep.objects.current().filter(association=association).order_by("-happened_on")
    planned: dict[StepKind, dt.date | None] = {StepKind(plan.kind): plan.planned_on for plan in plans}
    return planned | {StepKind(step.kind): None if step.is_date_unknown else step.happened_on for step in steps}


def _smallest_board(association: Association, day: dt.date) -> int:
    version = checklist_on(association, day, Moment())
    return (version or FoundingChecklist()).minimum_board


def _line(words: str) -> str:
    """The words on one line, without what cannot be printed (or stand in a document)."""
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())


def _attachment(name: str, ending: str) -> str:
    """The header that has the file saved under its name: in plain letters, and in Danish ones where they are known."""
    told = _NOT_IN_A_FILE_NAME.sub(" ", name)[:_LONGEST_NAME].strip(" .")
    plain = unicodedata.normalize("NFKD", told.translate(_IN_ASCII)).encode("ascii", "ignore").decode()
    plain = " ".join(plain.replace("%", " ").split())
    return f"attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{quote(f'{told}.{ending}', safe='')}"
