"""Addresses that let somebody in without a login: each holds the identity of a row, signed.

Nothing that is stored opens one, so a copy of the database gives nobody a working address, and the same address can be
shown again. Whether a row's address still works is the row's to say.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from django.core.signing import BadSignature, Signer


class Tokens:
    """The tokens of one kind of address; one kind's are none of another's."""

    def __init__(self, kind: str) -> None:
        self._signer = Signer(salt=kind, sep=".")

    def of(self, identity: UUID) -> str:
        """What stands in the address, about 66 characters."""
        return self._signer.sign(urlsafe_b64encode(identity.bytes).rstrip(b"=").decode())

    def identity(self, token: str) -> UUID | None:
        """The identity that the token holds; None where somebody has made it up."""
        try:
            return UUID(bytes=urlsafe_b64decode(self._signer.unsign(token) + "=="))
        except (BadSignature, ValueError):
            return None
