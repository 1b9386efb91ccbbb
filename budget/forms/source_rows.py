"""The sources of a scenario as rows of a form: read, checked, and shown again as they were typed, without a script."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from budget.models import ScenarioSource
from bydelsmoedre.danish import tal
from bydelsmoedre.fields import DATE_FORMATS
from bydelsmoedre.money import format_amount, parse_amount, parse_percent
from bydelsmoedre.personal import refuse_cpr
from bydelsmoedre.rows import Row, RowsField, RowsWidget

Kind = ScenarioSource.Kind
LONGEST_NAME = 120
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2060, 12, 1)

_MONTH = re.compile(r"(?P<month>\d{1,2})[./-](?P<year>\d{4})|(?P<year_first>\d{4})-(?P<month_last>\d{1,2})", re.ASCII)


def parse_month(text: str) -> dt.date:
    """The first day of a month that is written “01.2012” or “2012-01”; a whole date is its month, if it exists."""
    cleaned = text.strip()
    found = _MONTH.fullmatch(cleaned)
    try:
        if found and found["year"]:
            day = dt.date(int(found["year"]), int(found["month"]), 1)
        elif found:
            day = dt.date(int(found["year_first"]), int(found["month_last"]), 1)
        else:
            day = forms.DateField(input_formats=DATE_FORMATS).clean(cleaned).replace(day=1)
    except (ValueError, ValidationError):
        raise ValidationError(_("Write a month such as 01.2012."), code="invalid") from None
    if not EARLIEST <= day <= LATEST:
        raise ValidationError(_("Write a month such as 01.2012."), code="invalid")
    return day


def typed_month(day: dt.date | None) -> str:
    return f"{day.month:02}.{day.year}" if day else ""


def as_typed(source: ScenarioSource, *, is_copy: bool = False) -> Row:
    """A source as its row shows it; a copy's is a new one."""
    return {
        "uuid": "" if is_copy else str(source.uuid),
        "kind": source.kind,
        "name": source.name,
        "amount": format_amount(source.amount, ""),
        "probability": tal(source.probability),
        "from_month": typed_month(source.from_month),
        "to_month": typed_month(source.to_month),
        "municipal_share": tal(source.municipal_share),
    }


class SourcesWidget(RowsWidget):
    """A table with a row for each source; `uuid` is that of a source that is there already."""

    template_name = "budget/sources_field.html"
    columns = ("uuid", "kind", "name", "amount", "probability", "from_month", "to_month", "municipal_share")
    own = ("name", "amount", "municipal_share")
    most = 20

    #: The first month of the rows offered.
    first_month = ""

    def empty(self) -> Row:
        return {"probability": "100", "from_month": self.first_month}

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"longest": LONGEST_NAME, "kinds": Kind.choices}
        return context


class SourcesField(RowsField):
    """A list of sources, each with the columns of `ScenarioSource` and the `uuid` that it was opened with. A row whose
    name, amount and municipal money are emptied is taken out."""

    widget = SourcesWidget

    def read(self, row: Row) -> Row:
        return _source(row)

    def too_many(self, most: int) -> str:
        return _("%(most)s sources at most.") % {"most": most}

    def about(self, row: Row, place: int, message: str) -> str:
        return _("Source %(number)s: %(error)s") % {"number": place, "error": message}


def _source(row: Row) -> Row:
    """What a row says. Raises `ValidationError` with all that is wrong with it at once."""
    wrong: list[str] = []

    def read(name: str, how: Any, missing: Any = None, default: Any = None) -> Any:
        typed = row[name].strip()
        if not typed:
            if missing:
                wrong.append(str(missing))
            return default
        try:
            return how(typed)
        except ValidationError as error:
            wrong.extend(error.messages)
            return default

    kind = read("kind", _kind, _("Choose a kind."))
    found = {
        "uuid": row["uuid"].strip(),
        "kind": kind,
        "name": read("name", _name, _("Write who it is, or empty the row.")),
        "amount": read("amount", _amount, _("Write the amount a year.")),
        "probability": read("probability", parse_percent, _("Write how probable it is, in per cent.")),
        "from_month": read("from_month", parse_month, _("Write the first month, such as 01.2012.")),
        "to_month": read("to_month", parse_month),
        "municipal_share": read("municipal_share", parse_percent, *_when_not_given(kind)),
    }
    if found["from_month"] and found["to_month"] and found["to_month"] < found["from_month"]:
        wrong.append(_("The last month is before the first."))
    if kind == Kind.MUNICIPALITY and found["municipal_share"] not in (None, 100):
        wrong.append(_("What the municipality gives is municipal money altogether: write 100, or leave it empty."))
    if wrong:
        raise ValidationError(wrong)
    return found


def _when_not_given(kind: Any) -> tuple[Any, Any]:
    """What is said where the municipal share is left empty, and what it then is."""
    if kind == Kind.HOUSING_PLAN:
        return _("Write how much of the housing plan's money is municipal: 0 if none is. It is not assumed."), None
    return None, Decimal(100 if kind == Kind.MUNICIPALITY else 0)


def _kind(typed: str) -> str:
    if typed not in Kind.values:
        raise ValidationError(_("Choose a kind."))
    return typed


def _name(typed: str) -> str:
    name = " ".join(typed.split())
    if len(name) > LONGEST_NAME:
        raise ValidationError(_("The name has %(most)s characters at most.") % {"most": LONGEST_NAME})
    if "\x00" in name:
        raise ValidationError(_("The name holds a character that cannot be stored."))
    refuse_cpr(name)
    return name


def _amount(typed: str) -> Decimal:
    amount = parse_amount(typed)
    if amount <= 0:
        raise ValidationError(_("The amount must be above 0 kr."))
    return amount
