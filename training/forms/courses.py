"""Forms of the courses: what is planned, and what stands in its way."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from associations.models import Association
from bydelsmoedre.danish import dato, kort_dato
from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DATE_FORMATS, DanishDateField
from bydelsmoedre.moment import today
from bydelsmoedre.sorting import danish_order
from bydelsmoedre.stale import StaleFormMixin
from programme.models import Programme
from training.clashes import holiday, holidays_between, in_the_same_place, taught_by_the_same
from training.completion import version_of
from training.enrolment import seats_taken
from training.evaluating import last_day
from training.models import Course, Curriculum, Session, Teacher
from training.planning import Hours, module_numbers, plan_course, teaching_days
from training.syllabus import why_not_first
from training.telling import tell_of_place, to_come
from volunteers.models import Message

_BETWEEN = re.compile(r"[,;\s]+")


def hour_field(label: Any) -> forms.TimeField:
    """A time of day as `17:00` or, as Danes write it, `17.00`."""
    return forms.TimeField(
        label=label,
        required=False,
        input_formats=["%H:%M", "%H:%M:%S", "%H.%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("Write a time of day, such as 17.00.")},
    )


def refuse_hours(form: forms.BaseForm) -> None:
    """An end before the start is said beside the end."""
    starts, ends = form.cleaned_data.get("starts_at"), form.cleaned_data.get("ends_at")
    if starts and ends and ends <= starts:
        form.add_error("ends_at", gettext("The end is before the start."))


class DaysField(forms.CharField):
    """Several days in one text field: `18.04.2011, 25.04.2011`."""

    def clean(self, value: Any) -> list[dt.date]:
        text = super().clean(value)
        return [self._read(word) for word in _BETWEEN.split(text) if word]

    def _read(self, word: str) -> dt.date:
        try:
            found: dt.date = forms.DateField(input_formats=DATE_FORMATS).clean(word)
        except ValidationError as error:
            message = gettext("“%(text)s” is not a date. Write the days as 18.04.2011, 25.04.2011.")
            raise ValidationError(message % {"text": word[:40]}, code="invalid") from error
        return found


class KeptDays(forms.ModelForm):
    """What the days of a course that is planned already keep to, whichever form they are written in."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk:
            first, last = (self.cleaned_data.get(name) for name in ("starts_on", "ends_on"))
            if first and (why := why_not_first(self.instance, first)):
                self.add_error("starts_on", why)
            taught = last_day(self.instance)
            if last and taught and (first or last) <= last < taught:
                message = gettext("The last module is taught on %(day)s. Move or cancel that session first.")
                self.add_error("ends_on", message % {"day": dato(taught)})
        return cleaned


class CourseForm(KeptDays, StaleFormMixin, EntryForm):
    """A course that is planned: its name, its place, its seats, its days."""

    given: ClassVar[tuple[str, ...]] = ("curriculum",)

    tells = forms.BooleanField(
        label=_("Tell the participants by e-mail"),
        required=False,
        initial=True,
        help_text=_("They are told once, when the place is another."),
    )

    class Meta:
        model = Course
        fields = ["name", "association", "place", "teacher", "language", "capacity", "starts_on", "ends_on"]

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        association: Any = self.fields["association"]
        association.queryset = Association.objects.filter(programme=programme).order_by(danish_order("name"))
        association.empty_label = _("For all")
        association.help_text = _("Its local coordinator sees the course and records attendance.")
        offer_teachers(self, programme, empty=_("Not said"))
        self.place_before = self.instance.place
        if self.instance.pk is None or not to_come(self.instance):
            del self.fields["tells"]  # it is new, or over
        for name in ("starts_on", "ends_on"):
            if name in self.fields:
                self.fields[name] = DanishDateField(label=self.fields[name].label, may_be_future=True)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self._refuse_fewer_seats()
        return cleaned

    def tell(self, course: Course, *, by: Any) -> Message | None:
        """Write to the participants that the place is another, where that is wanted."""
        return tell_of_place(course, self.place_before, by=by, is_told=bool(self.cleaned_data.get("tells")))

    def _refuse_fewer_seats(self) -> None:
        """Nobody loses her seat because the course got smaller. (The row is locked while it is compared.)"""
        capacity = self.cleaned_data.get("capacity")
        taken = seats_taken(self.instance, today()) if self.instance.pk and capacity else 0
        if capacity and capacity < taken:
            message = gettext("%(count)s hold a seat already. End a participation first.")
            self.add_error("capacity", message % {"count": taken})


