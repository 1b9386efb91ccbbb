"""Forms about what was looked at: nothing is written in words of one's own, since it may be about a person."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.entry import EntryForm
from programme.entry import FactForm
from programme.models import SuccessCriterion
from reports.models import EvidenceCheck, FrozenReport, SpotCheck, SpotCheckResult
from reports.models.checks import MOST_DRAWN


class LookedAtForm(FactForm):
    """What came of looking, and on which day."""

    is_of_today = True
    evidence_text = None

    class Meta(FactForm.Meta):
        fields = ["outcome", "happened_on"]
        widgets = {"outcome": forms.RadioSelect}

    def __init__(self, *args: Any, thing: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.thing = thing
        outcome: Any = self.fields["outcome"]
        outcome.choices = [(value, label) for value, label in outcome.choices if value]


class EvidenceCheckForm(LookedAtForm):
    """The documentation of something that counts was looked at."""

    given = ("criterion", "thing")

    class Meta(LookedAtForm.Meta):
        model = EvidenceCheck

    def __init__(self, *args: Any, criterion: SuccessCriterion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.criterion = criterion


class SpotCheckResultForm(LookedAtForm):
    """What came of one that was drawn."""

    given = ("spot_check", "thing")

    class Meta(LookedAtForm.Meta):
        model = SpotCheckResult

    def __init__(self, *args: Any, spot_check: SpotCheck, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.spot_check = spot_check


class CountedField(forms.ModelChoiceField):
    """A criterion, with how many count in the report."""

    def offer(self, criteria: Any, counting: dict[int, int]) -> None:
        self.queryset, self.counting = criteria, counting
        self.empty_label = _("Choose")

    def label_from_instance(self, obj: SuccessCriterion) -> str:
        return _("%(criterion)s: %(count)s count") % {"criterion": obj, "count": self.counting[obj.number]}


class SpotCheckForm(EntryForm):
    """Of which criterion in the report, and how many. Which ones nobody chooses."""

    given = ("frozen",)

    criterion = CountedField(SuccessCriterion.objects.none(), label=_("What is to be looked at"))
    count = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=MOST_DRAWN,
        initial=5,
        help_text=_("From 1 to 10. Which they are is drawn by lot when you ask; nobody chooses."),
        error_messages={
            "invalid": _("Write a whole number."),
            "min_value": _("From 1 to 10."),
            "max_value": _("From 1 to 10."),
        },
    )

    class Meta:
        model = SpotCheck
        fields = ["criterion", "count"]

    def __init__(
        self, *args: Any, frozen: FrozenReport, criteria: Any, counting: dict[int, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.instance.frozen = frozen
        self.counting = counting
        chosen: Any = self.fields["criterion"]
        chosen.offer(criteria, counting)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        criterion, count = self.cleaned_data.get("criterion"), self.cleaned_data.get("count")
        if criterion and count and count > (there := self.counting[criterion.number]):
            self.add_error("count", _("Only %(count)s count in the report.") % {"count": there})
        return cleaned

    def ask(self, *, by: Any) -> SpotCheck:
        self.instance.asked_by = by
        self.instance.save(force_insert=True)
        return self.instance
