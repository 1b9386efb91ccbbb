"""Meetings of the bodies around the programme: planned, held, what was decided, and who does what by when."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bydelsmoedre.addresses import url
from bydelsmoedre.history import tracked
from bydelsmoedre.personal import refuse_cpr
from programme.access import ReachQuerySet
from programme.facts import DatedFact
from programme.models.programme import Organisation, Programme


@tracked()
class Meeting(models.Model):
    """A meeting as it is planned. That it was held is a fact about it."""

    #: What figures rest on: never edited once made.
    fixed = ("programme_id", "body_id")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="meetings", verbose_name=_("programme"))
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="meetings", verbose_name=_("body"))
    title = models.CharField(_("title"), max_length=120, validators=[refuse_cpr])
    planned_on = models.DateField(_("planned for"))
    starts_at = models.TimeField(pgettext_lazy("time of day", "from"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True, validators=[refuse_cpr])
    agenda = models.TextField(_("agenda"), blank=True, max_length=4000, validators=[refuse_cpr])

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["planned_on"]
        indexes = [models.Index(fields=["programme", "planned_on"], name="programme_meeting_on")]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "body", "planned_on"],
                name="programme_meeting_once",
                violation_error_code="planned_on",
                violation_error_message=_("The body has a meeting on that day already."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return url("programme:meeting", self.uuid)


class MeetingHeld(DatedFact):
    """The meeting was held; its minutes are the evidence."""

    anchor = "meeting"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="holdings", verbose_name=_("meeting"))

    class Meta(DatedFact.Meta):
        verbose_name = _("meeting held")
        verbose_name_plural = _("meetings held")
        ordering = ["happened_on"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(retracted_at=None),
                name="programme_meeting_held_once",
                violation_error_code="happened_on",
                violation_error_message=_("The meeting is recorded as held already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.happened_on:%d.%m.%Y}"


class Decision(DatedFact):
    """What a meeting decided, in a sentence. Decisions on documents are adoptions."""

    anchor = "meeting"
    erasable = ()

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions", verbose_name=_("meeting"))
    text = models.CharField(_("decision"), max_length=500, validators=[refuse_cpr])

    class Meta(DatedFact.Meta):
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["happened_on", "pk"]
        constraints = [*DatedFact.Meta.constraints]

    def __str__(self) -> str:
        return self.text


class ActionQuerySet(ReachQuerySet):
    """Reached through the meeting."""

    programme_path = "meeting__programme"


@tracked()
class ActionPoint(models.Model):
    """What somebody is to do after a meeting, and by when."""

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="action_points", verbose_name=_("meeting"))
    text = models.CharField(_("what"), max_length=300, validators=[refuse_cpr])
    office = models.CharField(
        _("who"), max_length=120, validators=[refuse_cpr], help_text=_("An office or an organisation.")
    )
    due_on = models.DateField(_("due on"))

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action point")
        verbose_name_plural = _("action points")
        ordering = ["due_on"]
        indexes = [models.Index(fields=["due_on"], name="programme_action_due")]

    def __str__(self) -> str:
        return self.text


class ActionDone(DatedFact):
    """An action point has been carried out."""

    anchor = "action_point"

    action_point = models.ForeignKey(
        ActionPoint, models.PROTECT, related_name="completions", verbose_name=_("action point")
    )

    class Meta(DatedFact.Meta):
        verbose_name = _("action carried out")
        verbose_name_plural = _("actions carried out")
        ordering = ["happened_on"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["action_point"],
                condition=Q(retracted_at=None),
                name="programme_action_done_once",
                violation_error_code="happened_on",
                violation_error_message=_("The action is recorded as carried out already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_point} {self.happened_on:%d.%m.%Y}"
