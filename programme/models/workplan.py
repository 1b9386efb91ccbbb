"""The work plan: milestones of the coordinator's activities and around them, and which of them wait for which."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.addresses import url
from bydelsmoedre.history import tracked
from bydelsmoedre.personal import refuse_cpr
from programme.access import ReachQuerySet
from programme.facts import DatedFact
from programme.models.agreements import Agreement
from programme.models.criteria import SuccessCriterion
from programme.models.documents import Document
from programme.models.programme import Activity, Organisation, Programme


class Measured(models.TextChoices):
    """What says that a milestone is reached. All but the first follow from facts, and are never marked by hand."""

    HAND = "hand", _("recorded by hand, with evidence")
    CRITERION = "criterion", _("a success criterion is met")
    DOCUMENT = "document", _("a document is adopted")
    AGREEMENT = "agreement", _("an agreement is in force")
    MEETING = "meeting", _("a body has held its first meeting")
    APPLICATION = "application", _("a funder is applied to")
    GRANT = "grant", _("a funder has granted")
    MOTHERS = "mothers", _("new mothers hold a diploma")


#: The column that says of what a milestone is measured.
MEASURED_OF: dict[str, str] = {
    Measured.CRITERION: "criterion",
    Measured.DOCUMENT: "document",
    Measured.AGREEMENT: "agreement",
    Measured.MEETING: "organisation",
    Measured.APPLICATION: "organisation",
    Measured.GRANT: "organisation",
}
OBJECTS = ("criterion", "document", "agreement", "organisation")


def _fits() -> Q:
    """Each measure has the object that it is measured of, and no other."""
    fits = Q()
    for measure in Measured:
        empty = {f"{name}__isnull": name != MEASURED_OF.get(measure) for name in OBJECTS}
        fits |= Q(measure=measure, **empty)
    return fits


class MilestoneQuerySet(ReachQuerySet):
    """Milestones in the order of the plan."""

    def in_order(self) -> "MilestoneQuerySet":
        """Those around the activities first, then activity by activity."""
        return self.order_by(F("activity__number").asc(nulls_first=True), "place", "due_on", "pk")


@tracked()
class Milestone(models.Model):
    """Something that is to be reached by a day. A plan: it is moved as one learns, and its history tells from when to
    when. That it is reached is said by what it is measured by, else by a fact (`MilestoneReached`)."""

    #: What figures rest on: never edited once made.
    fixed = ("programme_id",)

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="milestones", verbose_name=_("programme"))
    #: tells the milestones that stand in the plan from those that are added
    key = models.CharField(_("key"), max_length=20, blank=True, default="", editable=False)
    activity = models.ForeignKey(
        Activity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=_("activity"),
        help_text=_("Empty for what is around the activities."),
    )
    place = models.PositiveSmallIntegerField(
        _("order"), default=1, help_text=_("Its place among the milestones of the activity.")
    )
    title = models.CharField(
        _("milestone"), max_length=200, validators=[refuse_cpr], help_text=_("What is reached, in a sentence.")
    )
    owner_office = models.CharField(
        _("owner"), max_length=120, validators=[refuse_cpr], help_text=_("An office or an organisation.")
    )
    starts_on = models.DateField(_("work begins"), null=True, blank=True, help_text=_("Empty where no day is planned."))
    due_on = models.DateField(_("due on"))
    dated_by = models.CharField(
        _("where the day is from"),
        max_length=120,
        blank=True,
        validators=[refuse_cpr],
        help_text=_("Such as “The criteria: by the end of 2011”."),
    )
    measure = models.CharField(_("reached when"), max_length=12, choices=Measured, default=Measured.HAND)
    criterion = models.ForeignKey(
        SuccessCriterion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("success criterion")
    )
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("partnership agreement")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("body or funder")
    )

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["programme", "due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "key"], condition=~Q(key=""), name="programme_milestone_of_the_plan"
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(starts_on__lte=F("due_on")),
                name="programme_milestone_starts_before",
                violation_error_code="starts_on",
                violation_error_message=_("The work begins after the day on which it is due."),
            ),
            models.CheckConstraint(
                condition=_fits(),
                name="programme_milestone_measured",
                violation_error_code="measure",
                violation_error_message=_("Choose what it is measured of, and nothing else."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return url("programme:milestone", self.uuid)

    @property
    def is_by_hand(self) -> bool:
        return self.measure == Measured.HAND

    @property
    def measured_of(self) -> Any:
        """The criterion, document, agreement or organisation that it is measured of; None where there is none."""
        name = MEASURED_OF.get(self.measure)
        return getattr(self, name) if name else None

    def clean(self) -> None:
        """What it stands under and is measured of is of its own programme (the trigger `b_one_programme` says the
        same)."""
        super().clean()
        for name in ("activity", *OBJECTS):
            other = getattr(self, name)
            if other is not None and other.programme_id != self.programme_id:
                raise ValidationError({name: _("That belongs to another programme.")})


class NeedQuerySet(ReachQuerySet):
    """Reached through the milestone."""

    programme_path = "milestone__programme"


@tracked()
class MilestoneNeeds(models.Model):
    """A milestone waits for another one. Two milestones of one programme, and never in a circle."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="needs", verbose_name=_("milestone"))
    needed = models.ForeignKey(Milestone, models.PROTECT, related_name="needed_by", verbose_name=_("waits for"))

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("dependency of a milestone")
        verbose_name_plural = _("dependencies of milestones")
        ordering = ["milestone", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "needed"],
                name="programme_milestone_needs_once",
                violation_error_message=_("That dependency is there already."),
            ),
            models.CheckConstraint(
                condition=~Q(milestone=F("needed")),
                name="programme_milestone_needs_another",
                violation_error_code="needed",
                violation_error_message=_("A milestone cannot wait for itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} ← {self.needed}"


class MilestoneReached(DatedFact):
    """A milestone that nothing measures has been reached."""

    anchor = "milestone"

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="reachings", verbose_name=_("milestone"))

    class Meta(DatedFact.Meta):
        verbose_name = _("milestone reached")
        verbose_name_plural = _("milestones reached")
        ordering = ["happened_on"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["milestone"],
                condition=Q(retracted_at=None),
                name="programme_milestone_reached_once",
                violation_error_code="happened_on",
                violation_error_message=_("The milestone is recorded as reached already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} {self.happened_on:%d.%m.%Y}"
