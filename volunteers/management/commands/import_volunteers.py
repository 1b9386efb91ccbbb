"""`manage.py import_volunteers FILE`: volunteers from a spreadsheet, all or nothing.

Ends with 1 where a row was refused, though the good ones may be stored (`--accept-good`); warnings end with 0.
"""

import os
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from accounts.models import User
from bydelsmoedre.spreadsheets import write_csv
from programme.models import Programme
from volunteers.importing.content import Content, rejected_sheet, stem
from volunteers.importing.headings import Unreadable
from volunteers.importing.rows import Issue
from volunteers.importing.source import LARGEST, Table, read
from volunteers.importing.storing import Report, run


class Command(BaseCommand):
    help = "Import volunteers from a CSV or XLSX file: all or nothing, or the good rows with --accept-good."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the file, or - for standard input")
        parser.add_argument("--dry-run", action="store_true", help="say what would be imported; store nothing")
        parser.add_argument("--accept-good", action="store_true", help="store the good rows, write the bad to a file")
        parser.add_argument("--by", metavar="EMAIL", help="the user who imports; otherwise the system does")
        parser.add_argument("--programme", help="the programme's name, where there are several")

    def handle(self, *args: Any, **options: Any) -> None:
        programme = _programme(options["programme"])
        by = _user(options["by"], programme)
        name = stem(options["file"])
        written: list[Path] = []

        def write_rejected(report: Report) -> None:
            if report.bad:
                written.append(_write(Content(name, table, report)))

        try:
            table = read(_content(options["file"]))
            report = run(
                table,
                programme,
                by=by,
                accept_good=options["accept_good"],
                is_trial=options["dry_run"],
                finish=write_rejected,
            )
        except Unreadable as error:
            raise CommandError(str(error)) from error
        except BaseException:
            for path in written:  # the rows that it says were left out are all left out
                path.unlink(missing_ok=True)
            raise
        self._tell(table, report, written, is_trial=options["dry_run"])
        if report.bad:
            sys.exit(1)

    def _tell(self, table: Table, report: Report, written: list[Path], *, is_trial: bool) -> None:
        if report.ignored:
            self.stdout.write(_("Columns that are not imported: %(columns)s") % {"columns": ", ".join(report.ignored)})
        for issue in report.warnings:
            self.stdout.write(_("Warning: %(issue)s") % {"issue": _in_words(issue)})
        for issue in report.errors:
            self.stderr.write(_in_words(issue))
        counts = {
            "rows": report.rows,
            "good": report.good,
            "bad": len(report.bad),
            "persons": report.persons,
            "roles": report.roles,
            "languages": report.languages,
        }
        self.stdout.write(_("%(rows)s rows: %(good)s good, %(bad)s bad.") % counts)
        self.stdout.write(_("%(persons)s new persons, %(roles)s roles, %(languages)s languages.") % counts)
        if not report.is_stored and (is_trial or report.bad):
            self.stdout.write(_("Nothing was stored."))
        for path in written:
            self.stdout.write(
                _("The bad rows are in %(file)s. Mend them there, and import that file.") % {"file": path}
            )


def _in_words(issue: Issue) -> str:
    value = f" »{issue.value}«" if issue.value else ""
    where = f", {issue.column}{value}" if issue.column else ""
    return _("Line %(line)s%(where)s: %(reason)s") % {"line": issue.line, "where": where, "reason": issue.reason}


def _content(name: str) -> bytes:
    try:
        if name == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        with Path(name).open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise CommandError(_("The file cannot be read: %(reason)s") % {"reason": error.strerror}) from error


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
    user = User.objects.filter(email=User.objects.normalize_email(email), is_active=True).first()
    if user is None:
        raise CommandError(_("There is no user with the e-mail %(email)s who may log in.") % {"email": email})
    if not user.is_superuser and not Programme.objects.changeable_by(user).filter(pk=programme.pk).exists():
        raise CommandError(_("%(user)s does not belong to the programme's secretariat.") % {"user": email})
    return user


def _write(content: Content) -> Path:
    """The rejected rows beside where the command runs, readable for its user alone; never over another file."""
    text = write_csv(rejected_sheet(content)).encode()
    for number in range(1, 1000):
        path = Path(f"{content.name}-afvist{f'-{number}' if number > 1 else ''}.csv")
        if path.exists() and path.read_bytes() == text:
            return path
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be written: %(reason)s. Nothing was stored.")
                % {"file": path, "reason": error.strerror}
            ) from error
        with os.fdopen(descriptor, "wb") as file:
            file.write(text)
        return path
    raise CommandError(_("There are too many files of rejected rows here. Nothing was stored."))
