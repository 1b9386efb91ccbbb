"""Amounts of a report's content, which are texts with two decimals, as they stand on paper."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bydelsmoedre.danish import beloeb, kroner, procent
from bydelsmoedre.money import ZERO
from reports.progress import words


def amount(value: str | None) -> str:
    """`1.370.000`, for a column of kroner; a dash for an unknown one."""
    return words.UNKNOWN if value is None else beloeb(Decimal(value))


def per_cent(value: str | None) -> str:
    """`−2,3 %`; a dash for an unknown one."""
    return procent(None if value is None else Decimal(value))


def headline(sums: Mapping[str, str | None], labels: Mapping[str, str]) -> dict[str, Any]:
    """Sums with their words, `1.370.000 kr.`, and the parts of the budget that they are."""
    known = {key: None if sums.get(key) is None else Decimal(str(sums[key])) for key in labels}
    return {
        "rows": [{"label": labels[key], "value": kroner(value) or words.UNKNOWN} for key, value in known.items()],
        "parts": _parts(known),
        "bar": words.MONEY_BAR,
    }


def _parts(known: Mapping[str, Decimal | None]) -> list[float]:
    """What is spent and what is committed as shares of the budget; none where the budget is exceeded or unknown."""
    whole, spent, committed = (known.get(key) for key in ("budgeted", "spent", "committed"))
    if not whole or spent is None or committed is None or min(whole, spent, committed) < ZERO:
        return []
    return [float(spent / whole), float(committed / whole)] if spent + committed <= whole else []
