"""Sessions in the database, asked for only by keys that can be keys."""

from typing import Any

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """A cookie is a stranger's word: one with characters that no key has is no key."""

    def _validate_session_key(self, key: Any) -> bool:
        is_long_enough = super()._validate_session_key(key)  # type: ignore[misc]  # Django's own, not in its stubs
        return is_long_enough and str(key).isalnum() and str(key).isascii()
