"""Forms about what parties have promised each other: an obligation, and that it is met."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.stale import StaleFormMixin
from programme.entry import FactForm
from programme.models import Agreement, Obligation, ObligationMet, Organisation


class ObligationForm(StaleFormMixin, EntryForm):
    """What is to be done, by when, and where it stands among the others. Whose it is stays as it was made."""

    given: ClassVar[tuple[str, ...]] = ("agreement", "organisation")

    due_on = DanishDateField(
        label=_("Due on"),
        required=False,
        may_be_future=True,
        help_text=_("Leave it empty where it lasts as long as the agreement."),
    )

    class Meta:
        model = Obligation
        fields = ["text", "due_on", "number"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"text": _("One sentence. No names of persons."), "number": _("Its place in the list.")}

    def clean(self) -> dict[str, Any] | None:
        """What is marked as met stays as it was worded. The row is locked by then: whoever marks it now waits."""
        cleaned = super().clean()
        if self.instance.pk and ObligationMet.objects.current().filter(obligation=self.instance).exists():
            raise ValidationError(
                _("The obligation is marked as met, so it stays as it is worded. Retract that first."), code="met"
            )
        return cleaned


class NewObligationForm(ObligationForm):
    """An obligation that is taken into the list: also whose it is."""

    given = ("agreement",)

    class Meta(ObligationForm.Meta):
        fields = ["organisation", *ObligationForm.Meta.fields]

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.agreement = agreement
        parties: Any = self.fields["organisation"]
        parties.label = _("Party")
        parties.queryset = Organisation.objects.filter(pk__in=agreement.parties.current().values("organisation"))
        parties.empty_label = None
        last = agreement.obligations.aggregate(last=Max("number"))["last"] or 0
        self.fields["number"].initial = last + 1


class ObligationMetForm(FactForm):
    """The obligation was met, or one that lasts is kept, on that day; what proves it is always said."""

    given = ("obligation",)
    is_of_today = True

    class Meta(FactForm.Meta):
        model = ObligationMet
        fields = ["happened_on", "note"]

    field_order = ["happened_on", "evidence_text", "note"]

    def __init__(self, *args: Any, obligation: Obligation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.obligation = obligation

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        # Whoever marks it or words it anew at the same time waits, and then sees this.
        obligation = Obligation.objects.select_for_update(of=("self",)).get(pk=self.instance.obligation_id)
        if obligation.due_on and ObligationMet.objects.current().filter(obligation=obligation).exists():
            raise ValidationError(_("The obligation is marked as met already."), code="taken")
        self.require_evidence(_("Say what proves that the obligation is met."))
        return cleaned
