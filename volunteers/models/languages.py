"""The languages that a person can work in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.languages import LANGUAGES
from programme.facts import DatedFact
from volunteers.models.people import Volunteer


class LanguageSkill(DatedFact):
    """A language that the person can work in: a working skill, not an origin."""

    class Level(models.TextChoices):
        """The levels of the Common European Framework; a first language stands apart."""

        NATIVE = "native", _("first language")
        C2 = "c2", "C2"
        C1 = "c1", "C1"
        B2 = "b2", "B2"
        B1 = "b1", "B1"
        A2 = "a2", "A2"
        A1 = "a1", "A1"

    anchor = "volunteer"

    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="languages", verbose_name=_("volunteer"))
    language = models.CharField(_("language"), max_length=3, choices=LANGUAGES)
    level = models.CharField(_("level"), max_length=6, choices=Level, blank=True, default="")

    class Meta(DatedFact.Meta):
        verbose_name = _("language of a volunteer")
        verbose_name_plural = _("languages of volunteers")
        ordering = ["language"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["volunteer", "language"],
                condition=Q(retracted_at=None),
                name="volunteers_language_once",
                violation_error_code="language",
                violation_error_message=_("The language is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        level = f" ({self.get_level_display()})" if self.level else ""
        return f"{self.get_language_display()}{level}"
