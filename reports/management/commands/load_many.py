"""`manage.py load_many`: as much of everything as so many years like 2011 have, to see how the program bears it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from associations.models import Association
from reports.benchmark.many import PEOPLE, load_many


class Command(BaseCommand):
    help = "Fill an empty programme with many rows; 100 years are 100,000 persons. For a database of its own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=int, default=100, help="how many years like 2011 (default: 100)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_LOCAL:
            raise CommandError("Many made-up rows are loaded only with DEBUG=1, DEMO=1 or BM_LOCAL=1.")
        if options["scale"] < 1:
            raise CommandError("The scale is 1 or more.")
        if Association.objects.exists():
            raise CommandError("There are associations already. Load into a database of its own.")
        programme = load_many(options["scale"])
        if options["verbosity"] > 0:
            self.stdout.write(f"{programme}: {PEOPLE * options['scale']} persons and what belongs to them are loaded.")
