"""What anybody is told of a number that stands on a paper: whether it is valid, and no more than the paper says.

The number opens it, so whoever has only the number is told little: the training, the day, and her initials, to hold
against the name on the paper. Never why one was withdrawn, nor what else she holds. Of an erased person it is said
whether the paper is valid; initials there are none.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, TextChoices
from django.utils.translation import pgettext_lazy

from bydelsmoedre.moment import COPENHAGEN, Moment
from training.models import Certificate
from training.models.certificates import NUMBER
from volunteers.merging import together
from volunteers.models import Volunteer


class Standing(TextChoices):
    """What a paper is worth on a day."""

    VALID = "valid", pgettext_lazy("paper", "Valid")
    LATER = "later", pgettext_lazy("paper", "Not valid yet")
    EXPIRED = "expired", pgettext_lazy("paper", "Expired")
    WITHDRAWN = "withdrawn", pgettext_lazy("paper", "Withdrawn")


@dataclass(frozen=True, slots=True)
class Verified:
    """What is told of a certificate."""

    certificate: Certificate
    standing: Standing
    withdrawn_on: dt.date | None
    initials: str


def verified(number: str, on: dt.date) -> Verified | None:
    """What is told on a day of the certificate with that bare number; None where there is none. Two queries."""
    versions = Certificate.objects.alias(on_paper=NUMBER).filter(on_paper=number)
    latest = versions.select_related("curriculum__programme", "volunteer")
    found = latest.order_by(F("retracted_at").desc(nulls_first=True)).first()
    if found is None:
        return None
    withdrawn = found.retracted_at.astimezone(COPENHAGEN).date() if found.retracted_at else None
    return Verified(found, _standing(found, on), withdrawn, initials(holder(found).name))


def _standing(certificate: Certificate, on: dt.date) -> Standing:
    if not certificate.is_current:
        return Standing.WITHDRAWN
    if on < certificate.started_on:
        return Standing.LATER
    return Standing.VALID if certificate.is_active(on) else Standing.EXPIRED


def holder(certificate: Certificate) -> Volunteer:
    """Whose it is: the one who is kept, where she was recorded twice."""
    return together(certificate.volunteer, Moment()).kept or certificate.volunteer


def initials(name: str) -> str:
    """`A.H.` of Amina Bibi Hassan: of the first name and the last; "" of somebody without a name."""
    words = name.split()
    return "".join(f"{word[0]}." for word in dict.fromkeys([*words[:1], *words[-1:]])).upper()
