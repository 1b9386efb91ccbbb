"""Forms of the prospects: who talks with whom, what happens next, and how it ends."""

from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from associations.forms import AssociationForm
from associations.models import Association, HousingArea, OwnRegime, Prospect, ProspectOutcome
from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.moment import today
from bydelsmoedre.sorting import danish_order
from bydelsmoedre.stale import StaleFormMixin
from programme.entry import FactForm
from programme.models import Programme


class ProspectForm(StaleFormMixin, EntryForm):
    """Who is interested in an area, who talks with them, and what happens next."""

    given: ClassVar[tuple[str, ...]] = ("programme", "housing_area")

    class Meta:
        model = Prospect
        fields = ["interest", "contact", "spoken_to_by", "financing", "next_step", "next_step_on"]
        widgets = {"interest": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["next_step_on"] = DanishDateField(
            label=_("Date of the next step"), required=False, may_be_future=True
        )
        self.fields["interest"].help_text = _("No names of persons: an office or a housing plan.")
        self.fields["contact"].help_text = _("Such as “The housing plan in Mjølnerparken”.")
        self.fields["spoken_to_by"].help_text = _("Such as “The secretariat”.")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("next_step_on") and not self.cleaned_data.get("next_step"):
            self.add_error("next_step", _("Say what is to happen on that day."))
        return cleaned


class NewProspectForm(ProspectForm):
    """An area that is not among the prospects yet."""

    given = ("programme",)

    class Meta(ProspectForm.Meta):
        fields = ["housing_area", *ProspectForm.Meta.fields]

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        area: Any = self.fields["housing_area"]
        area.queryset = HousingArea.objects.filter(programme=programme).order_by(danish_order("name"))
        area.empty_label = _("Choose a housing area")


class FormingForm(AssociationForm):
    """The prospect becomes an association in formation, in its own area, from the day on which work on it begins."""

    given: ClassVar[tuple[str, ...]] = ("programme", "housing_area")

    class Meta(AssociationForm.Meta):
        fields = ["name", "opened_on", "email"]
        widgets: dict[str, Any] = {}

    def __init__(self, *args: Any, prospect: Prospect, **kwargs: Any) -> None:
        super().__init__(*args, programme=prospect.programme, **kwargs)
        self.prospect = prospect
        self.instance.housing_area = prospect.housing_area
        opened = self.fields["opened_on"]
        opened.required, opened.initial, opened.help_text = True, today(), _("From that day it is shown as forming.")

    @transaction.atomic
    def become(self, *, by: Any) -> Association:
        """Make the association, and record that the prospect became it."""
        association: Association = self.save()
        ProspectOutcome.record(
            by=by,
            prospect=self.prospect,
            kind=ProspectOutcome.Kind.ASSOCIATION,
            association=association,
            happened_on=association.opened_on,
        )
        return association


class GivingUpForm(FactForm):
    """The prospect is given up, for a reason."""

    given = ("prospect", "kind")
    is_of_today = True
    evidence_text = None

    class Meta(FactForm.Meta):
        model = ProspectOutcome
        fields = ["happened_on", "reason"]

    def __init__(self, *args: Any, prospect: Prospect, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.prospect = prospect
        self.instance.kind = ProspectOutcome.Kind.CLOSED
        self.fields["reason"].required = True


class OwnRegimeForm(FactForm):
    """How many mothers a housing plan runs by itself."""

    is_of_today = True

    class Meta(FactForm.Meta):
        model = OwnRegime
        fields = ["housing_area", "mothers", "happened_on"]

    field_order = ["housing_area", "mothers", "happened_on", "evidence_text"]

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area: Any = self.fields["housing_area"]
        area.queryset = HousingArea.objects.filter(programme=programme).order_by(danish_order("name"))
        area.empty_label = _("Choose a housing area")
        self.fields["mothers"].help_text = _("0 where there are none any more.")
