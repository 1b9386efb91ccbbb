"""The form of a risk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.stale import StaleFormMixin
from programme.models import Programme, Risk


def rating(label: Any, low: Any, high: Any) -> forms.TypedChoiceField:
    """From 1 to 5."""
    words = {1: low, 5: high}
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        empty_value=None,
        choices=[("", _("Choose")), *((one, words.get(one, str(one))) for one in range(1, 6))],
    )


class RiskForm(StaleFormMixin, EntryForm):
    """What may go wrong, how likely and how bad, what is done and by whom, and when it is looked at next."""

    given = ("programme",)

    likelihood = rating(_("Likelihood"), _("1, unlikely"), _("5, almost certain"))
    impact = rating(_("Impact"), _("1, small"), _("5, great"))
    next_look_on = DanishDateField(label=_("Next look"), required=False, may_be_future=True)
    closed_on = DanishDateField(
        label=_("Closed on"), required=False, help_text=_("Where it is no longer a risk; else empty.")
    )

    class Meta:
        model = Risk
        fields = [
            "text", "consequence", "likelihood", "impact", "action", "owner_office", "next_look_on", "closed_on",
        ]  # fmt: skip
        widgets = {
            "text": forms.Textarea(attrs={"rows": 2}),
            "consequence": forms.Textarea(attrs={"rows": 3}),
            "action": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
