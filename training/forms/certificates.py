"""The forms that issue a certificate, and a new paper in the place of another."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.personal import refuse_cpr
from programme.entry import FactForm
from programme.seen import AboutFactForm
from training.issuing import Learnt, covering, valid_until
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

    def __init__(self, *args: Any, volunteer: Volunteer, learnt: Learnt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.volunteer = volunteer
        self.learnt = learnt
        curriculum: Any = self.fields["curriculum"]
        curriculum.queryset = Curriculum.objects.filter(programme=volunteer.programme_id).order_by("name")
        curriculum.empty_label = _("Choose a training")
        self.fields["basis"].label = _("On the basis of")
        self.fields["basis"].help_text = _(
            "Earlier training that is recognised needs evidence, unless she holds a certificate that is recognised in "
            "its place."
        )
        self.fields["started_on"] = DanishDateField(label=_("Issued on"))
        self.fields["ended_on"].label = _("Valid to and including")
        self.fields["ended_on"].help_text = _(
            "Leave empty: then it is valid for as long as the training says, or does not expire."
        )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        told = self.cleaned_data
        curriculum, basis, on = told.get("curriculum"), told.get("basis"), told.get("started_on")
        if basis == Certificate.Basis.MERIT:
            self._rest_on_another(curriculum, on)
            self.require_evidence(_("Write what the recognition rests on, or choose the file."))
        if basis == Certificate.Basis.COURSE and curriculum and on and (why := self.learnt.why_not(curriculum, on)):
            self.add_error(*why)
        if curriculum and on and not told.get("ended_on") and "ended_on" not in self.errors:
            told["ended_on"] = self._valid_until(curriculum, on, is_of_course=basis == Certificate.Basis.COURSE)
        return cleaned

    def _rest_on_another(self, curriculum: Curriculum | None, on: dt.date | None) -> None:
        """A certificate of a training that is recognised in its place is the evidence, where no other is given."""
        told = self.cleaned_data
        if not (curriculum and on) or told.get("evidence_text") or told.get("evidence_file"):
            return
        if held := covering(self.instance.volunteer, curriculum, on):
            named = {"what": capfirst(held.curriculum.certificate_name), "number": held.printed_number}
            told["evidence_text"] = gettext("%(what)s %(number)s, %(training)s") % {
                **named,
                "training": held.curriculum.name,
            }

    def _valid_until(self, curriculum: Curriculum, on: dt.date, *, is_of_course: bool) -> dt.date | None:
        steps = self.learnt.unrewarded(curriculum.pk) if is_of_course else []
        return valid_until(curriculum, on, steps[0].course if steps else None)


class ReissueForm(AboutFactForm):
    """Why the paper is no good: a name spelt wrong, or it was lost."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("What was wrong with the paper? The reason is kept, and told to nobody outside."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_cpr],
    )
