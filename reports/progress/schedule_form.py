"""The form of a report that is agreed on."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.sorting import danish_order
from bydelsmoedre.stale import StaleFormMixin
from programme.models import Programme
from reports.models import ReportSchedule
from reports.progress.forms import RECIPIENTS


class ScheduleForm(StaleFormMixin, EntryForm):
    """What is to be reported, to whom and by when."""

    given = ("programme",)

    period_from = DanishDateField(label=gettext_lazy("Period from"), may_be_future=True)
    period_to = DanishDateField(
        label=gettext_lazy("To and including"),
        may_be_future=True,
        help_text=gettext_lazy("The figures are told as of this day."),
    )
    due_on = DanishDateField(label=gettext_lazy("Due on"), may_be_future=True)

    class Meta:
        model = ReportSchedule
        fields = ["kind", "period_from", "period_to", "due_on", "recipient", "agreement", "dated_by"]

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = self.instance.programme = programme
        recipient: Any = self.fields["recipient"]
        recipient.queryset = programme.organisations.filter(kind__in=RECIPIENTS).order_by(danish_order("name"))
        recipient.empty_label = _("Choose")
        agreement: Any = self.fields["agreement"]
        agreement.queryset = programme.agreements.order_by("title")
        agreement.empty_label = _("None")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        first, last = self.cleaned_data.get("period_from"), self.cleaned_data.get("period_to")
        if first and first < self.programme.starts_on:
            self.add_error("period_from", _("The programme had not begun."))
        if last and last > self.programme.deadline:
            self.add_error("period_to", _("The programme is over by then."))
        return cleaned
