"""`manage.py import_postings FILE --year 2011`: postings that an accounting system has booked, all or nothing."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from accounts.models import User
from budget.importing.sheet import accounts_of, mapping_recognised, recognised
from budget.importing.storing import Report, run
from budget.models import Budget, BudgetLine
from bydelsmoedre.danish import kroner
from volunteers.importing.commands import ImportCommand, active_user, content
from volunteers.importing.headings import Unreadable
from volunteers.importing.source import read


class Command(ImportCommand):
    help = "Import an accounting system's postings (CSV, XLSX): Dato; Bilag; Konto; Tekst; Beløb; Moms; Leverandør."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--year", type=int, required=True, metavar="YEAR", help="the budget's year")
        parser.add_argument("--map", metavar="FILE", help="which line each account belongs to (Konto;Post); remembered")
        parser.add_argument("--programme", metavar="NAME", help="where there are several")
        parser.add_argument("--source", default=_("the accounting system"), metavar="NAME", help="what it is called")

    def handle(self, *args: Any, **options: Any) -> None:
        budget = _budget(options["year"], options["programme"])
        by = _user(options["by"], budget)
        accounts = _accounts(options["map"], budget) if options["map"] else {}
        given: dict[str, Any] = {"accept_good": options["accept_good"], "is_trial": options["dry_run"]}
        self.import_file(
            options["file"],
            partial(read, recognise=recognised),
            lambda table, finish: run(table, budget, accounts, by=by, source=options["source"], finish=finish, **given),
            counted,
            is_trial=options["dry_run"],
        )


def counted(report: Report) -> str:
    """“12 postings are new, 1.250,50 kr. in all; 3 were booked already.”"""
    told = {"new": report.booked, "amount": kroner(report.amount), "known": report.known}
    return _("%(new)s postings are new, %(amount)s in all; %(known)s were booked already.") % told


def _budget(year: int, programme: str | None) -> Budget:
    found = Budget.objects.filter(year=year).select_related("programme")
    if programme:
        found = found.filter(programme__name=programme)
    budgets = list(found[:2])
    if not budgets:
        raise CommandError(_("There is no budget of %(year)s.") % {"year": year})
    if len(budgets) > 1:
        raise CommandError(_("Several programmes have a budget of %(year)s. Say which: --programme.") % {"year": year})
    return budgets[0]


def _accounts(name: str, budget: Budget) -> Mapping[str, BudgetLine]:
    lines = {one.number: one for one in budget.lines.all()}
    try:
        return accounts_of(read(content(name), mapping_recognised), lines)
    except Unreadable as error:
        raise CommandError(str(error)) from error


def _user(email: str | None, budget: Budget) -> User | None:
    """Who imports. Only who may book on the budget in the browser may do so here."""
    if email is None:
        return None
    user = active_user(email)
    if not Budget.objects.changeable_by(user).filter(pk=budget.pk).exists():
        raise CommandError(_("%(user)s may not book on that budget.") % {"user": email})
    return user
