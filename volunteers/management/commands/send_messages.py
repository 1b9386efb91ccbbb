"""`manage.py send_messages`: send what waits. Safe to run as often as wanted, several at once. Names nobody."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from volunteers.messages.sending import send_waiting


class Command(BaseCommand):
    help = "Send the messages that wait, each once at most; for --seconds N at most."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seconds", type=float, metavar="N", help="stop after so many seconds")

    def handle(self, *args: Any, **options: Any) -> None:
        tally = send_waiting(seconds=options["seconds"])
        self.stdout.write(f"{tally.sent} sent, {tally.failed} not sent, {tally.uncertain} uncertain.")
        if tally.is_server_away:
            raise CommandError("The mail server does not answer; what waits is kept for the next run.")
