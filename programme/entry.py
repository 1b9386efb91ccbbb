"""Forms that record a fact, and how a fact is recorded from one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField, refuse_cpr_in
from bydelsmoedre.personal import refuse_cpr
from programme.facts import Fact
from programme.models import Evidence, Programme


class FactForm(EntryForm):
    """Base of the forms that record a fact: dates as Danes write them, evidence in words, no CPR numbers."""

    evidence_text = forms.CharField(
        label=_("Evidence"),
        required=False,
        max_length=300,
        help_text=_("Where the proof lies, such as “Minutes, case no. 2011-123”."),
        validators=[refuse_cpr],
    )

    class Meta:
        model: type[Fact]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("happened_on", "started_on", "ended_on"):
            if name in self.fields:
                old = self.fields[name]
                self.fields[name] = DanishDateField(
                    label=old.label,
                    required=old.required,
                    initial=old.initial,
                    help_text=old.help_text,
                    may_be_future=name != "happened_on",
                )
        if "note" in self.fields:
            self.fields["note"].help_text = _("Optional. Nothing about a person's health, religion or origin.")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        refuse_cpr_in(self)
        started, ended = self.cleaned_data.get("started_on"), self.cleaned_data.get("ended_on")
        if started and ended and ended < started:
            self.add_error("ended_on", _("The end is before the start."))
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Constraints on current facts are asked about before saving too: their columns are nobody's to fill in."""
        return super()._get_validation_exclusions() - {"retracted_at", "period"}

    def record(self, *, by: Any, programme: Programme) -> Fact:
        """Record the fact that the valid form describes, with its evidence."""
        if text := self.cleaned_data.get("evidence_text"):
            self.instance.evidence = Evidence.objects.create(programme=programme, description=text, added_by=by)
        self.instance.recorded_by = by
        self.instance.save(force_insert=True)
        return self.instance
