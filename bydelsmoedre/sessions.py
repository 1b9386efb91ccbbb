"""Sessions in the database, asked for only by keys that can be keys."""

from typing import Any

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """A cookie is a stranger's word: one with characters that no key has is no key."""

    def _validate_session_key(self, key: Any) -> bool:
        return super()._validate_session_key(key) and str(key).isalnum() and str(key).isascii()  # type: ignore[misc]
