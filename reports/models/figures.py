"""A programme as the administration shows its figures."""

from django.utils.translation import gettext_lazy as _

from programme.models import Programme


class ProgrammeFigures(Programme):
    """A programme, asked for its figures: nothing is stored."""

    class Meta:
        proxy = True
        verbose_name = _("figures of a programme")
        verbose_name_plural = _("figures of the programmes")
