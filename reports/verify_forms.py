"""What is asked of whoever checks a report: a code, or a file. In Danish, as the page is."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from reports.progress import check_words as words
from reports.progress.sent import LARGEST
from reports.progress.verifying import CODE

#: A code, or a whole SHA-256.
LENGTHS = (CODE, 64)
#: Letters that no code has, and which are read as figures.
_READ_AS = str.maketrans("oil", "011")


def bare_code(typed: str) -> str:
    """The code as it stands in the address: without what is set between, and also where the whole address is given;
    "" where it cannot be one."""
    told = typed.strip().rstrip("/").rpartition("/")[2]
    bare = "".join(letter for letter in told if unicodedata.category(letter)[0] in "LN").lower().translate(_READ_AS)
    return bare if len(bare) in LENGTHS and set(bare) <= set("0123456789abcdef") else ""


class CodeForm(forms.Form):
    """A code, however it is typed."""

    kode = forms.CharField(
        label=words.CODE_LABEL,
        max_length=300,
        help_text=words.CODE_HELP,
        error_messages={"required": words.CODE_MISSING, "max_length": words.CODE_WRONG},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_kode(self) -> str:
        code = bare_code(self.cleaned_data["kode"])
        if not code:
            raise ValidationError(words.CODE_WRONG)
        return code


class FileForm(forms.Form):
    """The report itself."""

    fil = forms.FileField(
        label=words.FILE_LABEL,
        max_length=None,
        help_text=words.FILE_HELP,
        error_messages={
            "required": words.FILE_MISSING,
            "missing": words.FILE_MISSING,
            "invalid": words.FILE_MISSING,
            "empty": words.FILE_EMPTY,
        },
        widget=forms.FileInput(attrs={"accept": ".pdf,.json,application/pdf,application/json"}),
    )

    def clean_fil(self) -> Any:
        upload = self.cleaned_data["fil"]
        if upload.size > LARGEST:
            raise ValidationError(words.FILE_LARGE)
        return upload
