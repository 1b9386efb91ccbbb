"""Rows of a form without a script: what is typed in any row that is offered is read, and too many are refused."""

import pytest
from django.core.exceptions import ValidationError

from budget.forms.parts import PiecesField, PiecesWidget
from budget.forms.source_rows import SourcesField, SourcesWidget
from training.forms.modules import ModulesField, ModulesWidget

WIDGETS = [SourcesWidget, PiecesWidget, ModulesWidget]


def offered(widget, count):
    """The rows of the page where there are so many."""
    return widget.get_context("rows", [{} for _ in range(count)], {})["widget"]["rows"]


@pytest.mark.parametrize("widget", [one() for one in WIDGETS], ids=[one.__name__ for one in WIDGETS])
@pytest.mark.parametrize("left", [0, 1, 2, 3, 4])
def test_what_is_typed_in_the_last_row_that_is_offered_is_read(widget, left):
    last = len(offered(widget, widget.most - left)) - 1

    read = widget.value_from_datadict({f"rows-{last}-{widget.own[0]}": "Noget"}, {}, "rows")

    assert [row[widget.own[0]] for row in read] == ["Noget"]
    assert last < widget.most, "no more is offered than may be saved"


@pytest.mark.parametrize(
    "field",
    [SourcesField(), ModulesField(), PiecesField(line_field=None, funder_field=None)],
    ids=lambda field: type(field).__name__,
)
def test_one_row_too_many_is_refused(field):
    widget = field.widget
    typed = {f"rows-{place}-{widget.own[0]}": "Noget" for place in range(widget.most + 5)}

    with pytest.raises(ValidationError, match=str(widget.most)):
        field.clean(widget.value_from_datadict(typed, {}, "rows"))
