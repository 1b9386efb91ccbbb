"""What an agreement says: the versions of its text, and the documents that are annexed to it.

A signature is on the version that was the latest on its day; one from before the first version is on the first. So a
new version is signed by nobody until the parties sign again, and the one before it holds until all of them have.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.personal import refuse_cpr
from programme.facts import DatedFact
from programme.models.agreements import Agreement
from programme.models.documents import Document


class AgreementVersion(DatedFact):
    """The agreement's text as it is laid before the parties, from that day until the next version's."""

    anchor = "agreement"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions", verbose_name=_("agreement"))
    label = models.CharField(_("version"), max_length=40, validators=[refuse_cpr])

    class Meta(DatedFact.Meta):
        verbose_name = _("version of an agreement")
        verbose_name_plural = _("versions of agreements")
        ordering = ["agreement", "happened_on"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["agreement", "label"],
                condition=Q(retracted_at=None),
                name="programme_agreement_version",
                violation_error_code="label",
                violation_error_message=_("The agreement has a version of that name already."),
            ),
            models.UniqueConstraint(
                fields=["agreement", "happened_on"],
                condition=Q(retracted_at=None),
                name="programme_agreement_version_day",
                violation_error_code="happened_on",
                violation_error_message=_("The agreement has a version of that day already."),
            ),
            models.CheckConstraint(
                condition=Q(evidence__isnull=False),
                name="programme_agreement_version_lies",
                violation_error_code="evidence_text",
                violation_error_message=_("Say where the text lies, or choose the file."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.label}"


def signed_version(versions: Sequence[AgreementVersion], on: dt.date) -> AgreementVersion | None:
    """The version that a signature of that day is on, of all versions, the oldest first; None where there is none."""
    existing = [one for one in versions if one.happened_on <= on]
    return existing[-1] if existing else next(iter(versions), None)


class AgreementAnnex(DatedFact):
    """A document of the programme is annexed to the agreement from that day on."""

    anchor = "agreement"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="annexes", verbose_name=_("agreement"))
    document = models.ForeignKey(Document, models.PROTECT, related_name="annexed_to", verbose_name=_("document"))

    class Meta(DatedFact.Meta):
        verbose_name = _("annex of an agreement")
        verbose_name_plural = _("annexes of agreements")
        ordering = ["agreement", "happened_on"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["agreement", "document"],
                condition=Q(retracted_at=None),
                name="programme_annex_once",
                violation_error_code="document",
                violation_error_message=_("The document is annexed to the agreement already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.document}"
