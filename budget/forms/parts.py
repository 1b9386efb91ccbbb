"""A voucher's parts besides its first line, as rows of a form: by amount or by share of the whole, without a script.

What is not given to a row stays on the voucher's own line, so that the parts always add up to the øre.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from budget.shares import shares
from bydelsmoedre.danish import kroner
from bydelsmoedre.money import ORE, ZERO, format_amount, parse_amount, parse_percent
from bydelsmoedre.rows import Row, RowsField, RowsWidget

#: No share is smaller; a third is 33,333.
LEAST = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Piece:
    """A row that can be read: its line and funder, and either an amount or a share of the whole in per cent."""

    line: Any
    funder: Any
    amount: Decimal | None
    percent: Decimal | None


class PiecesWidget(RowsWidget):
    """A table with a row for each part."""

    template_name = "budget/pieces_field.html"
    columns = own = ("line", "funder", "amount", "percent")
    most = 30

    lines: Any = ()
    funders: Any = ()

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"is_used": bool(value), "lines": self.lines, "funders": self.funders}
        return context


class PiecesField(RowsField):
    """Rows that can be read; `line_field` and `funder_field` say what may be chosen."""

    widget = PiecesWidget

    def __init__(self, *, line_field: Any, funder_field: Any, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.line_field, self.funder_field = line_field, funder_field

    def offer(self) -> tuple[list[Any], list[Any]]:
        """Hand the choices to the widget: looked up once for all rows, and for the fields of the voucher's own line."""
        widget: Any = self.widget
        # `iter`: asked for its length, such a list counts its rows in a query of its own
        lines, funders = list(iter(self.line_field.choices)), list(iter(self.funder_field.choices))
        widget.lines, widget.funders = _values(lines), _values(funders)
        return lines, funders

    def too_many(self, most: int) -> str:
        return _("%(most)s rows at most.") % {"most": most}

    def about(self, row: Row, place: int, message: str) -> str:
        return _("Row %(number)s: %(error)s") % {"number": place, "error": message}

    def read(self, row: Row) -> Piece:
        if not row["line"]:
            raise ValidationError(_("Choose a line"))
        typed, percent = row["amount"].strip(), row["percent"].strip()
        if bool(typed) == bool(percent):
            raise ValidationError(_("write either an amount or a share in per cent."))
        amount = parse_amount(typed) if typed else None
        if amount == 0:
            raise ValidationError(_("The amount cannot be 0 kr."))
        return Piece(
            self.line_field.clean(row["line"]),
            self.funder_field.clean(row["funder"]),
            amount,
            parse_percent(percent, LEAST, decimals=3) if percent else None,
        )


def divided(amount: Decimal, pieces: Sequence[Piece]) -> tuple[list[Decimal], Decimal]:
    """The amounts of the pieces, in their order, and what is left for the voucher's own line.

    Raises `ValidationError` where the pieces are more than the whole, or of another sign.
    """
    percents = [piece.percent for piece in pieces if piece.percent is not None]
    over = Decimal(100) - sum(percents, Decimal(0))
    if over < 0:
        raise ValidationError(_("The shares are more than 100 per cent."))
    by_percent = iter(shares(amount, [*percents, over]) if percents else [])
    amounts = [next(by_percent) if piece.amount is None else piece.amount for piece in pieces]
    rest = amount - sum(amounts, ZERO)
    if any(one * amount < 0 for one in amounts):
        raise ValidationError(_("A part has another sign than the whole."))
    if rest * amount < 0:
        raise ValidationError(
            _("The parts add up to %(sum)s, more than the voucher's %(amount)s.")
            % {"sum": kroner(amount - rest), "amount": kroner(amount)}
        )
    if any(one == 0 for one in amounts):
        raise ValidationError(_("A share is less than an øre."))
    return amounts, rest.quantize(ORE)


def as_typed(share: Any) -> Row:
    """A part that is stored, as it would have been typed."""
    return {
        "line": str(share.line_id),
        "funder": str(share.funder_id or ""),
        "amount": format_amount(share.amount, unit=""),
        "percent": "",
    }


def _values(choices: list[Any]) -> list[tuple[str, Any]]:
    return [(str(value), words) for value, words in choices if value]
