"""`manage.py load_story`: tell the fictional year 2011 over the plan. A second run changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programme.models import Programme
from reports import plan2011 as plan
from reports.story.telling import NoPlan, Occupied, is_told, load_story


class Command(BaseCommand):
    help = (
        "Tell the fictional year 2011 over the loaded plan. Refused over any other data; a second run changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        before = Programme.objects.filter(name=plan.PROGRAMME).first()
        was_told = before is not None and is_told(before)
        try:
            programme = load_story()
        except NoPlan as error:
            raise CommandError(
                f"There is no programme {plan.PROGRAMME}. Load the plan first: manage.py load_plan"
            ) from error
        except Occupied as error:
            raise CommandError(
                f"{plan.PROGRAMME} holds data that are not the story's ({error}). Nothing was written."
            ) from error
        if options["verbosity"] > 0:
            self.stdout.write(
                f"{programme}: fortællingen om 2011 "
                + ("er der allerede. Intet er ændret." if was_told else "er indlæst.")
            )
