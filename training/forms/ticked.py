"""A list of persons to tick: who is ticked is recorded, whoever stands already is left alone. So it may be sent twice,
and by two at once; what was wrong is retracted."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from volunteers.models import Volunteer

#: The button that records all of them.
EVERYBODY = "alle"


class TickForm(forms.Form):
    """Of these persons those who are not recorded yet can be ticked."""

    ticked = forms.MultipleChoiceField(
        label=_("Who was there?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("The list has changed meanwhile. Look at it again, and save once more.")},
    )

    def __init__(
        self, *args: Any, people: Sequence[Volunteer], standing: Collection[int], closed: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.closed = closed
        self.done = [one for one in people if one.pk in standing]
        self.open = {str(one.uuid): one for one in people if one.pk not in standing}
        ticked: Any = self.fields["ticked"]
        # Who has been recorded by another meanwhile may be ticked still: nothing comes of it.
        also = [(str(one.uuid), str(one)) for one in self.done] if self.is_bound else []
        ticked.choices = [(uuid, str(one)) for uuid, one in self.open.items()] + also

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.closed:
            raise forms.ValidationError(self.closed, code="closed")
        return cleaned

    @property
    def wanted(self) -> list[Volunteer]:
        """Who is to be recorded."""
        if EVERYBODY in self.data:
            return list(self.open.values())
        return [self.open[uuid] for uuid in self.cleaned_data["ticked"] if uuid in self.open]
