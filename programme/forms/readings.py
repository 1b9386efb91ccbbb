"""The form of checking one reading of the monthly sample."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.entry import EntryForm
from programme.models import Reading, ReadingCheck


class ReadingCheckForm(EntryForm):
    """In order or not, and where not, what has been done about it."""

    given = ("reading",)

    is_in_order = forms.TypedChoiceField(
        label=_("Was there a reason to look?"),
        choices=[("yes", _("Yes, it is in order")), ("no", _("No, or it cannot be told"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        empty_value=None,
    )

    class Meta:
        model = ReadingCheck
        fields = ["is_in_order", "note"]

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.reading = reading
        self.fields["note"].help_text = _("Where it is not in order: what is not, and what has been done. No names.")

    def record(self, *, by: Any) -> ReadingCheck:
        self.instance.checked_by = by
        self.instance.save(force_insert=True)
        return self.instance
