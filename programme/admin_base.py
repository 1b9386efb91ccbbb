"""What every page of the administration has in common.

Rows are those of the programmes in which the reader is the Foundation: in lists, choices, filters, searches,
history and by key in the address. What may be done with them follows the design's table "Who may what", not
Django's permissions.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import get_fields_from_path
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, models
from django.db.models import Q
from django.forms import Field
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField, KronerField, refuse_cpr_in
from bydelsmoedre.money import format_amount
from bydelsmoedre.sorting import DanishKey, danish_key, danish_order
from bydelsmoedre.stale import StaleFormMixin
from programme.access import Role, programmes_of
from programme.admin_history import HistoryLine, Names, of_tracked
from programme.facts import Fact

#: A year that can be followed by another one.
_YEAR = re.compile(r"[12][0-9]{3}")
_MONTH_OR_DAY = re.compile(r"[0-9]{1,2}")

OVERTAKEN = _("Somebody has recorded or retracted the same meanwhile. Nothing was saved.")

#: A search looks for so many words; what follows is left out.
MOST_WORDS = 10


def programme_path(model: type[models.Model]) -> str:
    """The way from a row to its programme, as a lookup; "" for rows that belong to none (users)."""
    if issubclass(model, Fact):
        anchor: Any = model._meta.get_field(model.anchor).related_model
        return f"{model.anchor}__{programme_path(anchor)}"
    return getattr(type(model._default_manager.all()), "programme_path", "")


def governed(rows: Any, user: Any) -> Any:
    """The rows that exist for `user` in the programmes in which she is the Foundation."""
    if user.is_superuser:
        return rows.visible_to(user)
    within = {f"{programme_path(rows.model)}__in": programmes_of(user, (Role.FOUNDATION,))}
    return rows.visible_to(user).filter(**within)


def programme_of(row: models.Model) -> Any:
    """The key of the row's programme; None where it has none, or not yet."""
    path = programme_path(type(row))
    try:
        for step in path.split("__") if path else ():
            row = getattr(row, step)
    except ObjectDoesNotExist:
        return None
    return getattr(row, "pk", row) if path else None


def named(path: str, label: Any) -> Callable[[Any], Any]:
    """A column with the name at `path`, through references if it must be; sorted as Danes sort."""
    steps = path.split("__")

    @admin.display(description=label, ordering=danish_order(path))
    def column(row: Any) -> Any:
        for step in steps:
            row = getattr(row, step, None)
        return row or None

    column.__name__ = path
    return column


def kroner(name: str, label: Any) -> Callable[[Any], str]:
    """A column or a line with an amount in kroner."""

    @admin.display(description=label, ordering=name)
    def column(row: Any) -> str:
        return format_amount(getattr(row, name))

    column.__name__ = name
    return column


class AmountField(KronerField):
    """Kroner that stand in the row already are shown as Danes write them."""

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else format_amount(value, unit="")


class WithinReach(admin.RelatedFieldListFilter):
    """A filter by reference: its choices are the rows of the other list, so nothing of another programme."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[Any]:
        return [(row.pk, str(row)) for row in model_admin.rows_of(field.related_model, request)]


class AdminForm(StaleFormMixin, EntryForm):
    """No CPR numbers, nothing overwritten that somebody else saved, no row tied to another programme's."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        refuse_cpr_in(self)
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """References that stay as they are take part in the constraints, though they are not in the form."""
        left_out = super()._get_validation_exclusions()
        if self.instance.pk is None:
            return left_out
        relations = {field.name for field in self._meta.model._meta.fields if field.is_relation}
        return left_out - (relations - set(self.fields))

    def _post_clean(self) -> None:
        super()._post_clean()
        here = {programme_of(self.instance), None}
        rows = [(name, row) for name, row in self.cleaned_data.items() if isinstance(row, models.Model)]
        for name, row in rows if here != {None} else ():
            if programme_of(row) not in here:
                self.add_error(name, ValidationError(_("It belongs to another programme."), code="programme"))


class ReachAdmin(admin.ModelAdmin):
    """Base of all administration pages."""

    #: What the Foundation may do with these rows.
    may_add = True
    may_change = True
    may_delete = False
    #: Chosen when the row is made, and shown but not changed afterwards.
    fixed: Sequence[str] = ("programme",)

    form: Any = AdminForm
    actions = None
    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    empty_value_display = "–"

    # --- Which rows

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = self.reachable(super().get_queryset(request), request.user)
        joined: Any = self.list_select_related
        return rows.select_related(*joined) if joined else rows

    def reachable(self, rows: Any, user: Any) -> Any:
        """The rows that exist for `user` here."""
        return governed(rows, user)

    def rows_of(self, model: type[models.Model], request: HttpRequest) -> Any:
        """The rows of another model that exist for this reader, in that list's order."""
        return self.admin_site.get_model_admin(model).get_queryset(request)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", self.rows_of(db_field.related_model, request))
        if db_field.name == "programme" and request.standing.programme:
            kwargs.setdefault("initial", request.standing.programme.pk)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    # --- What may be done with them

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_add and self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change and self.admin_site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_delete and self.admin_site.has_permission(request)

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

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """In the model's order; the hidden memory of how the row was opened is last, where there is one."""
        order: dict[Any, int] = {field.name: number for number, field in enumerate(self.opts.fields)}
        names = [name for name in super().get_fields(request, obj) if name != "opened_as"]
        names.sort(key=lambda name: order.get(name, len(order)))
        return [*names, "opened_as"] if obj and self.has_change_permission(request, obj) else names

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        kind: type[Field] | None = None
        if isinstance(db_field, models.DecimalField):
            kind = AmountField
        elif isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
            kind, kwargs = DanishDateField, {"may_be_future": True}
        if kind is None or not db_field.editable:
            field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
            if hasattr(getattr(field, "widget", None), "can_delete_related"):
                field.widget.can_delete_related = False  # a form changes its own row only
            return field
        kwargs.pop("widget", None)
        return kind(
            label=capfirst(db_field.verbose_name),
            required=not db_field.blank,
            help_text=db_field.help_text,
            **kwargs,
        )

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return obj.get_absolute_url() if obj is not None and hasattr(obj, "get_absolute_url") else None

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            return self._overtaken(request)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().delete_view(request, *args, **kwargs)
        except IntegrityError:
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
