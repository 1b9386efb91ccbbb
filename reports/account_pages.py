"""What the pages of the account have in common: who reads them, of which budget and Moment, and as what file."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.http.response import HttpResponseBase

from bydelsmoedre.spreadsheets import FORMATS, Sheet
from programme.access import StandingRequest
from programme.models import Programme
from reports.figures.finances import budget
from reports.figures.shapes import BudgetFigure
from reports.ledger_files import about
from reports.moments import Asked, ask


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody's look at the account."""

    programme: Programme
    asked: Asked
    budget: BudgetFigure | None  #: None where nothing is budgeted on the day
    query: QueryDict
    is_staff: bool  #: may follow a number to its vouchers
    may_write: bool

    @property
    def on(self) -> dt.date:
        return self.asked.moment.on

    def file(self, make_sheet: Callable[[], Sheet], name: str) -> HttpResponseBase | None:
        """The sheet, where a file is asked for."""
        answer = FORMATS.get(self.query.get("format", ""))
        return answer(make_sheet(), f"{name}-pr-{self.on:%Y-%m-%d}") if answer else None

    @property
    def files(self) -> list[tuple[str, str]]:
        """The kinds of file, each with its address."""
        return [(kind, self._as(kind.lower())) for kind in ("XLSX", "CSV")]

    def _as(self, kind: str) -> str:
        query = self.query.copy()
        query["format"] = kind
        return f"?{query.urlencode()}"

    @property
    def ledger(self) -> str:
        """What follows the address of the list of vouchers, so that it shows the same Moment; "" for who reads none."""
        return (f"{self.asked.query}&" if self.asked.query else "?") if self.is_staff else ""

    def about(self) -> list[tuple[str, str]]:
        """What a file says of itself."""
        return about(self.programme, self.asked.moment)

    def context(self) -> dict[str, Any]:
        return self.asked.context() | {
            "budget": self.budget,
            "is_staff": self.is_staff,
            "may_write": self.may_write,
            "files": self.files,
            "ledger": self.ledger,
        }


def read_account(request: StandingRequest) -> Reading:
    """For everybody who reads the programme. A local coordinator has no part in it."""
    standing: Any = request.standing
    if standing.programme is None:
        raise PermissionDenied
    asked = ask(request, standing.programme)
    written = budget(standing.programme, asked.moment)
    return Reading(
        programme=standing.programme,
        asked=asked,
        budget=written if written and not written.is_empty else None,
        query=request.GET,
        is_staff=standing.may_see_persons,
        may_write=standing.is_secretariat and asked.is_present,
    )
