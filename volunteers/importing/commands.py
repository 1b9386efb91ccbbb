"""What the commands that import share: reading the file, who imports, telling, and the file of rejected rows."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from accounts.models import User
from bydelsmoedre.spreadsheets import write_csv
from volunteers.importing.content import rejected_sheet, stem
from volunteers.importing.headings import Unreadable
from volunteers.importing.rows import Issue, Outcome
from volunteers.importing.source import LARGEST, Table

#: What an import of one kind says of itself.
Told = TypeVar("Told", bound=Outcome)


class ImportCommand(BaseCommand):
    """Base of the commands that import a file. Ends with 1 where a row was refused, though the good ones may be stored
    (`--accept-good`); warnings end with 0."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the file, or - for standard input")
        parser.add_argument("--dry-run", action="store_true", help="say what would be imported; store nothing")
        parser.add_argument("--accept-good", action="store_true", help="store the good rows, write the bad to a file")
        parser.add_argument("--by", metavar="EMAIL", help="the user who imports; otherwise the system does")

    def import_file(
        self,
        name: str,
        read: Callable[[bytes], Table],
        run: Callable[[Table, Callable[[Outcome], None]], Told],
        counted: Callable[[Told], str],
        *,
        is_trial: bool,
    ) -> None:
        """Read the file, run the import (its second argument is called before it is committed), tell; `counted` says
        in words what was stored."""
        written: list[Path] = []

        def write_rejected(outcome: Outcome) -> None:
            if outcome.bad:
                written.append(write(stem(name), table, outcome))

        try:
            table = read(content(name))
            outcome = run(table, write_rejected)
        except Unreadable as error:
            raise CommandError(str(error)) from error
        except BaseException:
            for path in written:  # the rows that it says were left out are all left out
                path.unlink(missing_ok=True)
            raise
        self._tell(outcome, counted(outcome), written, is_trial=is_trial)
        if outcome.bad:
            sys.exit(1)

    def _tell(self, outcome: Outcome, counted: str, written: list[Path], *, is_trial: bool) -> None:
        if outcome.ignored:
            self.stdout.write(_("Columns that are not imported: %(columns)s") % {"columns": ", ".join(outcome.ignored)})
        for issue in outcome.warnings:
            self.stdout.write(_("Warning: %(issue)s") % {"issue": in_words(issue)})
        for issue in outcome.errors:
            self.stderr.write(in_words(issue))
        counts = {"rows": outcome.rows, "good": outcome.good, "bad": len(outcome.bad)}
        self.stdout.write(_("%(rows)s rows: %(good)s good, %(bad)s bad.") % counts)
        self.stdout.write(counted)
        if not outcome.is_stored and (is_trial or outcome.bad):
            self.stdout.write(_("Nothing was stored."))
        for path in written:
            self.stdout.write(
                _("The bad rows are in %(file)s. Mend them there, and import that file.") % {"file": path}
            )


def in_words(issue: Issue) -> str:
    value = f" »{issue.value}«" if issue.value else ""
    where = f", {issue.column}{value}" if issue.column else ""
    return _("Line %(line)s%(where)s: %(reason)s") % {"line": issue.line, "where": where, "reason": issue.reason}


def content(name: str) -> bytes:
    try:
        if name == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        with Path(name).open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise CommandError(_("The file cannot be read: %(reason)s") % {"reason": error.strerror}) from error


def active_user(email: str) -> User:
    """Who imports: somebody who may log in."""
    user = User.objects.filter(email=User.objects.normalize_email(email), is_active=True).first()
    if user is None:
        raise CommandError(_("There is no user with the e-mail %(email)s who may log in.") % {"email": email})
    return user


def write(name: str, table: Table, outcome: Outcome) -> Path:
    """The rejected rows beside where the command runs, readable for its user alone; never over another file."""
    text = write_csv(rejected_sheet(table, outcome)).encode()
    for number in range(1, 1000):
        path = Path(f"{name}-afvist{f'-{number}' if number > 1 else ''}.csv")
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
