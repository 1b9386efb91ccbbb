"""Forms of the months: closed, and opened again by another person."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budget.models import ClosedMonth
from budget.periods import Month
from bydelsmoedre.moment import today
from bydelsmoedre.personal import refuse_cpr
from programme.entry import FactForm
from programme.seen import AboutFactForm


class CloseForm(FactForm):
    """Nothing more is booked in the month."""

    evidence_text = None

    given = ("budget", "month")

    class Meta(FactForm.Meta):
        model = ClosedMonth
        fields: list[str] = []

    def __init__(self, *args: Any, budget: Any, month: Month, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.budget, self.instance.month = budget, month.first
        self.instance.happened_on = today()
        self.month = month

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.month.last >= today():
            raise forms.ValidationError(gettext("The month is not over yet."), code="early")
        return cleaned


class ReopenForm(AboutFactForm):
    """Why the month is opened again."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Why must something be booked in it? The reason is kept."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_cpr],
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.fact.recorded_by_id == self.by.pk:
            raise forms.ValidationError(
                gettext("You closed the month yourself. Another person must open it again."), code="same"
            )
        return cleaned
