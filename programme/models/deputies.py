"""A deputy for holidays: somebody else on the staff holds a secretariat's role for some days."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.history import tracked
from programme.access import STAFF, ReachQuerySet, Role
from programme.models.programme import RoleGrant

#: So many days at most: whoever is to do the work for longer is given the role by the Foundation.
MOST_DAYS = 92


class DeputyQuerySet(ReachQuerySet):
    """Seen by the programme's staff, written by its secretariat."""

    programme_path = "grant__programme"
    readers = STAFF

    def of_staff(self) -> Self:
        """Those who stand in for a secretariat, and are on the programme's staff themselves: with either role it ends,
        however that was taken away or changed."""
        own = RoleGrant.objects.filter(user=OuterRef("deputy"), programme=OuterRef("grant__programme"), role__in=STAFF)
        return self.filter(Exists(own), grant__role=Role.SECRETARIAT)

    def on(self, day: dt.date) -> Self:
        """Those who stand in on the day."""
        return self.of_staff().filter(from_on__lte=day, until_on__gte=day)


@tracked()
class Deputy(models.Model):
    """From one day to another, both included, the deputy holds the role of `grant` too. It goes with the role: when
    that is taken away, so is this; and it rests on the deputy's own role on the staff. Nothing is recorded in another's
    name: what the deputy does bears her own."""

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    grant = models.ForeignKey(RoleGrant, models.CASCADE, related_name="deputies", verbose_name=_("for"))
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="deputises", verbose_name=_("deputy")
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("to and including"))

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        ordering = ["from_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["grant", "deputy", "from_on"],
                name="programme_deputy_once",
                violation_error_code="from_on",
                violation_error_message=_("She is your deputy from that day already."),
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="programme_deputy_end_after_start",
                violation_error_code="until_on",
                violation_error_message=_("The end is before the start."),
            ),
            models.CheckConstraint(
                condition=Q(until_on__lte=F("from_on") + dt.timedelta(MOST_DAYS)),
                name="programme_deputy_not_for_ever",
                violation_error_code="until_on",
                violation_error_message=_("Three months at most. For longer, the Foundation gives the role."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy}: {self.from_on:%d.%m.%Y}-{self.until_on:%d.%m.%Y}"
