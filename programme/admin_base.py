"""What every list of the administration, and every row's page, has in common."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import get_fields_from_path
from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.entry import Overtaken
from bydelsmoedre.sorting import DanishKey, danish_key
from bydelsmoedre.spreadsheets import csv_response, xlsx_response
from programme.admin_export import file_name_of, sheet_of
from programme.admin_history import HistoryLine, Names, of_tracked
from programme.admin_reach import Reach, WithinReach

#: A year that can be followed by another one.
_YEAR = re.compile(r"[12][0-9]{3}")
_MONTH_OR_DAY = re.compile(r"[0-9]{1,2}")

OVERTAKEN = _("Somebody has recorded or retracted the same meanwhile. Nothing was saved.")

#: A search looks for so many words; what follows is left out.
MOST_WORDS = 10


class ReachAdmin(Reach, admin.ModelAdmin):
    """Base of all administration pages."""

    #: Chosen when the row is made, and shown but not changed afterwards.
    fixed: Sequence[str] = ("programme",)

    actions: Any = ("export_xlsx", "export_csv")
    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    empty_value_display = "–"

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    # --- Lists

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [self._scoped(item) for item in super().get_list_filter(request)]

    def _scoped(self, item: Any) -> Any:
        is_reference = isinstance(item, str) and get_fields_from_path(self.model, item)[-1].is_relation
        return (item, WithinReach) if is_reference else item

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Only what the filters and the dates above the list ask for: an address is no way to guess."""
        allowed = {f"{self.date_hierarchy}__{part}" for part in ("year", "month", "day")}
        for item in self.list_filter:
            if isinstance(item, str):
                allowed |= {f"{item}__{how}" for how in ("exact", "id__exact", "isnull")}
            elif isinstance(item, type) and issubclass(item, admin.SimpleListFilter):
                allowed.add(str(item.parameter_name))
        return lookup in allowed

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Each word somewhere in one of the fields, whether Æ or æ, Ø or ø, Å, å or aa is written."""
        for word in search_term.split()[:MOST_WORDS]:
            found = Q()
            for number, path in enumerate(self.get_search_fields(request)):
                queryset = queryset.alias(**{f"key{number}": DanishKey(path)})
                found |= Q(**{f"key{number}__contains": danish_key(word)}) | Q(**{f"{path}__icontains": word})
            queryset = queryset.filter(found)
        return queryset, False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        year = request.GET.get(f"{self.date_hierarchy}__year", "2011")
        texts = [value for __, values in request.GET.lists() for value in values]
        parts = [request.GET.get(f"{self.date_hierarchy}__{part}", "1") for part in ("month", "day")]
        is_date = _YEAR.fullmatch(year) and all(_MONTH_OR_DAY.fullmatch(part) for part in parts)
        if any("\x00" in text for text in texts) or not is_date:
            raise Http404
        return super().changelist_view(request, extra_context)

    # --- Spreadsheets

    @admin.action(description=_("Export to Excel (XLSX)"))
    def export_xlsx(self, request: HttpRequest, queryset: Any) -> Any:
        return xlsx_response(sheet_of(self, request, queryset), file_name_of(self))

    @admin.action(description=_("Export to CSV"))
    def export_csv(self, request: HttpRequest, queryset: Any) -> Any:
        return csv_response(sheet_of(self, request, queryset), file_name_of(self))

    # --- Forms

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        kept = [*self.fixed, *(column.removesuffix("_id") for column in getattr(self.model, "fixed", ()))]
        fixed = [name for name in dict.fromkeys(kept) if self._has_field(name)] if obj else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def _has_field(self, name: str) -> bool:
        try:
            self.opts.get_field(name)
        except FieldDoesNotExist:
            return False
        return True

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        """What somebody has saved meanwhile, in this row and in the tables below it, stands together."""
        found = list(getattr(context["adminform"].form, "difference", None) or ())
        for table in context["inline_admin_formsets"]:
            for form in table.formset.forms:
                lines = getattr(form, "difference", None) or ()
                found += [replace(line, label=f"{form.instance}: {line.label}") for line in lines]
        return super().render_change_form(request, {**context, "difference": found}, *args, **kwargs)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return obj.get_absolute_url() if obj is not None and hasattr(obj, "get_absolute_url") else None

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (IntegrityError, Overtaken):
            return self._overtaken(request)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().delete_view(request, *args, **kwargs)
        except (IntegrityError, Overtaken):
            return self._overtaken(request)

    def _overtaken(self, request: HttpRequest) -> HttpResponse:
        messages.error(request, OVERTAKEN)
        return redirect(request.get_full_path())

    # --- History: the triggers', not Django's log, which would keep names beyond their erasure

    def log_addition(self, request: Any, obj: Any, message: Any) -> Any:
        return None

    def log_change(self, request: Any, obj: Any, message: Any) -> Any:
        return None

    def log_deletions(self, request: Any, queryset: Any) -> Any:
        return None

    def history_lines(self, obj: Any, names: Names) -> list[HistoryLine]:
        """What happened to the row, the latest first."""
        return of_tracked(obj, names)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        obj = self.get_object(request, admin.utils.unquote(object_id))
        names = Names(lambda model: self.rows_of(model, request))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": str(obj),
            "opts": self.opts,
            "object": obj,
            "lines": self.history_lines(obj, names),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/history.html", context)
