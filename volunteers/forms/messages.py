"""The form of a message, in Danish and in other languages besides; and of whether a person wants any."""

import uuid
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bydelsmoedre.entry import in_danish_order
from bydelsmoedre.languages import LANGUAGES
from bydelsmoedre.personal import refuse_cpr
from programme.entry import FactForm
from volunteers.messages.recipients import Recipient, digest, recipients
from volunteers.messages.writing import Text
from volunteers.models import MailChoice, Volunteer
from volunteers.models.messages import DANISH

#: So many languages besides Danish can be written at once.
OTHERS = (1, 2, 3)
#: So many persons get one message.
MOST = 5000


def _subject(label: Any, *, required: bool = False) -> forms.CharField:
    line = forms.TextInput(attrs={"dir": "auto"})
    return forms.CharField(label=label, required=required, widget=line, max_length=120, validators=[refuse_cpr])


def _body(label: Any, *, required: bool = False) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 8, "dir": "auto"})
    return forms.CharField(
        label=label, required=required, widget=area, validators=[refuse_cpr, MaxLengthValidator(5000)]
    )


class MessageForm(forms.Form):
    """What is written, in which languages. It knows who gets it, and remembers (`seen`) whom the page showed."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    subject = _subject(gettext_lazy("Subject"), required=True)
    body = _body(gettext_lazy("Message"), required=True)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        others = [("", _("None"))] + [(code, capfirst(str(name))) for code, name in LANGUAGES if code != DANISH]
        for number in OTHERS:
            language = forms.ChoiceField(
                label=_("Language"), required=False, choices=[others[0], *in_danish_order(others[1:])]
            )
            self.fields[f"language_{number}"] = language
            self.fields[f"subject_{number}"] = _subject(_("Subject"))
            self.fields[f"body_{number}"] = _body(_("Message"))
        self.fields["seen"].initial = self.digest

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = self.cleaned_data
        for number in OTHERS:
            names = [f"{name}_{number}" for name in ("language", "subject", "body")]
            if any(given.get(name) for name in names):
                for name in names:
                    if not given.get(name) and name not in self.errors:
                        self.add_error(name, _("Language, subject and message belong together."))
        chosen = [given.get(f"language_{number}") for number in OTHERS]
        for number, language in zip(OTHERS, chosen, strict=True):
            if language and language in chosen[: number - 1]:
                self.add_error(f"language_{number}", _("It is written in that language already."))
        if len(self.reached) > MOST:
            self.add_error(None, _("More than 5,000 would get it. Choose fewer."))
        elif not self.reached:
            self.add_error(None, _("Nobody would get it: see below why."))
        return cleaned

    @property
    def texts(self) -> dict[str, Text]:
        """By language, Danish first; of a valid form."""
        given = self.cleaned_data
        found = {DANISH: Text(given["subject"], given["body"])}
        for number in OTHERS:
            if language := given[f"language_{number}"]:
                found[language] = Text(given[f"subject_{number}"], given[f"body_{number}"])
        return found

    @property
    def identity(self) -> UUID:
        found: UUID = self.cleaned_data["uuid"]
        return found

    @property
    def listed(self) -> list[Recipient]:
        """Who was chosen, each with what is hers: asked anew, since the list may have changed."""
        if not hasattr(self, "_listed"):
            offered = {self.data.get(f"language_{number}", "") for number in OTHERS}
            self._listed = recipients(self.people, offered - {""})
        return self._listed

    @property
    def reached(self) -> list[Recipient]:
        return [one for one in self.listed if not one.skipped]

    @property
    def digest(self) -> str:
        return digest(self.listed)

    @property
    def is_as_seen(self) -> bool:
        """Is the list the one that the page showed?"""
        return bool(self.cleaned_data["seen"] == self.digest)

    @property
    def has_others(self) -> bool:
        """Is something written, or wrong, in the languages that are folded away?"""
        names = [f"{name}_{number}" for name in ("language", "subject", "body") for number in OTHERS]
        return any(self[name].value() or name in self.errors for name in names)

    @property
    def others(self) -> list[list[Any]]:
        """The fields of each further language."""
        return [[self[f"{name}_{number}"] for name in ("language", "subject", "body")] for number in OTHERS]


class MailChoiceForm(FactForm):
    """She has said whether she wants messages by e-mail."""

    given = ("volunteer",)
    is_of_today = True
    evidence_text = None

    class Meta(FactForm.Meta):
        model = MailChoice
        fields = ["wish", "happened_on"]

    def __init__(self, *args: Any, volunteer: Volunteer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.volunteer = volunteer
