"""The form that issues a certificate."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programme.entry import FactForm
from training.models import Certificate, Curriculum
from volunteers.models import Volunteer


class CertificateForm(FactForm):
    """A person has completed a training, or is recognised as trained, and is issued a certificate."""

    given = ("volunteer",)

    class Meta(FactForm.Meta):
        model = Certificate
        fields = ["curriculum", "basis", "started_on", "ended_on", "note"]
        widgets: Any = {**FactForm.Meta.widgets, "basis": forms.RadioSelect}

    field_order = ["curriculum", "basis", "started_on", "ended_on", "evidence_text", "note"]

    def __init__(self, *args: Any, volunteer: Volunteer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.volunteer = volunteer
        curriculum: Any = self.fields["curriculum"]
        curriculum.queryset = Curriculum.objects.filter(programme=volunteer.programme_id).order_by("name")
        curriculum.empty_label = _("Choose a training")
        self.fields["basis"].label = _("On the basis of")
        self.fields["basis"].help_text = _("Earlier training that is recognised needs evidence.")
        self.fields["started_on"].label = _("Issued on")
        self.fields["ended_on"].label = _("Valid to and including")
        self.fields["ended_on"].help_text = _("Leave empty where it does not expire.")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("basis") == Certificate.Basis.MERIT:
            self.require_evidence(_("Write what the recognition rests on, or choose the file."))
        return cleaned
