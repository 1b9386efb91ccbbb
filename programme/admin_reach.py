"""Which rows exist in the administration, for whom, and the forms in which they are filled in.

Rows are those of the programmes in which the reader is the Foundation: in lists, choices, filters, searches,
history, tables inside other pages and by key in the address. What may be done with them follows the design's table
"Who may what", not Django's permissions.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField, KronerField, refuse_cpr_in
from bydelsmoedre.money import format_amount
from bydelsmoedre.sorting import danish_order
from bydelsmoedre.stale import StaleFormMixin
from programme.access import Role, programmes_of
from programme.facts import Fact


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


def value_at(row: Any, path: str) -> Any:
    """What stands at `path`, through references if it must be."""
    for step in path.split("__"):
        row = getattr(row, step, None)
    return row


def named(path: str, label: Any) -> Callable[[Any], Any]:
    """A column with the name at `path`; sorted as Danes sort."""

    @admin.display(description=label, ordering=danish_order(path))
    def column(row: Any) -> Any:
        return value_at(row, path) or None

    column.__name__ = path
    return column


def kroner(path: str, label: Any) -> Callable[[Any], str]:
    """A column or a line with an amount in kroner; in a spreadsheet it is a number."""

    @admin.display(description=label, ordering=path)
    def column(row: Any) -> str:
        amount = value_at(row, path)
        return "" if amount is None else format_amount(amount)

    column.__name__ = path
    column.exported = path  # type: ignore[attr-defined]  # a column is a function with attributes, as Django's are
    return column


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


class Reach(BaseModelAdmin):
    """What lists with their pages, and tables inside other pages, have in common."""

    #: What the Foundation may do with these rows.
    may_add = True
    may_change = True
    may_delete = False

    form: Any = AdminForm

    # --- Which rows

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = self.reachable(super().get_queryset(request), request.user)
        joined = getattr(self, "list_select_related", ())
        return rows.select_related(*joined) if joined else rows

    def reachable(self, rows: Any, user: Any) -> Any:
        """The rows that exist for `user` here."""
        return governed(rows, user)

    def rows_of(self, model: type[models.Model], request: HttpRequest) -> Any:
        """The rows of another model that exist for this reader, in that list's order."""
        return self.admin_site.get_model_admin(model).get_queryset(request)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", self.rows_of(db_field.related_model, request))
        if db_field.name == "programme" and request.standing.programme:
            kwargs.setdefault("initial", request.standing.programme.pk)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    # --- What may be done with them

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_add and self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change and self.admin_site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_delete and self.admin_site.has_permission(request)

    # --- Forms

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """In the model's order; the hidden memory of how the row was opened is last, where there is one."""
        order: dict[Any, int] = {field.name: number for number, field in enumerate(self.opts.fields)}
        names = [name for name in super().get_fields(request, obj) if name != "opened_as"]
        names.sort(key=lambda name: order.get(name, len(order)))
        return [*names, "opened_as"] if self.has_memory(request, obj) else names

    def has_memory(self, request: HttpRequest, obj: Any) -> bool:
        """Does the form notice that somebody else has saved?"""
        return obj is not None and self.has_change_permission(request, obj)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        kind: type[forms.Field] | None = None
        if isinstance(db_field, models.TimeField):
            kwargs["widget"] = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")  # the browser's own
        if isinstance(db_field, models.DecimalField):
            kind = KronerField
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
