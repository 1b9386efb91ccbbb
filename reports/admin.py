"""The administration's page of figures: the same as Overblik's, for the Foundation's programmes."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.listing import in_words
from bydelsmoedre.sorting import danish_order
from bydelsmoedre.spreadsheets import FORMATS
from programme.admin_base import ReachAdmin
from programme.admin_reach import named
from reports import admin_checks, admin_committee, admin_reports  # noqa: F401 - register their models
from reports.figure_lines import figure_lines, figures_sheet
from reports.models import ProgrammeFigures
from reports.moments import ask


@admin.register(ProgrammeFigures)
class ProgrammeFiguresAdmin(ReachAdmin):
    """All figures of a programme at a Moment; read only."""

    may_add = False
    may_change = False
    list_display = (named("name", _("name")), "starts_on", "deadline")
    search_fields = ("name",)
    ordering = (danish_order("name"),)

    def change_view(self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        programme = self.get_object(request, admin.utils.unquote(object_id))
        asked = ask(request, programme)
        if make := FORMATS.get(request.GET.get("format", "")):
            return make(
                figures_sheet(programme, asked.moment, may_see_persons=True), f"tal-{asked.moment.on.isoformat()}"
            )
        lines = figure_lines(programme, asked.moment, may_see_persons=True)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Figures"),
            "subtitle": str(programme),
            "opts": self.opts,
            "object": programme,
            "lines": [(line, in_words(line.value), in_words(line.target)) for line in lines],
            **asked.context(),
        }
        return TemplateResponse(request, "admin/figures.html", context)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
