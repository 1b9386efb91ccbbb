"""The form of a material: a file or a link for a module."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.entry import EntryForm
from bydelsmoedre.personal import refuse_cpr
from programme.files import Checked, check_file
from programme.models import Evidence
from programme.models.evidence import private_name
from training.models import CurriculumVersion, Material


class MaterialForm(EntryForm):
    """What belongs to a module of a version: a file of ours, or an address."""

    given: ClassVar[tuple[str, ...]] = ("curriculum",)

    module = forms.TypedChoiceField(label=_("Module"), coerce=int)
    upload = forms.FileField(
        label=_("File"), required=False, help_text=_("A PDF, a photo or an office document, 20 MB at most.")
    )
    link = forms.URLField(
        label=_("or a link"), required=False, max_length=500, assume_scheme="https", validators=[refuse_cpr]
    )

    checked: Checked | None = None
    stored: Evidence | None = None

    class Meta:
        model = Material
        fields = ["module", "title", "language", "link"]

    field_order = ["module", "title", "language", "upload", "link"]

    def __init__(self, *args: Any, version: CurriculumVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.curriculum_id = version.curriculum_id
        self.instance.version = version.uuid
        module: Any = self.fields["module"]
        listed = [(int(one["number"]), f"{one['number']}. {one.get('title', '')}") for one in version.modules]
        module.choices = [("", _("Choose a module")), *sorted(listed)]

    def clean_upload(self) -> Any:
        upload = self.cleaned_data.get("upload")
        self.checked = check_file(upload) if upload else None
        if self.checked:
            refuse_cpr(self.checked.name.replace("_", " "))
        return upload

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if "upload" in self.errors or "link" in self.errors:
            return cleaned
        if bool(self.cleaned_data.get("upload")) == bool(self.cleaned_data.get("link")):
            self.add_error("link", ValidationError(_("Choose a file, or write a link: one of them.")))
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """That it is one of the two is asked above; the file has no row yet."""
        return super()._get_validation_exclusions() | {"file"}

    def keep(self, *, by: Any) -> Material:
        """Store the file, and the row that names it."""
        upload, checked = self.cleaned_data.get("upload"), self.checked
        if upload and checked:
            self.stored = Evidence(
                programme=self.instance.curriculum.programme,
                description=checked.name,
                added_by=by,
                file=upload,
                file_name=checked.name,
                media_type=checked.media_type,
                size=checked.size,
                sha256=checked.sha256,
            )
            self.stored.save()
            self.instance.file = self.stored
        return self.save()

    def rolled_back(self) -> None:
        """Nothing was saved: the file goes."""
        stored, self.stored = self.stored, None
        if stored is not None and not Evidence.objects.filter(uuid=stored.uuid).exists():
            stored.file.storage.delete(private_name(stored, ""))
