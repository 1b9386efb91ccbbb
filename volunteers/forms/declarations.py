"""Forms of what a person has declared and been told, and of the languages that she works in."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.moment import today
from bydelsmoedre.personal import refuse_cpr
from programme.entry import FactForm
from programme.models import Evidence
from programme.seen import EndFactForm
from volunteers.models import Declaration, LanguageSkill, Volunteer
from volunteers.models.declarations import REPEATED


class LanguageForm(FactForm):
    """A language that she can work in."""

    given = ("volunteer",)
    is_of_today = True
    evidence_text = None

    class Meta(FactForm.Meta):
        model = LanguageSkill
        fields = ["language", "level", "happened_on"]

    def __init__(self, *args: Any, volunteer: Volunteer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.volunteer = volunteer
        level: Any = self.fields["level"]
        level.choices = [("", _("Not stated")), *(choice for choice in level.choices if choice[0])]
        self.fields["happened_on"].label = _("Known since")


class DeclarationsForm(forms.Form):
    """The sheet of a welcome: what was declared and told on one day. What is recorded already is not asked again."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Declared or told on the day"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose one at least.")},
    )
    started_on = DanishDateField(label=gettext_lazy("Date"), initial=today)
    evidence_text = forms.CharField(
        label=gettext_lazy("Evidence"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Where the signed sheet lies, such as “Binder 2, sheet 14”."),
        validators=[refuse_cpr],
    )

    def __init__(self, *args: Any, volunteer: Volunteer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.volunteer = volunteer
        self.found = list(Declaration.objects.current().filter(volunteer=volunteer))
        self.done = [one for one in self.found if one.ended_on is None]
        standing = {one.kind for one in self.done if one.kind not in REPEATED}
        kinds: Any = self.fields["kinds"]
        kinds.choices = [(kind.value, capfirst(kind.label)) for kind in Declaration.Kind if kind not in standing]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        on, wanted = self.cleaned_data.get("started_on"), self.cleaned_data.get("kinds", ())
        if any(one.kind in wanted and one.kind in REPEATED and one.started_on == on for one in self.done):
            self.add_error("kinds", _("The declaration is recorded already."))
        if on and any(one.kind in wanted and one.ended_on and on <= one.ended_on for one in self.found):
            self.add_error("started_on", _("She withdrew an earlier consent on that day or later."))
        return cleaned

    @transaction.atomic
    def record(self, *, by: Any) -> Volunteer:
        """Record all that was ticked, with the same day and the same evidence."""
        text = self.cleaned_data["evidence_text"]
        about = {"programme": self.volunteer.programme, "description": text, "added_by": by}
        evidence = Evidence.objects.create(**about) if text else None
        on = self.cleaned_data["started_on"]
        for kind in self.cleaned_data["kinds"]:
            Declaration.record(by=by, volunteer=self.volunteer, kind=kind, started_on=on, evidence=evidence)
        return self.volunteer


class WithdrawPhotosForm(EndFactForm):
    """The last day on which the consent to photos holds."""

    ended_on = DanishDateField(label=gettext_lazy("Withdrawn on"), initial=today)
