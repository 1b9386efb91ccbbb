"""What a report tells of what the Foundation has looked at: how much of what counts, and when; of nobody by name."""

from collections.abc import Sequence
from typing import Any

from reports.figures.checked import checked
from reports.figures.criteria import Measure


def checked_of(asked: Sequence[Measure]) -> dict[int, dict[str, Any] | None]:
    """By the criterion's number: of how many that count the documentation was looked at, for how many it was in
    order, and when last. None where nothing counts. One query for all."""
    return {
        number: {
            "of": one.of,
            "looked_at": one.looked_at,
            "in_order": one.in_order,
            "latest_on": one.latest_on.isoformat() if one.latest_on else None,
        }
        if one.of
        else None
        for number, one in checked(asked).items()
    }
