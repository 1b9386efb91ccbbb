"""Documents that must be adopted: each has versions, and an adoption is a fact about one version."""

import uuid
from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.addresses import url
from bydelsmoedre.history import tracked
from bydelsmoedre.personal import refuse_cpr
from programme.access import ReachQuerySet
from programme.facts import DatedFact, Fact
from programme.models.programme import Organisation, Programme

#: No version's text is longer: so many characters are more than thirty printed pages.
LONGEST_TEXT = 60_000


@tracked()
class Document(models.Model):
    """A document that the programme is to have, kept apart by kind. One without a version is not received yet."""

    class Kind(models.TextChoices):
        CONCEPT = "concept", _("self-sustaining concept")
        TRAINING_CONCEPT = "training_concept", _("training concept")
        VALUES = "values", _("set of values")
        STATUTES = "statutes", _("statutes")
        ANCHORING_MODEL = "anchoring_model", _("anchoring model")
        ORGANISATION_MODEL = "organisation_model", _("organisation model")
        PARTNERSHIP = "partnership", _("partnership annex")
        OTHER = "other", _("other")

    #: What figures rest on: never edited once made.
    fixed = ("kind", "programme_id", "adopted_by_id")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="documents", verbose_name=_("programme"))
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    annex = models.CharField(_("annex"), max_length=10, blank=True)
    is_national = models.BooleanField(_("for the whole country"), default=False)
    adopted_by = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents_to_adopt",
        verbose_name=_("must be adopted by"),
    )

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["programme", "annex", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "title"],
                name="programme_document_title",
                violation_error_code="title",
                violation_error_message=_("There is a document of that title already."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return url("programme:document", self.uuid)


class VersionQuerySet(ReachQuerySet):
    """Versions are reached through their document."""

    programme_path = "document__programme"

    def settled(self) -> Self:
        """Those that have been put before somebody: there is a fact about them, of any app, retracted or not."""
        return self._with_a_fact()

    def laid_open(self) -> Self:
        """Those whose text others than the staff may read: settled, and not by a fact that was wrong."""
        return self._with_a_fact(retracted_at=None)

    def _with_a_fact(self, **such: None) -> Self:
        about = [one for one in DocumentVersion._meta.related_objects if issubclass(one.related_model, Fact)]
        facts = (one.related_model._default_manager.filter(**{one.field.name: OuterRef("pk")}, **such) for one in about)
        found = map(Exists, facts)
        return self.filter(reduce(or_, map(Q, found)))


@tracked()
class DocumentVersion(models.Model):
    """One version of a document. Its text is written on until the version is put before somebody: sent to hearing or
    decided on. From then on it stays as it was (the triggers `b_settled` keep it), whatever is retracted later."""

    #: What figures rest on: never edited once made.
    fixed = ("document_id",)

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="versions", verbose_name=_("document"))
    label = models.CharField(_("version"), max_length=40, validators=[refuse_cpr])
    dated_on = models.DateField(_("dated"), null=True, blank=True)
    text = models.TextField(
        _("text"),
        blank=True,
        default="",
        max_length=LONGEST_TEXT,
        validators=[refuse_cpr],
        help_text=_(
            "Empty lines part paragraphs. A line that begins with # is a heading, one with - an item of a list."
        ),
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        ordering = ["document", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "label"],
                name="programme_document_version",
                violation_error_code="label",
                violation_error_message=_("The document has a version with that number already."),
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length(F("text")), Value(LONGEST_TEXT)),
                name="programme_version_text_length",
                violation_error_code="text",
                violation_error_message=_("The text is too long."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.label}"

    def get_absolute_url(self) -> str:
        return url("programme:document_version", self.uuid)


class Adoption(DatedFact):
    """A body has decided on a version of a document: adopted it, sent it back, or sent it to hearing."""

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", _("adopted")
        REJECTED = "rejected", _("sent back")
        HEARING = "hearing", _("sent to hearing")

    anchor = "version"
    erasable = ("note",)

    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="adoptions", verbose_name=_("version"))
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="adoptions", verbose_name=_("decided by"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.ADOPTED)

    class Meta(DatedFact.Meta):
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        ordering = ["happened_on"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["version", "body", "happened_on"],
                condition=Q(retracted_at=None),
                name="programme_adoption_once",
                violation_error_code="happened_on",
                violation_error_message=_("The decision is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_outcome_display()} {self.happened_on:%d.%m.%Y}"
