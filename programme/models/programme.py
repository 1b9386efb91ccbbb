"""A municipality's programme, the organisations around it, and who may do what in it."""

import uuid
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.cvr import validate_cvr
from bydelsmoedre.history import tracked
from bydelsmoedre.moment import today
from bydelsmoedre.personal import refuse_cpr
from programme.access import ReachQuerySet, Role
from programme.facts import DatedFact


class ProgrammeQuerySet(ReachQuerySet):
    """A programme is its own reach."""

    programme_path = "pk"


@tracked()
class Programme(models.Model):
    """A municipality's effort, such as København 2011: everything else belongs to one."""

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200, unique=True)
    purpose = models.TextField(_("purpose"), blank=True)
    starts_on = models.DateField(_("starts on"))
    deadline = models.DateField(_("deadline"))

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(deadline__gte=models.F("starts_on")),
                name="programme_deadline_after_start",
                violation_error_message=_("The deadline is before the start."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class FoundationOnly(ReachQuerySet):
    """Rows that the Foundation keeps and nobody else sees."""

    readers = (Role.FOUNDATION,)
    writers = (Role.FOUNDATION,)


class RoleGrantQuerySet(FoundationOnly):
    """Written by the Foundation alone; held by whoever it was given, and by her deputy while she is away."""

    def held_by(self, user: Any) -> Self:
        """The roles that the user has today, her own and those that she holds for somebody."""
        standing_in = apps.get_model("programme.Deputy").objects.on(today()).filter(deputy=user)
        return self.filter(Q(user=user) | Q(pk__in=standing_in.values("grant")))


@tracked()
class RoleGrant(models.Model):
    """A user's role in a programme. The whole of who may what, in one table."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="role_grants", verbose_name=_("user")
    )
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="role_grants", verbose_name=_("programme"))
    role = models.CharField(_("role"), max_length=20, choices=Role)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role of a user")
        verbose_name_plural = _("roles of users")
        ordering = ["programme", "role"]
        constraints = [
            models.UniqueConstraint(fields=["user", "programme", "role"], name="programme_one_grant"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.programme}"


@tracked()
class Organisation(models.Model):
    """A municipality, a foundation, a body that decides, or another party to the programme."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality")
        FOUNDATION = "foundation", _("foundation")
        STEERING_GROUP = "steering_group", _("national steering group")
        BODY = "body", _("deciding body")
        SECRETARIAT = "secretariat", _("national secretariat")
        HOUSING_PLAN = "housing_plan", _("housing plan")
        OTHER = "other", _("other")

    #: What figures rest on: never edited once made.
    fixed = ("kind", "programme_id")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="organisations", verbose_name=_("programme"))
    name = models.CharField(_("name"), max_length=200, validators=[refuse_cpr])
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="bodies", verbose_name=_("part of")
    )
    cvr = models.CharField(
        _("CVR number"),
        max_length=8,
        blank=True,
        default="",
        validators=[validate_cvr],
        help_text=_("Eight digits. It stands on the reports that the organisation sends."),
    )

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name"],
                name="programme_organisation_once",
                violation_error_message=_("The organisation exists already."),
            ),
            models.CheckConstraint(
                condition=Q(cvr="") | Q(cvr__regex=r"^[0-9]{8}$"),
                name="programme_organisation_cvr",
                violation_error_code="cvr",
                violation_error_message=_("A CVR number has eight digits."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Activity(models.Model):
    """One of the coordinator's activities: a work plan, not a criterion."""

    #: What milestones rest on: never edited once made.
    fixed = ("programme_id",)

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="activities", verbose_name=_("programme"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.TextField(_("title"))

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="programme_activity_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class StatedNumber(DatedFact):
    """A number that a source states about the programme as a whole, such as 48 paid mothers before it began.

    Totals only: who the persons behind a total are is never stored (domain.md, traps 5 and 7).
    """

    class Kind(models.TextChoices):
        PAID_MOTHERS = "paid_mothers", _("paid mothers before the programme")
        PROTEST_SIGNATURES = "protest_signatures", _("signatures on the protest")
        EXPECTED_LOW = "expected_low", _("expected to go on as volunteers, at least")
        EXPECTED_HIGH = "expected_high", _("expected to go on as volunteers, at most")
        PAID_MODEL_ESTIMATE = "paid_model_estimate", _("estimate of the unchanged paid model, kr. a year")
        VOLUNTARY_PROJECTS = "voluntary_projects", _("voluntary projects in the rest of the country")

    anchor = "programme"
    erasable = ()

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="stated_numbers", verbose_name=_("programme"))
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    number = models.DecimalField(_("number"), max_digits=14, decimal_places=2)

    class Meta(DatedFact.Meta):
        verbose_name = _("stated number")
        verbose_name_plural = _("stated numbers")
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "kind", "happened_on"],
                condition=models.Q(retracted_at=None),
                name="programme_stated_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.number:.0f}"
