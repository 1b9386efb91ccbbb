"""`manage.py sweep_evidence`: stored files that no row of evidence names, such as a killed server leaves behind."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from programme.models import Evidence

FOLDER = "evidence"

#: A younger file may belong to a form that is being saved.
AGE = dt.timedelta(days=1)


class Command(BaseCommand):
    help = "List the stored files, older than a day, that no evidence names; delete them with --delete."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--delete", action="store_true", help="Delete the files instead of listing them alone.")

    def handle(self, *args: Any, **options: Any) -> None:
        storage: Any = Evidence._meta.get_field("file").storage
        stored = storage.listdir(FOLDER)[1] if storage.exists(FOLDER) else []
        named = set(Evidence.objects.exclude(file="").values_list("file", flat=True))
        lost = [name for one in sorted(stored) if (name := f"{FOLDER}/{one}") not in named and _is_old(storage, name)]
        for name in lost:
            if options["delete"]:
                storage.delete(name)
            self.stdout.write(name)
        done = "deleted" if options["delete"] else "without a row; nothing was deleted"
        self.stdout.write(f"{len(lost)} of {len(stored)} files {done}.")


def _is_old(storage: Any, name: str) -> bool:
    try:
        return bool(storage.get_modified_time(name) < timezone.now() - AGE)
    except FileNotFoundError:  # deleted meanwhile
        return False
