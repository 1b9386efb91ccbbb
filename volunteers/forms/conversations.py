"""The form of a conversation: three taps on a phone, and nothing about whom it was with."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from associations.models import Association
from bydelsmoedre.moment import today
from programme.entry import OnceForm
from volunteers.models import Conversation, ConversationTopic


def _tiles(choices: Any) -> list[tuple[str, str]]:
    return [(choice.value, capfirst(str(choice.label))) for choice in choices]


#: What is asked for under “more details”.
MORE = ("happened_on", "language", "women", "children", "minutes", "with_municipality")


class ConversationForm(OnceForm):
    """How contact arose, what it was about, what happens next. A phone that sends the same conversation
    twice stores it once."""

    given = ("association",)
    is_of_today = True
    evidence_text = None

    contact = forms.ChoiceField(label=_("How did you meet?"), widget=forms.RadioSelect)
    topics = forms.MultipleChoiceField(
        label=_("What did you talk about?"),
        help_text=_("Choose all that fit."),
        widget=forms.CheckboxSelectMultiple,
    )
    next_step = forms.ChoiceField(label=_("What happens next?"), widget=forms.RadioSelect)

    class Meta(OnceForm.Meta):
        model = Conversation
        fields = ["contact", "topics", "next_step", *MORE]

    field_order = ["uuid", "contact", "topics", "next_step", *MORE]

    def __init__(self, *args: Any, association: Association, refusal: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.association, self.refusal = association, refusal
        for name, choices in (
            ("contact", Conversation.Contact),
            ("topics", ConversationTopic),
            ("next_step", Conversation.NextStep),
        ):
            chosen: Any = self.fields[name]
            chosen.choices = _tiles(choices)
        language: Any = self.fields["language"]
        language.choices = [("", _("Not stated")), *(choice for choice in language.choices if choice[0])]
        self.fields["with_municipality"] = forms.TypedChoiceField(
            label=_("Contact from or on to the municipality?"),
            choices=[("", _("Not stated")), ("yes", _("Yes")), ("no", _("No"))],
            coerce=lambda given: given == "yes",
            empty_value=None,
            required=False,
        )
        for name in ("women", "children", "minutes"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"

    def clean(self) -> dict[str, Any] | None:
        if self.refusal:
            raise ValidationError(self.refusal)
        return super().clean()

    @property
    def has_more(self) -> bool:
        """Is there something in the fields that are folded away?"""
        told = {name: self[name].value() for name in MORE}
        is_of_today = str(told.pop("happened_on")) == str(today())
        return not is_of_today or any(name in self.errors for name in MORE) or any(told.values())
