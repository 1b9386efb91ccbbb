"""Til revisor: the ledger as files, and all that an auditor asks for in one archive."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bydelsmoedre.spreadsheets import FORMATS
from programme.access import StandingRequest
from reports.audit_pack import audit_pack
from reports.figures.finances import budget
from reports.ledger_files import in_bytes, ledger_json, ledger_sheet
from reports.moments import ask


@require_safe
def audit(request: StandingRequest) -> HttpResponseBase:
    """What there is to fetch, as of the day. For the secretariat and the Foundation: vouchers name suppliers."""
    programme = request.standing.programme
    if programme is None or not request.standing.may_see_persons:
        raise PermissionDenied
    asked = ask(request, programme)
    moment = asked.moment
    written = budget(programme, moment)
    found = written if written and not written.is_empty else None
    wanted = request.GET.get("format", "")
    if not found or not wanted:
        return render(request, "budget/audit.html", asked.context() | {"budget": found, "query": _query(request)})
    name = f"bogfoering-{found.year}-pr-{moment.on:%Y-%m-%d}"
    if answer := FORMATS.get(wanted):
        return answer(ledger_sheet(found, programme, moment), name)
    if wanted == "json":
        response = StreamingHttpResponse(
            in_bytes(ledger_json(found, programme, moment)), content_type="application/json; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="{name}.json"'
        return response
    if wanted == "zip":
        pack: Any = audit_pack(found, programme, moment)
        file_name = f"revisor-{found.year}-pr-{moment.on:%Y-%m-%d}.zip"
        return FileResponse(pack, as_attachment=True, filename=file_name, content_type="application/zip")
    raise Http404


def _query(request: StandingRequest) -> str:
    """What stands before the format in the addresses of the files."""
    kept = request.GET.copy()
    kept.pop("format", None)
    return f"{kept.urlencode()}&" if kept else ""
