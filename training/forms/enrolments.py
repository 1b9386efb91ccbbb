"""Forms about who takes part in a course: enrol, give a seat, end."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.danish import dato
from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.moment import today
from bydelsmoedre.personal import refuse_cpr
from bydelsmoedre.searching import holds_all, wanted_of_persons
from bydelsmoedre.sorting import danish_order
from programme.seen import AboutFactForm, EndFactForm
from training.enrolment import has_seat, lock
from training.models import Attendance, Course, Participation
from volunteers.models import Volunteer

#: So many persons are offered to choose among; a search finds the others.
MOST = 100


def not_enrolled(course: Course) -> QuerySet[Volunteer]:
    """The programme's volunteers who neither have a seat in the course nor wait for one."""
    takes_part = Participation.objects.current().filter(
        enrolment__volunteer=OuterRef("pk"), enrolment__course=course, ended_on=None
    )
    ours: QuerySet[Volunteer] = Volunteer.objects.filter(programme=course.curriculum.programme_id, erased_at=None)
    return ours.filter(~Exists(takes_part)).select_related("housing_area").order_by(danish_order("name"), "pk")


class VolunteerChoice(forms.ModelChoiceField):
    """A volunteer by name and housing area, so that two of one name are told apart."""

    def label_from_instance(self, volunteer: Any) -> str:
        return f"{volunteer}, {volunteer.housing_area}" if volunteer.housing_area else str(volunteer)


class EnrolForm(forms.Form):
    """A volunteer gets a seat in a course, or goes on its waiting list."""

    volunteer = VolunteerChoice(
        Volunteer.objects.none(),
        label=_("Volunteer"),
        error_messages={"invalid_choice": _("Choose a volunteer who is not enrolled already.")},
    )
    started_on = DanishDateField(label=_("From"), may_be_future=True)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Optional. Nothing about a person's health, religion or origin."),
        validators=[refuse_cpr],
    )

    def __init__(self, *args: Any, course: Course, search: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.course = course
        self.fields["started_on"].initial = max(today(), course.starts_on) if today() < course.ends_on else today()
        volunteer: Any = self.fields["volunteer"]
        volunteer.queryset = not_enrolled(course)
        self._offer(volunteer, search)

    def _offer(self, volunteer: Any, search: str) -> None:
        """Show those whom the search finds, and whoever was chosen already."""
        found = volunteer.queryset
        if search.strip():
            chosen = str(self.data.get(self.add_prefix("volunteer"), ""))
            also = Q(pk=chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 18 else Q()
            found = found.filter(holds_all("search_text", wanted_of_persons(search)) | also)
        offered = list(found[: MOST + 1])
        self.is_cut = len(offered) > MOST
        self.offered = len(offered[:MOST])
        named = [(one.pk, volunteer.label_from_instance(one)) for one in offered[:MOST]]
        volunteer.widget.choices = [("", _("Choose a volunteer")), *named]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        volunteer, since = self.cleaned_data.get("volunteer"), self.cleaned_data.get("started_on")
        if volunteer and since:
            earlier = Participation.objects.current().filter(
                enrolment__volunteer=volunteer, enrolment__course=self.course, ended_on__gte=since
            )
            if earlier.exists():
                self.add_error("started_on", gettext("She takes part already in that period."))
        return cleaned


class SeatForm(AboutFactForm):
    """One who waits gets a seat."""

    started_on = DanishDateField(label=_("Has the seat from"), may_be_future=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["started_on"].initial = max(today(), self.fact.started_on)

    def clean_started_on(self) -> Any:
        since = self.cleaned_data["started_on"]
        if since < self.fact.started_on:
            raise forms.ValidationError(_("That is before she came on the waiting list."))
        course = lock(self.fact.enrolment.course)
        if not has_seat(course, since):
            raise forms.ValidationError(_("The course is full on that day: no seat is free."))
        return since


class EndParticipationForm(EndFactForm):
    """The last day on which a participant takes part, or waits, and why it ended."""

    ended_on = DanishDateField(label=_("Last day"), may_be_future=True)
    end_reason = forms.ChoiceField(label=_("Why"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"].initial = max(today(), self.fact.started_on)
        reasons = (Participation.Reason.DROPPED_OUT, Participation.Reason.TRANSFERRED)
        choice: Any = self.fields["end_reason"]
        choice.choices = [(reason.value, capfirst(str(reason.label))) for reason in reasons]


class TransferForm(AboutFactForm):
    """A participant goes on in another course of the same training."""

    course = forms.ModelChoiceField(Course.objects.none(), label=_("Goes on in"), empty_label=_("Choose a course"))
    started_on = DanishDateField(
        label=_("From"), help_text=_("Until the day before she is in the first one. What she has attended counts on.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        course: Any = self.fields["course"]
        course.queryset = courses_to_go_on_in(self.fact)
        self.fields["started_on"].initial = today()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        course, since = self.cleaned_data.get("course"), self.cleaned_data.get("started_on")
        if since and since <= self.fact.started_on:
            self.add_error("started_on", gettext("That is no later than the day on which she began in the first one."))
        elif since and (marked := last_marked(self.fact)) and since <= marked:
            message = gettext("Attendance is recorded in the first course on %(day)s. Choose a day after that.")
            self.add_error("started_on", message % {"day": dato(marked)})
        elif course and since and not has_seat(lock(course), since):
            self.add_error("course", gettext("The course is full on that day: no seat is free."))
        return cleaned


def last_marked(held: Participation) -> dt.date | None:
    """The last day of the course for which something is recorded of her."""
    marked = Attendance.objects.current().filter(enrolment=held.enrolment_id).order_by("-happened_on")
    return marked.values_list("happened_on", flat=True).first()


def courses_to_go_on_in(held: Participation) -> QuerySet[Course]:
    """The other courses of the training that end after she began in the first one, and that she has no seat in. One
    where she waits is among them."""
    mine = held.enrolment
    seats = Participation.objects.current().filter(
        enrolment__volunteer=mine.volunteer,
        enrolment__course=OuterRef("pk"),
        status=Participation.Status.ENROLLED,
        ended_on=None,
    )
    others = Course.objects.filter(curriculum=mine.course.curriculum_id, ends_on__gt=held.started_on)
    return others.exclude(pk=mine.course_id).filter(~Exists(seats)).order_by("starts_on", "pk")
