"""Importing volunteers in the browser: upload, look, import, fetch what was rejected. The secretariat's alone."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from bydelsmoedre.sorting import danish_order
from bydelsmoedre.spreadsheets import FORMATS, csv_response
from programme.access import StandingRequest, fetch, programme_to_change
from volunteers.forms import ImportForm
from volunteers.importing import headings, working
from volunteers.importing.content import Content, rejected_sheet, template_sheet, unpacked
from volunteers.importing.headings import Field
from volunteers.models import Import

#: So many of the first rows, of the errors and of the latest imports are shown.
FIRST, MOST_ISSUES, LATEST = 3, 100, 5

#: What each column is, for who makes a file.
GUIDE = [
    (Field.NAME.value, gettext_lazy("The only one that must be filled in. Or two columns: Fornavn and Efternavn.")),
    (Field.EMAIL.value, gettext_lazy("Two persons cannot share one.")),
    (Field.PHONE.value, gettext_lazy("Eight digits, with or without +45.")),
    (Field.POSTCODE.value, gettext_lazy("Her own, such as 2200.")),
    (Field.AREA.value, gettext_lazy("By its name here, such as Mjølnerparken.")),
    (Field.LANGUAGES.value, gettext_lazy("In Danish, with or without a level: arabisk; dansk (B2).")),
    (Field.ROLE.value, gettext_lazy("Bydelsmor, koordinator, formand, kasserer, bestyrelsesmedlem or suppleant.")),
    (Field.ASSOCIATION.value, gettext_lazy("By its name here. It must be created first.")),
    (Field.STARTED_ON.value, gettext_lazy("The first day of the role: 31.12.2011, 31-12-2011 or 2011-12-31.")),
    (Field.ENDED_ON.value, gettext_lazy("The last day of the role; empty while she holds it.")),
]


def upload(request: StandingRequest) -> HttpResponse:
    """Choose a file; it is tried, and the preview says how it was understood."""
    programme = programme_to_change(request)
    return enter(
        request,
        partial(ImportForm, programme=programme, user=request.user),
        save=lambda form: form.save(),
        title=_("Import volunteers"),
        submit_label=_("Show the file"),
        template="volunteers/import.html",
        back_url=url("volunteers:list"),
        done_url=lambda waiting: waiting.get_absolute_url(),
        success=_("Nothing is stored yet. See how the file was understood."),
        guide=GUIDE,
        latest=Import.objects.filter(programme=programme).defer("content").select_related("uploaded_by")[:LATEST],
    )


@require_safe
def template(request: StandingRequest, kind: str) -> HttpResponseBase:
    """A file to begin with: the headings, and an example."""
    programme = programme_to_change(request)
    if kind not in FORMATS:
        raise Http404
    areas = programme.housing_areas.order_by(danish_order("name")).values_list("name", flat=True)[:1]
    return FORMATS[kind](template_sheet(list(areas)), "frivillige-skabelon")


@dataclass(frozen=True)
class Preview:
    """How a file was understood, for the page."""

    content: Content

    @property
    def columns(self) -> list[tuple[str, str]]:
        """What is imported, and the heading in the file."""
        named = self.content.table.headings
        return [(one.value, named[place]) for one, place in self._places.items()]

    @property
    def first(self) -> list[list[tuple[str, str]]]:
        """The first rows, as they stand in the file."""
        return [
            [(one.value, cells[place] if place < len(cells) else "") for one, place in self._places.items()]
            for _line, cells in self.content.table.rows[:FIRST]
        ]

    @property
    def _places(self) -> dict[Field, int]:
        found = headings.understand(self.content.table.headings).places
        return {one: found[one] for one in Field if one in found}

    @property
    def errors(self) -> list[Any]:
        return self.content.report.errors[:MOST_ISSUES]

    @property
    def warnings(self) -> list[Any]:
        return self.content.report.warnings[:MOST_ISSUES]


@require_safe
def detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Where the import stands: the preview, its progress, or what it gave."""
    found = _fetch(request, uuid)
    if found.is_running():
        return render(request, "volunteers/import_progress.html", {"import": found})
    found.refresh_from_db()  # it may have ended since it was fetched
    if found.is_finished:
        has_rejected = bool(found.rejected) and not found.is_expired
        return render(request, "volunteers/import_result.html", {"import": found, "has_rejected": has_rejected})
    if found.is_expired:
        return render(request, "volunteers/import_gone.html", {"import": found})
    content = unpacked(bytes(found.content or b""))
    context = {"import": found, "report": content.report, "preview": Preview(content), "name": content.name}
    return render(request, "volunteers/import_preview.html", context)


@require_POST
def begin(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Import the file. The page of the import tells how far it has come, whoever asks, whenever."""
    found = _fetch(request, uuid)
    accept_good = request.POST.get("accept_good") == "1"
    transaction.on_commit(partial(working.start, found.pk, by=request.user, accept_good=accept_good))
    return redirect(found)


@require_POST
def discard(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Delete what is kept of the file, without importing it or when the rejected rows have been fetched."""
    found = _fetch(request, uuid)
    with transaction.atomic():
        if not working.take(found.pk):
            messages.warning(request, _("The import is running. Wait until it has ended."))
            return redirect(found)
        Import.objects.filter(pk=found.pk).update(content=None)
    messages.success(request, _("The file is deleted here."))
    return redirect("volunteers:import")


@require_safe
def rejected(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The rows that were, or would be, left out, each with the reason."""
    found = _fetch(request, uuid)
    if found.is_expired or not found.rejected:
        raise Http404
    content = unpacked(bytes(found.content or b""))
    return csv_response(rejected_sheet(content.table, content.report), f"{content.name}-afvist")


def _fetch(request: HttpRequest, uuid: UUID) -> Import:
    """The import, where the reader is of the programme's secretariat."""
    found: Import = fetch(Import.objects.select_related("programme", "uploaded_by"), request.user, uuid, change=True)
    return found
