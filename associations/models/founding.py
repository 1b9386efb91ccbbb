"""How an association comes into being: a versioned checklist, and the steps that have been taken.

Danish law sets no form: an association exists from its founding general meeting, and the minutes prove it. Which steps
we require is data, so that the municipality can agree on it (domain.md, "When is an association founded?").
"""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from associations.models.associations import Association, OwnReachQuerySet
from bydelsmoedre.history import tracked
from bydelsmoedre.personal import refuse_cpr
from programme.facts import DatedFact, PeriodFact, SecretariatChanges
from programme.models import Programme


class StepKind(models.TextChoices):
    """The founding steps, in their usual order."""

    NOTICE = "notice", _("Notice of the general meeting")
    STATUTES = "statutes", _("Statutes adopted")
    MEETING = "meeting", _("Founding general meeting held")
    BOARD = "board", _("Board elected")
    MINUTES = "minutes", _("Minutes signed")
    CONSTITUTION = "constitution", _("Board constituted")
    AGREEMENT = "agreement", _("Cooperation agreement with the secretariat")
    CVR = "cvr", _("CVR number")
    BANK = "bank", _("Bank account / NemKonto")
    DIGITAL_POST = "digital_post", _("Digital Post")


class FoundingChecklist(PeriodFact):
    """A published version of the checklist. An association is founded under the version of its general meeting's day,
    so a new version never changes what was founded under the old one."""

    anchor = "programme"
    erasable = ()

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="checklists", verbose_name=_("programme"))
    name = models.CharField(_("name"), max_length=100)
    minimum_board = models.PositiveSmallIntegerField(_("smallest board"), default=5)
    items = models.JSONField(
        _("steps"),
        help_text=_(
            "A list of steps: number, kind, stage (founded or running) and timing "
            "(dated: its date counts; exists: it must exist, but does not move the date)."
        ),
    )

    class Meta(PeriodFact.Meta):
        verbose_name = _("founding checklist")
        verbose_name_plural = _("founding checklists")
        constraints = [
            *PeriodFact.Meta.constraints,
            ExclusionConstraint(
                name="associations_one_checklist",
                expressions=[("programme", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(retracted_at=None),
                violation_error_message=_("Another version holds in that period."),
            ),
            models.CheckConstraint(
                condition=Q(items__0__isnull=False),
                name="associations_checklist_has_items",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        for item in self.items:
            if item.get("kind") not in StepKind.values or item.get("stage") not in ("founded", "running"):
                raise ValidationError({"items": _("Unknown step in the checklist.")})


class FoundingStep(DatedFact):
    """A step has been taken. Each kind once, but for the board: every election is a step of its own."""

    anchor = "association"

    association = models.ForeignKey(Association, models.PROTECT, related_name="steps", verbose_name=_("association"))
    kind = models.CharField(_("step"), max_length=20, choices=StepKind)
    board_members = models.PositiveSmallIntegerField(
        _("members of the board"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text=_("How many sit on the board after the election."),
    )
    cvr = models.CharField(_("CVR number"), max_length=8, blank=True, default="")
    meeting_elects_chair = models.BooleanField(
        _("the general meeting elects the chair"),
        default=False,
        help_text=_("Then the board need not constitute itself."),
    )

    class Meta(DatedFact.Meta):
        verbose_name = _("founding step")
        verbose_name_plural = _("founding steps")
        ordering = ["happened_on"]
        indexes = [
            *DatedFact.Meta.indexes,
            models.Index(fields=["association", "kind"], name="associations_step_of"),
        ]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["association", "kind"],
                condition=Q(retracted_at=None) & ~Q(kind="board"),
                name="associations_step_once",
                violation_error_code="happened_on",
                violation_error_message=_("The step is recorded already."),
            ),
            models.UniqueConstraint(
                fields=["association", "happened_on"],
                condition=Q(retracted_at=None, kind="board"),
                name="associations_election_once",
                violation_error_code="happened_on",
                violation_error_message=_("An election on that day is recorded already."),
            ),
            models.CheckConstraint(
                condition=Q(kind="board", board_members__gte=1) | (~Q(kind="board") & Q(board_members__isnull=True)),
                name="associations_board_has_members",
                violation_error_code="board_members",
                violation_error_message=_("Say how many sit on the board."),
            ),
            models.CheckConstraint(
                condition=Q(kind="cvr", cvr__regex=r"^[0-9]{8}$") | (~Q(kind="cvr") & Q(cvr="")),
                name="associations_cvr_has_number",
                violation_error_code="cvr",
                violation_error_message=_("A CVR number has eight digits."),
            ),
            models.CheckConstraint(
                condition=Q(meeting_elects_chair=False) | Q(kind="statutes"),
                name="associations_chair_by_statutes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.association}: {self.get_kind_display()} {self.happened_on:%d.%m.%Y}"


class StepPlanQuerySet(OwnReachQuerySet):
    """Reached through the association; planned by the secretariat and its own local coordinator."""

    programme_path = "association__programme"


@tracked()
class StepPlan(models.Model):
    """When a founding step is to be taken. A plan: it may be moved, and counts for nothing."""

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="plans", verbose_name=_("association"))
    kind = models.CharField(_("step"), max_length=20, choices=StepKind)
    planned_on = models.DateField(_("planned for"))

    objects = StepPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned founding step")
        verbose_name_plural = _("planned founding steps")
        ordering = ["planned_on"]
        indexes = [models.Index(fields=["planned_on"], name="associations_plan_on")]
        constraints = [
            models.UniqueConstraint(
                fields=["association", "kind"],
                name="associations_plan_once",
                violation_error_code="kind",
                violation_error_message=_("The step is planned already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.association}: {self.get_kind_display()} {self.planned_on:%d.%m.%Y}"


class Closing(DatedFact):
    """The association is dissolved on that day, which is its last. What it was and did before is not changed."""

    anchor = "association"

    association = models.ForeignKey(Association, models.PROTECT, related_name="closings", verbose_name=_("association"))
    money = models.CharField(
        _("what happened to the money"),
        max_length=500,
        help_text=_("Such as “Given to the parish's homework café”, or “There was none”."),
        validators=[refuse_cpr],
    )

    objects = SecretariatChanges.as_manager()  # type: ignore[misc]  # asks more than Fact's

    class Meta(DatedFact.Meta):
        verbose_name = _("closing of an association")
        verbose_name_plural = _("closings of associations")
        ordering = ["happened_on"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["association"],
                condition=Q(retracted_at=None),
                name="associations_closed_once",
                violation_error_code="happened_on",
                violation_error_message=_("The closing is recorded already."),
            ),
            models.CheckConstraint(
                condition=~Q(money=""),
                name="associations_closing_tells_of_money",
                violation_error_code="money",
                violation_error_message=_("Say what happened to the money."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.association} {self.happened_on:%d.%m.%Y}"
