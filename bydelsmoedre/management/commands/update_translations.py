"""`manage.py update_translations`: the catalogue gets the strings that are new and loses those that are gone."""

from typing import Any

import polib
from django.core.management.base import BaseCommand

from bydelsmoedre import catalogue
from bydelsmoedre.assets import compile_translations


class Command(BaseCommand):
    help = "Write the strings of code and templates into the catalogue; Danish that is there is kept."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        path = str(catalogue.path())
        before = polib.pofile(path)
        after = catalogue.merge(before, catalogue.texts())
        known = {(entry.msgctxt, entry.msgid) for entry in before}
        new = [entry for entry in after if (entry.msgctxt, entry.msgid) not in known]
        after.save(path)
        compile_translations()
        gone = len(before) + len(new) - len(after)
        self.stdout.write(f"{len(after)} strings: {len(new)} new, {gone} gone.")
