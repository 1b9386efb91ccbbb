"""A frozen report as files: paper, workbook, table and data; what the journal needs; and the format of the data."""

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from bydelsmoedre.entry import enter
from bydelsmoedre.spreadsheets import XLSX
from programme.access import StandingRequest, fetch
from reports.models import FrozenReport
from reports.progress.exports.longlist import csv_of
from reports.progress.exports.workbook import workbook_of
from reports.progress.freezing import address_of
from reports.progress.journalising import JournalForm, journal_number, journal_zip
from reports.progress.paper import file_name
from reports.progress.readers import FROZEN, is_contact

SCHEMA = (Path(__file__).parent.parent / "progress" / "progress-report-1.json").read_bytes()


def _checked(frozen: FrozenReport) -> dict[str, str]:
    return {"sha256": frozen.sha256, "code": frozen.code, "address": address_of(frozen.sha256)}


#: The files by their endings: what is sent, and what it is.
_MADE: dict[str, tuple[Callable[[FrozenReport], bytes], str]] = {
    "pdf": (lambda frozen: bytes(frozen.pdf), "application/pdf"),
    "xlsx": (lambda frozen: workbook_of(frozen.content, **_checked(frozen)), XLSX),
    "csv": (lambda frozen: csv_of(frozen.content, **_checked(frozen)).encode(), "text/csv; charset=utf-8"),
    "json": (lambda frozen: bytes(frozen.canonical), "application/json"),
}


@require_safe
def report_file(request: StandingRequest, uuid: UUID, ending: str) -> FileResponse:
    """The version as a file, for whoever may read it. Paper and data are the stored bytes; the others are made of them.
    With `?vis=1` the paper is shown in the browser."""
    if ending not in _MADE:
        raise Http404
    made, kind = _MADE[ending]
    # Only the bytes that are sent, and those that say what the file is called.
    asked = FROZEN if ending == "pdf" else FROZEN.defer("pdf")
    frozen: FrozenReport = fetch(asked, request.user, uuid)
    is_shown = ending == "pdf" and request.GET.get("vis") == "1"
    return _sent(made(frozen), kind, f"{_stem(frozen)}.{ending}", is_shown=is_shown)


@require_safe
def journal_file(request: StandingRequest, uuid: UUID) -> FileResponse:
    """All that the journal needs, in one archive."""
    frozen: FrozenReport = fetch(FROZEN, request.user, uuid)
    return _sent(journal_zip(frozen, request.user), "application/zip", f"{_stem(frozen)}_journal.zip")


def journal(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """The municipality's contact writes her own case and document number; the report itself never changes."""
    frozen: FrozenReport = fetch(FROZEN.defer("pdf"), request.user, uuid)
    standing: Any = request.standing.within(frozen.programme)
    request.standing = standing
    if not is_contact(standing):
        raise PermissionDenied
    written = journal_number(frozen)
    initial = {} if written else {"case_number": frozen.content["report"]["case_number"]}
    return enter(
        request,
        partial(JournalForm, frozen=frozen, instance=written, initial=initial),
        save=lambda form: form.write(by=request.user),
        title=_("Your case number and document number"),
        intro=_("%(report)s. The numbers stand beside it and in the archive for your journal; it does not change.")
        % {"report": frozen},
        back_url=frozen.get_absolute_url(),
    )


@login_not_required
@cache_control(public=True, max_age=24 * 60 * 60)
@require_safe
def report_schema(request: HttpRequest) -> FileResponse:
    """The format of a report's data, for anybody: it is about no person."""
    answer = FileResponse(io.BytesIO(SCHEMA), content_type="application/schema+json")
    answer["Content-Security-Policy"] = "sandbox"
    return answer


def _stem(frozen: FrozenReport) -> str:
    return file_name(frozen.content).removesuffix(".pdf")


def _sent(content: bytes, kind: str, name: str, *, is_shown: bool = False) -> FileResponse:
    """To be saved, or shown. Some browsers show no PDF in a sandbox, so what is shown may just load nothing."""
    answer = FileResponse(io.BytesIO(content), content_type=kind)
    answer["Content-Disposition"] = f'{"inline" if is_shown else "attachment"}; filename="{name}"'
    answer["Content-Security-Policy"] = "default-src 'none'" if is_shown else "sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
