"""`manage.py import_attendance FILE --course ID`: a sheet of attendance, all or nothing."""

from functools import partial
from typing import Any
from uuid import UUID

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from accounts.models import User
from training.importing.sheet import recognised
from training.importing.storing import Report, run
from training.models import Course
from volunteers.importing.commands import ImportCommand, active_user
from volunteers.importing.source import read


class Command(ImportCommand):
    help = "Import a course's attendance from a CSV or XLSX sheet: participants down, days across, a mark in each cell."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--course", required=True, metavar="ID", help="the course's identity: it ends its address")

    def handle(self, *args: Any, **options: Any) -> None:
        course = _course(options["course"])
        by = _user(options["by"], course)
        given: dict[str, Any] = {"accept_good": options["accept_good"], "is_trial": options["dry_run"]}
        self.import_file(
            options["file"],
            partial(read, recognise=recognised),
            lambda table, finish: run(table, course, by=by, finish=finish, **given),
            counted,
            is_trial=options["dry_run"],
        )


def counted(report: Report) -> str:
    """“12 marks are new, 3 were recorded already.”"""
    counts = {"new": report.recorded, "known": report.known}
    return _("%(new)s marks are new, %(known)s were recorded already.") % counts


def _course(text: str) -> Course:
    try:
        return Course.objects.select_related("curriculum__programme").get(uuid=UUID(text))
    except (ValueError, Course.DoesNotExist):
        raise CommandError(_("There is no course with the identity %(text)s.") % {"text": text[:60]}) from None


def _user(email: str | None, course: Course) -> User | None:
    """Who imports. Only who may record the course's attendance in the browser may do so here."""
    if email is None:
        return None
    user = active_user(email)
    if not Course.objects.changeable_by(user).filter(pk=course.pk).exists():
        raise CommandError(_("%(user)s may not record attendance for this course.") % {"user": email})
    return user
