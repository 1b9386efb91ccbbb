"""Forms of how a person came: her candidacy and its steps, what was seen in her, the answer of the formerly paid."""

from typing import Any

from django import forms
from django.core import signing
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.moment import today
from bydelsmoedre.personal import refuse_cpr
from bydelsmoedre.stale import Difference, refuse_stale, send_next_time
from programme.entry import FactForm
from volunteers import recruitment
from volunteers.models import Assessment, Candidacy, StageEvent, Transition, TransitionAnswer, Volunteer

_SALT = "volunteers.assessment"


class CandidacyForm(forms.Form):
    """The day on which she became interested."""

    happened_on = DanishDateField(label=gettext_lazy("Interested from"), initial=today)

    def __init__(self, *args: Any, volunteer: Volunteer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.volunteer = volunteer

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        try:
            recruitment.check_beginning(self.volunteer, self.cleaned_data.get("happened_on"))
        except recruitment.OutOfOrder as refused:
            self.add_error(refused.field, refused.message)
        return cleaned


class StageForm(FactForm):
    """A step of a candidacy; which one stands in the address."""

    # What may follow what is said by the rule, in better words than the constraints have: so neither is `given`.
    is_of_today = True
    evidence_text = None

    class Meta(FactForm.Meta):
        model = StageEvent
        fields = ["happened_on", "note"]

    def __init__(self, *args: Any, candidacy: Candidacy, stage: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.candidacy = candidacy
        self.instance.stage = stage

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        steps = StageEvent.objects.current().filter(candidacy=self.instance.candidacy)
        try:
            recruitment.check(steps, self.instance.stage, self.cleaned_data.get("happened_on"))
        except recruitment.OutOfOrder as refused:
            self.add_error(refused.field, refused.message)
        return cleaned


class AssessmentForm(forms.Form):
    """The three things that recruitment looks at, in one form: a level for each, and a sentence where one is needed.

    Remembers, signed and hidden, what stood there when it was opened: what somebody has changed meanwhile is shown, and
    nothing is overwritten. Validate and save in one transaction: the candidacy is locked while it is compared."""

    opened_as = forms.CharField(widget=forms.HiddenInput, required=False)
    happened_on = DanishDateField(label=gettext_lazy("Assessed on"), initial=today)

    difference: list[Difference] | None = None

    def __init__(self, *args: Any, candidacy: Candidacy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidacy = candidacy
        self.found = self._find()
        self.fields["opened_as"].initial = signing.dumps(self._snapshot(), salt=_SALT)
        levels = [(str(level.value), capfirst(level.label)) for level in Assessment.Level]
        for aspect in Assessment.Aspect:
            known = self.found.get(aspect)
            self.fields[f"{aspect}_level"] = forms.ChoiceField(
                label=capfirst(aspect.label),
                choices=levels,
                widget=forms.RadioSelect,
                required=False,
                initial=str(known.level) if known else None,
            )
            self.fields[f"{aspect}_note"] = forms.CharField(
                label=_("%(aspect)s in a sentence") % {"aspect": capfirst(aspect.label)},
                required=False,
                max_length=300,
                validators=[refuse_cpr],
                initial=known.note if known else "",
            )
        last = self.fields[f"{Assessment.Aspect.NETWORK}_note"]
        last.help_text = _("Optional. Nothing about a person's health, religion or origin.")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.cleaned_data.pop("opened_as", None)
        self._compare()
        levels = {aspect: self.cleaned_data.get(f"{aspect}_level") for aspect in Assessment.Aspect}
        for aspect, level in levels.items():
            if self.cleaned_data.get(f"{aspect}_note") and not level and f"{aspect}_level" not in self.errors:
                self.add_error(f"{aspect}_level", _("Choose a level for the sentence."))
        if not any(levels.values()) and not self.errors:
            self.add_error(None, _("Choose a level for one aspect at least."))
        return cleaned

    def _find(self) -> dict[str, Assessment]:
        return {one.aspect: one for one in Assessment.objects.current().filter(candidacy=self.candidacy)}

    def _snapshot(self) -> dict[str, str]:
        """What stands there, by the names of the fields."""
        seen: dict[str, str] = {}
        for aspect, known in self.found.items():
            seen |= {f"{aspect}_level": str(known.level), f"{aspect}_note": known.note}
        return seen

    def _compare(self) -> None:
        Candidacy.objects.select_for_update(of=("self",)).get(pk=self.candidacy.pk)
        self.found = self._find()
        now = self._snapshot()
        try:
            opened = signing.loads(str(self.data.get(self.add_prefix("opened_as"), "")), salt=_SALT)
        except signing.BadSignature:
            opened = {}
        changed = [name for name in self.fields if opened.get(name, "") != now.get(name, "")]
        if not changed:
            return
        difference = [self._told(name, opened.get(name, ""), now.get(name, "")) for name in changed]
        for name in changed:  # what was left here as it was opened is shown as it is now
            if self.data.get(self.add_prefix(name), "") == opened.get(name, ""):
                send_next_time(self, name, now.get(name, ""))
        refuse_stale(self, "opened_as", signing.dumps(now, salt=_SALT), difference)

    def _told(self, name: str, opened: str, theirs: str) -> Difference:
        field: Any = self.fields[name]
        words = {value: str(label) for value, label in getattr(field, "choices", ())}
        values = (opened, theirs, str(self.data.get(self.add_prefix(name), "")))
        return Difference(str(field.label), *(words.get(value, value) for value in values))

    @transaction.atomic
    def record(self, *, by: Any) -> Candidacy:
        """Record what is new; what has changed supersedes what stood there."""
        for aspect in Assessment.Aspect:
            if level := self.cleaned_data.get(f"{aspect}_level"):
                seen = {"level": int(level), "note": self.cleaned_data[f"{aspect}_note"]}
                self._record(aspect, seen, by)
        return self.candidacy

    def _record(self, aspect: str, seen: dict[str, Any], by: Any) -> None:
        known, on = self.found.get(aspect), self.cleaned_data["happened_on"]
        if known is None:
            Assessment.record(by=by, candidacy=self.candidacy, aspect=aspect, happened_on=on, **seen)
        elif seen != {"level": known.level, "note": known.note}:
            known.supersede(by=by, reason=_("Assessed anew."), happened_on=on, **seen)


class TransitionForm(EntryForm):
    """She was paid in one of the four projects that ended as the programme began."""

    class Meta:
        model = Transition
        fields = ["project"]

    def __init__(self, *args: Any, volunteer: Volunteer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.volunteer = volunteer

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if Transition.objects.filter(volunteer=self.instance.volunteer).exists():
            self.add_error("project", _("She is recorded as formerly paid already."))
        return cleaned


class AnswerForm(FactForm):
    """What a formerly paid mother has answered to going on as a volunteer."""

    given = ("transition",)
    is_of_today = True
    evidence_text = None

    class Meta(FactForm.Meta):
        model = TransitionAnswer
        fields = ["answer", "happened_on"]
        widgets = {"answer": forms.RadioSelect}

    def __init__(self, *args: Any, transition: Transition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.transition = transition
        answer: Any = self.fields["answer"]
        answer.choices = [choice for choice in answer.choices if choice[0]]
