"""The form of a meeting of supervision."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.stale import StaleFormMixin
from programme.models import Programme
from training.forms.courses import hour_field, offer_teachers
from training.models import Supervised, Supervision


class SupervisionForm(StaleFormMixin, EntryForm):
    """When and where supervision is held, by whom, and what it is about."""

    given = ("programme",)

    starts_at = hour_field(_("From (time)"))

    class Meta:
        model = Supervision
        fields = ["planned_on", "starts_at", "place", "teacher", "themes", "is_cancelled"]

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        self.fields["planned_on"] = DanishDateField(label=_("Date"), may_be_future=True)
        offer_teachers(self, programme, empty=_("Not said"))
        if self.instance.pk is None:
            del self.fields["is_cancelled"]
            return
        if Supervised.objects.current().filter(supervision=self.instance).exists():
            # who was there is recorded on its day
            self.fields["planned_on"].disabled = self.fields["is_cancelled"].disabled = True
