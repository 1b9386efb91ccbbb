"""Forms about an association's meetings: planned, held, their minutes, and who came to a monthly one."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from associations.models import Association
from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.moment import calendar_today, today
from bydelsmoedre.stale import StaleFormMixin, send_next_time
from programme.entry import FactForm
from programme.facts import Fact
from programme.forms.meetings import MinutesForm, time_of_day
from programme.models import Programme
from volunteers.gatherings import is_held, let_plan_follow, people_at, record_presence
from volunteers.models import Gathering, GatheringHeld

_SALT = "volunteers.presence"

HELD_ALREADY = _("The meeting is recorded as held already.")
THERE_IS_ONE = _("The association has such a meeting on that day already.")


class GatheringForm(StaleFormMixin, EntryForm):
    """A meeting as it is planned: moved, or cancelled. Whose and what it is stays as it was made."""

    given: ClassVar[tuple[str, ...]] = ("association", "kind")

    planned_on = DanishDateField(label=_("Planned for"), may_be_future=True)
    starts_at = time_of_day()

    class Meta:
        model = Gathering
        fields = ["planned_on", "starts_at", "place", "is_cancelled"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not is_held(self.instance):
            return cleaned
        if self.cleaned_data.get("is_cancelled"):
            self.add_error("is_cancelled", gettext("The meeting is recorded as held. Retract that first."))
        if "planned_on" in self.changed_data:
            self.add_error("planned_on", gettext("The meeting is recorded as held. Retract that first."))
        return cleaned


class NewGatheringForm(GatheringForm):
    """A meeting that is being planned."""

    given = ("association",)

    class Meta(GatheringForm.Meta):
        fields = ["kind", "planned_on", "starts_at", "place"]

    field_order = ["kind", "planned_on", "starts_at", "place"]

    def __init__(self, *args: Any, association: Association, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.association = association
        self.fields["kind"].initial = Gathering.Kind.MONTHLY

    def clean(self) -> dict[str, Any] | None:
        return StaleFormMixin.clean(self)


class GatheringHeldForm(FactForm):
    """A planned meeting was held, on the day that was planned or another; its minutes may follow."""

    given = ("gathering",)

    class Meta(FactForm.Meta):
        model = GatheringHeld
        fields = ["happened_on", "note"]

    field_order = ["happened_on", "evidence_text", "note"]

    def __init__(self, *args: Any, gathering: Gathering, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.gathering = gathering
        self.fields["happened_on"].initial = min(gathering.planned_on, today())
        _ask_for_minutes(self)

    def clean_happened_on(self) -> Any:
        on, gathering = self.cleaned_data["happened_on"], self.instance.gathering
        others = Gathering.objects.filter(association=gathering.association_id, kind=gathering.kind, planned_on=on)
        if others.exclude(pk=gathering.pk).exists():
            raise ValidationError(THERE_IS_ONE)
        return on

    def record(self, *, by: Any, programme: Programme) -> Fact:
        """The plan follows the day on which it was held."""
        gathering = Gathering.objects.select_for_update().get(pk=self.instance.gathering.pk)
        let_plan_follow(gathering, on=self.cleaned_data["happened_on"], by=by)
        return super().record(by=by, programme=programme)


class UnplannedHeldForm(FactForm):
    """A meeting was held that nobody had planned, today or on another day."""

    is_of_today = True

    kind = forms.ChoiceField(label=_("Kind of meeting"), choices=Gathering.Kind, initial=Gathering.Kind.BOARD)

    class Meta(FactForm.Meta):
        model = GatheringHeld
        fields = ["happened_on", "note"]

    field_order = ["kind", "happened_on", "evidence_text", "note"]

    def __init__(self, *args: Any, association: Association, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.association = association
        _ask_for_minutes(self)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        kind, on = self.cleaned_data.get("kind"), self.cleaned_data.get("happened_on")
        if not kind or not on:
            return cleaned
        held = GatheringHeld.objects.current().filter(happened_on=on)
        if held.filter(gathering__association=self.association, gathering__kind=kind).exists():
            self.add_error("happened_on", HELD_ALREADY)
        return cleaned

    def record(self, *, by: Any, programme: Programme) -> Fact:
        """Where such a meeting was planned for that day, it is that one."""
        on = self.cleaned_data["happened_on"]
        gathering, _is_new = Gathering.objects.get_or_create(
            association=self.association, kind=self.cleaned_data["kind"], planned_on=on
        )
        let_plan_follow(gathering, on=on, by=by)
        self.instance.gathering = gathering
        return super().record(by=by, programme=programme)


class GatheringMinutesForm(MinutesForm):
    """The minutes of an association's meeting have come."""

    class Meta(MinutesForm.Meta):
        model = GatheringHeld


