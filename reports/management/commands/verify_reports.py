"""`manage.py verify_reports`: is every frozen report as it was sent? Ends with 1 where one is not. Names nobody."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from programme.models import Programme
from reports.models import FrozenReport
from reports.progress.checking import faults

WORDS = {
    "hash": "the JSON is not what its hash says",
    "pdf": "the PDF is not what its hash says",
    "previous": "it does not follow the one before it",
    "place": "the chain has a gap before it",
    "canonical": "it is no canonical JSON",
    "row": "the row does not say what its JSON does",
    "head": "a hash that was sent out is not in the chain",
}


class Command(BaseCommand):
    help = "Check every frozen report, and that each follows the one before it. Ends with 1 where something is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head", action="append", default=[], metavar="SHA256", help="a hash that was sent out: it must be there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wrong, missing = 0, set(options["head"])
        for programme in Programme.objects.order_by("name"):
            rows = FrozenReport.objects.filter(programme=programme).select_related("report")
            chain = list(rows.order_by("place"))
            missing -= {one.sha256 for one in chain}
            found = faults(chain)
            wrong += len(found)
            head = chain[-1].sha256 if chain else "-"
            self.stdout.write(f"{programme}: {len(chain)} frozen, {len(found)} wrong, head {head}")
            for one in found:
                self.stdout.write(f"  {one.place}: {WORDS[one.code]}")
        for head in sorted(missing):
            self.stdout.write(f"  {head}: {WORDS['head']}")
        if wrong or missing:
            raise CommandError("Something is not as it was sent.")
