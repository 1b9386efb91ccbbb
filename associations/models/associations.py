"""Associations, the areas where one may start, and the local coordinators who reach them."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from associations.models.places import HousingArea
from bydelsmoedre.addresses import url
from bydelsmoedre.history import tracked
from bydelsmoedre.personal import refuse_cpr
from bydelsmoedre.remembering import is_recalling, recall
from programme.access import ReachQuerySet, Role
from programme.models import Programme


def associations_of(user: Any) -> Any:
    """The associations that `user` is the local coordinator of, for use inside a query: as `programmes_of`."""
    if is_recalling():
        return recall(("associations_of", user.pk), lambda: list(_associations_of(user)))
    return _associations_of(user)


def _associations_of(user: Any) -> models.QuerySet:
    return AssociationGrant.objects.filter(user=user).values_list("association", flat=True)


class OwnReachQuerySet(ReachQuerySet):
    """Seen and changed in the programme, and by the local coordinator of the association that they belong to."""

    own_path: ClassVar[str] = "association"

    def reach(self, user: Any, roles: tuple[Role, ...]) -> models.Q:
        return super().reach(user, roles) | models.Q(**{f"{self.own_path}__in": associations_of(user)})


class AssociationQuerySet(OwnReachQuerySet):
    """Seen in the programme, and by the association's own local coordinator, who records its founding steps."""

    own_path = "pk"


@tracked()
class Association(models.Model):
    """A local association of neighbourhood mothers. That it is founded is derived from its founding steps."""

    #: What figures rest on: never edited once made.
    fixed = ("programme_id",)

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="associations", verbose_name=_("programme"))
    name = models.CharField(_("name"), max_length=200, validators=[refuse_cpr])
    housing_area = models.ForeignKey(
        HousingArea, models.PROTECT, related_name="associations", verbose_name=_("housing area")
    )
    opened_on = models.DateField(
        _("work on it began"),
        null=True,
        blank=True,
        help_text=_("From that day it is shown as forming. Leave empty if the day is not known."),
    )
    email = models.EmailField(_("the association's e-mail"), blank=True)
    note = models.TextField(_("note"), blank=True, max_length=2000, validators=[refuse_cpr])

    objects = AssociationQuerySet.as_manager()

    class Meta:
        verbose_name = _("association")
        verbose_name_plural = _("associations")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name"],
                name="associations_name_once",
                violation_error_code="name",
                violation_error_message=_("There is an association with that name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return url("associations:detail", self.uuid)


class FoundationOnly(ReachQuerySet):
    """Grants are kept by the Foundation."""

    programme_path = "association__programme"
    readers = (Role.FOUNDATION,)
    writers = (Role.FOUNDATION,)


@tracked()
class AssociationGrant(models.Model):
    """A local coordinator's login reaches this association: its members, attendance and founding steps."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="association_grants",
        verbose_name=_("user"),
    )
    association = models.ForeignKey(Association, models.CASCADE, related_name="grants", verbose_name=_("association"))

    objects = FoundationOnly.as_manager()

    class Meta:
        verbose_name = _("local coordinator's reach")
        verbose_name_plural = _("local coordinators' reach")
        constraints = [
            models.UniqueConstraint(fields=["user", "association"], name="associations_one_grant"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.association}"
