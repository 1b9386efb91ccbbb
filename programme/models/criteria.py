"""What success means: each criterion's wording, and the versions of the rule by which we measure it."""

import uuid
from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.entry import Overtaken
from bydelsmoedre.history import tracked
from programme.access import ReachQuerySet
from programme.facts import AlreadyRetracted, PeriodFact
from programme.models.documents import Document
from programme.models.programme import Programme

if TYPE_CHECKING:
    from accounts.models import User


@tracked()
class SuccessCriterion(models.Model):
    """One of the programme's success criteria, in the proposal's own order."""

    #: What figures rest on: never edited once made.
    fixed = ("number", "key", "programme_id")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="criteria", verbose_name=_("programme"))
    number = models.PositiveSmallIntegerField(_("number"))
    key = models.SlugField(_("key"), max_length=40)
    name = models.CharField(_("short name"), max_length=120)

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("success criterion")
        verbose_name_plural = _("success criteria")
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="programme_criterion_number"),
            models.UniqueConstraint(fields=["programme", "key"], name="programme_criterion_key"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"

    def lock_versions(self) -> None:
        """Nobody else changes its versions until this transaction ends."""
        SuccessCriterion.objects.select_for_update().get(pk=self.pk)


class CriterionVersion(PeriodFact):
    """A published version of a criterion: the words, the rule, the target and the deadline, from one day to another.

    A figure on an earlier day uses the version of that day. A criterion's versions follow each other without a gap, and
    the last one is open (`programme.rules`, and a trigger). That the municipality accepted the rule is known later than
    the rule itself, so it is recorded by superseding the version: as known before, it was not accepted.
    """

    class Rule(models.TextChoices):
        """The known rules; `reports.figures` measures them."""

        ASSOCIATIONS_FOUNDED = "associations_founded", _("associations founded")
        COORDINATORS_TRAINED = "coordinators_trained", _("coordinators trained")
        DOCUMENT_ADOPTED = "document_adopted", _("document adopted")
        PARTNERSHIP_ANCHORED = "partnership_anchored", _("partnership in force with an anchoring model")

    anchor = "criterion"
    erasable = ()

    criterion = models.ForeignKey(
        SuccessCriterion, models.PROTECT, related_name="versions", verbose_name=_("criterion")
    )
    wording = models.TextField(_("wording"), help_text=_("As the source says it, word for word."))
    rule = models.CharField(_("rule"), max_length=30, choices=Rule)
    rule_text = models.TextField(_("rule in plain language"))
    document_kind = models.CharField(_("kind of document"), max_length=30, choices=Document.Kind, blank=True)
    target = models.PositiveIntegerField(_("target"), null=True, blank=True)
    deadline = models.DateField(_("deadline"))
    accepted_on = models.DateField(
        _("accepted by the municipality"),
        null=True,
        blank=True,
        help_text=_("The day on which the municipality accepted the rule; its evidence is the version's own."),
    )

    class Meta(PeriodFact.Meta):
        verbose_name = _("version of a criterion")
        verbose_name_plural = _("versions of criteria")
        constraints = [
            *PeriodFact.Meta.constraints,
            ExclusionConstraint(
                name="programme_criterion_one_version",
                expressions=[("criterion", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(retracted_at=None),
                violation_error_message=_("Another version holds in that period."),
            ),
            models.CheckConstraint(
                # Numbers have a target; decisions have none.
                condition=Q(rule__in=["associations_founded", "coordinators_trained"], target__isnull=False)
                | Q(rule__in=["document_adopted", "partnership_anchored"], target__isnull=True),
                name="programme_criterion_target_for_numbers",
            ),
            models.CheckConstraint(
                condition=Q(rule="document_adopted") ^ Q(document_kind=""),
                name="programme_criterion_document_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} ({self.started_on:%d.%m.%Y})"

    def before(self) -> "CriterionVersion | None":
        """The version whose days end where this one begins, as known now; none for a criterion's first one."""
        known = CriterionVersion.objects.current().filter(criterion=self.criterion_id, started_on__lt=self.started_on)
        return known.order_by("-started_on").first()

    @transaction.atomic
    def retract(self, *, by: "User | None", reason: str) -> None:
        """It was wrong: the version before it holds for its days too. What stands of it now is retracted, also where
        it has been superseded since it was read. Raises `Overtaken` where it is the first one."""
        self.criterion.lock_versions()
        current = CriterionVersion.objects.current().filter(uuid=self.uuid).first()
        if current is None:
            raise AlreadyRetracted
        before = current.before()
        if before is None:
            raise Overtaken
        current._end_version(by=by, reason=reason)
        before.supersede(by=by, reason=reason, ended_on=current.ended_on)
        self.refresh_from_db(fields=["retracted_at", "retracted_by", "retraction_reason", "known"])