def _ask_for_minutes(form: FactForm) -> None:
    words = form.fields["evidence_text"]
    words.label = _("Minutes")
    words.help_text = _("May follow later. Where they lie, such as “Folder in the association's room”.")


# --- The monthly meeting


def why_closed(gathering: Gathering) -> str:
    """Why who came cannot be recorded; "" where it can."""
    if gathering.is_cancelled:
        return gettext("The meeting is cancelled.")
    if gathering.planned_on > calendar_today():
        return gettext("The meeting has not been held yet. Who came is recorded on the day itself or later.")
    return ""


class PresenceForm(forms.Form):
    """Who came, of the people whom a page of the screen shows. Remembers, signed and hidden, whom it showed and who was
    marked: only what is changed here is changed, so that two who record at once overwrite nothing, and a list that
    grows meanwhile moves nobody to another page."""

    opened_as = forms.CharField(widget=forms.HiddenInput, required=False)
    came = forms.MultipleChoiceField(
        label=_("Who came?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("The list has changed meanwhile. Look at it again, and save once more.")},
    )

    def __init__(
        self,
        *args: Any,
        gathering: Gathering,
        user: Any,
        people: Iterable[Any],
        is_part: bool = False,
        everybody: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.gathering, self.is_part = gathering, is_part
        self.opened = self._remembered()
        if self.opened is not None:
            people = people_at(gathering, user).filter(uuid__in=self.opened["shown"])
        self.shown = {str(one.uuid): one for one in people}
        self.there = [uuid for uuid, one in self.shown.items() if one.is_there]
        came: Any = self.fields["came"]
        came.choices = [(uuid, str(one)) for uuid, one in self.shown.items()]
        came.initial = list(self.shown) if everybody else self.there
        self.fields["opened_as"].initial = self._signed()

    def _signed(self) -> str:
        return signing.dumps({"shown": list(self.shown), "there": self.there}, salt=_SALT)

    def _remembered(self) -> dict[str, list[str]] | None:
        """Whom the screen showed and who was marked, as it was opened; None where it is opened now, or that is lost."""
        try:
            opened: dict[str, list[str]] = signing.loads(self.data.get("opened_as", ""), salt=_SALT)
        except signing.BadSignature:
            return None
        return opened

    def clean_opened_as(self) -> list[str]:
        if self.opened is None:
            send_next_time(self, "opened_as", self._signed())
            raise ValidationError(_("The list has changed meanwhile. Look at it again, and save once more."))
        return self.opened["there"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if why := why_closed(self.gathering):
            raise ValidationError(why, code="closed")
        came: Any = self.fields["came"]
        if came.choices and not self.errors and self._is_nobody() and not self.is_part and not is_held(self.gathering):
            self.add_error("came", gettext("Mark those who came. Did nobody come, then cancel the meeting."))
        return cleaned

    def _is_nobody(self) -> bool:
        """Is nobody marked, nor was when it was opened?"""
        return not self.cleaned_data["came"] and not self.cleaned_data["opened_as"]

    def save(self, *, by: Any) -> int | None:
        """Record who came; gives how many were recorded or unmarked. None where that nobody of this page came says
        nothing yet of whether the meeting was held."""
        if self.is_part and self._is_nobody():
            return None
        opened, came = ([UUID(one) for one in self.cleaned_data[name]] for name in ("opened_as", "came"))
        return record_presence(self.gathering, opened, came, by=by)
