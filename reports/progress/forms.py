"""Forms of progress reports: begin one, write a section, approve it; and what the municipality answers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.personal import refuse_cpr
from bydelsmoedre.sorting import danish_order
from bydelsmoedre.stale import StaleFormMixin, send_next_time
from programme.models import Organisation, Programme
from reports.models import ProgressReport, Section
from reports.progress.kinds import SectionKind

#: The kinds of organisations that are sent reports.
RECIPIENTS = (Organisation.Kind.MUNICIPALITY, Organisation.Kind.FOUNDATION, Organisation.Kind.OTHER)


class ReportForm(StaleFormMixin, EntryForm):
    """What the report is about. Its kind is chosen once."""

    given = ("programme",)

    period_from = DanishDateField(label=gettext_lazy("Period from"), may_be_future=True)
    period_to = DanishDateField(
        label=gettext_lazy("To and including"),
        may_be_future=True,
        help_text=gettext_lazy("The figures are told as of this day."),
    )
    due_on = DanishDateField(label=gettext_lazy("Due on"), required=False, may_be_future=True)

    class Meta:
        model = ProgressReport
        fields = ["kind", "period_from", "period_to", "recipient", "agreement", "case_number", "due_on"]

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = self.instance.programme = programme
        recipient: Any = self.fields["recipient"]
        recipient.queryset = programme.organisations.filter(kind__in=RECIPIENTS).order_by(danish_order("name"))
        recipient.empty_label = _("Choose")
        agreement: Any = self.fields["agreement"]
        agreement.queryset = programme.agreements.order_by("title")
        agreement.empty_label = _("None")
        if self.instance.pk:
            self.fields["kind"].disabled = True
            if self.instance.frozen.exists():  # a version is locked to that day: another day is another report
                for name in ("period_from", "period_to", "recipient"):
                    self.fields[name].disabled = True

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        first, last = self.cleaned_data.get("period_from"), self.cleaned_data.get("period_to")
        if first and first < self.programme.starts_on:
            self.add_error("period_from", _("The programme had not begun."))
        if last and last > self.programme.deadline:
            self.add_error("period_to", _("The programme is over by then."))
        return cleaned

    def write(self, *, by: Any) -> ProgressReport:
        """Keep it, and who began it or has edited it last."""
        if self.instance.pk is None:
            self.instance.begun_by = by
        else:
            self.instance.edited_by = by
        report: ProgressReport = self.save()
        return report


class SectionForm(StaleFormMixin, EntryForm):
    """The words of one section."""

    given = ("report",)

    class Meta:
        model = Section
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 18})}

    def __init__(self, *args: Any, report: ProgressReport, kind: SectionKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.report = report
        self.instance.code = kind.code
        text = self.fields["text"]
        text.label = kind.asks
        text.help_text = _(
            "### makes a heading, - a bullet, **bold** and *italic*. Write nobody’s name: the municipality reads it."
        )

    def write(self, *, by: Any) -> Section:
        """Keep the words, and who wrote them last."""
        self.instance.written_by = by
        section: Section = self.save()
        return section


class ApprovalForm(forms.Form):
    """Approve and freeze; a later version says why. `seen` is what the report says now (`fingerprint`): who approves
    has read just that."""

    reason = forms.CharField(
        label=gettext_lazy("Why it replaces the version before"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_cpr],
        help_text=gettext_lazy("Such as what was registered afterwards. It stands on the report’s first page."),
    )

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, is_first: bool, seen: str, hindrances: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hindrances = hindrances
        self.fields["seen"].initial = self.now = seen
        if is_first:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for one in self.hindrances:
            self.add_error(None, one)
        if self.cleaned_data.get("seen") != self.now:
            send_next_time(self, "seen", self.now)
            self.add_error(
                None, _("The report has changed since you opened this page. Read it again before you approve it.")
            )
        return cleaned


class WordsForm(forms.Form):
    """What the municipality asks or why it returns a report; what is answered."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        validators=[refuse_cpr],
        help_text=gettext_lazy("Nobody’s name."),
    )

    def __init__(self, *args: Any, label: str = "", help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["text"]
        field.label, field.help_text = label or field.label, help_text or field.help_text


class QuestionForm(WordsForm):
    """A question, about the report or one of its sections."""

    section = forms.ChoiceField(label=gettext_lazy("About"), required=False)

    field_order = ["section", "text"]

    def __init__(self, *args: Any, sections: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["section"]
        field.choices = [("", _("The whole report")), *sections]
