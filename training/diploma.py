"""A diploma or a course certificate as a paper to hang on the wall: Danish, and if she likes one of her own languages.

The words in other languages are in `texts/bevis.*.txt`, a line for each; a language without a file is not offered. The
names of programme and training are not translated. Drawn by `texts/bevis.typ`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_date
from django.utils import translation
from django.utils.translation import gettext as _

from associations.papers_pdf import drawn
from bydelsmoedre.danish import dato, tal
from bydelsmoedre.qr import drawn_as_qr
from programme.models import Organisation
from training.completion import version_of
from training.issuing import Step, learnt
from training.models import Certificate, Curriculum
from volunteers.models import LanguageSkill, Volunteer

TEXTS = Path(__file__).resolve().parent / "texts"

#: Written from right to left.
RIGHT_TO_LEFT = ("ar", "ur")

#: Where a language writes days in more than one way.
_LOCALES = {"en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed: the certificate, whose it is, and the address that verifies it."""

    certificate: Certificate
    holder: Volunteer
    address: str


@cache
def languages() -> tuple[str, ...]:
    """The languages that there are words in, besides Danish."""
    found = (path.name.split(".")[1] for path in TEXTS.glob("bevis.*.txt"))
    return tuple(sorted(code for code in found if code != "da"))


@cache
def words(language: str) -> Mapping[str, str]:
    """The words in a language, by what they are for."""
    lines = (TEXTS / f"bevis.{language}.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines if line)


def offered(skills: Iterable[LanguageSkill]) -> list[LanguageSkill]:
    """Of her languages, her first ones that there are words in."""
    native = (one for one in skills if one.level == LanguageSkill.Level.NATIVE)
    return [one for one in native if one.language in languages()]


def drawn_diploma(paper: Paper, language: str = "") -> bytes:
    """The paper as PDF."""
    with translation.override("da"):
        told = _told(paper) | {"second": _in(language, paper) if language else None}
    return drawn(TEXTS / "bevis.typ", told, on=paper.certificate.started_on)


def _told(paper: Paper) -> dict[str, Any]:
    certificate, curriculum = paper.certificate, paper.certificate.curriculum
    issuer = curriculum.programme.organisations.filter(kind=Organisation.Kind.FOUNDATION).first()
    is_merit = certificate.basis == Certificate.Basis.MERIT
    step = None if is_merit else _course_of(paper)
    return {
        "title": words("da")[_kind(curriculum)],
        "programme": f"Bydelsmødre · {curriculum.programme}",
        "issuer": str(issuer or curriculum.programme),
        "name": str(paper.holder),
        "to": _("is given to"),
        "for": _("whose earlier training is recognised as") if is_merit else _("who has completed"),
        "training": curriculum.name,
        "facts": [{"label": label, "value": value} for label, value in _facts(certificate, step)],
        "signature": _("Date and signature"),
        "check": _("Check the number on"),
        "page": _page(paper.address),
        "qr": drawn_as_qr(paper.address),
        "qr_says": _("QR code: opens the page that tells whether the paper is valid, %(page)s")
        % {"page": paper.address},
    }


def _kind(curriculum: Curriculum) -> str:
    return "diploma" if curriculum.kind == Curriculum.Kind.BASIC else "course certificate"


def _course_of(paper: Paper) -> Step | None:
    """The course that it was issued for, where it is recorded here."""
    on = paper.certificate.started_on
    steps = [one for one in learnt(paper.holder).steps if one.course.curriculum_id == paper.certificate.curriculum_id]
    done = [(day, one) for one in steps if (day := one.completion.completed_on) is not None and day <= on]
    return max(done, key=lambda found: found[0])[1] if done else None


def _facts(certificate: Certificate, step: Step | None) -> Iterable[tuple[str, str]]:
    """Labels and values, in Danish."""
    if step:
        version = version_of(certificate.curriculum_id, step.course.starts_on)
        modules = version.modules if version else []
        taken = step.completion.attended
        attended = {"attended": len(taken), "modules": len(step.completion.modules)}
        yield _("Modules"), _("%(attended)s of %(modules)s") % attended
        if hours := sum(module.get("hours") or 0 for module in modules if module["number"] in taken):
            yield _("Hours"), tal(hours)
        if version:
            yield _("Version"), version.label
    yield _("Issued on"), dato(certificate.started_on)
    if certificate.ended_on:
        yield _("Valid to and including"), dato(certificate.ended_on)
    yield _("Number"), certificate.printed_number


def _in(language: str, paper: Paper) -> dict[str, Any]:
    certificate, its = paper.certificate, words(language)
    said = its["recognised" if certificate.basis == Certificate.Basis.MERIT else "completed"]
    day = format_date(certificate.started_on, "long", locale=_LOCALES.get(language, language))
    return {
        "lang": language,
        "dir": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "title": its[_kind(certificate.curriculum)],
        "said": said.format(name=paper.holder, training=certificate.curriculum.name),
        "issued": its["issued"].format(day=day),
    }


def _page(address: str) -> str:
    """Where the number is typed: the address without what no one types."""
    return address.partition("://")[2].rstrip("/").rpartition("/")[0]
