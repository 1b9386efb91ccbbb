"""Effect indicators (*effektmål*): what is measured, what it is to come to in which period, and what it was measured to
be. Not measured is the absence of a measurement; a measurement of 0 is 0."""

import datetime as dt
import uuid
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.addresses import url
from bydelsmoedre.history import tracked
from bydelsmoedre.moment import Moment
from bydelsmoedre.personal import refuse_cpr
from programme.access import ReachQuerySet
from programme.facts import DatedFact
from programme.models.programme import Programme


class Direction(models.TextChoices):
    """Which way is better."""

    UP = "up", _("upwards: more is better")
    DOWN = "down", _("downwards: less is better")


class Source(models.TextChoices):
    """Where an indicator's numbers come from."""

    MEASURED = "measured", _("measured by hand")
    COMPUTED = "computed", _("computed from what is recorded")


class Computed(models.TextChoices):
    """What can be computed; `reports.figures.effects` says of each how."""

    CONVERSATIONS = "conversations", _("conversations")
    NEW_MOTHERS = "new_mothers", _("new mothers with a diploma")
    COORDINATORS = "coordinators", _("trained coordinators who count")
    ASSOCIATIONS = "associations_running", _("associations in operation")
    HOURS = "attended_hours", _("hours attended at training")


class Grouping(models.TextChoices):
    """What a computed number is broken down by."""

    AREA = "area", _("district")
    LANGUAGE = "language", _("language")
    ASSOCIATION = "association", _("association")


#: A target's period, as PostgreSQL generates it. Where it ends before it begins it is one day long, so that the check
#: constraint speaks and not a data error.
PERIOD = Func(
    F("started_on"),
    Greatest(F("started_on"), F("ended_on")),
    Value("[]"),
    function="daterange",
    output_field=DateRangeField(),
)


def contradicts(direction: str, baseline: Any, target: Any) -> bool:
    """Is the target on the wrong side of the baseline? The baseline itself is on neither; one that is not known
    contradicts nothing."""
    if baseline is None or target is None:
        return False
    return bool(target < baseline if direction == Direction.UP else target > baseline)


