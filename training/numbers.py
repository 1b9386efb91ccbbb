"""The number that stands on a diploma or a course certificate: short enough to type from paper, and it notices a slip.

It follows from the certificate's identity, here and in PostgreSQL alike (`certificate_number`, migration 0006), so that
every certificate has one, nobody can give it another, and its later versions keep it; the database refuses that two
share one. Nine characters are chance, as the identity is: nobody can guess one or count upwards. The tenth is the check
character, made as in ISBN-10 but by 31: each character counts ten, nine, … one times, and the sum is divisible by 31.
As 31 is a prime, no single wrong character and no two that have changed places go unnoticed.
"""

import hashlib
import re
from uuid import UUID

#: The characters by their value: without 0, 1, I, L and O, which are read for each other.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 10

_BETWEEN = re.compile(r"[\s.\-\u00ad\u2010-\u2015]+")


def number_of(identity: UUID) -> str:
    """The number of the certificate with that identity."""
    chance = int(hashlib.sha256(identity.bytes).hexdigest()[:15], 16)
    values = [chance // len(ALPHABET) ** place % len(ALPHABET) for place in reversed(range(LENGTH - 1))]
    weighed = sum(weight * value for weight, value in zip(range(LENGTH, 1, -1), values, strict=True))
    return "".join(ALPHABET[value] for value in [*values, -weighed % len(ALPHABET)])


def bare(typed: str) -> str:
    """The number as it is stored, however it was typed: small letters, blanks and hyphens do not matter."""
    return _BETWEEN.sub("", typed).upper()


def is_whole(number: str) -> bool:
    """Can a bare number be one, by its length, its characters and its check character?"""
    if len(number) != LENGTH or not set(number) <= set(ALPHABET):
        return False
    weighed = zip(range(LENGTH, 0, -1), number, strict=True)
    return sum(weight * ALPHABET.index(one) for weight, one in weighed) % len(ALPHABET) == 0


def grouped(number: str) -> str:
    """`K7QM2-XRD9F`: as it is printed."""
    return f"{number[: LENGTH // 2]}-{number[LENGTH // 2 :]}"
