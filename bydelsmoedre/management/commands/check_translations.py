"""`manage.py check_translations`: every string has a Danish translation that is not fuzzy, and none is missing."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

#: Placeholders that a translation must repeat.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")


class Command(BaseCommand):
    help = "Fail where a string is untranslated, fuzzy, or not in the catalogue."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.LOCALE_PATHS[0]) / "da" / "LC_MESSAGES" / "django.po"
        catalogue = polib.pofile(str(path))
        wrong = [f"untranslated: {entry.msgid!r}" for entry in catalogue.untranslated_entries()]
        wrong += [f"fuzzy: {entry.msgid!r}" for entry in catalogue.fuzzy_entries()]
        wrong += [f"placeholders differ: {entry.msgid!r}" for entry in catalogue if _differs(entry)]
        known = {(entry.msgctxt, entry.msgid) for entry in catalogue}
        wrong += [f"not in the catalogue: {msgid!r}" for context, msgid in _strings() if (context, msgid) not in known]
        if wrong:
            raise CommandError("\n".join(wrong))
        self.stdout.write(f"{len(catalogue)} strings, all in Danish.")


def _differs(entry: polib.POEntry) -> bool:
    """Does a translation lack a placeholder of its string?"""
    needed = set(PLACEHOLDER.findall(entry.msgid))
    texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
    return any(text and not needed >= set(PLACEHOLDER.findall(text)) for text in texts)


def _strings() -> list[tuple[str | None, str]]:
    """Every string in code and templates, as `makemessages` finds them in a copy of the tree."""
    if not shutil.which("xgettext"):
        raise CommandError("GNU gettext is needed to look for strings (Debian: apt-get install gettext).")
    with tempfile.TemporaryDirectory() as folder:
        for name in [*settings.PROJECT_APPS, "templates"]:
            ignored = shutil.ignore_patterns("migrations", "__pycache__")
            shutil.copytree(settings.BASE_DIR / name, Path(folder) / name, ignore=ignored)
        (Path(folder) / "locale").mkdir()
        subprocess.run(
            [settings.BASE_DIR / ".venv/bin/django-admin", "makemessages", "-l", "da", "--no-location"],
            cwd=folder,
            check=True,
            capture_output=True,
            env={"PATH": "/usr/local/bin:/usr/bin:/bin"},
        )
        found = polib.pofile(str(Path(folder) / "locale" / "da" / "LC_MESSAGES" / "django.po"))
        return [(entry.msgctxt, entry.msgid) for entry in found if not entry.obsolete]
