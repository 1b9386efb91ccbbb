"""The districts as the overview of associations tells them, to this reader: on the map, in its table and as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from bydelsmoedre.danish import dato
from bydelsmoedre.listing import FORMAT, MOMENT
from bydelsmoedre.spreadsheets import FORMATS, Cell, Sheet
from bydelsmoedre.suppression import breakdown
from reports.figures.districts import DistrictFigure, districts, districts_and_counting
from reports.moments import Asked
from reports.municipality import coordinators_told

#: In the address of a file: it is the table of districts, not the list of associations.
TABLE, DISTRICTS = "tabel", "bydele"

KINDS = ("running", "founded", "forming", "prospect")


@dataclass(frozen=True, slots=True)
class DistrictLine:
    """A district; for the municipality its small numbers of persons are words."""

    figure: DistrictFigure
    mothers: int | str
    coordinators: int | str

    @property
    def name(self) -> str:
        return self.figure.name

    @property
    def counts(self) -> dict[str, int]:
        """Associations by how far they are, and prospects."""
        one = self.figure
        return dict(zip(KINDS, (one.running, one.founded, one.forming, one.prospects), strict=True))

    @property
    def numbers(self) -> list[int | str]:
        """In the order of the headings after the name."""
        return [*self.counts.values(), self.mothers, self.coordinators]

    @property
    def has_people(self) -> bool:
        return bool(self.figure.mothers or self.figure.coordinators)


def headings() -> list[str]:
    """Of the table's columns."""
    return [
        _("District"),
        _("In operation"),
        _("Founded"),
        _("Forming"),
        _("Prospects"),
        _("Active mothers"),
        _("Local coordinators"),
    ]


def district_lines(programme: Any, asked: Asked, *, may_see_persons: bool) -> list[DistrictLine]:
    """In Danish order; one query."""
    if programme is None:
        return []
    if may_see_persons:
        return [DistrictLine(one, one.mothers, one.coordinators) for one in districts(programme.pk, asked.moment)]
    found, counting = districts_and_counting(programme.pk, asked.moment)
    mothers = breakdown([one.mothers for one in found])
    coordinators = coordinators_told([one.coordinators for one in found], counting)
    return [DistrictLine(*line) for line in zip(found, mothers, coordinators, strict=True)]


def district_file(
    request: HttpRequest, programme: Any, asked: Asked, lines: Sequence[DistrictLine]
) -> HttpResponseBase | None:
    """The table as the file that is asked for; None where a page or another list is."""
    answer = FORMATS.get(request.GET.get(FORMAT, ""))
    if answer is None or request.GET.get(TABLE) != DISTRICTS:
        return None
    rows: list[list[Cell]] = [[one.name, *one.numbers] for one in lines]
    about = [(_("Programme"), str(programme or "")), (_("As of"), dato(asked.moment.on))]
    return answer(Sheet(_("Districts"), headings(), rows, about), f"bydele-{asked.moment.on.isoformat()}")


def district_files(request: HttpRequest) -> list[tuple[str, str]]:
    """The addresses of the files, by their kind; the Moment stays."""
    kept = {name: request.GET[name] for name in MOMENT if request.GET.get(name)}
    kinds = (("Excel", "xlsx"), ("CSV", "csv"))
    return [(kind, f"?{urlencode(kept | {TABLE: DISTRICTS, FORMAT: code})}") for kind, code in kinds]
