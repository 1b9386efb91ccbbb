"""Hearings: a version of a document is put before others, who answer until a day; and what they answered.

When a version is in hearing is told by `Hearing` alone: on the days of its period, both ends included. On those days
nobody adopts it (`programme.hearings`, and the trigger `c_not_in_hearing`).
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.personal import refuse_cpr
from programme.facts import DatedFact, PeriodFact
from programme.models.documents import DocumentVersion
from programme.models.programme import Organisation


class Hearing(PeriodFact):
    """A version is in hearing from the day it was sent to the last day on which answers are wanted. Another last day is
    its next version."""

    anchor = "version"
    erasable = ("note", "others")

    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="hearings", verbose_name=_("version"))
    #: organisations of the programme, by identity: a fact is referred to by nothing, so it holds them itself
    asked = ArrayField(models.UUIDField(), verbose_name=_("who is asked"), default=list, blank=True)
    others = models.CharField(
        _("others who are asked"),
        max_length=200,
        blank=True,
        default="",
        validators=[refuse_cpr],
        help_text=_("Such as the local associations. Offices and associations, nobody's name."),
    )

    class Meta(PeriodFact.Meta):
        verbose_name = _("hearing")
        verbose_name_plural = _("hearings")
        ordering = ["started_on"]
        constraints = [
            *PeriodFact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended_on__isnull=False),
                name="programme_hearing_has_last_day",
                violation_error_code="ended_on",
                violation_error_message=_("Write until when answers are wanted."),
            ),
            ExclusionConstraint(
                name="programme_hearing_one_at_a_time",
                expressions=[("version", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(retracted_at=None),
                violation_error_code="started_on",
                violation_error_message=_("The version is in another hearing on some of those days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.started_on:%d.%m.%Y}–{self.ended_on:%d.%m.%Y}"


class HearingComment(DatedFact):
    """An answer in a hearing: from whom, to which part, in words. What came of it is its next version."""

    class Answer(models.TextChoices):
        TAKEN_IN = "taken_in", _("taken in")
        NOT_TAKEN_IN = "not_taken_in", _("not taken in")

    anchor = "version"
    erasable = ("note", "text", "because")

    version = models.ForeignKey(
        DocumentVersion, models.PROTECT, related_name="hearing_comments", verbose_name=_("version")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hearing_comments",
        verbose_name=_("organisation"),
    )
    sender = models.CharField(
        _("another sender"),
        max_length=120,
        blank=True,
        default="",
        validators=[refuse_cpr],
        help_text=_("An office or an association, never a person."),
    )
    heading = models.CharField(_("about the part"), max_length=200, blank=True, default="", validators=[refuse_cpr])
    text = models.TextField(_("answer in the hearing"), max_length=4000, validators=[refuse_cpr])
    answer = models.CharField(_("what came of it"), max_length=12, choices=Answer, blank=True, default="")
    because = models.TextField(_("because"), max_length=1000, blank=True, default="", validators=[refuse_cpr])
    answered_on = models.DateField(_("answered on"), null=True, blank=True)

    class Meta(DatedFact.Meta):
        verbose_name = _("answer in a hearing")
        verbose_name_plural = _("answers in hearings")
        ordering = ["happened_on", "pk"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(sender=""),
                name="programme_comment_has_sender",
                violation_error_code="sender",
                violation_error_message=_("Choose who answered, or write it."),
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None)
                | (~Q(answer="") & Q(answered_on__isnull=False, answered_on__gte=F("happened_on"))),
                name="programme_comment_answered_after",
                violation_error_code="answered_on",
                violation_error_message=_("It was not received yet on that day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.organisation or self.sender} {self.happened_on:%d.%m.%Y}"
