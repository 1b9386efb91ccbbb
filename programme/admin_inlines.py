"""Tables inside a row's page: the rows that belong to it, with the same reach and the same forms as everywhere."""

from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest

from bydelsmoedre.entry import Overtaken
from programme.admin_facts import standing
from programme.admin_reach import AdminForm, Reach


class Memory(forms.CharField):
    """How the row was when it was opened: hidden, and no change of the row's."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class InlineForm(AdminForm):
    """A row in the table. What is fixed once made may be chosen in a new row only."""

    opened_as = Memory(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new = self.instance.pk is None
        if is_new:  # all rows of the table have the same columns
            self.fields["opened_as"] = deepcopy(self.base_fields["opened_as"])
        fixed = [column.removesuffix("_id") for column in getattr(self._meta.model, "fixed", ())]
        for name in () if is_new else fixed:
            if name in self.fields:
                self.fields[name].disabled = True
        for field in self.fields.values():
            field.widget.attrs.setdefault("aria-label", field.label)  # the heading is the column's

    def _snapshot(self, instance: models.Model) -> dict[str, str]:
        key = self._meta.model._meta.pk.name
        return {name: value for name, value in super()._snapshot(instance).items() if name != key}

    def _compare(self) -> None:
        """Compare the rows that are to be changed; the others are left as they are."""
        if self.instance.pk is not None and self.has_changed():
            super()._compare()


class InlineFormSet(forms.BaseInlineFormSet):
    """The rows of the table together: what none of them breaks alone, two new ones may break together."""

    @property
    def _row(self) -> Any:
        return self.model

    def add_fields(self, form: Any, index: Any) -> None:
        super().add_fields(form, index)
        if DELETION_FIELD_NAME in form.fields:
            field = form.fields[DELETION_FIELD_NAME]
            field.widget.attrs.setdefault("aria-label", field.label)

    def clean(self) -> None:
        super().clean()
        key = self._row._meta.pk.name
        cleaned: list[Any] = [form for form in self.forms if hasattr(form, "cleaned_data")]
        if any(key in form.errors for form in cleaned):
            raise Overtaken  # the row was deleted meanwhile
        kept = [form for form in cleaned if not form.cleaned_data.get(DELETION_FIELD_NAME)]
        for constraint in self._row._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and constraint.condition:
                self._refuse_twice(constraint, [form for form in kept if form.has_changed() or form.instance.pk])

    def _as_stored(self, name: str, value: Any) -> models.Value:
        return models.Value(value, self._row._meta.get_field(name))

    def _refuse_twice(self, constraint: models.UniqueConstraint, kept: list[Any]) -> None:
        """Django compares the rows of a table by constraints without a condition only."""
        condition: Any = constraint.condition
        seen: Counter[Any] = Counter()
        for form in kept:
            values = {field.name: getattr(form.instance, field.attname) for field in self._row._meta.concrete_fields}
            if form.errors or not condition.check({name: self._as_stored(name, values[name]) for name in values}):
                continue
            key = tuple(values[name] for name in constraint.fields)
            seen[key] += 1
            if seen[key] > 1:
                code: Any = constraint.violation_error_code
                where = code if code in form.fields else NON_FIELD_ERRORS
                form.add_error(where, constraint.get_violation_error_message())


class ReachInline(Reach, admin.TabularInline):
    """The rows of another list that belong to this row, changed together with it. `list_select_related` is the way
    back to this row, which their names are made of."""

    form: Any = InlineForm
    formset: Any = InlineFormSet
    template = "admin/table.html"
    extra = 1

    def has_memory(self, request: HttpRequest, obj: Any) -> bool:
        return self.has_change_permission(request, obj)


class FactInline(ReachInline):
    """The facts about this row: looked at here, retracted on their own pages."""

    may_add = False
    may_change = False
    form: Any = forms.ModelForm
    formset: Any = forms.BaseInlineFormSet
    extra = 0

    #: The table's columns before the standing.
    columns: Sequence[str] = ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [*self.columns, standing]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return self.get_fields(request, obj)
