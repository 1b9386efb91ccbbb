"""Forms of the scenarios: the assumptions with the sources in a row each, what is put forward, and what is compared."""

import json
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from budget.anchoring import model_document
from budget.forms.source_rows import SourcesField, as_typed
from budget.models import Scenario, ScenarioSource
from budget.models.scenarios import LEAST_GROWTH, MOST_GROWTH
from bydelsmoedre.entry import EntryForm, Overtaken
from bydelsmoedre.fields import DanishDateField, FilterForm, KronerField, PercentField
from bydelsmoedre.moment import today
from bydelsmoedre.personal import refuse_cpr
from bydelsmoedre.rows import Row
from bydelsmoedre.stale import StaleFormMixin
from programme.models import DocumentVersion, Programme

#: So many are compared at most.
MOST_COMPARED = 4

#: The assumptions, as columns.
ASSUMED = (
    "first_year", "years", "coordinator_pay", "full_time_share", "course_cost", "mothers_per_course",
    "recruits_per_year", "other_costs", "price_growth",
)  # fmt: skip


class ScenarioForm(StaleFormMixin, EntryForm):
    """The assumptions, each with its unit, and the sources, a row each."""

    given = ("programme",)

    coordinator_pay = KronerField(
        label=_("Coordinator's pay, kr. a year"), help_text=_("For full time, pension and holiday pay included.")
    )
    full_time_share = PercentField(
        label=_("Share of full time, per cent"),
        help_text=_("100 is full time, 50 is half time."),
        initial=Decimal(100),
    )
    course_cost = KronerField(
        label=_("Cost per course, kr."), help_text=_("Teachers, materials, meals and rooms of one course.")
    )
    other_costs = KronerField(
        label=_("Other running costs, kr. a year"), help_text=_("Such as an office, telephones and supervision.")
    )
    price_growth = PercentField(
        least=LEAST_GROWTH,
        most=MOST_GROWTH,
        label=_("Growth of prices, per cent a year"),
        help_text=_("Costs are in the first year's prices and grow by this. What the sources give does not."),
    )
    sources = SourcesField(label=_("Sources"), required=False)

    class Meta:
        model = Scenario
        fields = ["name", *ASSUMED]

    def __init__(self, *args: Any, programme: Programme, model: Scenario | None = None, **kwargs: Any) -> None:
        self.written = list(kwargs["instance"].sources.all()) if kwargs.get("instance") else []
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        like = list(model.sources.all()) if model else []
        rows = [as_typed(one) for one in self.written] or [as_typed(one, is_copy=True) for one in like]
        self.fields["sources"].initial = rows
        first_year = self.instance.first_year if model is None else model.first_year
        self.fields["sources"].widget.first_month = f"01.{first_year}"
        if model is not None:
            self.initial.update(said_by(model))

    def save(self, commit: bool = True) -> Scenario:
        """The scenario with its sources. Raises `Overtaken` where it has been frozen meanwhile."""
        if self.instance.pk:
            locked = Scenario.objects.select_for_update(of=("self",)).filter(pk=self.instance.pk).first()
            if locked is None or locked.is_frozen:
                raise Overtaken
        scenario: Scenario = super().save()
        kept = {str(one.uuid): one for one in self.written}
        for row in self.cleaned_data["sources"]:
            source = kept.pop(row["uuid"], None) or ScenarioSource(scenario=scenario)
            _write(source, row)
        for gone in kept.values():
            gone.delete()
        return scenario

    def _snapshot(self, instance: Any) -> dict[str, str]:
        """The sources too: a row that somebody else has changed is no less changed."""
        rows = [as_typed(one) for one in ScenarioSource.objects.filter(scenario=instance.pk).order_by("pk")]
        return super()._snapshot(instance) | {"sources": json.dumps(rows, ensure_ascii=False)}

    def _words(self, name: str, value: str) -> str:
        if name != "sources":
            return super()._words(name, value)
        field = self.fields["sources"]
        typed = field.widget.value_from_datadict(self.data, self.files, self.add_prefix("sources"))
        return _names(json.loads(value) if value else typed)


def said_by(scenario: Scenario) -> dict[str, Any]:
    """What a scenario assumes, to be assumed again by another; its name is left to be written."""
    return {name: getattr(scenario, name) for name in ASSUMED}


def _write(source: ScenarioSource, row: Row) -> None:
    """Write the row, unless it says what stood there: history then tells of nothing."""
    changed = [name for name, value in row.items() if name != "uuid" and getattr(source, name, None) != value]
    for name in changed:
        setattr(source, name, row[name])
    if changed or source.pk is None:
        source.save()


def _names(rows: list[Row]) -> str:
    return "; ".join(f"{row['name']} {row['amount']}" for row in rows)


class AnchorForm(EntryForm):
    """The scenario becomes a version of the anchoring model, and is frozen."""

    given = ("document",)

    dated_on = DanishDateField(label=_("Dated"))
    with_municipal_money = forms.BooleanField(
        label=_("I have seen that the model is not without municipal money."),
        error_messages={"required": _("Tick that you have seen it, or take the municipal money out first.")},
    )

    class Meta:
        model = DocumentVersion
        fields = ["label", "dated_on"]
        help_texts = {"label": _("Such as 1.0.")}

    def __init__(self, *args: Any, scenario: Scenario, has_municipal_money: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        document = model_document(scenario.programme)
        if document.pk:
            self.instance.document = document
        self.fields["label"].validators.append(refuse_cpr)
        self.fields["dated_on"].initial = today()
        if not has_municipal_money:
            del self.fields["with_municipal_money"]

    def _get_validation_exclusions(self) -> set[str]:
        """The first version of a document that is made on saving has nothing to be compared with."""
        left_out = super()._get_validation_exclusions()
        return left_out if self.instance.document_id else left_out | {"document"}


class CompareForm(FilterForm):
    """Which scenarios stand side by side."""

    valg = forms.MultipleChoiceField(
        label=_("Scenarios"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("Up to four.")
    )

    def __init__(self, *args: Any, scenarios: list[Scenario], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scenarios = {str(one.uuid): one for one in scenarios}
        choose: Any = self.fields["valg"]
        choose.choices = [(uuid, one.name) for uuid, one in self.scenarios.items()]

    def clean_valg(self) -> list[Scenario]:
        chosen = [self.scenarios[one] for one in dict.fromkeys(self.cleaned_data["valg"])]
        if len(chosen) > MOST_COMPARED:
            raise ValidationError(_("Four at most can be compared. Take one out."), code="too_many")
        return chosen


class ExtraForm(FilterForm):
    """What one more funder would give."""

    ekstra = KronerField(
        label=_("One more funder, kr. a year"), required=False, help_text=_("Such as 100.000. Nothing is saved.")
    )

    def clean_ekstra(self) -> Decimal | None:
        amount: Decimal | None = self.cleaned_data["ekstra"]
        if amount is not None and amount <= 0:
            raise ValidationError(_("The amount must be above 0 kr."))
        return amount
