"""The five questions of an evaluation, answered by smileys."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.personal import refuse_cpr
from training.evaluating import QUESTIONS
from training.models import EvaluationAnswer


class AnswerForm(forms.Form):
    """A smiley for each question, and a comment for who likes."""

    comment = forms.CharField(
        label=_("Is there something you want to say?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("No names, please. Nobody can see who has written it."),
        validators=[refuse_cpr, MaxLengthValidator(500)],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.value, capfirst(str(one.label))) for one in reversed(EvaluationAnswer.Smiley)]
        for name, text in QUESTIONS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=text,
                choices=choices,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose a smiley.")},
            )
        self.order_fields([*QUESTIONS, "comment"])

    @property
    def questions(self) -> list[Any]:
        return [self[name] for name in QUESTIONS]


class RemoveCommentsForm(forms.Form):
    """Of a course's comments those are ticked that must not stand: somebody is written about in them."""

    ticked = forms.MultipleChoiceField(
        label=_("Which comments are to be removed?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick a comment."),
            "invalid_choice": _("The list has changed meanwhile. Look at it again, and save once more."),
        },
    )

    def __init__(self, *args: Any, comments: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ticked: Any = self.fields["ticked"]
        ticked.choices = list(comments.items())
