"""What is done without a login, counted so that it can be limited."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programme.models.programme import FoundationOnly, Programme


class Attempt(models.Model):
    """That something was done without a login, at a time; gone after a day. `who` is a keyed digest from which no
    address can be read."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="attempts", verbose_name=_("programme"))
    what = models.CharField(_("what"), max_length=30)
    who = models.CharField(_("digest"), max_length=64)
    at = models.DateTimeField(_("when"))

    objects = FoundationOnly.as_manager()

    class Meta:
        verbose_name = _("attempt without a login")
        verbose_name_plural = _("attempts without a login")
        indexes = [
            models.Index(fields=["who", "at"], name="programme_attempt_by"),
            models.Index(fields=["at"], name="programme_attempt_at"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%d.%m.%Y %H:%M}"
