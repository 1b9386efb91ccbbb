"""That two who were recorded as persons of their own are one: a fact, which telling them apart retracts."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.history import tracked
from programme.access import PersonQuerySet
from programme.facts import DatedFact, SecretariatChanges
from volunteers.models.people import Volunteer


class SamePerson(DatedFact):
    """`duplicate` is the person who is kept as `kept`. Every fact keeps the person of whom it was recorded; figures
    count the kept one, as known then: on whichever day the merge was recorded, it holds for all days (core.md).

    The database keeps merges flat: who is kept is nobody's duplicate.
    """

    anchor = "kept"

    duplicate = models.ForeignKey(
        Volunteer, models.PROTECT, related_name="same_as", verbose_name=_("the one who was recorded again")
    )
    kept = models.ForeignKey(
        Volunteer, models.PROTECT, related_name="duplicates", verbose_name=_("the one who is kept")
    )

    objects = SecretariatChanges.as_manager()  # type: ignore[misc]  # asks more than Fact's

    class Meta(DatedFact.Meta):
        verbose_name = _("same person")
        verbose_name_plural = _("same persons")
        ordering = ["happened_on"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["duplicate"],
                condition=Q(retracted_at=None),
                name="volunteers_merged_once",
                violation_error_message=_("She has been merged with somebody already."),
            ),
            models.CheckConstraint(
                condition=~Q(duplicate=F("kept")),
                name="volunteers_merged_with_another",
                violation_error_message=_("A person cannot be merged with herself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duplicate} = {self.kept}"


class DifferentPersonsQuerySet(PersonQuerySet):
    """Told apart by the secretariat."""

    programme_path = "first__programme"


@tracked()
class DifferentPersons(models.Model):
    """Two who look alike and are not the same: they are not suggested again. `first` has the lower key."""

    #: What erasing empties: nothing stands here, but what refers to a person is about her.
    personal = ()

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    first = models.ForeignKey(Volunteer, models.CASCADE, related_name="+", verbose_name=_("the first"))
    second = models.ForeignKey(Volunteer, models.CASCADE, related_name="+", verbose_name=_("the second"))

    objects = DifferentPersonsQuerySet.as_manager()

    class Meta:
        verbose_name = _("different persons")
        verbose_name_plural = _("different persons")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="volunteers_told_apart_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="volunteers_told_apart_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"
