"""What an association has adopted for itself: a version of the training concept, the set of values, the statutes.

Its own decision, at a meeting of its own. Criteria 3 and 4 do not ask it: they go by the body that must adopt the
document for all (`programme.models.Adoption`).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from associations.models.associations import Association
from bydelsmoedre.sorting import danish_order
from programme.facts import DatedFact
from programme.models import Document, DocumentVersion

#: The kinds of documents that an association adopts; the trigger `adoption_in_programme` knows them too.
ADOPTED_KINDS = (Document.Kind.TRAINING_CONCEPT, Document.Kind.VALUES, Document.Kind.STATUTES)


class AssociationAdoption(DatedFact):
    """An association has adopted a version of a document of its programme."""

    anchor = "association"

    association = models.ForeignKey(
        Association, models.PROTECT, related_name="adoptions", verbose_name=_("association")
    )
    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="adopted_in", verbose_name=_("version"))

    class Meta(DatedFact.Meta):
        verbose_name = _("adoption in an association")
        verbose_name_plural = _("adoptions in associations")
        ordering = ["happened_on"]
        indexes = [
            *DatedFact.Meta.indexes,
            models.Index(fields=["version", "happened_on"], name="associations_adopted_version"),
        ]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["association", "version"],
                condition=Q(retracted_at=None),
                name="associations_adopted_once",
                violation_error_code="version",
                violation_error_message=_("The association has adopted that version already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.association}: {self.version}"


def adoptable(association: Association) -> models.QuerySet[DocumentVersion]:
    """The versions that the association may still adopt: of its programme's documents, and not adopted already."""
    done = AssociationAdoption.objects.current().filter(association=association).values("version")
    versions = DocumentVersion.objects.filter(
        document__programme=association.programme_id, document__kind__in=ADOPTED_KINDS
    )
    return versions.exclude(pk__in=done).order_by(danish_order("document__title"), "-dated_on", "-pk")
