"""Forms about a frozen report before the municipal committee: the annex's texts, and what was decided."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bydelsmoedre.entry import EntryForm
from bydelsmoedre.stale import StaleFormMixin
from programme.entry import FactForm
from reports.models import CommitteeAnnex, CommitteeDecision, FrozenReport
from reports.models.committee import MOST_LETTERS, MOST_LINES, TEXTS


class AnnexForm(StaleFormMixin, EntryForm):
    """The four texts."""

    given = ("frozen",)

    class Meta:
        model = CommitteeAnnex
        fields = TEXTS
        widgets = dict.fromkeys(TEXTS, forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TEXTS:
            self.fields[name].help_text = _("At most %(letters)d letters and %(lines)d lines.") % {
                "letters": MOST_LETTERS,
                "lines": MOST_LINES,
            }

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if CommitteeDecision.objects.stands_on(self.instance.frozen):
            raise ValidationError(
                _("The committee has decided on this report. Its annex stays as the committee had it."), code="decided"
            )
        return cleaned

    def write(self, *, by: Any) -> CommitteeAnnex:
        """Keep the words, and who wrote them last."""
        self.instance.written_by = by
        annex: CommitteeAnnex = self.save()
        return annex


class DecisionForm(FactForm):
    """What the committee decided, and when."""

    given = ("frozen",)
    is_of_today = True
    evidence_text = None

    class Meta(FactForm.Meta):
        model = CommitteeDecision
        fields = ["happened_on", "body", "outcome", "remark"]
        widgets = {"remark": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "happened_on": gettext_lazy("The day of the committee’s meeting."),
            "body": gettext_lazy("Such as “Socialudvalget”."),
            "remark": gettext_lazy("Nobody’s name: it is read by everybody who reads the report."),
        }

    def __init__(self, *args: Any, frozen: FrozenReport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.frozen = frozen
