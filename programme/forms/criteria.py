"""Forms about a criterion's rule: its next version, its acceptance by the municipality, a criterion that is new."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Max
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.fields import DanishDateField
from programme.entry import FactForm
from programme.models import CriterionVersion, Programme, SuccessCriterion
from programme.rules import NUMBERS, accept, adopt, compose, why_not_from
from programme.seen import AboutFactForm

Rule = CriterionVersion.Rule

#: The version before, as it is said again by the next one until something else is written.
SAID = ("wording", "rule", "rule_text", "document_kind", "target", "deadline")


def check_setting(form: forms.BaseForm) -> None:
    """A number has a target, a decision has none; a kind of document belongs to the rule that asks for one. For the
    `clean()` of a form with these fields."""
    given = form.cleaned_data
    rule, target, kind = given.get("rule"), given.get("target"), given.get("document_kind")
    if rule in NUMBERS and target is None and "target" not in form.errors:
        form.add_error("target", gettext("Write how many are needed."))
    if rule and rule not in NUMBERS and target is not None:
        form.add_error("target", gettext("This rule is a decision and has no target. Leave it empty."))
    if rule == Rule.DOCUMENT_ADOPTED and not kind and "document_kind" not in form.errors:
        form.add_error("document_kind", gettext("Choose the document that is to be adopted."))
    if rule and rule != Rule.DOCUMENT_ADOPTED and kind:
        form.add_error("document_kind", gettext("This rule asks for no particular document. Choose none."))
    if target == 0:
        form.add_error("target", gettext("At least 1."))


class RuleForm(FactForm):
    """A version of a criterion's rule, from a day on."""

    class Meta(FactForm.Meta):
        model = CriterionVersion
        fields = ["wording", "rule", "document_kind", "target", "deadline", "rule_text", "started_on", "accepted_on"]
        widgets = {"wording": forms.Textarea(attrs={"rows": 3}), "rule_text": forms.Textarea(attrs={"rows": 4})}

    field_order = [
        "wording", "rule", "document_kind", "target", "deadline", "rule_text", "started_on", "accepted_on",
        "evidence_text",
    ]  # fmt: skip

    def __init__(self, *args: Any, criterion: SuccessCriterion, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        if criterion.pk:
            self.instance.criterion = criterion
        self.criterion = criterion
        words: Any = {
            "target": _("Only for a rule that is a number."),
            "document_kind": _("Only where one is to be adopted."),
        }
        for name, text in words.items():
            self.fields[name].help_text = text
        self.fields["rule_text"].help_text = _("What counts, as somebody who does not know us would ask.")
        self.fields["started_on"].help_text = _("Figures of earlier days keep the rule of those days.")
        self._dated("deadline", may_be_future=True, initial=programme.deadline)
        self._dated("accepted_on", may_be_future=False, required=False)

    def _dated(self, name: str, *, may_be_future: bool, required: bool = True, initial: Any = None) -> None:
        old: Any = self.fields[name]
        self.fields[name] = DanishDateField(
            label=old.label,
            help_text=old.help_text,
            required=required,
            initial=initial,
            may_be_future=may_be_future,
        )

    def _get_validation_exclusions(self) -> set[str]:
        """That no other version holds in the period is what adopting it brings about."""
        return super()._get_validation_exclusions() | {"period"}

    def clean_started_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["started_on"]
        if why := why_not_from(self.criterion, self.programme, day):
            raise forms.ValidationError(why)
        return day

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        check_setting(self)
        if self.cleaned_data.get("accepted_on"):
            self.require_evidence(_("Say where the municipality’s acceptance can be read, or attach it."))
        return cleaned

    def adopt(self, *, by: Any) -> CriterionVersion:
        """Record the version that the valid form describes."""
        self.instance.evidence = self._evidence(by=by, programme=self.programme)
        return adopt(self.instance, by=by, reason=gettext("A new version of the rule."))


class CriterionForm(RuleForm):
    """A new criterion with its first version."""

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=99)
    name = forms.CharField(label=_("Short name"), max_length=120)

    field_order = ["number", "name", *RuleForm.field_order]

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, criterion=SuccessCriterion(programme=programme), programme=programme, **kwargs)
        last = programme.criteria.aggregate(last=Max("number"))["last"] or 0
        self.fields["number"].initial = last + 1
        self.fields["started_on"].initial = programme.starts_on

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        if self.programme.criteria.filter(number=number).exists():
            raise forms.ValidationError(_("There is a criterion with that number already."))
        return number

    def compose(self, *, by: Any) -> SuccessCriterion:
        """Make the criterion that the valid form describes."""
        self.instance.evidence = self._evidence(by=by, programme=self.programme)
        self.criterion.number, self.criterion.name = self.cleaned_data["number"], self.cleaned_data["name"]
        return compose(self.criterion, self.instance, by=by, reason=gettext("A new criterion."))


class AcceptanceForm(AboutFactForm, FactForm):
    """The municipality has accepted the rule of a version."""

    class Meta(FactForm.Meta):
        model = CriterionVersion
        fields: list[str] = []

    accepted_on = DanishDateField(label=_("Accepted by the municipality"))
    field_order = ["accepted_on", "evidence_text"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.fact.accepted_on and self.cleaned_data.get("accepted_on") == self.fact.accepted_on:
            self.add_error("accepted_on", _("That day is recorded already."))
        self.require_evidence(_("Say where the municipality’s acceptance can be read, or attach it."))
        return cleaned

    def _post_clean(self) -> None:
        """Nothing but what is known of the acceptance is said: the version itself is checked when it is superseded."""

    def accept(self, *, by: Any, programme: Programme) -> CriterionVersion:
        """Record what the valid form says."""
        evidence = self._evidence(by=by, programme=programme)
        reason = (
            gettext("The day of the acceptance was wrong.")
            if self.fact.accepted_on
            else gettext("The municipality has accepted the rule.")
        )
        return accept(self.fact, accepted_on=self.cleaned_data["accepted_on"], evidence=evidence, by=by, reason=reason)

    @property
    def recorded(self) -> CriterionVersion:
        return self.fact
