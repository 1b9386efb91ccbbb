"""Danish kroner: amounts are `Decimal` with two decimals; a sum is never rounded and never clamped. And percentages."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ORE = Decimal("0.01")
#: No amount column holds more (14 digits, two of them decimals).
LIMIT = Decimal(10) ** 12
ZERO = Decimal("0.00")

_DANISH = re.compile(r"^(\d{1,3}(\.\d{3})+|\d+)(,\d{1,2})?$")
_ENGLISH = re.compile(r"^(\d{1,3}(,\d{3}){2,}|\d{1,3}(,\d{3})+(?=\.)|\d+)\.\d{2}$")
_ASKED = re.compile(r"^\d{1,3}\.\d{1,2}$|^\d{1,3},\d{3}$")
_UNIT = re.compile(r"^(kr\.?|dkk)|(kr\.?|kroner|dkk|,-|,–)$", re.IGNORECASE)
_PERCENT = re.compile(r"-?\d{1,3}([.,](?P<decimals>\d+))?", re.ASCII)
_SPACED = re.compile(r"^-?\d{1,3}(\s\d{3})+(?!\d)")


class AmbiguousAmount(ValidationError):
    """The amount can be read in two ways, so its writer is asked."""


def parse_amount(text: str) -> Decimal:
    """Read kroner as Danes write them ("1.370.000,50 kr.") or as a program does ("1370000.50").

    Raises `AmbiguousAmount` where a reader could take the amount in two ways ("1.37", "1,370"), and
    `ValidationError` where it is no amount at all.
    """
    cleaned = re.sub(r"^-\s+", "-", _UNIT.sub("", text.strip()).strip().replace("\u2212", "-"))
    if thousands := _SPACED.match(cleaned):
        cleaned = re.sub(r"\s", "", thousands[0]) + cleaned[thousands.end() :]
    sign, digits = (-1, cleaned[1:]) if cleaned.startswith("-") else (1, cleaned)
    if _ASKED.match(digits):
        whole, decimals = _two_readings(digits)
        raise AmbiguousAmount(
            _("Do you mean %(whole)s or %(decimals)s? Write the amount with a decimal comma."),
            code="ambiguous",
            params={"whole": whole, "decimals": decimals},
        )
    if _DANISH.match(digits):
        return _signed(sign, digits.replace(".", "").replace(",", "."))
    if _ENGLISH.match(digits):
        return _signed(sign, digits.replace(",", ""))
    raise ValidationError(_("Write an amount in kroner, such as 1.370.000,50."), code="invalid")


def _signed(sign: int, digits: str) -> Decimal:
    amount = Decimal(digits)
    if amount >= LIMIT:
        raise ValidationError(_("The amount is too large."), code="too_large")
    return sign * amount.quantize(ORE)


def _two_readings(digits: str) -> tuple[str, str]:
    """The amount without its separator, and with it as a decimal comma."""
    separator = "." if "." in digits else ","
    whole, decimals = digits.split(separator)
    as_whole = _signed(1, whole + decimals)
    as_decimals = Decimal(f"{whole}.{decimals}")
    return format_amount(as_whole), f"{as_decimals.normalize():f}".replace(".", ",") + " kr."


def parse_percent(text: str, least: Decimal | int = 0, most: Decimal | int = 100, *, decimals: int = 2) -> Decimal:
    """Read a percentage as Danes write it: “18”, “12,5”, “12.5” or “18 %”, with so many decimals at most.

    Raises `ValidationError` for anything that is none, or is not from `least` to `most`.
    """
    cleaned = text.strip().removesuffix("%").strip().replace("\u2212", "-")
    found = _PERCENT.fullmatch(cleaned)
    if found is None or len(found["decimals"] or "") > decimals:
        raise ValidationError(_("Write a percentage such as 18 or 12,5."), code="invalid")
    percent = Decimal(cleaned.replace(",", "."))
    if not least <= percent <= most:
        raise ValidationError(
            _("Write a percentage from %(least)s to %(most)s."),
            code="out_of_range",
            params={name: str(end).replace(".", ",") for name, end in (("least", least), ("most", most))},
        )
    return percent


def format_amount(amount: Decimal, unit: str = " kr.") -> str:
    """Kroner as the municipality prints them: `1.370.000 kr.`, `-219.000,50 kr.`; øre only where there are any."""
    text = f"{amount:,.2f}".translate(str.maketrans(",.", ".,")).removesuffix(",00")
    return text.replace("-", "\u2212") + unit
