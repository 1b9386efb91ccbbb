"""An amount divided by weights, to the øre: the parts always add up to the amount.

Each part is rounded down, and the øre that are left go to those that lost most by it (the largest remainders); of those
that lost alike, to the first. So the same question always gets the same answer, and what is divided of an amount below
zero mirrors what is divided of the one above it.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from bydelsmoedre.money import ORE


def shares(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """The amount's part for each of the weights, in their order.

    Raises `ValueError` for a weight below zero, where no weight is above zero, and for a part of an øre.
    """
    total = sum(map(Fraction, weights))
    if any(weight < 0 for weight in weights) or total == 0:
        raise ValueError("An amount is divided by weights of which none is below zero and one is above.")
    ore = Fraction(amount) * 100
    if ore.denominator != 1:
        raise ValueError("An amount is divided that has no part of an øre.")
    sign, whole = (-1, -ore.numerator) if ore < 0 else (1, ore.numerator)
    exact = [whole * Fraction(weight) / total for weight in weights]
    parts = [int(part) for part in exact]
    by_loss = sorted(range(len(exact)), key=lambda place: parts[place] - exact[place])
    for place in by_loss[: whole - sum(parts)]:
        parts[place] += 1
    return [sign * part * ORE for part in parts]