class NewCourseForm(CourseForm):
    """A new course: its modules are planned one a week, but for the days left out."""

    given = ()

    skipped = DaysField(
        label=_("Days without teaching"),
        required=False,
        max_length=600,
        help_text=_("Breaks and the like, such as 11.04.2011, 18.04.2011."),
    )
    skips_holidays = forms.BooleanField(
        label=_("No teaching on holidays"),
        required=False,
        initial=True,
        help_text=_("Danish holidays, Constitution Day, Christmas Eve and New Year's Eve are left out by themselves."),
    )
    starts_at = hour_field(_("From (time)"))
    ends_at = hour_field(_("To (time)"))

    notice = ""

    class Meta(CourseForm.Meta):
        fields = ["curriculum", "name", "association", "place", "teacher", "language", "capacity", "starts_on"]

    field_order = [
        "curriculum", "name", "association", "place", "teacher", "language", "capacity",
        "starts_on", "starts_at", "ends_at", "skips_holidays", "skipped",
    ]  # fmt: skip

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, programme=programme, **kwargs)
        curriculum: Any = self.fields["curriculum"]
        curriculum.queryset = Curriculum.objects.filter(programme=programme).order_by("name")
        curriculum.empty_label = _("Choose a training")
        self.fields["starts_on"].help_text = _("The course is then taught on that weekday, one module a week.")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        refuse_hours(self)
        curriculum, first = self.cleaned_data.get("curriculum"), self.cleaned_data.get("starts_on")
        if curriculum and first:
            self._plan(curriculum, first)
        return cleaned

    def _plan(self, curriculum: Curriculum, first: dt.date) -> None:
        """Say what keeps the modules from being planned."""
        version = version_of(curriculum.pk, first)
        skipped = self.cleaned_data.get("skipped") or []
        if version is None:
            self.add_error("curriculum", gettext("The training has no modules yet. Publish a version of it first."))
            return
        if first in skipped:
            self.add_error("skipped", gettext("The first day cannot be a day without teaching."))
            return
        count = len(module_numbers(version))
        self.left_out = self._holidays(first, count, skipped)
        days = teaching_days(first, count, [*skipped, *self.left_out])
        self.instance.ends_on = days[-1]
        for day in skipped:
            if day > days[-1] or day < first or day.weekday() != first.weekday():
                message = gettext("The course would not be taught on %(day)s anyway. Check the date.")
                self.add_error("skipped", message % {"day": kort_dato(day)})

    def _holidays(self, first: dt.date, count: int, skipped: list[dt.date]) -> list[dt.date]:
        """The holidays that the course steps over; its first day is as it was chosen."""
        if not self.cleaned_data.get("skips_holidays"):
            return []
        found: list[dt.date] = []
        while True:
            last = teaching_days(first, count, [*skipped, *found])[-1]
            more = [day for day in holidays_between(first, last, first.weekday()) if day not in (*skipped, *found)]
            if not more:
                return found
            found += more

    def plan(self) -> Course:
        """Save the course with a session for each module."""
        hours = Hours(self.cleaned_data.get("starts_at"), self.cleaned_data.get("ends_at"))
        planned = plan_course(self.instance, hours=hours, skipped=[*self.cleaned_data["skipped"], *self.left_out])
        told = [f"{kort_dato(day)} ({holiday(day)})" for day in self.left_out]
        if told:
            self.notice = gettext("Not taught on %(days)s.") % {"days": ", ".join(told)}
        found = clashes(planned.sessions.select_related("course__curriculum"))
        self.notice = " ".join(filter(None, [self.notice, *found]))
        return planned


def offer_teachers(form: Any, programme: Programme, *, empty: Any) -> None:
    """The programme's teachers to choose among."""
    teacher: Any = form.fields["teacher"]
    teacher.queryset = Teacher.objects.filter(programme=programme).order_by(danish_order("office"))
    teacher.empty_label = empty


def clashes(sessions: Iterable[Session]) -> list[str]:
    """What else is held at the same time in the same place, or by the same teacher, in words."""
    listed = list(sessions)
    if not listed:
        return []
    told = [same_place(in_the_same_place(listed, listed[0].course.place))]
    taught = taught_by_the_same(listed)
    if taught:
        days = ", ".join(f"{kort_dato(one.held_on)} ({one.course.name})" for one in taught[:5])
        told.append(gettext("The teacher is at another course at the same time: %(days)s.") % {"days": days})
    return [one for one in told if one]


def same_place(taken: list[Session]) -> str:
    """What else is held in the same place at the same time, in words; "" where nothing is."""
    if not taken:
        return ""
    told = ", ".join(f"{kort_dato(one.held_on)} ({one.course.name})" for one in taken[:5])
    return gettext("The place is taken at the same time: %(days)s.") % {"days": told}
