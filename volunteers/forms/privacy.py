"""Forms of erasing: one person who asks for it, and those who are due."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bydelsmoedre.danish import dato
from volunteers.models import Volunteer
from volunteers.retention import Due


class ErasingForm(forms.Form):
    """It cannot be undone, so whoever does it says that she is sure."""

    is_sure = forms.BooleanField(
        label=gettext_lazy("Yes, erase her for good"),
        error_messages={"required": gettext_lazy("Tick that you are sure. Nothing has been erased.")},
    )


class RetentionForm(forms.Form):
    """Who of those who are due is to be erased now."""

    persons = forms.MultipleChoiceField(
        label=gettext_lazy("To be erased now"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose who is to be erased. Nothing has been erased."),
            "invalid_choice": gettext_lazy("Somebody whom you chose is not due any more. Nothing has been erased."),
        },
    )

    def __init__(self, *args: Any, due: list[Due], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = Volunteer.objects.in_bulk([one.id for one in due])
        chosen: Any = self.fields["persons"]
        chosen.choices = [(str(one.uuid), f"{named[one.id]}: {capfirst(_why(one))}") for one in due if one.id in named]


def _why(one: Due) -> str:
    told = []
    if one.left_on:
        told.append(_("left on %(day)s") % {"day": dato(one.left_on)})
    if one.refused_on:
        told.append(_("a no on %(day)s") % {"day": dato(one.refused_on)})
    return _("%(why)s; due since %(day)s") % {"why": ", ".join(told), "day": dato(one.due_on)}
