"""The form by which a frozen report is shared."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.entry import EntryForm
from reports.models import FrozenReport, ShareLink
from reports.models.sharing import LONGEST, USUAL


class ShareForm(EntryForm):
    """For whom, and for how long."""

    given = ("frozen", "created_on", "expires_on")

    label = forms.CharField(
        label=capfirst(_("for whom")),
        max_length=120,
        help_text=_("An office or an organisation, such as “The city council’s secretariat”. Nobody’s name."),
    )
    days = forms.IntegerField(
        label=_("So many days"),
        initial=USUAL,
        min_value=1,
        max_value=LONGEST,
        help_text=_("From 1 to 90. After the last day the link opens nothing."),
    )

    class Meta:
        model = ShareLink
        fields = ["label"]

    def __init__(self, *args: Any, frozen: FrozenReport, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.frozen, self.instance.created_by = frozen, by

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        days = self.cleaned_data.get("days") or 1
        self.instance.expires_on = self.instance.created_on + dt.timedelta(days)
        return cleaned
