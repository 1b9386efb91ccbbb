"""The form that takes a file of volunteers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from programme.models import Programme
from volunteers.importing.content import Content, packed, stem
from volunteers.importing.headings import Unreadable
from volunteers.importing.source import LARGEST, read
from volunteers.importing.storing import Report, run
from volunteers.models import Import
from volunteers.models.imports import delete_old_content


class ImportForm(forms.Form):
    """A spreadsheet with volunteers. It is tried at once, and kept for a day until it is imported."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSX or CSV, 10 MB at most. Nothing is stored before you have seen how it was understood."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,text/csv"}),
        error_messages={"required": _("Choose the file with the volunteers.")},
    )

    def __init__(self, *args: Any, programme: Programme, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme, self.user = programme, user
        self.report: Report | None = None

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        try:
            self.table = read(upload.read(LARGEST + 1))
            self.report = run(self.table, self.programme, by=self.user, is_trial=True)
        except Unreadable as error:
            raise ValidationError(str(error)) from error
        if not self.report.rows:
            raise ValidationError(_("There are no rows under the headings."))
        return upload

    def save(self) -> Import:
        """Keep the file for a day, with what the trial said; those of others that are older go."""
        delete_old_content()
        assert self.report is not None
        content = Content(stem(self.cleaned_data["file"].name), self.table, self.report)
        return Import.objects.create(
            programme=self.programme,
            uploaded_by=self.user,
            rows=self.report.rows,
            rejected=len(self.report.bad),
            content=packed(content),
        )
