"""`manage.py load_plan`: record the plan of 2011 as the proposal states it. Safe to repeat; makes no volunteers."""

from typing import Any

from django.core.management.base import BaseCommand

from reports.loading import load_plan


class Command(BaseCommand):
    help = "Record the plan of 2011 for København. A second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        programme = load_plan()
        if options["verbosity"] > 0:
            self.stdout.write(f"{programme}: planen for 2011 er indlæst.")
