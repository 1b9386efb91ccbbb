"""Form fields as Danes fill them in."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.danish import tal
from bydelsmoedre.moment import calendar_today
from bydelsmoedre.money import format_amount, parse_amount, parse_percent
from bydelsmoedre.personal import refuse_cpr

DATE_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%y"]

#: Nothing that this system records happened before it; an earlier date is a slip of the finger.
EARLIEST = dt.date(1990, 1, 1)


class DatePicker(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


SELECTED = SafeString(" selected")

#: What can be chosen: values with their words.
Choices = Iterable[tuple[str, Any]]


class PlainSelect(forms.Select):
    """A list to choose from without groups, written in one go. Django renders a template for each choice, which takes
    longer than the rest of a page where there are hundreds of associations."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((one, SELECTED if str(one) in chosen else "", words) for one, words in self.choices),
        )
        given = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(given), options)


class FilterField(forms.ChoiceField):
    """One of the choices of a list's filter; nothing chosen is everything."""

    widget = PlainSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def offer(self, choices: Choices) -> None:
        """What can be chosen, besides everything."""
        self.choices = [("", _("All")), *choices]


class DanishDateField(forms.DateField):
    """A date as `31.12.2011` or from the browser's own picker; refuses dates that cannot be meant."""

    widget = DatePicker
    default_error_messages = {"invalid": _("Write a date that exists, such as 31.12.2011.")}

    def __init__(self, *, may_be_future: bool = False, **kwargs: Any) -> None:
        self.may_be_future = may_be_future
        kwargs["help_text"] = kwargs.get("help_text") or _("Day, month and year, such as 31.12.2011.")
        super().__init__(input_formats=DATE_FORMATS, **kwargs)

    def clean(self, value: Any) -> dt.date | None:
        found = super().clean(value)
        if found is None:
            return None
        if found < EARLIEST:
            raise ValidationError(_("The date is too long ago. Check the year."), code="too_early")
        if not self.may_be_future and found > calendar_today():
            raise ValidationError(_("The date is in the future. Record it when it has happened."), code="future")
        if found.year > calendar_today().year + 20:
            raise ValidationError(_("The date is too far ahead. Check the year."), code="too_late")
        return found


class KronerField(forms.CharField):
    """An amount in kroner, written the Danish way or a program's; an ambiguous one is asked about."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        """An amount that stands in the row already is shown as Danes write it; what was typed is kept."""
        return format_amount(value, unit="") if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        return parse_amount(text) if text else None


class PercentField(forms.CharField):
    """A percentage as Danes write it, such as “12,5”; both ends are included."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, *, least: int = 0, most: int = 100, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least, self.most = least, most

    def prepare_value(self, value: Any) -> Any:
        return tal(value) if isinstance(value, Decimal | int) else value

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        return parse_percent(text, self.least, self.most) if text else None


def refuse_cpr_in(form: forms.BaseForm) -> None:
    """Add an error beside every text field of a checked form that seems to hold a CPR number. A telephone number with
    ten digits may look like one."""
    for name, value in list(form.cleaned_data.items()):
        is_phone = getattr(form.fields[name].widget, "input_type", "") == "tel" if name in form.fields else False
        if isinstance(value, str) and not is_phone:
            try:
                refuse_cpr(value)
            except ValidationError as error:
                form.add_error(name, error)


class FilterForm(forms.Form):
    """What a list is narrowed by. It stands in the address, so a CPR number is refused here too."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        refuse_cpr_in(self)
        return cleaned


def keep_what_was_typed(form: forms.BaseForm) -> None:
    """Show a date that was refused as plain text: a date picker hides what is not a date."""
    for name in form.errors:
        field = form.fields.get(name)
        if field and isinstance(field.widget, DatePicker) and not _is_date(form[name].data):
            field.widget.input_type = "text"


def _is_date(typed: Any) -> bool:
    """Can a date picker show it? (It can also show that nothing was typed.)"""
    try:
        forms.DateField(input_formats=["%Y-%m-%d"]).clean(typed or "2011-12-31")
    except ValidationError:
        return False
    return True
