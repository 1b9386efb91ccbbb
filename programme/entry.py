"""Forms that record a fact, and how a fact is recorded from one."""

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db import Error, IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.entry import EntryForm, Overtaken
from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.moment import today
from bydelsmoedre.personal import refuse_cpr
from programme.facts import Fact
from programme.files import Checked, check_file
from programme.models import Evidence, Programme
from programme.models.evidence import private_name
from programme.same_file import said_of_same_file


class FactForm(EntryForm):
    """Base of the forms that record a fact: dates as Danes write them, evidence in words or as a file. A form
    that asks for no evidence (`evidence_text = None`) takes no file either."""

    #: Is it usually recorded on the day itself? Then that day stands in the field when the form is opened.
    is_of_today: ClassVar[bool] = False

    checked_file: Checked | None = None

    #: What is said besides that it is saved.
    notice: str = ""

    #: The evidence whose file this form has stored.
    stored: Evidence | None = None

    evidence_text: forms.Field | None = forms.CharField(
        label=_("Evidence"),
        required=False,
        max_length=300,
        help_text=_("Where the proof lies, such as “Minutes, case no. 2011-123”."),
        validators=[refuse_cpr],
    )

    evidence_file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_(
            "A PDF, a photo or an office document, 20 MB at most. Only those who may read the fact can open it."
        ),
    )

    class Meta:
        model: type[Fact]
        widgets: Mapping[str, Any] = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "evidence_text" not in self.fields:
            self.fields.pop("evidence_file", None)
        if self.field_order:
            self.order_fields(with_file(self.field_order))
        for name in ("happened_on", "started_on", "ended_on"):
            if name in self.fields:
                old = self.fields[name]
                self.fields[name] = DanishDateField(
                    label=old.label,
                    required=old.required,
                    initial=old.initial or (today() if self.is_of_today and name != "ended_on" else None),
                    help_text=old.help_text,
                    may_be_future=name != "happened_on",
                )
        if "note" in self.fields:
            self.fields["note"].help_text = _("Optional. Nothing about a person's health, religion or origin.")

    def clean_evidence_file(self) -> Any:
        upload = self.cleaned_data.get("evidence_file")
        self.checked_file = check_file(upload) if upload else None
        if self.checked_file:
            refuse_cpr(self.checked_file.name.replace("_", " "))
        return upload

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        started, ended = self.cleaned_data.get("started_on"), self.cleaned_data.get("ended_on")
        if started and ended and ended < started:
            self.add_error("ended_on", _("The end is before the start."))
        return cleaned

    def require_evidence(self, message: Any) -> None:
        """For a form's `clean()`, where evidence is needed: add `message` unless there are words or a file."""
        wanted = ("evidence_text", "evidence_file")
        if not any(self.cleaned_data.get(name) or name in self.errors for name in wanted):
            self.add_error("evidence_text", message)

    def _get_validation_exclusions(self) -> set[str]:
        """Constraints on current facts are asked about before saving too: their columns are nobody's to fill in."""
        return super()._get_validation_exclusions() - {"retracted_at", "period"}

    def record(self, *, by: Any, programme: Programme) -> Fact:
        """Record the fact that the valid form describes, with its evidence."""
        self.instance.evidence = self._evidence(by=by, programme=programme)
        self.instance.recorded_by = by
        self.instance.save(force_insert=True)
        return self.instance

    @property
    def recorded(self) -> Fact:
        """The fact that gets the evidence."""
        return self.instance

    def _evidence(self, *, by: Any, programme: Programme) -> Evidence | None:
        text, upload = self.cleaned_data.get("evidence_text"), self.cleaned_data.get("evidence_file")
        if not text and not upload:
            return None
        evidence = Evidence(programme=programme, description=text or "", added_by=by)
        if upload and self.checked_file:
            checked = self.checked_file
            evidence.description = text or checked.name
            evidence.file_name, evidence.media_type = checked.name, checked.media_type
            evidence.size, evidence.sha256 = checked.size, checked.sha256
            evidence.file = upload
            self.notice = said_of_same_file(self.recorded, checked.sha256, programme=programme, by=by)
            self.stored = evidence
        evidence.save()
        return evidence

    def rolled_back(self) -> None:
        """Delete the file that was stored, unless its row is there all the same (the answer to a commit was lost)."""
        stored, self.stored = self.stored, None
        if stored is None:
            return
        try:
            if Evidence.objects.filter(uuid=stored.uuid).exists():
                return
        except Error:  # nobody can tell: `sweep_evidence` can, later
            return
        stored.file.storage.delete(private_name(stored, ""))


class OnceForm(FactForm):
    """A form of one tap, or of a phone that loses its connection. The uuid is made on opening and becomes the fact's,
    so that what is sent twice is stored once."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def record_once(self, *, by: Any, programme: Programme) -> Any:
        """Record the fact; where it has been recorded already, or retracted since, that one is the answer. Raises
        `Overtaken` where it was recorded about something else than this page's (`given`)."""
        self.instance.uuid = self.cleaned_data["uuid"]
        sent_before = type(self.instance)._default_manager.filter(uuid=self.instance.uuid).order_by("-pk")
        if found := sent_before.first():
            return self._same(found)
        try:
            with transaction.atomic():
                self.record(by=by, programme=programme)
        except IntegrityError:  # the same, sent twice at once
            if found := sent_before.first():
                return self._same(found)
            raise
        return self.instance

    def _same(self, found: Fact) -> Fact:
        if any(getattr(found, f"{name}_id") != getattr(self.instance, f"{name}_id") for name in self.given):
            raise Overtaken
        return found


def with_file(order: Any) -> list[str]:
    """The order of a form's fields, with the file after the words about it."""
    place = [*order].index("evidence_text") + 1 if "evidence_text" in order else len([*order])
    return [*order[:place], "evidence_file", *order[place:]]
