"""The public application: few fields, and two that only machines fill in."""

import time
from typing import Any

from django import forms
from django.core import signing
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from associations.models import HousingArea
from bydelsmoedre.entry import in_danish_order
from bydelsmoedre.fields import refuse_cpr_in
from bydelsmoedre.languages import LANGUAGES
from bydelsmoedre.sorting import danish_order
from bydelsmoedre.stale import send_next_time
from programme.models import Programme
from volunteers.models import Volunteer

_SALT = "volunteers.application"

#: Nobody fills the form in within so many seconds; after so many, it is opened anew.
QUICKEST, LONGEST = 2, 24 * 60 * 60


class ApplicationForm(forms.Form):
    """Name and a way to reach her; where she lives and what she speaks, if she likes to say so."""

    name = forms.CharField(label=_("Your name"), max_length=200)
    phone = forms.CharField(
        label=_("Your phone number"),
        required=False,
        max_length=20,
        validators=Volunteer._meta.get_field("phone").validators,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(label=_("Your e-mail"), required=False, max_length=254)
    housing_area = forms.ModelChoiceField(
        HousingArea.objects.none(),
        label=_("Where do you live?"),
        required=False,
        empty_label=_("Elsewhere, or not stated"),
    )
    languages = forms.MultipleChoiceField(
        label=_("Which languages do you speak?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose those in which you can have a conversation. You need not choose any."),
    )
    #: Hidden from people: what fills it in is a machine.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    opened_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area: Any = self.fields["housing_area"]
        area.queryset = HousingArea.objects.filter(programme=programme).order_by(danish_order("name"))
        languages: Any = self.fields["languages"]
        languages.choices = in_danish_order([(code, capfirst(str(name))) for code, name in LANGUAGES])
        self.fields["opened_at"].initial = _now()
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    def clean_opened_at(self) -> float:
        try:
            opened: float = signing.loads(self.cleaned_data["opened_at"], salt=_SALT)
        except signing.BadSignature:
            opened = 0
        if time.time() - opened > LONGEST:
            send_next_time(self, "opened_at", _now())
            raise forms.ValidationError(_("The page had been open for long. Look it through, and send it again."))
        return opened

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        phone = self.cleaned_data.pop("phone", "")  # eight digits may look like a date and more
        refuse_cpr_in(self)
        if "phone" not in self.errors:
            self.cleaned_data["phone"] = phone
        if not phone and not self.cleaned_data.get("email") and not {"phone", "email"} & set(self.errors):
            self.add_error("phone", _("Write a phone number or an e-mail, so that we can reach you."))
        return cleaned

    @property
    def is_of_a_machine(self) -> bool:
        """Has the valid form been filled in as only a machine does?"""
        return bool(self.cleaned_data["website"]) or time.time() - self.cleaned_data["opened_at"] < QUICKEST

    def given(self) -> dict[str, Any]:
        """What was written, for `apply`."""
        names = ("name", "phone", "email", "housing_area", "languages")
        return {name: self.cleaned_data[name] for name in names}


def _now() -> str:
    return signing.dumps(time.time(), salt=_SALT)
