"""Files that are evidence: which kinds are taken, told by their content and never by their name."""

import hashlib
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import puremagic
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.utils.translation import gettext_lazy as _

LARGEST = 20 * 1024 * 1024

#: Kinds that a browser and an office can open, and that run nothing.
PLAIN = {"application/pdf", "image/jpeg", "image/png", "image/heic", "image/heif"}

#: Office documents are ZIP archives; what they hold tells which.
OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_MOST_PARTS = 2000
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Checked:
    """What an uploaded file is."""

    name: str
    media_type: str
    size: int
    sha256: str


def check_file(upload: Any) -> Checked:
    """What the file is, by its content. Raises `ValidationError` with the reason why it is not taken."""
    if not upload.size:
        raise ValidationError(_("The file is empty."), code="empty")
    if upload.size > LARGEST:
        raise ValidationError(_("The file is too large: 20 MB at most."), code="large")
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    media_type = _media_type(upload)
    upload.seek(0)
    return Checked(_plain_name(upload.name), media_type, upload.size, digest.hexdigest())


def _media_type(upload: Any) -> str:
    upload.seek(0)
    head = upload.read(8192)
    if head.startswith(b"PK\x03\x04"):
        return _office_type(upload)
    try:
        told = {match.mime_type for match in puremagic.magic_string(head)}
    except puremagic.PureError:
        told = set()
    for media_type in sorted(PLAIN):
        if media_type in told:
            return media_type
    raise _refused()


def _office_type(upload: Any) -> str:
    """Which kind of office document the archive is. A broken one fails in any way: UnicodeDecodeError, zlib.error …"""
    try:
        return _told_by_parts(upload)
    except ValidationError:
        raise
    except Exception as error:
        raise _refused() from error


def _told_by_parts(upload: Any) -> str:
    """The kind, by the archive's parts; they are listed, never unpacked."""
    upload.seek(0)
    with zipfile.ZipFile(upload) as archive:
        names = archive.namelist()
        if any(name.lower().endswith(("vbaproject.bin", ".js", ".exe")) for name in names):
            raise ValidationError(_("The file holds macros. Save it without them, or as PDF."), code="macros")
        if len(names) > _MOST_PARTS:
            raise _refused()
        for part, media_type in OFFICE.items():
            if part in names:
                return media_type
        if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
            told = archive.read("mimetype").decode("ascii", "replace")
            if told.startswith(OPEN_DOCUMENT):
                return told
    raise _refused()


def _refused() -> ValidationError:
    return ValidationError(
        _("This kind of file is not taken. Use PDF, a photo (JPEG, PNG, HEIC) or an office document."), code="kind"
    )


def _plain_name(name: str) -> str:
    """The last part of the name, without what could lead elsewhere; it is shown, and never used as a path."""
    plain = _CONTROL.sub("", PurePath(str(name).replace("\\", "/")).name).strip(". ")
    return plain[-200:] or "fil"


def file_answer(evidence: Any) -> FileResponse:
    """The file of a piece of evidence as something to be saved; 404 where there is none."""
    if evidence is None or not evidence.file:
        raise Http404
    try:
        content = evidence.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    answer = FileResponse(content, as_attachment=True, filename=evidence.file_name, content_type=evidence.media_type)
    answer["Content-Security-Policy"] = "sandbox"
    return answer
