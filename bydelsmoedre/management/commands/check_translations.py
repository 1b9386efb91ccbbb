"""`manage.py check_translations`: every string has a Danish translation that is not fuzzy, and none is missing."""

import re
from typing import Any

import polib
from django.core.management.base import BaseCommand, CommandError

from bydelsmoedre.catalogue import path, texts

#: Placeholders that a translation must repeat.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")


class Command(BaseCommand):
    help = "Fail where a string is untranslated, fuzzy, or not in the catalogue."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        catalogue = polib.pofile(str(path()))
        wrong = [f"untranslated: {entry.msgid!r}" for entry in catalogue.untranslated_entries()]
        wrong += [f"fuzzy: {entry.msgid!r}" for entry in catalogue.fuzzy_entries()]
        wrong += [f"placeholders differ: {entry.msgid!r}" for entry in catalogue if _differs(entry)]
        known = {(entry.msgctxt, entry.msgid) for entry in catalogue}
        wrong += [f"not in the catalogue: {text.singular!r}" for text in texts() if text.key not in known]
        if wrong:
            raise CommandError("\n".join(wrong))
        self.stdout.write(f"{len(catalogue)} strings, all in Danish.")


def _differs(entry: polib.POEntry) -> bool:
    """Does a translation lack a placeholder of its string?"""
    needed = set(PLACEHOLDER.findall(entry.msgid))
    texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
    return any(text and not needed >= set(PLACEHOLDER.findall(text)) for text in texts)
