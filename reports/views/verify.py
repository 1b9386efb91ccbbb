"""The public page that says whether a report is the one that was frozen; and its content, to be computed anew."""

import io
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.uploads import BriefUpload
from programme.limits import address_of, is_spent, is_too_often
from programme.models import Programme
from reports.progress import check_words as words
from reports.progress.canonical import sha256
from reports.progress.paper import file_name
from reports.progress.sent import LARGEST
from reports.progress.verifying import Answer, Verdict, answer_to_code, answer_to_file
from reports.verify_forms import CodeForm, FileForm, bare_code
from reports.views.danish import in_danish

#: So many unknown codes, and so many files, an hour from one address: whole archives, but no hunt for codes.
CODES_FROM_ONE, FILES_FROM_ONE = 60, 60
#: So many codes in all: for each that is known the whole chain is computed anew.
LOOKS_FROM_ONE = 600
_CODE, _FILE, _LOOK = "report-code", "report-file", "report-look"


# It changes nothing, and so needs no proof of where the form was shown: a file may be sent by a program too.
@csrf_exempt
@login_not_required
@never_cache
@in_danish
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a code or a file; tell of the file, which is not kept. A code has an address of its own."""
    if request.method == "POST":
        return _of_file(request)
    if "kode" not in request.GET:
        return _page(request)
    form = CodeForm(request.GET)
    if not form.is_valid():
        return _page(request, code_form=form)
    return redirect("reports:verify_code", form.cleaned_data["kode"])


@login_not_required
@never_cache
@in_danish
@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR code on the paper leads to: the frozen report that has the code."""
    bare = bare_code(code)
    if not bare:
        return _page(request, code_form=_typed(code))
    if bare != code:
        return redirect("reports:verify_code", bare)
    answer = _answer(request, bare)
    if answer is None:
        return _page(request, is_limited=True, status=429)
    return _page(request, answer=answer, asked=bare)


@login_not_required
@never_cache
@in_danish
@require_safe
def verify_content(request: HttpRequest, code: str) -> FileResponse:
    """The frozen content as it was hashed, byte for byte, for whoever has the code."""
    answer = _answer(request, code) if bare_code(code) == code else None
    report = answer.report if answer and answer.is_fetched else None
    if report is None:
        raise Http404
    name = file_name(report.content).removesuffix(".pdf")
    sent = FileResponse(io.BytesIO(bytes(report.canonical)), content_type="application/json")
    sent["Content-Disposition"] = f'attachment; filename="{name}.json"'
    sent["Content-Security-Policy"] = "sandbox"
    return sent


def _answer(request: HttpRequest, code: str) -> Answer | None:
    """Every code is counted, and unknown ones by themselves. Whoever has tried too many is told nothing, of known ones
    neither: None."""
    programme, who = _counted(), address_of(request)
    if programme and is_spent(programme, _CODE, who, most=CODES_FROM_ONE):
        return None
    if programme and is_too_often(programme, _LOOK, who, most=LOOKS_FROM_ONE, counts_refused=False):
        return None
    answer = answer_to_code(code)
    if programme and answer.verdict == Verdict.UNKNOWN:
        is_too_often(programme, _CODE, who, most=CODES_FROM_ONE)
    return answer


def _of_file(request: HttpRequest) -> HttpResponse:
    """Nothing of the file is read before it is clear that it may be."""
    programme = _counted()
    if programme and is_too_often(programme, _FILE, address_of(request), most=FILES_FROM_ONE):
        return _page(request, is_limited=True, status=429)
    request.upload_handlers = [BriefUpload(request, most=LARGEST)]
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, file_form=form)
    data = form.cleaned_data["fil"].read()
    return _page(request, answer=answer_to_file(data), file_sha256=sha256(data))


def _counted() -> Programme | None:
    """A code does not say whose programme it is of: attempts are counted with the first."""
    return Programme.objects.order_by("pk").first()


def _typed(code: str) -> CodeForm:
    return CodeForm({"kode": code})


def _page(request: HttpRequest, *, status: int = 200, **told: Any) -> HttpResponse:
    forms = {"code_form": told.get("code_form") or CodeForm(), "file_form": told.get("file_form") or FileForm()}
    wrong = next((form for form in forms.values() if form.errors), forms["code_form"])
    context: dict[str, Any] = {"words": words, "answer": None, "asked": "", "file_sha256": "", "is_limited": False}
    context |= told | forms | {"form": wrong, "is_danish": True}
    if answer := told.get("answer"):
        context |= {
            "said": words.words_of(answer.verdict, answer.kind, is_out=answer.is_out),
            "mark": words.MARKS[answer.verdict],
        }
        context["page"] = url("reports:verify_code", answer.report.sha256[:20]) if answer.report else ""
    return render(request, "reports/verify.html", context, status=status)