@tracked()
class EffectIndicator(models.Model):
    """Something that the effort is to change, and how that is seen. A plan: it is written on as one learns."""

    #: What figures rest on: never edited once made.
    fixed = ("programme_id", "source")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="effect_indicators", verbose_name=_("programme")
    )
    name = models.CharField(_("name"), max_length=120, validators=[refuse_cpr])
    unit = models.CharField(
        _("unit"), max_length=40, validators=[refuse_cpr], help_text=_("What is counted, such as conversations or %.")
    )
    direction = models.CharField(_("direction"), max_length=5, choices=Direction, default=Direction.UP)
    baseline = models.DecimalField(
        _("baseline"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("What it was before. Empty where nobody knows: empty is not 0."),
    )
    is_cumulative = models.BooleanField(
        _("cumulative"),
        default=False,
        help_text=_("Each number is a total since the start, so that the latest one holds all."),
    )
    how_measured = models.TextField(
        _("how it is measured"),
        blank=True,
        max_length=1000,
        validators=[refuse_cpr],
        help_text=_("In a sentence or two."),
    )
    measured_by = models.CharField(
        _("measured by"),
        max_length=120,
        validators=[refuse_cpr],
        help_text=_("An office or an organisation, never a person."),
    )
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.MEASURED)
    computed_figure = models.CharField(_("computed figure"), max_length=24, choices=Computed, blank=True, default="")
    only_association = models.UUIDField(_("only the association"), null=True, blank=True)
    only_topic = models.CharField(_("only the topic"), max_length=15, blank=True, default="")
    grouping = models.CharField(_("broken down by"), max_length=12, choices=Grouping, blank=True, default="")
    is_proposed = models.BooleanField(
        _("proposed"), default=True, help_text=_("Not agreed yet between those who are to be measured by it.")
    )

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("effect indicator")
        verbose_name_plural = _("effect indicators")
        ordering = ["programme", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name"],
                name="programme_indicator_once",
                violation_error_code="name",
                violation_error_message=_("There is an indicator of that name already."),
            ),
            models.CheckConstraint(
                condition=Q(source=Source.COMPUTED) & ~Q(computed_figure="")
                | Q(source=Source.MEASURED, computed_figure="", only_association=None, only_topic="", grouping=""),
                name="programme_indicator_computed",
                violation_error_code="computed_figure",
                violation_error_message=_("Choose a figure where the indicator is computed, and only there."),
            ),
            models.CheckConstraint(
                condition=Q(source=Source.COMPUTED) | ~Q(how_measured=""),
                name="programme_indicator_how",
                violation_error_code="how_measured",
                violation_error_message=_("Write how it is measured."),
            ),
            models.CheckConstraint(
                condition=Q(only_topic="") | Q(computed_figure=Computed.CONVERSATIONS),
                name="programme_indicator_topic",
                violation_error_code="only_topic",
                violation_error_message=_("Only conversations have topics."),
            ),
            models.CheckConstraint(
                condition=~Q(computed_figure=Computed.ASSOCIATIONS, grouping=Grouping.LANGUAGE),
                name="programme_indicator_grouping",
                violation_error_code="grouping",
                violation_error_message=_("An association has no language to be broken down by."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return url("programme:effect", self.uuid)

    @property
    def is_computed(self) -> bool:
        return self.source == Source.COMPUTED

    def clean(self) -> None:
        """The baseline and the direction fit the targets that are set."""
        super().clean()
        if self.pk is None or self.baseline is None:
            return
        for value in self.targets.values_list("value", flat=True):
            if contradicts(self.direction, self.baseline, value):
                raise ValidationError({"baseline": _("A target is on the wrong side of that baseline.")})


class TargetQuerySet(ReachQuerySet):
    """Reached through the indicator."""

    programme_path = "indicator__programme"

    def due(self, on: dt.date) -> Self:
        """Those whose period is over, and whose last day is not measured; the first one first. What is computed is
        never due. (In SQL: the finding `measurement_due`.)"""
        measured = Measurement.objects.at(Moment(on)).filter(
            indicator=OuterRef("indicator"), covers_to=OuterRef("ended_on")
        )
        over = self.filter(indicator__source=Source.MEASURED, ended_on__lt=on)
        return over.filter(~Exists(measured)).order_by("started_on")


@tracked()
class IndicatorTarget(models.Model):
    """What an indicator is to come to in a period."""

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    indicator = models.ForeignKey(
        EffectIndicator, models.PROTECT, related_name="targets", verbose_name=_("effect indicator")
    )
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("to and including"))
    value = models.DecimalField(_("target"), max_digits=14, decimal_places=2)
    period = models.GeneratedField(expression=PERIOD, output_field=DateRangeField(), db_persist=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target of an effect indicator")
        verbose_name_plural = _("targets of effect indicators")
        ordering = ["indicator", "started_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("started_on")),
                name="programme_target_end_after_start",
                violation_error_code="ended_on",
                violation_error_message=_("The end is before the start."),
            ),
            ExclusionConstraint(
                name="programme_target_one_at_a_time",
                expressions=[("indicator", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_code="started_on",
                violation_error_message=_("Another target holds in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.started_on:%d.%m.%Y}–{self.ended_on:%d.%m.%Y}"

    def clean(self) -> None:
        """No target contradicts the direction (the database's trigger `programme_target_direction` says the same)."""
        super().clean()
        if self.indicator_id and contradicts(self.indicator.direction, self.indicator.baseline, self.value):
            raise ValidationError({"value": wrong_side(self.indicator.direction)})


def wrong_side(direction: str) -> Any:
    """Why a target is refused."""
    if direction == Direction.UP:
        return _("More is better, so the target cannot be below the baseline.")
    return _("Less is better, so the target cannot be above the baseline.")


class Measurement(DatedFact):
    """What an indicator was measured to be, about a period that is over."""

    anchor = "indicator"

    indicator = models.ForeignKey(
        EffectIndicator, models.PROTECT, related_name="measurements", verbose_name=_("effect indicator")
    )
    covers_from = models.DateField(_("about the period from"))
    covers_to = models.DateField(_("about the period to and including"))
    value = models.DecimalField(_("measured"), max_digits=14, decimal_places=2)

    class Meta(DatedFact.Meta):
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["covers_to", "covers_from"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(covers_to__gte=F("covers_from")),
                name="programme_measurement_period",
                violation_error_code="covers_to",
                violation_error_message=_("The end is before the start."),
            ),
            models.CheckConstraint(
                condition=Q(happened_on__gte=F("covers_to")),
                name="programme_measurement_after",
                violation_error_code="happened_on",
                violation_error_message=_("The period was not over on that day."),
            ),
            models.UniqueConstraint(
                fields=["indicator", "covers_from", "covers_to"],
                condition=Q(retracted_at=None),
                name="programme_measurement_once",
                violation_error_code="covers_to",
                violation_error_message=_("That period is measured already. Correct or retract that measurement."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.covers_from:%d.%m.%Y}–{self.covers_to:%d.%m.%Y}"
