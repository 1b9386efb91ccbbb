"""Forms about a draft as it was read: whoever adopts it, or throws it away, decides on what was shown, and on nothing
that somebody has written since."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.stale import Difference, refuse_stale
from training.models import CurriculumDraft
from training.syllabus import COLUMNS, changes, said_by

_SALT = "training.draft"


class AboutDraftForm(forms.Form):
    """Remembers, signed and hidden, what the draft said when the form was opened. Nothing more is asked of whoever
    throws it away. Validate and save in one transaction: the draft is locked while it is compared."""

    opened_as = forms.CharField(widget=forms.HiddenInput, required=False)

    difference: list[Difference] | None = None

    def __init__(self, *args: Any, draft: CurriculumDraft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        self.fields["opened_as"].initial = _signed(draft)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.cleaned_data.pop("opened_as", None)  # no value of the fact's
        saved = CurriculumDraft.objects.select_for_update().filter(pk=self.draft.pk).first()
        if saved is None:
            raise ValidationError(_("Somebody has deleted this meanwhile."), code="gone")
        opened = _opened(self.data.get(self.add_prefix("opened_as"), ""))
        if opened is None or _said(opened) != _said(saved):
            refuse_stale(self, "opened_as", _signed(saved), _differences(opened, saved) if opened else None)
        return cleaned


def _said(draft: CurriculumDraft) -> dict[str, Any]:
    """What the draft says, as it can be signed."""
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in said_by(draft).items()}


def _signed(draft: CurriculumDraft) -> str:
    return signing.dumps(_said(draft), salt=_SALT, compress=True)


def _opened(text: str) -> CurriculumDraft | None:
    """The draft as it was when the form was opened; None where that was tampered with, or is from another time."""
    try:
        said = signing.loads(text, salt=_SALT)
        return CurriculumDraft(
            **{name: CurriculumDraft._meta.get_field(name).to_python(said[name]) for name in COLUMNS}  # type: ignore[union-attr]
        )
    except (signing.BadSignature, KeyError, ValidationError):
        return None


def _differences(opened: CurriculumDraft, saved: CurriculumDraft) -> list[Difference]:
    found = [Difference(one.where, one.was, one.now, "") for one in changes(opened, saved)]
    if opened.label != saved.label:
        label = capfirst(str(CurriculumDraft._meta.get_field("label").verbose_name))
        found.insert(0, Difference(label, opened.label, saved.label, ""))
    return found
