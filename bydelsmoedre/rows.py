"""Rows of a form, such as the sources of a scenario or the modules of a training: read, checked, and shown again as
they were typed, without a script."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

Row = dict[str, Any]


class RowsWidget(forms.Widget):
    """A table with the rows there are and some empty ones. It offers no more than may be saved, and reads one more, so
    that nothing that is typed is dropped unsaid."""

    #: A row's columns, as they are named in what is sent.
    columns: ClassVar[tuple[str, ...]]
    #: Those that say that a row holds anything, the first one first: others stand in the empty rows too.
    own: ClassVar[tuple[str, ...]]
    #: Empty rows offered; so many rows in all at most.
    spare: ClassVar[int] = 3
    most: ClassVar[int]

    def empty(self) -> Row:
        """What stands in an empty row."""
        return {}

    def format_value(self, value: Any) -> list[Row]:
        rows = list(value or [])
        return rows + [self.empty() for _place in range(min(self.spare_after(rows), self.most - len(rows)))]

    def spare_after(self, rows: list[Row]) -> int:
        return self.spare

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["rows"] = self.format_value(value)
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Row]:
        """The rows that hold anything of their own, as they were typed."""
        rows = ({one: data.get(f"{name}-{place}-{one}", "") for one in self.columns} for place in range(self.most + 1))
        return [row for row in rows if any(row[one].strip() for one in self.own)]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str | None) -> str:
        return f"{id_}-0-{self.own[0]}"


class RowsField(forms.Field):
    """A list of rows, each read by itself: what is wrong is said of all of them at once, each time with its row."""

    def read(self, row: Row) -> Any:
        """What the row says. Raises `ValidationError`, with one or several messages."""
        raise NotImplementedError

    def too_many(self, most: int) -> str:
        raise NotImplementedError

    def about(self, row: Row, place: int, message: str) -> str:
        """What is wrong with the row in that place, the first one being 1."""
        raise NotImplementedError

    def wrong_together(self, found: list[Any]) -> list[str]:
        """What is wrong with the rows that can be read, beside each other."""
        return []

    def clean(self, value: Any) -> list[Any]:
        rows, most = super().clean(value) or [], self.widget.most
        if len(rows) > most:
            raise ValidationError(self.too_many(most))
        found: list[Any] = []
        wrong: list[str] = []
        for place, row in enumerate(rows, 1):
            try:
                found.append(self.read(row))
            except ValidationError as error:
                wrong += [self.about(row, place, message) for message in error.messages]
        if wrong := [*wrong, *self.wrong_together(found)]:
            raise ValidationError([ValidationError(one) for one in wrong])
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return True
