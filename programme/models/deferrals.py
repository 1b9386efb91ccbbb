"""“Vent til …”: what needs attention, and waits until a day for a reason that is chosen."""

import datetime as dt
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programme.access import STAFF, programmes_of
from programme.facts import FactQuerySet, PeriodFact
from programme.models.programme import Programme

#: So many days it can wait at most; then it is asked about again.
MOST_DAYS = 92


class DeferralQuerySet(FactQuerySet):
    """Seen by the programme's staff, and by the local coordinator who recorded it; taken back by the secretariat and by
    her."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(
            Q(programme__in=programmes_of(user, STAFF)) | Q(recorded_by=user, recorded_by__is_active=True)
        )

    def changeable_by(self, user: Any) -> Self:
        mine = Q(recorded_by=user, recorded_by__is_active=True)
        return self.filter(Q(programme__in=Programme.objects.changeable_by(user)) | mine)


class Deferral(PeriodFact):
    """A finding waits, up to and including the last day. It is told so wherever it is shown, and stays away from the
    lists of what is to be done. There are no words of one's own: it may be about a person."""

    class Reason(models.TextChoices):
        ANSWER = "answer", _("an answer is awaited")
        MEETING = "meeting", _("it is taken up at the next meeting")
        AGREED = "agreed", _("agreed with those it concerns")
        HOLIDAYS = "holidays", _("holidays")
        PLANNED = "planned", _("it is planned for later")

    anchor = "programme"
    erasable = ()

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="deferrals", verbose_name=_("programme"))
    code = models.CharField(_("kind"), max_length=40)
    thing = models.UUIDField(_("what it is about"))
    why = models.CharField(_("reason"), max_length=20, choices=Reason)

    objects = DeferralQuerySet.as_manager()  # type: ignore[misc]  # asks more than Fact's

    class Meta(PeriodFact.Meta):
        verbose_name = _("deferral")
        verbose_name_plural = _("deferrals")
        ordering = ["ended_on", "pk"]
        constraints = [
            *PeriodFact.Meta.constraints,
            ExclusionConstraint(
                name="programme_deferral_one",
                expressions=[
                    ("programme", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    ("thing", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(retracted_at=None),
                violation_error_message=_("It waits already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=False) & Q(ended_on__lte=F("started_on") + dt.timedelta(MOST_DAYS)),
                name="programme_deferral_not_for_ever",
                violation_error_message=_("Three months at most."),
            ),
            models.CheckConstraint(condition=Q(note="", evidence=None), name="programme_deferral_without_words"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.ended_on:%d.%m.%Y}"
