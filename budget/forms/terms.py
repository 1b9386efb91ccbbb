"""Forms of the terms of a grant: what the funder has tied it to, its conditions, and that one is met."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budget.models import Budget, ConditionMet, GrantCondition, GrantTerms, Instalment
from budget.models.terms import DEFAULT_AMOUNT
from bydelsmoedre.danish import dato, kroner
from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField, KronerField, PercentField
from bydelsmoedre.stale import AsSeenMixin, Difference, StaleFormMixin, refuse_stale
from programme.entry import FactForm
from programme.facts import Fact
from programme.models import Organisation, Programme
from programme.seen import differences

#: What is agreed, as columns.
AGREED = (
    "case_number", "report_due_on", "reallocation_share", "reallocation_amount", "asks_about_salaries", "unused",
    "needs_audit",
)  # fmt: skip


class TermsForm(FactForm):
    """The terms of a funder's grant. Those of a day that has terms already are corrected; of a later day they are
    others, which hold from then."""

    given = ("budget", "funder")

    report_due_on = DanishDateField(label=_("Final report and accounts due on"), may_be_future=True, required=False)
    reallocation_amount = KronerField(
        label=_("Moved without asking, kr. of a line"), initial=DEFAULT_AMOUNT, help_text=_("Such as 100.000.")
    )

    class Meta(FactForm.Meta):
        model = GrantTerms
        fields = ["happened_on", *AGREED, "note"]

    field_order = ["happened_on", *AGREED, "evidence_text", "note"]

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    difference: list[Difference] | None = None

    def __init__(
        self, *args: Any, budget: Budget, funder: Organisation, holding: GrantTerms | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.instance.budget, self.instance.funder, self.holding = budget, funder, holding
        self.fields["seen"].initial = holding.pk if holding else None
        self.fields["happened_on"].label = _("Hold from")
        self.fields["happened_on"].help_text = _(
            "The day of the grant. If the funder agrees to other terms later, the day from which they hold."
        )
        self.fields["case_number"].help_text = _("The funder's own number, which stands on reports to it.")
        self.fields["reallocation_share"] = PercentField(
            label=self.fields["reallocation_share"].label,
            help_text=_("More than that of a line's approved amount, and it must be asked."),
        )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        seen, holding = self.cleaned_data.get("seen"), self.holding
        if seen != (holding.pk if holding else None):
            ours = GrantTerms.objects.filter(budget=self.instance.budget, funder=self.instance.funder)
            before = ours.filter(pk=seen or 0).first()
            difference = differences(self, before, holding) if before and holding else None
            refuse_stale(self, "seen", holding.pk if holding else "", difference)
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Terms of the same day are superseded, so they stand in nobody's way."""
        excluded = super()._get_validation_exclusions()
        return excluded | {"funder"} if self._is_correction() else excluded

    def _is_correction(self) -> bool:
        return self.holding is not None and self.cleaned_data.get("happened_on") == self.holding.happened_on

    def record(self, *, by: Any, programme: Programme) -> Fact:
        """Record the terms; of the day of those that hold, the next version of them."""
        if self.holding is None or not self._is_correction():
            return super().record(by=by, programme=programme)
        changes = {name: self.cleaned_data[name] for name in (*AGREED, "note")}
        if evidence := self._evidence(by=by, programme=programme):
            changes["evidence"] = evidence
        return self.holding.supersede(by=by, reason=gettext("The terms are corrected."), **changes)


class InstalmentField(forms.ModelChoiceField):
    """An instalment of the funder's, by its day and amount."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{dato(obj.due_on)}: {kroner(obj.amount)}"


class ConditionForm(StaleFormMixin, EntryForm):
    """What a funder wants done or shown before it pays."""

    given = ("budget", "funder")

    due_on = DanishDateField(
        label=_("Due on"),
        may_be_future=True,
        required=False,
        help_text=_("Leave it empty where the funder has named no day; then the instalment's counts."),
    )

    class Meta:
        model = GrantCondition
        fields = ["text", "due_on", "instalment"]

    field_order = ["text", "due_on", "instalment"]

    def __init__(self, *args: Any, budget: Budget, funder: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.budget, self.instance.funder = budget, funder
        self.fields["text"].help_text = _("Such as “The mid-term report is approved”. No names of persons.")
        self.fields["instalment"] = InstalmentField(
            Instalment.objects.filter(budget=budget, funder=funder).order_by("due_on"),
            label=_("Holds back the instalment"),
            empty_label=_("No instalment"),
            required=False,
            help_text=_("The instalment is shown as held back until the condition is met."),
        )


class DeleteConditionForm(AsSeenMixin, ConditionForm):
    """The condition as it was seen."""


class ConditionMetForm(FactForm):
    """From which day a condition is met, and what proves it."""

    is_of_today = True
    given = ("condition",)

    class Meta(FactForm.Meta):
        model = ConditionMet
        fields = ["happened_on", "note"]

    field_order = ["happened_on", "evidence_text", "note"]

    def __init__(self, *args: Any, condition: GrantCondition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.condition = condition

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.require_evidence(_("Say what proves that the condition is met, or attach it."))
        return cleaned
