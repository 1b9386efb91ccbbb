"""The modules of a training as rows of a form: read, checked, and shown again as they were typed, without a script."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bydelsmoedre.danish import tal
from bydelsmoedre.personal import refuse_cpr
from training.models.curricula import Syllabus

#: A row's columns, as they are named in what is sent.
COLUMNS = ("number", "title", "kind", "hours", "teacher", "compulsory")
#: Rows offered for more modules; so many more where there is none yet.
SPARE, FIRST = 3, 12
#: No training has more.
MOST = 60
LONGEST_TITLE = 120
MOST_HOURS = Decimal(40)

Row = dict[str, Any]


def titles(stored: Any) -> str:
    """The modules' titles in a line: of rows, or of what is stored as text."""
    rows = json.loads(stored) if isinstance(stored, str) else stored
    return ", ".join(f"{one.get('number')}. {one.get('title')}" for one in rows if one.get("title"))


class ModulesWidget(forms.Widget):
    """A table with a row for each module, and some empty ones."""

    template_name = "training/modules_field.html"

    def format_value(self, value: Any) -> list[Row]:
        rows = list(value or [])
        last = max((int(row["number"]) for row in rows if str(row.get("number", "")).isdigit()), default=0)
        spare = SPARE if rows else FIRST
        return rows + [{"number": last + place, "kind": Syllabus.ModuleKind.SUBJECT} for place in range(1, spare + 1)]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        choices = {"kind": Syllabus.ModuleKind.choices, "teacher": Syllabus.TeacherKind.choices}
        rows = [row | {"hours": _typed(row.get("hours"))} for row in self.format_value(value)]
        context["widget"] |= {"rows": rows, "longest": LONGEST_TITLE, **choices}
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Row]:
        """The rows that hold anything of their own, as they were typed."""
        rows = ({one: data.get(f"{name}-{place}-{one}", "") for one in COLUMNS} for place in range(MOST + 1))
        return [row for row in rows if row["title"].strip() or row["hours"].strip() or row["compulsory"]]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str | None) -> str:
        return f"{id_}-0-title"


def _typed(hours: Any) -> str:
    return hours if isinstance(hours, str) else "" if hours is None else tal(hours)


class ModulesField(forms.Field):
    """A list of modules as it is stored: number, title, kind, hours, teacher and compulsory. A row whose title is
    emptied is taken out."""

    widget = ModulesWidget
    default_error_messages = {"required": gettext_lazy("Write one module at least.")}

    def prepare_value(self, value: Any) -> Any:
        return value

    def clean(self, value: Any) -> list[Row]:
        rows = super().clean(value)
        if len(rows) > MOST:
            raise ValidationError(_("%(most)s modules at most.") % {"most": MOST})
        errors: list[ValidationError] = []
        modules: list[Row] = []
        for place, row in enumerate(rows, 1):
            try:
                modules.append(_module(row))
            except ValidationError as error:
                where = row["number"].strip() or place
                errors += [
                    ValidationError(_("Module %(number)s: %(error)s") % {"number": where, "error": message})
                    for message in error.messages
                ]
        numbers = [module["number"] for module in modules]
        errors += [
            ValidationError(_("Module %(number)s is there twice.") % {"number": number})
            for number in sorted({one for one in numbers if numbers.count(one) > 1})
        ]
        if errors:
            raise ValidationError(errors)
        return sorted(modules, key=lambda module: module["number"])

    def has_changed(self, initial: Any, data: Any) -> bool:
        return True


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
