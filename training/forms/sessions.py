"""Forms of a course's sessions: moved or cancelled, with the participants told; one more."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.danish import kort_dato
from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.moment import today
from bydelsmoedre.stale import StaleFormMixin
from training.clashes import holiday
from training.completion import version_of
from training.evaluating import reopens
from training.forms.courses import clashes, hour_field, offer_teachers
from training.models import Course, Session
from training.planning import plan_session
from training.telling import Plan, tell_of_change
from volunteers.models import Message


class SessionForm(StaleFormMixin, EntryForm):
    """A day of a course: moved, or cancelled, until attendance is recorded for it."""

    notice = ""

    given: ClassVar[tuple[str, ...]] = ("course", "module", "is_make_up")

    starts_at = hour_field(_("From (time)"))
    ends_at = hour_field(_("To (time)"))
    tells = forms.BooleanField(
        label=_("Tell the participants by e-mail"),
        required=False,
        initial=True,
        help_text=_("They are told once, when the day, the time or the place is another or the session is cancelled."),
    )

    class Meta:
        model = Session
        fields = ["held_on", "starts_at", "ends_at", "teacher", "is_cancelled"]

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.course = course
        self.fields["held_on"] = DanishDateField(label=_("Date"), may_be_future=True)
        if self.instance.is_recorded:
            self.fields["held_on"].disabled = True
            self.fields["held_on"].help_text = _("Attendance is recorded for this day, so it is not moved.")
        offer_teachers(self, course.curriculum.programme, empty=_("The course's own"))
        self.before = Plan.of(self.instance) if self.instance.pk else None
        if self.before is None or self.before.held_on < today():
            del self.fields["tells"]  # it is new, or over

    def tell(self, session: Session, *, by: Any) -> Message | None:
        """Write to the participants, where that is wanted and there is something to tell. What waits to be sent of the
        old plan is called off in any case."""
        if self.before is None:
            return None
        is_told = bool(self.cleaned_data.get("tells")) and session.held_on >= today()
        return tell_of_change(session, self.before, by=by, is_told=is_told)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        held_on = self.cleaned_data.get("held_on")
        if held_on and held_on < self.instance.course.starts_on:
            self.add_error("held_on", gettext("That is before the first day of the course."))
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors and reopens(self.instance):
            message = gettext(
                "The participants have evaluated the course, and its last day stands: the evaluation would open again. "
                "Plan a make-up session instead."
            )
            self.add_error("held_on", message)

    def plan(self) -> Session:
        planned = plan_session(self.instance)
        if planned.is_cancelled:
            return planned
        told = clashes([planned])
        if name := holiday(planned.held_on):
            told.insert(
                0, gettext("%(day)s is a holiday: %(name)s.") % {"day": kort_dato(planned.held_on), "name": name}
            )
        self.notice = " ".join(filter(None, told))
        return planned


class NewSessionForm(SessionForm):
    """One day more: the module is made up for, or planned anew where its day was cancelled."""

    given = ("course", "is_cancelled")

    module = forms.TypedChoiceField(label=_("Module"), coerce=int)

    class Meta(SessionForm.Meta):
        fields = ["module", "held_on", "starts_at", "ends_at", "teacher", "is_make_up"]

    field_order = ["module", "held_on", "starts_at", "ends_at", "teacher", "is_make_up"]

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        super().__init__(*args, course=course, **kwargs)
        version = version_of(course.curriculum_id, course.starts_on)
        module: Any = self.fields["module"]
        listed = version.modules if version else []
        module.choices = [
            ("", _("Choose a module")),
            *((int(one["number"]), f"{one['number']}. {one.get('title', '')}") for one in listed),
        ]
        self.fields["is_make_up"].initial = True
        self.fields["is_make_up"].help_text = _("For those who were not there when the module was taught.")
