"""Forms about effect indicators: the indicator, the target of a period, a measurement and its correction."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField, KronerField
from bydelsmoedre.stale import StaleFormMixin
from programme.entry import FactForm
from programme.models import EffectIndicator, IndicatorTarget, Measurement, Programme
from programme.seen import AboutFactForm, reason_field

#: What can be chosen: values with their words.
Choices = Sequence[tuple[str, Any]]


#: What is chosen of an indicator that is computed.
OF_COMPUTED = ("computed_figure", "only_association", "only_topic", "grouping")


class NumberField(KronerField):
    """A number as Danes write it. 0 is a number, empty is none."""

    def clean(self, value: Any) -> Decimal | None:
        try:
            return super().clean(value)
        except ValidationError as error:
            if error.code in ("ambiguous", "invalid"):
                raise ValidationError(_("Write a number with a decimal comma, such as 12,5."), code="invalid") from None
            raise


class IndicatorForm(StaleFormMixin, EntryForm):
    """What is measured, how and by whom; where its numbers come from stays as it was made."""

    given: ClassVar[tuple[str, ...]] = ("programme", "source", *OF_COMPUTED)

    baseline = NumberField(
        label=_("Baseline"),
        required=False,
        help_text=_("What it was before. Empty where nobody knows: empty is not 0."),
    )
    only_association = forms.TypedChoiceField(
        label=_("Only the association"), required=False, coerce=UUID, empty_value=None
    )
    only_topic = forms.ChoiceField(label=_("Only the topic"), required=False)

    class Meta:
        model = EffectIndicator
        fields = [
            "name", "unit", "direction", "baseline", "is_cumulative", "measured_by", "how_measured", "source",
            "computed_figure", "only_association", "only_topic", "grouping", "is_proposed",
        ]  # fmt: skip
        widgets = {"how_measured": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "source": _("It cannot be changed later. What is measured by hand is entered with its evidence."),
            "computed_figure": _("Only where it is computed."),
            "grouping": _("The municipality is told no part from which few could be reckoned."),
        }

    def __init__(
        self, *args: Any, programme: Programme, associations: Choices = (), topics: Choices = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        for name, choices in (("only_association", associations), ("only_topic", topics)):
            if name in self.fields:
                field: Any = self.fields[name]
                field.choices = [("", _("All")), *choices]


class CorrectIndicatorForm(IndicatorForm):
    """A computed indicator as it is agreed now."""

    class Meta(IndicatorForm.Meta):
        fields = [name for name in IndicatorForm.Meta.fields if name != "source"]


class CorrectMeasuredForm(IndicatorForm):
    """The same of one that is measured by hand."""

    only_association = None  # type: ignore[assignment]  # how Django takes a field away
    only_topic = None  # type: ignore[assignment]  # the same

    class Meta(IndicatorForm.Meta):
        fields = [name for name in IndicatorForm.Meta.fields if name not in ("source", *OF_COMPUTED)]


class TargetForm(StaleFormMixin, EntryForm):
    """What the indicator is to come to in a period."""

    given = ("indicator", "period")

    started_on = DanishDateField(label=_("From"), may_be_future=True)
    ended_on = DanishDateField(label=_("To and including"), may_be_future=True)
    value = NumberField(label=_("Target"))

    class Meta:
        model = IndicatorTarget
        fields = ["started_on", "ended_on", "value"]

    def __init__(self, *args: Any, indicator: EffectIndicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.indicator = indicator
        self.fields["value"].help_text = indicator.unit


class MeasurementForm(FactForm):
    """What was measured, about which period, and what shows it."""

    given = ("indicator",)
    is_of_today = True

    covers_from = DanishDateField(label=_("About the period from"))
    covers_to = DanishDateField(label=_("About the period to and including"))
    value = NumberField(label=_("Measured"))

    class Meta(FactForm.Meta):
        model = Measurement
        fields = ["covers_from", "covers_to", "value", "happened_on", "note"]

    field_order = ["covers_from", "covers_to", "value", "happened_on", "evidence_text", "note"]

    def __init__(
        self, *args: Any, indicator: EffectIndicator, target: IndicatorTarget | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.instance.indicator = indicator
        self.fields["happened_on"].label = _("Measured on")
        self.fields["value"].help_text = _(
            "In %(unit)s. The municipality reads the number: write none from which few persons can be known."
        ) % {"unit": indicator.unit}
        if target:
            self.fields["covers_from"].initial = target.started_on
            self.fields["covers_to"].initial = target.ended_on


class CorrectMeasurementForm(AboutFactForm):
    """A measurement was another number, or was made on another day. What it is about stays; else it is retracted."""

    value = NumberField(label=_("Measured"))
    happened_on = DanishDateField(label=_("Measured on"))
    reason = reason_field()

    def __init__(self, *args: Any, fact: Any, **kwargs: Any) -> None:
        super().__init__(*args, fact=fact, **kwargs)
        self.fields["value"].initial, self.fields["happened_on"].initial = fact.value, fact.happened_on

    def clean_happened_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["happened_on"]
        if day < self.fact.covers_to:
            raise ValidationError(_("The period was not over on that day."), code="too_early")
        return day
