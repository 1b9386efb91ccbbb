"""`manage.py status`: the five criteria and the budget as of a Moment, as text or JSON. Names no person."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from bydelsmoedre.moment import Moment
from programme.models import Programme
from reports.asking import read_known_at, read_on
from reports.statement import statement, statement_text


class Command(BaseCommand):
    help = "How far the programme is: criteria and budget on a day, as known at a time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", metavar="DATE", help="the day asked of (YYYY-MM-DD or DD.MM.YYYY)")
        parser.add_argument("--known-at", metavar="DATE-OR-DATETIME", help="as known then; a date: its end")
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--programme", help="name of the programme, where there are several")

    def handle(self, *args: Any, **options: Any) -> None:
        programme = self._programme(options["programme"])
        try:
            moment = Moment(read_on(options["on"] or "", programme), read_known_at(options["known_at"] or ""))
        except ValueError as error:
            raise CommandError(str(error)) from error
        with translation.override("da"):
            told = statement(programme, moment, asked_at=timezone.now())
            if options["format"] == "json":
                self.stdout.write(json.dumps(told, default=_plain, ensure_ascii=False, indent=2))
            else:
                self.stdout.write(statement_text(told))

    def _programme(self, name: str | None) -> Programme:
        found = Programme.objects.order_by("pk")
        if name:
            found = found.filter(name=name)
        programme = found.first()
        if programme is None:
            raise CommandError("There is no such programme. `manage.py load_plan` records the plan of 2011.")
        return programme


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)
