"""The form that asks for the number on a paper."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from training.numbers import bare, grouped, is_whole


class NumberForm(forms.Form):
    """A number, however it is typed; the check character tells a slip from a number that is unknown."""

    nummer = forms.CharField(
        label=_("Number on the paper"),
        max_length=40,
        help_text=_("Ten letters and figures, such as K7QM2-XRD9F. There is no 0, 1, I, L or O in it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_nummer(self) -> str:
        number = bare(self.cleaned_data["nummer"])
        if not is_whole(number):
            raise ValidationError(_("Check the number: a character is wrong."))
        return number

    @property
    def printed(self) -> str:
        """As it stands on the paper."""
        return grouped(self.cleaned_data["nummer"])
