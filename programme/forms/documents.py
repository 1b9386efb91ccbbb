"""Forms about documents: a new one, a version with its text, and what a body has decided on one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.danish import kort_dato
from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.moment import today
from bydelsmoedre.personal import refuse_cpr
from bydelsmoedre.sorting import danish_order
from bydelsmoedre.stale import StaleFormMixin
from programme.entry import FactForm
from programme.hearings import is_settled, open_hearing, why_no_hearing, why_not_adopted
from programme.models import Adoption, Document, DocumentVersion, Hearing, Organisation, Programme
from programme.texts import MOST_BLOCKS, blocks

DECIDING = (
    Organisation.Kind.STEERING_GROUP,
    Organisation.Kind.BODY,
    Organisation.Kind.FOUNDATION,
    Organisation.Kind.MUNICIPALITY,
)

Outcome = Adoption.Outcome


class DocumentForm(EntryForm):
    """A document that the programme is to have."""

    given = ("programme",)

    class Meta:
        model = Document
        fields = ["kind", "title", "annex", "is_national", "adopted_by"]
        help_texts = {
            "kind": _("Success criteria go by it, so it stays as it is chosen."),
            "annex": _("Only where it is an annex of the programme, such as 2."),
            "adopted_by": _("Whose decision counts. It stays as it is chosen. Empty where each association decides."),
        }

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        body: Any = self.fields["adopted_by"]
        body.queryset = Organisation.objects.filter(programme=programme, kind__in=DECIDING).order_by(
            danish_order("name")
        )
        body.empty_label = _("Nobody is named")
        for name in ("title", "annex"):
            self.fields[name].validators.append(refuse_cpr)


class PlainText(forms.CharField):
    """A text with plain line ends, as its author counts them: a browser sends two characters for each."""

    def to_python(self, value: Any) -> str | None:
        return super().to_python(str(value or "").replace("\r\n", "\n").replace("\r", "\n"))


class TextForm(EntryForm):
    """Base of the forms in which a version's text is written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 20

    def clean_text(self) -> str:
        """The text. Raises `ValidationError` where it has more paragraphs than can be compared."""
        text: str = self.cleaned_data["text"]
        if len(blocks(text)) > MOST_BLOCKS:
            raise ValidationError(
                _("At most %(most)s paragraphs, headings and items.") % {"most": MOST_BLOCKS}, code="too_many"
            )
        return text


class VersionForm(TextForm):
    """A version of a document has been received, or is begun; with its text where it is written here."""

    given = ("document",)

    dated_on = DanishDateField(label=_("Dated"))

    class Meta:
        model = DocumentVersion
        fields = ["label", "dated_on", "text"]
        field_classes = {"text": PlainText}
        help_texts = {"label": _("Such as 1.0.")}

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.document = document
        self.fields["dated_on"].initial = today()


class DraftForm(StaleFormMixin, TextForm):
    """The text of a version that has not been put before anybody."""

    class Meta:
        model = DocumentVersion
        fields = ["text"]
        field_classes = {"text": PlainText}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if is_settled(self.instance):
            self.add_error("text", _("The text stands as it was put before others. Begin a new version instead."))
        return cleaned


class AdoptionForm(FactForm):
    """A body has decided on a version of a document; the version is made if it is new. Where it sent the version to
    hearing, the hearing is recorded with it."""

    label = forms.CharField(label=_("Version"), max_length=40, help_text=_("Such as 1.0."), validators=[refuse_cpr])
    answers_by = DanishDateField(
        label=_("Answers are wanted by"),
        required=False,
        may_be_future=True,
        help_text=_("Only where it was sent to hearing: the last day. Who is asked is written on the hearing."),
    )

    class Meta(FactForm.Meta):
        model = Adoption
        fields = ["body", "outcome", "happened_on", "note"]

    field_order = ["label", "body", "outcome", "happened_on", "answers_by", "evidence_text", "note"]

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
            if self.cleaned_data.get("happened_on") and self.cleaned_data.get("outcome"):
                self._clean_hearing(known)
        return cleaned

    def _clean_hearing(self, known: DocumentVersion | None) -> None:
        """Nothing is adopted while it is in hearing; what is sent to hearing is so until a day."""
        on, until = self.cleaned_data["happened_on"], self.cleaned_data.get("answers_by")
        outcome = self.cleaned_data["outcome"]
        if outcome == Outcome.ADOPTED and known and (why := why_not_adopted(known, on)):
            self.add_error("happened_on", why)
        if outcome != Outcome.HEARING:
            if until:
                self.add_error("answers_by", _("Only a version that is sent to hearing has a last day for answers."))
            return
        there = open_hearing(known, on) if known else None
        if there:
            if until and until != there.ended_on:
                told = {"day": kort_dato(there.ended_on)}
                self.add_error("answers_by", _("It is in hearing until %(day)s. Correct that on the hearing.") % told)
        elif not until:
            if "answers_by" not in self.errors:
                self.add_error("answers_by", _("Write until when answers are wanted."))
        elif until < on:
            self.add_error("answers_by", _("The end is before the start."))
        elif known:
            self._clean_new_hearing(known)

    def _clean_new_hearing(self, version: DocumentVersion) -> None:
        on, until = self.cleaned_data["happened_on"], self.cleaned_data["answers_by"]
        if why := why_no_hearing(version, on, until):
            self.add_error("answers_by", why)
        elif Hearing.objects.current().filter(version=version, started_on__range=(on, until)).exists():
            self.add_error("answers_by", _("The version is in another hearing on some of those days."))

    def _get_validation_exclusions(self) -> set[str]:
        """A version that is made on saving has nothing to be compared with yet."""
        left_out = super()._get_validation_exclusions()
        return left_out - {"version"} if self.instance.version_id else left_out

    def record(self, **who: Any) -> Any:
        if self.instance.version.pk is None:
            version = self.instance.version
            version.save()
            self.instance.version = version  # takes over the key that it now has
        recorded: Any = super().record(**who)
        on, until = recorded.happened_on, self.cleaned_data.get("answers_by")
        if recorded.outcome == Outcome.HEARING and not open_hearing(recorded.version, on):
            Hearing.record(by=who["by"], version=recorded.version, started_on=on, ended_on=until)
        return recorded
