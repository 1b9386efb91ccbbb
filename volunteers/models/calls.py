"""That somebody was called, and what came of it: a fact without a word about her."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programme.facts import DatedFact
from volunteers.models.people import Volunteer


class Call(DatedFact):
    """An attempt to reach a person. Nothing is written about it: what was said is nobody else's."""

    class Outcome(models.TextChoices):
        REACHED = "reached", _("called")
        NO_ANSWER = "no_answer", _("no answer")
        AGAIN = "again", _("call again")

    anchor = "volunteer"
    erasable = ()

    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="calls", verbose_name=_("volunteer"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    call_again_on = models.DateField(_("call again on"), null=True, blank=True)

    class Meta(DatedFact.Meta):
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-happened_on", "-pk"]
        indexes = [
            *DatedFact.Meta.indexes,
            models.Index(fields=["volunteer", "happened_on"], name="volunteers_call_to"),
        ]
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(note="", evidence=None),
                name="volunteers_call_wordless",
                violation_error_message=_("Nothing is written about a call."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="again", call_again_on__isnull=False)
                | (~Q(outcome="again") & Q(call_again_on=None)),
                name="volunteers_call_again_has_a_day",
                violation_error_code="call_again_on",
                violation_error_message=_("The day belongs to “call again”, and to that alone."),
            ),
            models.CheckConstraint(
                condition=Q(call_again_on=None) | Q(call_again_on__gt=F("happened_on")),
                name="volunteers_call_again_later",
                violation_error_code="call_again_on",
                violation_error_message=_("Choose a day after the call."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.happened_on:%d.%m.%Y}"
