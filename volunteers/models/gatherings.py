"""An association's own meetings: planned, held, and who came to the monthly one.

Not the meetings of the bodies around the programme (`programme.models.meetings`). They stand in this app, since who
came is a fact about a person.
"""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from associations.models import Association, associations_of
from bydelsmoedre.addresses import url
from bydelsmoedre.history import tracked
from bydelsmoedre.personal import refuse_cpr
from programme.access import PersonQuerySet, Role, kept_out
from programme.facts import DatedFact, FactQuerySet
from volunteers.models.people import Volunteer


class GatheringQuerySet(PersonQuerySet):
    """Seen by secretariat and Foundation, and by the association's own local coordinator; never by the municipality."""

    programme_path = "association__programme"

    def reach(self, user: Any, roles: tuple[Role, ...]) -> Q:
        own = Q(association__in=associations_of(user)) & ~kept_out(user, self.programme_path)
        return super().reach(user, roles) | own


@tracked()
class Gathering(models.Model):
    """A meeting of an association as it is planned. That it was held is a fact about it, recorded on the day that is
    planned: where it was held on another day, the plan follows. A meeting that nobody planned is written down when it
    is recorded as held."""

    class Kind(models.TextChoices):
        MONTHLY = "monthly", _("monthly meeting")
        BOARD = "board", _("board meeting")
        GENERAL = "general", _("general meeting")
        EXTRAORDINARY = "extraordinary", _("extraordinary general meeting")

    #: What figures rest on: never edited once made.
    fixed = ("association_id", "kind")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    association = models.ForeignKey(
        Association, models.PROTECT, related_name="gatherings", verbose_name=_("association")
    )
    kind = models.CharField(_("kind of meeting"), max_length=15, choices=Kind)
    planned_on = models.DateField(_("planned for"))
    starts_at = models.TimeField(pgettext_lazy("time of day", "from"), null=True, blank=True)
    place = models.CharField(
        _("place"), max_length=120, blank=True, validators=[refuse_cpr], help_text=_("Not a private address.")
    )
    is_cancelled = models.BooleanField(_("cancelled"), default=False)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        verbose_name = _("association's meeting")
        verbose_name_plural = _("associations' meetings")
        ordering = ["planned_on", "kind"]
        indexes = [models.Index(fields=["planned_on", "kind"], name="volunteers_gathering_on")]
        constraints = [
            models.UniqueConstraint(
                fields=["association", "kind", "planned_on"],
                name="volunteers_gathering_once",
                violation_error_code="planned_on",
                violation_error_message=_("The association has such a meeting on that day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.planned_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return url("volunteers:gathering", self.uuid)


class GatheringHeld(DatedFact):
    """The association's meeting was held; its minutes, which may follow later, are the evidence. That it was held on
    the day that is planned is kept by the triggers `gathering_held_on_its_day` and `gathering_keeps_its_day`: so an
    association holds one meeting of a kind on a day."""

    anchor = "gathering"

    gathering = models.ForeignKey(
        Gathering, models.PROTECT, related_name="holdings", verbose_name=_("association's meeting")
    )

    class Meta(DatedFact.Meta):
        verbose_name = _("association's meeting held")
        verbose_name_plural = _("associations' meetings held")
        ordering = ["happened_on"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["gathering"],
                condition=Q(retracted_at=None),
                name="volunteers_gathering_held_once",
                violation_error_code="happened_on",
                violation_error_message=_("The meeting is recorded as held already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.gathering)


class PresenceQuerySet(FactQuerySet):
    """Seen where both the person and the meeting are within reach: a local coordinator learns nothing of what her
    members come to elsewhere."""

    def _through(self, question: str, user: Any) -> Self:
        meetings = getattr(Gathering.objects, question)(user)
        return super()._through(question, user).filter(gathering__in=meetings)


class Presence(DatedFact):
    """A person came to a monthly meeting of her association. Of who did not come nothing is stored."""

    anchor = "volunteer"

    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="presences", verbose_name=_("volunteer"))
    gathering = models.ForeignKey(
        Gathering, models.PROTECT, related_name="presences", verbose_name=_("association's meeting")
    )

    objects = PresenceQuerySet.as_manager()  # type: ignore[misc]  # asks more than Fact's

    class Meta(DatedFact.Meta):
        verbose_name = _("presence at a monthly meeting")
        verbose_name_plural = _("presences at monthly meetings")
        ordering = ["happened_on"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["gathering", "volunteer"],
                condition=Q(retracted_at=None),
                name="volunteers_present_once",
                violation_error_code="volunteer",
                violation_error_message=_("She is recorded as present already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer} {self.happened_on:%d.%m.%Y}"
