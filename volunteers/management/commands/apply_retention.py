"""`manage.py apply_retention`: erase who is to be erased. Names nobody."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from bydelsmoedre.moment import Moment, today
from programme.models import Programme
from volunteers.retention import due, erase_due


class Command(BaseCommand):
    help = "Erase the persons whose time has come (RETENTION_APPLICANTS, RETENTION_LEAVERS); list them with --dry-run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="list who is due, erase nobody")
        parser.add_argument("--by", metavar="EMAIL", help="the user that the history names; else nobody")

    def handle(self, *args: Any, **options: Any) -> None:
        by = self._user(options["by"])
        moment = Moment(today())
        listed = erased = 0
        for programme in Programme.objects.order_by("pk"):
            found = due(programme.pk, moment)
            listed += len(found)
            for one in found:
                last = ", ".join(
                    f"{word} {day}" for word, day in (("left", one.left_on), ("a no", one.refused_on)) if day
                )
                self.stdout.write(f"{one.uuid}  due {one.due_on}  ({last})")
                if not options["dry_run"]:
                    erased += erase_due(programme.pk, {one.uuid}, moment, by=by)
        done = "nobody was erased" if options["dry_run"] else f"{erased} erased"
        self.stdout.write(f"{listed} due, {done}.")

    def _user(self, email: str | None) -> Any:
        if not email:
            return None
        user = get_user_model()._default_manager.filter(email=email.strip().lower(), is_active=True).first()
        if user is None:
            raise CommandError("There is no active user with that e-mail.")
        return user
