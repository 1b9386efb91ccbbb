"""The certificates of a person's page: what each is called, its number, and the papers that can be fetched."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bydelsmoedre.addresses import url
from reports.views.volunteer_recruitment import retract_url
from training.diploma import offered
from training.models import Certificate
from volunteers.models import LanguageSkill


@dataclass(frozen=True, slots=True)
class Fetched:
    """A paper to fetch, and what its link says."""

    url: str
    words: str


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """A certificate, with what this reader may do about it."""

    certificate: Certificate
    papers: Sequence[Fetched]
    new_paper_url: str
    retract_url: str

    @property
    def words(self) -> str:
        return f"{self.certificate.curriculum.certificate_name}, {self.certificate.curriculum}"

    @property
    def number(self) -> str:
        return self.certificate.printed_number

    @property
    def check_url(self) -> str:
        return reverse("training:check", args=[self.certificate.number])

    @property
    def started_on(self) -> Any:
        return self.certificate.started_on

    @property
    def ended_on(self) -> Any:
        return self.certificate.ended_on


def certificate_lines(
    certificates: Iterable[Certificate], skills: Iterable[LanguageSkill], *, is_named: bool, may_change: bool
) -> list[CertificateLine]:
    """Her certificates; papers of those that stand, while she has a name to print."""
    languages = offered(skills)
    return [
        CertificateLine(
            one,
            list(_papers(one, languages)) if one.is_current and is_named else [],
            url("training:new_paper", one.uuid) if one.is_current and is_named and may_change else "",
            retract_url("bevis", one, may_change),
        )
        for one in certificates
    ]


def _papers(certificate: Certificate, languages: Iterable[LanguageSkill]) -> Iterator[Fetched]:
    yield Fetched(url("training:diploma", certificate.uuid), _("Fetch as PDF"))
    for one in languages:
        words = _("PDF with %(language)s") % {"language": one.get_language_display()}
        yield Fetched(url("training:diploma_in", certificate.uuid, one.language), words)
