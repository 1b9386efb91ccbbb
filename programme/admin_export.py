"""A list of the administration as a spreadsheet: the chosen rows, with what the list shows of them."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.contrib.admin.utils import label_for_field, lookup_field
from django.http import HttpRequest
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _

from bydelsmoedre.moment import calendar_today
from bydelsmoedre.spreadsheets import Cell, Sheet
from programme.admin_reach import value_at


def sheet_of(model_admin: Any, request: HttpRequest, rows: Any) -> Sheet:
    """The rows with the list's columns. Text stands as in the list; amounts and days are numbers and days."""
    columns = [name for name in model_admin.get_list_display(request) if name != "action_checkbox"]
    model = model_admin.model
    return Sheet(
        title=str(capfirst(model._meta.verbose_name_plural)),
        headings=[capfirst(str(label_for_field(name, model, model_admin))) for name in columns],
        rows=([cell_of(model_admin, name, row) for name in columns] for row in rows),
        about=[(_("Exported by"), str(request.user))],
    )


def cell_of(model_admin: Any, name: Any, row: Any) -> Cell:
    """What the list's column shows of the row; nothing where it shows a dash."""
    if path := getattr(name, "exported", ""):
        return value_at(row, path)
    field, _attribute, value = lookup_field(name, row, model_admin)
    if field is not None and field.choices:
        value = dict(field.flatchoices).get(value, value)
    if value is None or isinstance(value, (bool, int, Decimal, dt.date)):
        return value
    return str(value) or None


def file_name_of(model_admin: Any) -> str:
    """Such as `foreninger-2011-11-15`."""
    return f"{slugify(model_admin.opts.verbose_name_plural)}-{calendar_today():%Y-%m-%d}"
