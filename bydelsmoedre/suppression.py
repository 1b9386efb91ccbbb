"""What the municipality is told of few: no number from one to four, and none from which one could be reckoned."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

#: The municipality sees no count of persons or conversations below this.
SMALLEST_CELL = 5


def is_small(count: int) -> bool:
    """From one to four."""
    return 0 < count < SMALLEST_CELL


def small_count(count: int) -> str:
    """A count for the municipality: "Færre end 5" from one to four."""
    return _("Fewer than 5") if is_small(count) else str(count)


def breakdown(parts: Sequence[int]) -> list[str]:
    """The parts of a total that is told, in words: "Færre end 5" where the small ones hide each other, else "Ikke vist"
    for them and for what is withheld with them. A total from one to four is not told, so nothing can be subtracted; but
    where four parts could share it, it would tell that each is one: then no part is told where three or four do."""
    small = {place for place, part in enumerate(parts) if is_small(part)}
    if is_small(sum(parts)):
        could_be_ones = len(parts) >= SMALLEST_CELL - 1 <= len(small) + 1
        withheld = set(range(len(parts))) if could_be_ones else set()
    else:
        withheld = _withheld(parts, small)
    told = {place: _("Fewer than 5") for place in small} | {place: _("Not shown") for place in withheld}
    return [told.get(place, str(part)) for place, part in enumerate(parts)]


def all_or_none(parts: Sequence[int]) -> list[str]:
    """The parts of a total that is told again and again, of which each grows out of the last told: all, or none where
    one is small. That a few are hidden with their sum would not do: held against what was told of each before, what a
    sum has grown by is the small one."""
    return [_("Not shown") if any(map(is_small, parts)) else str(part) for part in parts]


def _withheld(parts: Sequence[int], small: set[int]) -> set[int]:
    """Empty where the small parts hide each other. Else they and the smallest others, until the hidden ones add up to
    so much, and the next is so much greater, that no small one has one possible value only; all where nothing helps."""
    others = sorted((part, place) for place, part in enumerate(parts) if part >= SMALLEST_CELL)
    is_all_ones = not others and sum(parts) == len(parts)
    if not small or not (is_all_ones or _tells([parts[place] for place in small])):
        return set()
    hidden, margin = set(small), SMALLEST_CELL - 1
    while others:
        part, place = others.pop(0)
        hidden.add(place)
        is_enough = sum(parts[one] for one in hidden) >= 2 * SMALLEST_CELL
        if is_enough and (not others or others[0][0] >= part + margin):
            return hidden
    return set(range(len(parts)))


def _tells(small: Sequence[int]) -> bool:
    """Is there one possible value only for a small part, for who knows their sum?"""
    total, others = sum(small), len(small) - 1
    possible = (value for value in range(1, SMALLEST_CELL) if others <= total - value <= others * (SMALLEST_CELL - 1))
    return sum(1 for _ in possible) <= 1


def nested(counts: Sequence[int]) -> list[str]:
    """Numbers of which each is a part of the one before, in words. One is told where it is not small, and is the same
    as the last that is told or less by five at least: what lies between two that are told is never few. A small one is
    called small only where that says no more than four possible values do: far below the last that is told."""
    words: list[str] = []
    last: int | None = None
    for count in counts:
        if is_small(count) or (last is not None and is_small(last - count)):
            is_far = last is None or last >= 2 * SMALLEST_CELL - 1
            words.append(_("Fewer than 5") if is_small(count) and is_far else _("Not shown"))
        else:
            words.append(str(count))
            last = count
    return words
