"""`manage.py import_volunteers FILE`: volunteers from a spreadsheet, all or nothing."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from accounts.models import User
from programme.models import Programme
from volunteers.importing.commands import ImportCommand, active_user
from volunteers.importing.source import read
from volunteers.importing.storing import Report, run


class Command(ImportCommand):
    help = "Import volunteers from a CSV or XLSX file: all or nothing, or the good rows with --accept-good."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--programme", help="the programme's name, where there are several")

    def handle(self, *args: Any, **options: Any) -> None:
        programme = _programme(options["programme"])
        given = {
            "by": _user(options["by"], programme),
            "accept_good": options["accept_good"],
            "is_trial": options["dry_run"],
        }
        self.import_file(
            options["file"],
            read,
            lambda table, finish: run(table, programme, finish=finish, **given),
            _counted,
            is_trial=options["dry_run"],
        )


def _counted(report: Report) -> str:
    counts = {"persons": report.persons, "roles": report.roles, "languages": report.languages}
    return _("%(persons)s new persons, %(roles)s roles, %(languages)s languages.") % counts


def _programme(name: str | None) -> Programme:
    found = list(Programme.objects.filter(name=name) if name else Programme.objects.order_by("name"))
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"»{one}«" for one in Programme.objects.order_by("name"))
    raise CommandError(_("Choose the programme with --programme: %(names)s") % {"names": names or "–"})


def _user(email: str | None, programme: Programme) -> User | None:
    """Who imports. Only who may add volunteers to the programme in the browser may do so here."""
    if email is None:
        return None
    user = active_user(email)
    if not user.is_superuser and not Programme.objects.changeable_by(user).filter(pk=programme.pk).exists():
        raise CommandError(_("%(user)s does not belong to the programme's secretariat.") % {"user": email})
    return user
