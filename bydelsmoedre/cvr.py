"""CVR numbers: eight digits, modulus 11 with the weights 2 7 6 5 4 3 2 1; 00000000 is none."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.dk import cvr
from stdnum.exceptions import ValidationError as NotANumber


def clean_cvr(text: str) -> str:
    """The eight digits of a valid CVR number, however it was typed. Raises `ValidationError`."""
    try:
        return cvr.validate(text)
    except NotANumber as error:
        raise ValidationError(_("This is not a valid CVR number. Check the eight digits."), code="cvr") from error


def validate_cvr(text: str) -> None:
    """For a column: eight digits without anything between them, that are a CVR number."""
    if clean_cvr(text) != text:
        raise ValidationError(_("Write the eight digits without spaces."), code="cvr")
