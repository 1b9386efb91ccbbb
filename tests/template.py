"""One migrated database, kept in the local cluster: what each worker of each run begins with is a copy of it.

Migrating costs half a minute of computing, and every worker paid it at every run. Django still runs `migrate` on the
copy (nothing is left to apply; derived SQL and privileges are written anew), so a test database is what it was.
"""

import gc
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "bm_migrated_"
IMPORTED = re.compile(rf"^(?:from|import) ((?:{'|'.join(settings.PROJECT_APPS)})(?:\.\w+)*)", re.MULTILINE)


def sources(root: Path) -> list[Path]:
    """All that says what migrating makes: the pinned packages, the migrations, and what they import of ours."""
    found: set[Path] = set()
    waiting = [path for app in settings.PROJECT_APPS for path in root.glob(f"{app}/migrations/*.py")]
    while waiting:
        path = waiting.pop()
        if path in found or not path.exists():
            continue
        found.add(path)
        for name in IMPORTED.findall(path.read_text()):
            module = root.joinpath(*name.split("."))
            waiting += [module.with_suffix(".py"), module / "__init__.py", *module.parent.glob("__init__.py")]
    return sorted(found | {root / "requirements" / "dev.txt"})


def template_name(root: Path) -> str:
    """A name that is another as soon as the database would be another."""
    told = hashlib.sha256()
    for path in sources(root):
        told.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return PREFIX + told.hexdigest()[:16]


def migrated_template(owner: BaseDatabaseWrapper) -> str | None:
    """The template's name, made if it is missing; None on a server that is not the project's own to keep things on.

    One process makes it while the others wait, and the templates of other migrations go.
    """
    if os.environ.get("DATABASE_URL"):
        return None
    name, half = template_name(settings.BASE_DIR), f"{PREFIX}half"
    with owner._nodb_cursor() as cursor:
        cursor.execute("set lock_timeout = 0")  # however long the one that makes it takes
        cursor.execute("select pg_advisory_lock(hashtext(%s))", [PREFIX])
        cursor.execute("select datname from pg_database where datname like %s", [f"{PREFIX}%"])
        there = {row[0] for row in cursor}
        if name not in there:
            for old in there:
                cursor.execute(f"drop database {old} with (force)")
            cursor.execute(f"create database {half}")
            with _at(owner, half), _uninterrupted():
                call_command("migrate", verbosity=0, run_syncdb=True)
            cursor.execute(f"alter database {half} rename to {name}")
    return name


@contextmanager
def _at(owner: BaseDatabaseWrapper, database: str) -> Iterator[None]:
    """The default connection, to that database."""
    before = owner.settings_dict["NAME"]
    owner.close()
    owner.settings_dict["NAME"] = database
    try:
        yield
    finally:
        owner.close()
        owner.settings_dict["NAME"] = before


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Migrating leaves thousands of dead classes: looking for them after every few takes a third of its time."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.collect()


def copy_of(owner: BaseDatabaseWrapper) -> None:
    """Tell Django to make the test database as a copy of the template."""
    if name := migrated_template(owner):
        owner.settings_dict["TEST"]["TEMPLATE"] = name
