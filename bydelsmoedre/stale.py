"""Stale forms: somebody saved the row while it stood open here; the difference is shown, nothing overwritten."""

from dataclasses import dataclass
from typing import Any, NoReturn

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

_SALT = "bydelsmoedre.stale"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that somebody else has changed since the form was opened."""

    label: str
    opened: str
    theirs: str
    yours: str


def send_next_time(form: Any, name: str, value: Any) -> None:
    """Change what a form that was sent holds in a hidden field, so that sending it again says what is shown now."""
    data = form.data.copy()
    data[form.add_prefix(name)] = value
    form.data = data


def refuse_stale(form: Any, name: str, value: Any, difference: list[Difference] | None) -> NoReturn:
    """Say in a form's `clean()` that somebody has saved meanwhile, and what. What is sent next time in the hidden field
    is compared with what is shown now."""
    form.difference = difference
    send_next_time(form, name, value)
    raise ValidationError(
        _("Somebody has made changes here meanwhile. See the difference before you save."), code="stale"
    )


class StaleFormMixin(forms.ModelForm):
    """A model form that remembers, signed and hidden, how the row looked when it was opened.

    Validate and save in one transaction: the row is locked while it is compared.
    """

    opened_as = forms.CharField(widget=forms.HiddenInput, required=False)

    difference: list[Difference] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["opened_as"]
        else:
            self.fields["opened_as"].initial = signing.dumps(self._snapshot(self.instance), salt=_SALT)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if "opened_as" in self.fields:
            self._compare()
        self.cleaned_data.pop("opened_as", None)  # no value of the row's
        return cleaned

    def _compare(self) -> None:
        locked = type(self.instance)._default_manager.select_for_update(of=("self",)).filter(pk=self.instance.pk)
        saved = locked.first()
        if saved is None:
            raise ValidationError(_("Somebody has deleted this meanwhile."), code="gone")
        try:
            opened = signing.loads(self.data.get(self.add_prefix("opened_as"), ""), salt=_SALT)
        except signing.BadSignature:
            opened = {}
        now = self._snapshot(saved)
        if opened == now:
            return
        difference = [
            Difference(
                label=str(self.fields[name].label or name),
                opened=self._words(name, opened.get(name, "")),
                theirs=self._words(name, now[name]),
                yours=self._words(name, str(self.data.get(self.add_prefix(name), ""))),
            )
            for name in now
            if opened.get(name) != now[name]
        ]
        refuse_stale(self, "opened_as", signing.dumps(now, salt=_SALT), difference)

    def _snapshot(self, instance: models.Model) -> dict[str, str]:
        """The row's values of this form's fields, as text."""
        return {
            field.name: field.value_to_string(instance)
            for field in instance._meta.concrete_fields
            if field.name in self.fields
        }

    def _words(self, name: str, value: str) -> str:
        """The value as a reader knows it: a choice by its label, a reference by its name."""
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
            found = field.queryset.filter(pk=value).first() if value.isdigit() else None
            return str(found or value)
        choices = dict(getattr(field, "choices", None) or ())
        return str(choices.get(value, value))


class AsSeenMixin(StaleFormMixin):
    """The row as it was seen, such as to be deleted; nothing is filled in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name != "opened_as":
                field.disabled, field.required, field.widget = True, False, forms.HiddenInput()
