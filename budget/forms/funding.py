"""Forms of the funding: what a funder has done, an instalment that is planned, the approval of the budget."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from budget.granted import Stage, below_promise, facts_of, why_not_paid
from budget.models import Budget, BudgetApproval, FundingFact, Instalment
from bydelsmoedre.danish import dato, kroner
from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField, KronerField
from bydelsmoedre.sorting import danish_order
from bydelsmoedre.stale import AsSeenMixin, StaleFormMixin
from programme.entry import FactForm
from programme.models import Organisation

#: A body decides, never the applicant nor a secretariat.
DECIDING = (Organisation.Kind.BODY, Organisation.Kind.STEERING_GROUP)
#: Who gives money; bodies decide on it for them.
NO_FUNDERS = (*DECIDING, Organisation.Kind.SECRETARIAT)


def funders_of(budget: Budget) -> QuerySet[Organisation]:
    ours = Organisation.objects.filter(programme=budget.programme_id).exclude(kind__in=NO_FUNDERS)
    return ours.order_by(danish_order("name"))


def deciding_bodies(budget: Budget) -> QuerySet[Organisation]:
    ours = Organisation.objects.filter(programme=budget.programme_id, kind__in=DECIDING)
    return ours.order_by(danish_order("name"))


class FundingForm(FactForm):
    """A funder has proposed, promised, granted or paid an amount."""

    is_of_today = True
    given = ("budget",)

    amount = KronerField(label=_("Amount, kr."), help_text=_("Such as 400.000."))
    is_smaller = forms.BooleanField(label=_("The grant is smaller than promised"), required=False)

    class Meta(FactForm.Meta):
        model = FundingFact
        fields = ["funder", "stage", "amount", "happened_on", "decided_by", "given_by_office", "source", "note"]

    field_order = [
        "funder", "stage", "amount", "is_smaller", "happened_on", "decided_by", "given_by_office", "source",
        "evidence_text", "note",
    ]  # fmt: skip

    def __init__(self, *args: Any, budget: Budget, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.budget = budget
        funder: Any = self.fields["funder"]
        funder.queryset, funder.empty_label = funders_of(budget), _("Choose a funder")
        body: Any = self.fields["decided_by"]
        body.queryset, body.empty_label = deciding_bodies(budget), _("Nobody has decided")
        self.fields["is_smaller"].help_text = _("Tick it where the funder has granted less than it promised.")
        body.help_text = _("A grant is decided by a body: a committee or a board, never by who has applied.")
        self.fields["given_by_office"].help_text = _("Who has given a promise, by office, not by name.")
        self.fields["source"].help_text = _("The pool or account that the money comes from.")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = self.cleaned_data
        if given.get("amount") is not None and given["amount"] <= 0:
            self.add_error("amount", _("The amount must be above 0 kr."))
        if given.get("stage") == Stage.GRANTED and "decided_by" in given:
            self._clean_decision(given["decided_by"], given.get("funder"))
        if given.get("stage") and given.get("amount") and given.get("funder") and given.get("happened_on"):
            self._clean_amount(given["stage"], given["funder"])
        return cleaned

    def _clean_decision(self, body: Organisation | None, funder: Organisation | None) -> None:
        if body is None:
            self.add_error("decided_by", _("Say which body has granted the money."))
        elif funder and body.part_of_id not in (None, funder.pk):
            self.add_error("decided_by", _("That body does not decide for %(funder)s.") % {"funder": funder})

    def _clean_amount(self, stage: str, funder: Organisation) -> None:
        """Held against what the funder has done otherwise. The budget is locked meanwhile, so that of two payments at
        once the second is told what the first has left."""
        budget, given = self.instance.budget, self.cleaned_data
        Budget.objects.select_for_update(of=("self",)).get(pk=budget.pk)
        facts = facts_of(budget, funder)
        if stage == Stage.PAID and (why := why_not_paid(facts, given["amount"], given["happened_on"])):
            self.add_error("amount", why)
        if stage in (Stage.GRANTED, Stage.PROMISED) and not given.get("is_smaller"):
            new = FundingFact(stage=stage, amount=given["amount"], happened_on=given["happened_on"])
            if sums := below_promise(facts, new):
                told = {
                    "granted": kroner(sums.granted),
                    "promised": kroner(sums.promised),
                    "day": dato(sums.on),
                    "funder": funder,
                }
                self.add_error(
                    "amount",
                    _(
                        "By %(day)s %(funder)s has promised %(promised)s, but only %(granted)s is granted. If that is "
                        "right, tick that the grant is smaller than promised."
                    )
                    % told,
                )


class InstalmentForm(StaleFormMixin, EntryForm):
    """A part of a grant, and the day on which it is to be paid."""

    given = ("budget",)

    due_on = DanishDateField(label=_("Due on"), may_be_future=True)
    amount = KronerField(label=_("Amount, kr."), help_text=_("Such as 400.000."))

    class Meta:
        model = Instalment
        fields = ["funder", "due_on", "amount"]

    def __init__(self, *args: Any, budget: Budget, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.budget = budget
        funder: Any = self.fields["funder"]
        funder.queryset, funder.empty_label = funders_of(budget), _("Choose a funder")

    def clean_funder(self) -> Organisation:
        funder: Organisation = self.cleaned_data["funder"]
        held = self.instance.conditions.exclude(funder=funder).first() if self.instance.pk else None
        if held:
            raise forms.ValidationError(
                _("A condition of %(funder)s holds the instalment back. Change the condition first."),
                code="held_back",
                params={"funder": held.funder},
            )
        return funder


class DeleteInstalmentForm(AsSeenMixin, InstalmentForm):
    """The instalment as it was seen."""


class ApprovalForm(FactForm):
    """A body has approved the budget."""

    is_of_today = True
    given = ("budget",)

    class Meta(FactForm.Meta):
        model = BudgetApproval
        fields = ["body", "happened_on", "note"]

    field_order = ["body", "happened_on", "evidence_text", "note"]

    def __init__(self, *args: Any, budget: Budget, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.budget = budget
        body: Any = self.fields["body"]
        body.queryset, body.empty_label = deciding_bodies(budget), _("Choose a body")

    def clean_body(self) -> Organisation:
        body: Organisation = self.cleaned_data["body"]
        if BudgetApproval.objects.current().filter(budget=self.instance.budget, body=body).exists():
            raise forms.ValidationError(_("The approval is recorded already."), code="twice")
        return body
