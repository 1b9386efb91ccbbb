"""Forms of the associations: master data, and a founding step."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from associations.cvr import clean_cvr
from associations.models import Association, FoundingStep, HousingArea, StepKind
from bydelsmoedre.entry import EntryForm
from bydelsmoedre.sorting import danish_order
from bydelsmoedre.stale import StaleFormMixin
from programme.entry import FactForm
from programme.models import Programme


class AssociationForm(StaleFormMixin, EntryForm):
    """An association's master data."""

    given = ("programme",)

    class Meta:
        model = Association
        fields = ["name", "housing_area", "email", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        area: Any = self.fields["housing_area"]
        area.queryset = HousingArea.objects.filter(programme=programme).order_by(danish_order("name"))
        area.empty_label = _("Choose a housing area")


class FoundingStepForm(FactForm):
    """A founding step has been taken; asks only for what its kind needs."""

    given = ("association", "kind")

    class Meta(FactForm.Meta):
        model = FoundingStep
        fields = ["happened_on", "board_members", "cvr", "meeting_elects_chair", "note"]

    field_order = [
        "happened_on",
        "board_members",
        "cvr",
        "meeting_elects_chair",
        "evidence_text",
        "note",
    ]

    #: The fields that belong to one kind of step.
    OWN = {
        "board_members": StepKind.BOARD,
        "cvr": StepKind.CVR,
        "meeting_elects_chair": StepKind.STATUTES,
    }

    def __init__(self, *args: Any, association: Association, kind: StepKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.association = association
        self.instance.kind = kind
        for name, owner in self.OWN.items():
            if owner != kind:
                del self.fields[name]
        if kind == StepKind.BOARD:
            self.fields["board_members"].required = True
        if kind == StepKind.CVR:
            # Typed with spaces or "DK" it is longer than the eight digits that are kept.
            self.fields["cvr"] = forms.CharField(label=_("CVR number"), max_length=20)

    def clean_cvr(self) -> str:
        return clean_cvr(self.cleaned_data["cvr"])
