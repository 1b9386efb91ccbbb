"""`manage.py send_reminders`: write to whoever is expected tomorrow, and send. Safe to run again, and by two at once:
nobody is reminded twice of the same. Names nobody."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bydelsmoedre.moment import calendar_today
from training.telling import remind
from volunteers.messages.sending import send_waiting


class Command(BaseCommand):
    help = "Remind the participants of tomorrow's sessions by e-mail, each once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", type=_day, metavar="DATE", help="as if today were that day, such as 2011-03-06")
        parser.add_argument("--dry-run", action="store_true", help="say how many would be reminded; write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        is_trial = options["dry_run"]
        reminded = remind(options["on"] or calendar_today(), is_trial=is_trial)
        for session, reached in reminded:
            self.stdout.write(f"{session.course}, {session.held_on:%d.%m.%Y}: {reached}")
        if is_trial:
            self.stdout.write("Nothing was written.")
            return
        tally = send_waiting()
        self.stdout.write(f"{tally.sent} sent, {tally.failed} not sent, {tally.uncertain} uncertain.")
        if tally.is_server_away:
            raise CommandError("The mail server does not answer; what waits is kept for the next run.")


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
