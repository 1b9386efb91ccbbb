"""The second login: owner of the schema. Used to migrate, to load, and by tests to create, flush and drop.

Not a second alias and not `SET ROLE`: both were tried and fail (docs/architecture.md). Where there is only one login,
it is the owner, and everything here leaves the connection as it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


def has_two_logins() -> bool:
    """Does the owner log in apart from the site?"""
    owner = settings.DATABASE_OWNER
    return owner is not None and owner["USER"] != settings.WEB_ROLE


def owner_connection(alias: str = "default") -> BaseDatabaseWrapper:
    """A new connection to the same database, logged in as the owner. The caller closes it."""
    owner = connections[alias].copy()
    login = settings.DATABASE_OWNER or {}
    owner.settings_dict.update({key: login[key] for key in ("USER", "PASSWORD", "HOST", "PORT") if key in login})
    # Pools are kept per alias for the whole process: the owner must never enter the web's pool.
    options = {key: value for key, value in login.get("OPTIONS", {}).items() if key != "pool"}
    owner.settings_dict["OPTIONS"] = {**options, "options": "-c lock_timeout=10s"}
    return owner


@contextmanager
def as_owner(alias: str = "default") -> Iterator[BaseDatabaseWrapper]:
    """For this thread, `connections[alias]` is logged in as the owner inside the block."""
    before = connections[alias]
    if not has_two_logins() or before.settings_dict["USER"] == (settings.DATABASE_OWNER or {}).get("USER"):
        yield before
        return
    connections[alias] = owner = owner_connection(alias)
    try:
        yield owner
    finally:
        owner.close()
        connections[alias] = before
