"""The form that merges two persons: of what they differ in, which is kept."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from volunteers.merging import merge, why_not
from volunteers.models import SamePerson, Volunteer

#: Contact data that each of the two has.
CONTACT = ("name", "email", "phone", "housing_area")


def label_of(name: str) -> str:
    """What a field of the contact data is called."""
    field: Any = Volunteer._meta.get_field(name)
    return capfirst(str(field.verbose_name))


class MergeForm(forms.Form):
    """What is kept of the contact data. Fields in which the two agree, or which only one has filled in, ask nothing."""

    def __init__(self, *args: Any, duplicate: Volunteer, kept: Volunteer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.duplicate, self.kept = duplicate, kept
        for name in self.differing():
            self.fields[name] = forms.ChoiceField(
                label=label_of(name),
                choices=[("kept", str(getattr(kept, name))), ("duplicate", str(getattr(duplicate, name)))],
                initial="kept",
                widget=forms.RadioSelect,
                help_text=_("Which one is to be kept?"),
            )

    def differing(self) -> list[str]:
        """The fields that both have filled in, differently."""
        both = [name for name in CONTACT if getattr(self.kept, name) and getattr(self.duplicate, name)]
        return [name for name in both if getattr(self.kept, name) != getattr(self.duplicate, name)]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if why := why_not(self.duplicate, self.kept):
            raise forms.ValidationError(why)
        return cleaned

    def record(self, *, by: Any) -> SamePerson:
        """Merge them, with the contact data that was chosen."""
        return merge(self.duplicate, self.kept, by=by, contact=self._chosen())

    def _chosen(self) -> dict[str, Any]:
        hers = {name for name in CONTACT if not getattr(self.kept, name) and getattr(self.duplicate, name)}
        hers |= {name for name in self.fields if self.cleaned_data[name] == "duplicate"}
        return {name: getattr(self.duplicate, name) for name in CONTACT if name in hers}
