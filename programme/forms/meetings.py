"""Forms about meetings: planned, held, their minutes, what was decided, and who does what by when."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.moment import today
from bydelsmoedre.stale import StaleFormMixin
from programme.entry import FactForm
from programme.facts import Fact
from programme.forms.documents import DECIDING
from programme.models import ActionDone, ActionPoint, Decision, Meeting, MeetingHeld, Organisation, Programme

#: As the day may be written; with a point as Danes do, or a colon.
TIMES = ["%H.%M", "%H:%M", "%H:%M:%S"]
#: No meeting decides more than this; longer than that is something pasted by mistake.
MOST_DECISIONS = 50


def time_of_day() -> forms.TimeField:
    """When a meeting begins, if that is known."""
    return forms.TimeField(
        label=_("From"),
        required=False,
        input_formats=TIMES,
        widget=forms.TimeInput(format="%H.%M", attrs={"autocomplete": "off"}),
        help_text=_("Optional. Hours and minutes, such as 14.30."),
        error_messages={"invalid": _("Write a time that exists, such as 14.30.")},
    )


class MeetingForm(StaleFormMixin, EntryForm):
    """A meeting as it is planned. Whose it is stays as it was made."""

    given: ClassVar[tuple[str, ...]] = ("programme", "body")

    planned_on = DanishDateField(label=_("Planned for"), may_be_future=True)
    starts_at = time_of_day()

    class Meta:
        model = Meeting
        fields = ["title", "planned_on", "starts_at", "place", "agenda"]
        widgets = {"agenda": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"agenda": _("One item on each line.")}


class NewMeetingForm(MeetingForm):
    """A meeting that is being planned: whose, when and where."""

    given = ("programme",)

    class Meta(MeetingForm.Meta):
        fields = ["body", *MeetingForm.Meta.fields]

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        body: Any = self.fields["body"]
        kinds = (*DECIDING, Organisation.Kind.SECRETARIAT)
        body.queryset = Organisation.objects.filter(programme=programme, kind__in=kinds)
        body.empty_label = None
        body.initial = body.queryset.filter(kind=Organisation.Kind.STEERING_GROUP).first()


class MeetingHeldForm(FactForm):
    """The meeting was held; with its minutes as evidence, and its decisions one on each line."""

    given = ("meeting",)

    decisions = forms.CharField(
        label=_("Decisions"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One decision on each line. Decisions on documents are recorded on the document."),
    )

    class Meta(FactForm.Meta):
        model = MeetingHeld
        fields = ["happened_on", "note"]

    field_order = ["happened_on", "decisions", "evidence_text", "note"]

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.meeting = meeting
        self.fields["happened_on"].initial = min(meeting.planned_on, today())
        self.fields["evidence_text"].label = _("Minutes")

    def clean_decisions(self) -> list[str]:
        """The decisions, without empty lines. Raises `ValidationError` where one is too long to be a sentence."""
        found = [line.strip() for line in self.cleaned_data["decisions"].splitlines() if line.strip()]
        if len(found) > MOST_DECISIONS:
            raise ValidationError(_("At most %(most)s decisions at a time.") % {"most": MOST_DECISIONS})
        field: Any = Decision._meta.get_field("text")
        for number, line in enumerate(found, 1):
            if len(line) > field.max_length:
                raise ValidationError(
                    _("Decision %(number)s is too long: write it in at most %(most)s characters.")
                    % {"number": number, "most": field.max_length}
                )
            field.run_validators(line)
        return found

    def record(self, *, by: Any, programme: Programme) -> Fact:
        """The meeting, and each decision with the same minutes."""
        held: Any = super().record(by=by, programme=programme)
        for text in self.cleaned_data["decisions"]:
            Decision.record(
                by=by, meeting=held.meeting, text=text, happened_on=held.happened_on, evidence=held.evidence
            )
        return held


class MinutesForm(FactForm):
    """The minutes of a meeting have come: the fact that it was held gets them as evidence."""

    class Meta(FactForm.Meta):
        model: type[Fact] = MeetingHeld
        fields: list[str] = []

    field_order = ["evidence_text"]

    def __init__(self, *args: Any, held: Fact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held
        self.fields["evidence_text"].label = _("Minutes")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.held.evidence_id:
            raise ValidationError(_("The minutes are recorded already."), code="taken")
        self.require_evidence(_("Write where the minutes lie, or choose the file."))
        return cleaned

    @property
    def recorded(self) -> Fact:
        return self.held

    def record(self, *, by: Any, programme: Programme) -> Fact:
        """The next version of the same fact, with the minutes."""
        minutes = self._evidence(by=by, programme=programme)
        return self.held.supersede(by=by, reason=str(_("The minutes have come.")), evidence=minutes)


class DecisionForm(FactForm):
    """What the meeting decided, in a sentence."""

    given = ("meeting",)

    class Meta(FactForm.Meta):
        model = Decision
        fields = ["text", "happened_on"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"text": _("One sentence.")}

    field_order = ["text", "happened_on", "evidence_text"]

    def __init__(self, *args: Any, meeting: Meeting, held_on: dt.date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.meeting = meeting
        self.fields["happened_on"].initial = held_on or min(meeting.planned_on, today())


class ActionPointForm(StaleFormMixin, EntryForm):
    """Who does what by when."""

    due_on = DanishDateField(label=_("Due on"), may_be_future=True)

    class Meta:
        model = ActionPoint
        fields = ["text", "office", "due_on"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.meeting = meeting


class ActionDoneForm(FactForm):
    """An action point has been carried out."""

    given = ("action_point",)
    is_of_today = True

    class Meta(FactForm.Meta):
        model = ActionDone
        fields = ["happened_on", "note"]

    field_order = ["happened_on", "evidence_text", "note"]

    def __init__(self, *args: Any, action_point: ActionPoint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.action_point = action_point
