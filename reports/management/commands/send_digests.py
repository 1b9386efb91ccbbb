"""`manage.py send_digests`: the week's overview to secretariat and Foundation, the month's to local coordinators.
Run it every morning; each is sent once, also by two at once. Names nobody."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bydelsmoedre.moment import today
from reports.digest_sending import addressees, send_digests


class Command(BaseCommand):
    help = "Send the overview of the week (to local coordinators: of the month) to whoever has not had it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", metavar="DATE", help="as if today were that day, such as 2011-11-14")
        parser.add_argument("--dry-run", action="store_true", help="say how many would be sent; send nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        on = _day(options["on"]) if options["on"] else today()
        if options["dry_run"]:
            found = addressees(on)
            monthly = sum(one.is_monthly for one in found)
            self.stdout.write(f"{len(found) - monthly} of the week, {monthly} of the month. Nothing was sent.")
            return
        tally = send_digests(on)
        self.stdout.write(f"{tally.sent} sent, {tally.failed} not sent, {tally.uncertain} uncertain.")
        if tally.is_server_away:
            raise CommandError("The mail server does not answer; what is left is sent at the next run.")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text} is no date such as 2011-11-14.") from error
