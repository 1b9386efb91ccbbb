"""The welcome sheet as a form: for each participant what she has declared and been told, and whether she consents to
photos."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from training.forms.attendance import locked, why_closed
from training.models import Session
from training.welcome import Welcomed, record_welcome, welcomed
from volunteers.declarations import ABOUT, AT_WELCOME, REQUIRED

#: The button that records what is asked of everybody, for all.
EVERYBODY = "alle"


class WelcomeForm(forms.Form):
    """What is ticked is recorded, what stands already is left alone: so it may be sent twice, and by two at once.
    Validate and save in one transaction: the session is locked."""

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        self.people = welcomed(session)
        for person in self.people:
            self.fields[_name(person)] = forms.MultipleChoiceField(
                label=str(person.volunteer),
                choices=[(kind.value, ABOUT[kind]) for kind in AT_WELCOME],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def rows(self) -> list[tuple[Any, list[Any], list[Any]]]:
        """Each participant's field, the boxes that can still be ticked, and in a word what stands already."""
        found = []
        for person in self.people:
            field, standing = self[_name(person)], person.standing
            boxes = [box for box in field.subwidgets if box.data["value"] not in standing]
            found.append((field, boxes, [ABOUT[kind] for kind in AT_WELCOME if kind in standing]))
        return found

    @property
    def has_boxes(self) -> bool:
        return any(boxes for _field, boxes, _done in self.rows)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.session = locked(self.session)
        if why := why_closed(self.session):
            raise ValidationError(why, code="closed")
        self.people = welcomed(self.session)
        for person in self.people:
            name = _name(person)
            if name not in self.fields:  # she was enrolled meanwhile
                continue
            ended = [one.ended_on for one in person.declared if one.ended_on and one.kind in self._ticked(person)]
            if any(self.session.held_on <= day for day in ended):
                self.add_error(name, _("She withdrew an earlier consent on that day or later."))
        return cleaned

    def _ticked(self, person: Welcomed) -> set[str]:
        everybody = set(REQUIRED) if EVERYBODY in self.data else set()
        return everybody | set(self.cleaned_data.get(_name(person), ()))

    def save(self, *, by: Any) -> int:
        """Record what was ticked; gives how many declarations were new."""
        ticked = {person.volunteer.pk: self._ticked(person) for person in self.people}
        return record_welcome(self.session, self.people, ticked, by=by)


def _name(person: Welcomed) -> str:
    return f"for-{person.volunteer.uuid}"
