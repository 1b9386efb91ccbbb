"""Forms of the work plan: a milestone with what it waits for, and that one is reached."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.stale import StaleFormMixin
from programme.entry import FactForm
from programme.models import (
    Activity,
    Agreement,
    Document,
    Milestone,
    MilestoneNeeds,
    MilestoneReached,
    Organisation,
    Programme,
    SuccessCriterion,
)
from programme.models.workplan import MEASURED_OF, OBJECTS, Measured
from programme.workplan import closes_circle, waits_for

#: So many letters of an activity stand in a list to choose from.
SHORT = 60

Kind = Organisation.Kind
#: Whose first meeting can be a milestone, and who can be applied to.
BODIES = (Kind.STEERING_GROUP, Kind.BODY, Kind.SECRETARIAT)
FUNDERS = (Kind.FOUNDATION, Kind.MUNICIPALITY, Kind.HOUSING_PLAN, Kind.OTHER)


class MilestoneForm(StaleFormMixin, EntryForm):
    """What is to be reached, by when and by whom, what says that it is, and what it waits for."""

    given = ("programme", *OBJECTS, "measure")

    starts_on = DanishDateField(
        label=_("Work begins"), required=False, may_be_future=True, help_text=_("Empty where no day is planned.")
    )
    due_on = DanishDateField(
        label=_("Due on"), may_be_future=True, help_text=_("Where it is moved, the plan tells from when to when.")
    )
    reached_when = forms.ChoiceField(
        label=_("Reached when"),
        help_text=_("What follows from the figures is not marked by hand."),
    )
    waits_for = forms.ModelMultipleChoiceField(
        Milestone.objects.none(),
        label=_("Waits for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The milestones that must be reached first."),
    )

    class Meta:
        model = Milestone
        fields = ["title", "activity", "place", "owner_office", "starts_on", "due_on", "dated_by"]
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}

    field_order = [
        "title", "activity", "place", "owner_office", "starts_on", "due_on", "dated_by", "reached_when", "waits_for",
    ]  # fmt: skip

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        self._waited_for: list[int] = []
        if instance := kwargs.get("instance"):
            self._waited_for = waits_for(instance)
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        activity: Any = self.fields["activity"]
        activity.queryset = Activity.objects.filter(programme=programme)
        activity.label_from_instance = lambda one: Truncator(str(one)).chars(SHORT)
        activity.empty_label = _("Around the activities")
        wanted: Any = self.fields["waits_for"]
        wanted.queryset = Milestone.objects.filter(programme=programme).exclude(pk=self.instance.pk).in_order()
        wanted.initial = self._waited_for
        choice: Any = self.fields["reached_when"]
        self._choices = dict(_measures(programme, self.instance.document_id))
        choice.choices = list(self._choices.items())
        choice.initial = _value(self.instance.measure, getattr(self.instance, _column(self.instance), None))

    def clean_reached_when(self) -> str:
        """By hand or by a figure. What is recorded as reached by hand stays so until that is retracted."""
        chosen: str = self.cleaned_data["reached_when"]
        is_recorded = self.instance.pk and self.instance.reachings.filter(retracted_at=None).exists()
        if is_recorded and chosen != Measured.HAND:
            raise ValidationError(_("The milestone is recorded as reached. Retract that first."), code="reached")
        return chosen

    def clean_waits_for(self) -> Any:
        chosen = self.cleaned_data["waits_for"]
        if self.instance.pk:
            for other in closes_circle(self.instance, chosen):
                raise ValidationError(
                    _("“%(milestone)s” waits for this one already: they would wait for each other.")
                    % {"milestone": other},
                    code="circle",
                )
        return chosen

    def _post_clean(self) -> None:
        """The measure that was chosen, as the row's columns."""
        measure, _colon, pk = self.cleaned_data.get("reached_when", "").partition(":")
        if measure:
            self.instance.measure = measure
            for name in OBJECTS:
                chosen = int(pk) if name == MEASURED_OF.get(measure) else None
                setattr(self.instance, f"{name}_id", chosen)
        super()._post_clean()

    def save(self, commit: bool = True) -> Milestone:
        """The milestone, and what it waits for from now on."""
        milestone: Milestone = super().save(commit=commit)
        wanted = {one.pk for one in self.cleaned_data["waits_for"]}
        MilestoneNeeds.objects.filter(milestone=milestone).exclude(needed__in=wanted).delete()
        for pk in sorted(wanted - set(waits_for(milestone))):
            MilestoneNeeds.objects.create(milestone=milestone, needed_id=pk)
        return milestone

    def _snapshot(self, instance: Any) -> dict[str, str]:
        """With what it is measured by and what it waits for: somebody else may have changed these too."""
        waited_for = self._waited_for if instance is self.instance else waits_for(instance)
        return super()._snapshot(instance) | {
            "reached_when": _value(instance.measure, getattr(instance, _column(instance), None)),
            "waits_for": ",".join(str(pk) for pk in sorted(waited_for)),
        }

    def _words(self, name: str, value: str) -> str:
        if name != "waits_for":
            return super()._words(name, value)
        wanted = [int(one) for one in value.split(",") if one.isdigit()]
        return ", ".join(str(one) for one in Milestone.objects.filter(pk__in=wanted).in_order())


def _column(milestone: Milestone) -> str:
    return f"{MEASURED_OF.get(milestone.measure, '')}_id"


def _value(measure: str, pk: Any) -> str:
    return f"{measure}:{pk}" if pk else measure


def _measures(programme: Programme, document: int | None) -> Iterator[tuple[str, str]]:
    """What can say that a milestone is reached, with its words; four queries. A document that no body must adopt never
    counts as adopted, so that none but the milestone's own `document` is offered of those."""
    decided_on = Q(adopted_by__isnull=False) | Q(pk=document)
    bodies = list(Organisation.objects.filter(programme=programme).order_by("pk"))
    of: dict[str, Any] = {
        Measured.CRITERION: SuccessCriterion.objects.filter(programme=programme).order_by("number"),
        Measured.DOCUMENT: Document.objects.filter(decided_on, programme=programme).order_by("annex", "pk"),
        Measured.AGREEMENT: Agreement.objects.filter(programme=programme).order_by("pk"),
        Measured.MEETING: [one for one in bodies if one.kind in BODIES],
        Measured.APPLICATION: [one for one in bodies if one.kind in FUNDERS],
        Measured.GRANT: [one for one in bodies if one.kind in FUNDERS],
    }
    for measure in Measured:
        words = capfirst(str(measure.label))
        if measure not in of:
            yield str(measure), words
        for one in of.get(measure, ()):
            yield _value(measure, one.pk), f"{words}: {one}"


class MilestoneReachedForm(FactForm):
    """A milestone that nothing measures has been reached; with what shows it."""

    given = ("milestone",)
    is_of_today = True

    class Meta(FactForm.Meta):
        model = MilestoneReached
        fields = ["happened_on", "note"]

    field_order = ["happened_on", "evidence_text", "note"]

    def __init__(self, *args: Any, milestone: Milestone, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.milestone = milestone
        self.fields["happened_on"].label = _("Reached on")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.require_evidence(_("Say what shows that it is reached, or add the file."))
        return cleaned
