"""Forms of the associations: master data, and a founding step."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from associations.models import (
    Association,
    AssociationAdoption,
    Closing,
    FoundingStep,
    HousingArea,
    StepKind,
    StepPlan,
)
from associations.models.adoptions import adoptable
from associations.order import conflict
from bydelsmoedre.cvr import clean_cvr
from bydelsmoedre.danish import dato, kort_dato
from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.sorting import danish_order
from bydelsmoedre.stale import StaleFormMixin
from programme.entry import FactForm
from programme.hearings import why_not_adopted
from programme.models import Programme


class AssociationForm(StaleFormMixin, EntryForm):
    """An association's master data."""

    given: ClassVar[tuple[str, ...]] = ("programme",)

    class Meta:
        model = Association
        fields = ["name", "housing_area", "opened_on", "email", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        opened = self.fields["opened_on"]
        self.fields["opened_on"] = DanishDateField(label=opened.label, required=False, help_text=opened.help_text)
        area: Any = self.fields.get("housing_area")
        if area is not None:
            area.queryset = HousingArea.objects.filter(programme=programme).order_by(danish_order("name"))
            area.empty_label = _("Choose a housing area")

    def clean_opened_on(self) -> Any:
        """Work began no later than what has been done."""
        day = self.cleaned_data["opened_on"]
        if day and self.instance.pk:
            steps = FoundingStep.objects.current().filter(association=self.instance.pk).order_by("happened_on")
            if (first := steps.first()) and day > first.happened_on:
                told = {"day": dato(first.happened_on)}
                raise forms.ValidationError(_("A founding step is recorded on %(day)s already.") % told)
            # Roles stand to the right of here, so they are reached from the row, as Django has it.
            roles: Any = self.instance.memberships
            if (role := roles.current().order_by("started_on").first()) and day > role.started_on:
                told = {"day": dato(role.started_on)}
                raise forms.ValidationError(_("A role in the association began on %(day)s already.") % told)
        return day


#: Steps that a file must prove.
PROVED_BY_FILE = (StepKind.MINUTES, StepKind.AGREEMENT)


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

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        kind = StepKind(self.instance.kind)
        day = self.cleaned_data.get("happened_on")
        if day and (reason := conflict(self.instance.association, kind, day)):
            self.add_error("happened_on", reason)
        if kind in PROVED_BY_FILE and "evidence_file" not in self.errors and not self.cleaned_data.get("evidence_file"):
            self.add_error("evidence_file", _("Choose the file. A photo taken with the phone will do."))
        return cleaned


class ClosingForm(FactForm):
    """The association is dissolved, and what happened to its money."""

    given = ("association",)
    is_of_today = True

    class Meta(FactForm.Meta):
        model = Closing
        fields = ["happened_on", "money", "note"]

    field_order = ["happened_on", "money", "evidence_text", "note"]

    def __init__(self, *args: Any, association: Association, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.association = association

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        taken = FoundingStep.objects.current().filter(association=self.instance.association)
        last = taken.order_by("-happened_on").first()
        if last and day < last.happened_on:
            raise forms.ValidationError(
                _("A founding step is recorded on %(day)s, which is later.") % {"day": dato(last.happened_on)}
            )
        return day


class AssociationAdoptionForm(FactForm):
    """The association has adopted a version of a document that it has not adopted before."""

    given = ("association",)

    class Meta(FactForm.Meta):
        model = AssociationAdoption
        fields = ["version", "happened_on"]

    field_order = ["version", "happened_on", "evidence_text"]

    def __init__(self, *args: Any, association: Association, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.association = association
        version: Any = self.fields["version"]
        version.queryset = adoptable(association).select_related("document")
        version.empty_label = _("Choose a document and a version")
        version.help_text = _(
            "Only versions that the association has not adopted are listed. A new one is recorded by the secretariat."
        )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        version, on = self.cleaned_data.get("version"), self.cleaned_data.get("happened_on")
        if version and on and version.dated_on and on < version.dated_on:
            message = _("The version is dated %(day)s: it cannot be adopted before.")
            self.add_error("happened_on", message % {"day": kort_dato(version.dated_on)})
        elif version and on and (why := why_not_adopted(version, on)):
            self.add_error("happened_on", why)
        return cleaned


class StepPlanForm(StaleFormMixin, EntryForm):
    """When a founding step is to be taken; an empty date takes the plan away."""

    given = ("association", "kind")

    class Meta:
        model = StepPlan
        fields = ["planned_on"]

    def __init__(self, *args: Any, association: Association, kind: StepKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.association = association
        self.instance.kind = kind
        self.fields["planned_on"] = DanishDateField(
            label=_("Planned for"),
            required=self.instance.pk is None,
            may_be_future=True,
            help_text=_("A plan may be moved, and counts for nothing. Leave empty to take it away.")
            if self.instance.pk
            else _("A plan may be moved, and counts for nothing."),
        )

    def save_or_take_away(self) -> None:
        """Keep the plan, or take it away where the date was emptied."""
        if self.cleaned_data["planned_on"] is None:
            self.instance.delete()
        else:
            self.save()
