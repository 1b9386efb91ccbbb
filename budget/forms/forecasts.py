"""The form with which a line's method is chosen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budget.models import ForecastMethod
from programme.entry import FactForm


class ForecastMethodForm(FactForm):
    """How the rest of a line's year is foretold."""

    evidence_text = None
    is_of_today = True
    given = ("line",)

    class Meta(FactForm.Meta):
        model: Any = ForecastMethod
        fields = ["method", "happened_on", "note"]

    def __init__(self, *args: Any, line: Any, standing: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.line = line
        method: Any = self.fields["method"]
        method.label = _("The rest of the year")
        method.widget = forms.RadioSelect(choices=[one for one in method.choices if one[0]])
        method.initial = standing
        self.fields["happened_on"].help_text = _("The forecast follows it from this day on.")
