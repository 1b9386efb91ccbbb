"""Forms about documents: a version, and what a body has decided on one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.moment import today
from bydelsmoedre.personal import refuse_cpr
from programme.entry import FactForm
from programme.models import Adoption, Document, DocumentVersion, Organisation

DECIDING = (
    Organisation.Kind.STEERING_GROUP,
    Organisation.Kind.BODY,
    Organisation.Kind.FOUNDATION,
    Organisation.Kind.MUNICIPALITY,
)


class VersionForm(EntryForm):
    """A version of a document has been received."""

    given = ("document",)

    dated_on = DanishDateField(label=_("Dated"))

    class Meta:
        model = DocumentVersion
        fields = ["label", "dated_on"]
        help_texts = {"label": _("Such as 1.0.")}

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.document = document
        self.fields["dated_on"].initial = today()


class AdoptionForm(FactForm):
    """A body has decided on a version of a document; the version is made if it is new."""

    label = forms.CharField(label=_("Version"), max_length=40, help_text=_("Such as 1.0."), validators=[refuse_cpr])

    class Meta(FactForm.Meta):
        model = Adoption
        fields = ["body", "outcome", "happened_on", "note"]

    field_order = ["label", "body", "outcome", "happened_on", "evidence_text", "note"]

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = document
        body: Any = self.fields["body"]
        body.queryset = Organisation.objects.filter(programme=document.programme, kind__in=DECIDING)
        body.initial = document.adopted_by_id
        body.empty_label = None
        if document.adopted_by:
            body.help_text = _("Counts when decided by: %(body)s.") % {"body": document.adopted_by}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if label := self.cleaned_data.get("label"):
            known = DocumentVersion.objects.filter(document=self.document, label=label).first()
            self.instance.version = known or DocumentVersion(document=self.document, label=label)
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """A version that is made on saving has nothing to be compared with yet."""
        left_out = super()._get_validation_exclusions()
        return left_out - {"version"} if self.instance.version_id else left_out

    def record(self, **who: Any) -> Any:
        if self.instance.version.pk is None:
            version = self.instance.version
            version.save()
            self.instance.version = version  # takes over the key that it now has
        return super().record(**who)
