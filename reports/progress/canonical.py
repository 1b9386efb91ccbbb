"""The bytes that are hashed: canonical JSON by RFC 8785, so that anybody gets the same from the same content."""

import hashlib
from typing import Any

import rfc8785


def canonical(content: dict[str, Any]) -> bytes:
    """The one way to write the content: keys sorted, no spaces, UTF-8. Amounts are strings; there are no fractions in
    it, which programs write differently."""
    return rfc8785.dumps(content)


def sha256(data: bytes) -> str:
    """In hexadecimal."""
    return hashlib.sha256(data).hexdigest()
