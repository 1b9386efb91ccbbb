"""Attendance of one day: a choice for each participant, and one button for "everybody came"."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.moment import calendar_today
from bydelsmoedre.stale import Difference, refuse_stale, send_next_time
from training.attendance import UNRECORDED, Expected, expected, record_marks
from training.models import Attendance, CurriculumVersion, Session

_SALT = "training.attendance"

#: The button that records that whoever is not marked otherwise was there.
EVERYBODY = "alle"

MARKS = [
    (Attendance.Mark.PRESENT.value, _("Present")),
    (Attendance.Mark.PARTLY.value, _("Partly there")),
    (Attendance.Mark.EXCUSED.value, _("Sent an apology")),
    (Attendance.Mark.ABSENT.value, _("Stayed away")),
    (UNRECORDED, _("Not recorded")),
]


def why_closed(session: Session) -> str:
    """Why attendance cannot be recorded for this day; "" where it can."""
    if session.is_cancelled:
        return gettext("The session is cancelled.")
    if session.held_on > calendar_today():
        return gettext("The session has not been held yet. Attendance is recorded on the day itself or later.")
    return ""


def locked(session: Session) -> Session:
    """The session as it is saved now; until this transaction ends, nobody moves or cancels it."""
    rows = Session.objects.select_for_update(of=("self",)).select_related("course__curriculum__programme")
    return rows.get(pk=session.pk)


class AttendanceForm(forms.Form):
    """Who was there. Remembers, signed and hidden, what was recorded when it was opened: two who record at once see
    each other's marks, and nothing is overwritten. Validate and save in one transaction: the row is locked."""

    opened_as = forms.CharField(widget=forms.HiddenInput, required=False)

    difference: list[Difference] | None = None

    def __init__(self, *args: Any, session: Session, version: CurriculumVersion | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        self.counts_hours = version is not None and version.counts_hours
        self.people = expected(session)
        for person in self.people:
            self._offer(person)
        self.fields["opened_as"].initial = self._signed()

    def _offer(self, person: Expected) -> None:
        self.fields[_name(person)] = forms.ChoiceField(
            label=str(person.enrolment.volunteer),
            choices=self._marks(person),
            initial=person.mark,
            required=False,
            widget=forms.RadioSelect,
        )

    def _marks(self, person: Expected) -> list[tuple[str, Any]]:
        """“Partly there” is a mark only where hours are counted, or where it is recorded already."""
        partly = Attendance.Mark.PARTLY.value
        return [one for one in MARKS if one[0] != partly or self.counts_hours or person.mark == partly]

    def _signed(self) -> str:
        return signing.dumps({_name(person): person.mark for person in self.people}, salt=_SALT)

    @property
    def choices(self) -> list[Any]:
        """The fields of the participants, in order."""
        return [self[_name(person)] for person in self.people]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.session = locked(self.session)
        if why := why_closed(self.session):
            raise ValidationError(why, code="closed")
        self.people = expected(self.session)
        self._compare()
        return cleaned

    def _compare(self) -> None:
        try:
            opened = signing.loads(str(self.data.get("opened_as", "")), salt=_SALT)
        except signing.BadSignature:
            opened = {}
        theirs = [person for person in self.people if opened.get(_name(person)) != person.mark]
        if not theirs:
            return
        difference = [self._told(person, opened.get(_name(person))) for person in theirs]
        for person in theirs:
            self._take_over(person, opened.get(_name(person)))
        refuse_stale(self, "opened_as", self._signed(), difference)

    def _take_over(self, person: Expected, opened: str | None) -> None:
        """Whoever was not marked here is shown as she is recorded meanwhile."""
        name = _name(person)
        if name not in self.fields:  # she was enrolled meanwhile
            self._offer(person)
        if self.data.get(name, UNRECORDED) == (opened or UNRECORDED):
            send_next_time(self, name, person.mark)

    def _told(self, person: Expected, opened: str | None) -> Difference:
        words = {value: str(label) for value, label in MARKS}
        return Difference(
            label=str(person.enrolment.volunteer),
            opened=words.get(opened or UNRECORDED, ""),
            theirs=words[person.mark],
            yours=words.get(str(self.data.get(_name(person), UNRECORDED)), ""),
        )

    def save(self, *, by: Any) -> int:
        """Record what was chosen; gives how many facts were recorded or changed."""
        marks = {person.enrolment.pk: self.cleaned_data.get(_name(person)) or UNRECORDED for person in self.people}
        if EVERYBODY in self.data:
            marks = {pk: mark or Attendance.Mark.PRESENT.value for pk, mark in marks.items()}
        return record_marks(
            self.session,
            self.people,
            marks,
            by=by,
            corrected=gettext("The attendance was corrected."),
            unrecorded=gettext("The attendance was set back to “not recorded”."),
        )


def _name(person: Expected) -> str:
    return f"mark-{person.enrolment.uuid}"
