"""What became of a frozen report, as the journal keeps it: offices and organisations, and nobody's name."""

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass

from bydelsmoedre.danish import kort_dato
from bydelsmoedre.moment import COPENHAGEN
from bydelsmoedre.spreadsheets import unformulated
from reports.progress.exports import words


@dataclass(frozen=True, slots=True)
class Said:
    """A step: when, what (its code), by which office of which organisation, about which section, in which words; an
    answer says which line it answers."""

    number: int
    at: dt.datetime
    what: str
    office: str
    organisation: str
    section: str = ""
    text: str = ""
    answers: int | None = None

    @property
    def words(self) -> str:
        return words.STEPS.get(self.what, self.what)


def dialogue_csv(said: Sequence[Said]) -> str:
    """For Danish Excel: a line for each step."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(words.DIALOGUE_HEAD)
    for one in said:
        told = (one.words, one.office, one.organisation, one.section, str(one.answers or ""), one.text)
        writer.writerow([one.number, f"{one.at.astimezone(COPENHAGEN):%d.%m.%Y %H:%M}", *map(unformulated, told)])
    return "\ufeff" + target.getvalue()


def dialogue_text(said: Sequence[Said], title: str) -> str:
    """To be read: a paragraph for each step."""
    return "\n\n".join([f"{words.DIALOGUE_TITLE}: {title}", *map(_paragraph, said)]) + "\n"


def _paragraph(one: Said) -> str:
    by = ", ".join(part for part in (one.office, one.organisation) if part)
    clock = f"{kort_dato(one.at)} kl. {one.at.astimezone(COPENHAGEN):%H.%M}"
    about = [words.ABOUT_SECTION.format(section=one.section)] if one.section else []
    about += [words.ANSWER_TO.format(number=one.answers)] if one.answers else []
    head = [line for line in (f"{one.number}. {one.words}, {clock}", by, *about) if line]
    return "\n".join([*head, *(["", *_quoted(one.text)] if one.text else [])])


def _quoted(text: str) -> list[str]:
    """Every line of it marked: what somebody writes is never read as a step."""
    return [f"{words.QUOTED}{line}".rstrip() for line in text.splitlines()]
