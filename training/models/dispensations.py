"""Exceptions from the diploma: the secretariat lets somebody be a neighbourhood mother before she has it."""

from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programme.access import STAFF, programmes_of
from programme.facts import PeriodFact, SecretariatChanges
from volunteers.models import Volunteer


class DispensationQuerySet(SecretariatChanges):
    """Made and retracted by the secretariat, read by the Foundation: why she was let through is told to nobody else."""

    def visible_to(self, user: Any) -> Self:
        if user.is_superuser:
            return super().visible_to(user)
        return super().visible_to(user).filter(volunteer__programme__in=programmes_of(user, STAFF))


class Dispensation(PeriodFact):
    """A person may be a neighbourhood mother without a diploma from a day on. Who decided it is who recorded it; why
    stands in the note, which the database asks for (`training.roles`)."""

    anchor = "volunteer"

    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="dispensations", verbose_name=_("volunteer"))

    objects = DispensationQuerySet.as_manager()  # type: ignore[misc]  # asks more than Fact's

    class Meta(PeriodFact.Meta):
        verbose_name = _("exception from the diploma")
        verbose_name_plural = _("exceptions from the diploma")
        ordering = ["started_on"]
        constraints = [
            *PeriodFact.Meta.constraints,
            ExclusionConstraint(
                name="training_one_dispensation",
                expressions=[("volunteer", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(retracted_at=None),
                violation_error_code="started_on",
                violation_error_message=_("An exception is recorded already in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.started_on:%d.%m.%Y}"
