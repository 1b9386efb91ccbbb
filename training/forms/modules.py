"""The modules of a training as rows of a form: read, checked, and shown again as they were typed, without a script."""

import json
import re
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bydelsmoedre.danish import tal
from bydelsmoedre.personal import refuse_cpr
from bydelsmoedre.rows import Row, RowsField, RowsWidget
from training.models.curricula import Syllabus

#: Rows offered where there is no module yet.
FIRST = 12
LONGEST_TITLE = 120
MOST_HOURS = Decimal(40)


def titles(stored: Any) -> str:
    """The modules' titles in a line: of rows, or of what is stored as text."""
    rows = json.loads(stored) if isinstance(stored, str) else stored
    return ", ".join(f"{one.get('number')}. {one.get('title')}" for one in rows if one.get("title"))


class ModulesWidget(RowsWidget):
    """A table with a row for each module."""

    template_name = "training/modules_field.html"
    columns = ("number", "title", "kind", "hours", "teacher", "compulsory")
    own = ("title", "hours", "compulsory")
    most = 60

    def format_value(self, value: Any) -> list[Row]:
        rows = list(value or [])
        last = max((int(row["number"]) for row in rows if str(row.get("number", "")).isdigit()), default=0)
        offered = super().format_value(rows)[len(rows) :]
        return rows + [row | {"number": last + place} for place, row in enumerate(offered, 1)]

    def empty(self) -> Row:
        return {"kind": Syllabus.ModuleKind.SUBJECT}

    def spare_after(self, rows: list[Row]) -> int:
        return self.spare if rows else FIRST

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        choices = {"kind": Syllabus.ModuleKind.choices, "teacher": Syllabus.TeacherKind.choices}
        rows = [row | {"hours": _typed(row.get("hours"))} for row in context["widget"]["rows"]]
        context["widget"] |= {"rows": rows, "longest": LONGEST_TITLE, **choices}
        return context


def _typed(hours: Any) -> str:
    return hours if isinstance(hours, str) else "" if hours is None else tal(hours)


class ModulesField(RowsField):
    """A list of modules as it is stored: number, title, kind, hours, teacher and compulsory. A row whose title is
    emptied is taken out."""

    widget = ModulesWidget
    default_error_messages = {"required": gettext_lazy("Write one module at least.")}

    def read(self, row: Row) -> Row:
        return _module(row)

    def too_many(self, most: int) -> str:
        return _("%(most)s modules at most.") % {"most": most}

    def about(self, row: Row, place: int, message: str) -> str:
        return _("Module %(number)s: %(error)s") % {"number": row["number"].strip() or place, "error": message}

    def wrong_together(self, found: list[Row]) -> list[str]:
        numbers = [module["number"] for module in found]
        twice = sorted({one for one in numbers if numbers.count(one) > 1})
        return [_("Module %(number)s is there twice.") % {"number": number} for number in twice]

    def clean(self, value: Any) -> list[Row]:
        return sorted(super().clean(value), key=lambda module: module["number"])


def _module(row: Row) -> Row:
    title = " ".join(row["title"].split())
    if not title:
        raise ValidationError(_("write a title, or empty the row."))
    if len(title) > LONGEST_TITLE:
        raise ValidationError(_("the title has %(most)s characters at most.") % {"most": LONGEST_TITLE})
    refuse_cpr(title)
    if "\x00" in title:
        raise ValidationError(_("the title holds a character that cannot be stored."))
    number = row["number"].strip()
    if not re.fullmatch(r"[0-9]{1,3}", number) or not int(number):
        raise ValidationError(_("the number is a whole number from 1."))
    if row["kind"] not in Syllabus.ModuleKind.values:
        raise ValidationError(_("choose a kind."))
    if row["teacher"] not in ("", *Syllabus.TeacherKind.values):
        raise ValidationError(_("choose who teaches it."))
    module: Row = {
        "number": int(number),
        "title": title,
        "kind": row["kind"],
        "hours": _hours(row["hours"].strip()),
        "compulsory": bool(row["compulsory"]),
    }
    return module | ({"teacher": row["teacher"]} if row["teacher"] else {})


def _hours(typed: str) -> float | int | None:
    """Hours as Danes write them: “2”, “1,5”; None where nothing is written."""
    if not typed:
        return None
    if not re.fullmatch(r"[0-9]{1,2}([.,][0-9]{1,2})?", typed):
        raise ValidationError(_("write the hours as 2 or 1,5."))
    hours = Decimal(typed.replace(",", "."))
    if not 0 < hours <= MOST_HOURS:
        raise ValidationError(_("the hours are above 0 and at most 40."))
    return int(hours) if hours == int(hours) else float(hours)
