"""`manage.py empty_local_database`: throw everything in the local database away, to begin anew."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from bydelsmoedre.owner import as_owner


class Command(BaseCommand):
    help = "Empty the project's own local database. Whatever is in it is lost."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_LOCAL or os.environ.get("DATABASE_URL"):
            raise CommandError("Only the project's own local database is emptied: unset DATABASE_URL.")
        with as_owner(), connections["default"].cursor() as cursor:
            cursor.execute("drop schema public cascade; create schema public")
        if options["verbosity"] > 0:
            self.stdout.write("The local database is empty.")
