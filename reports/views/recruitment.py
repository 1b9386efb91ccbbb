"""The board of recruitment: everybody on the way to neighbourhood mother, by where she stands, and who is stuck.

Recruiting is the secretariat's and the Foundation's to see; a local coordinator meets her members elsewhere, and the
municipality meets no persons. Each card leads to the forms that take the next step, so that moving a card by mouse
(`board.js`) asks for nothing that a link does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from associations.models import HousingArea
from bydelsmoedre.addresses import url
from bydelsmoedre.fields import FilterField, FilterForm
from bydelsmoedre.languages import LANGUAGES
from bydelsmoedre.listing import Column, Listing
from bydelsmoedre.sorting import danish_order
from programme.access import StandingRequest
from reports.figure_words import COLUMN_WORDS, STUCK_WORDS
from reports.figures.funnel import GONE
from reports.figures.persons import persons
from reports.figures.recruiting import COLUMNS, BoardColumn, Place, board, places
from reports.moments import Asked, ask
from reports.views.behind import FUNNEL
from reports.views.volunteer_list import about
from volunteers.models import Volunteer
from volunteers.recruitment import FOLLOWING, TITLES, Stage

#: So many cards stand in each column; the list has them all.
MOST = 8

#: Where a step of a candidacy leads to, on the board.
_LEADS_TO = {Stage.RESUMED: "accepted"}
#: What is done at these places besides a step of the candidacy: words, the page, and the column that it leads to.
_WORK: dict[str, tuple[Any, str, str]] = {
    "training": (gettext_lazy("Issue the diploma"), "training:certificate", "diploma"),
    "diploma": (gettext_lazy("Record the role"), "volunteers:membership", "mother"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """A next step of somebody's: in words, its form, and the column that it leads to."""

    words: str
    url: str
    to: str


@dataclass(frozen=True, slots=True)
class Card:
    """A person on the board, or in its list."""

    place: Place
    volunteer: Volunteer
    languages: str
    url: str
    days: int
    moves: list[Move]

    @property
    def leads_on(self) -> Move | None:
        """The step that she waits for: none for who has come the whole way."""
        return self.moves[0] if self.moves and self.place.stands != "mother" else None

    @property
    def others(self) -> list[Move]:
        return self.moves[1:] if self.leads_on else self.moves

    @property
    def since(self) -> Any:
        return self.place.since

    @property
    def area(self) -> str:
        return self.volunteer.housing_area.name if self.volunteer.housing_area else ""

    @property
    def stands(self) -> str:
        return capfirst(str(COLUMN_WORDS[self.place.stands]))

    @property
    def why(self) -> str:
        """Why she is stuck; "" where she is not."""
        return str(STUCK_WORDS[self.place.waits_for]) if self.place.is_stuck and self.place.waits_for else ""

    @property
    def waited(self) -> str:
        return ngettext("%(count)s day", "%(count)s days", self.days) % {"count": self.days}


@dataclass(frozen=True, slots=True)
class Lane:
    """A column as the page draws it."""

    code: str
    label: str
    total: int
    stuck: int
    cards: list[Card]
    url: str  #: the list of all who stand there


class Cards:
    """Makes cards of places: three queries, however many there are."""

    def __init__(self, request: StandingRequest, asked: Asked) -> None:
        self.programme, self.asked = request.standing.programme, asked
        self.may_record = request.standing.is_secretariat and asked.is_present
        self.languages = {code: str(name) for code, name in LANGUAGES}

    def of(self, found: Sequence[Place]) -> list[Card]:
        ids = [place.volunteer_id for place in found]
        known = Volunteer.objects.select_related("housing_area").in_bulk(ids)
        told = persons(self.programme.pk, self.asked.moment, only=ids)
        return [self._card(place, known[place.volunteer_id], told[place.volunteer_id].languages) for place in found]

    def _card(self, place: Place, volunteer: Volunteer, languages: list[str]) -> Card:
        return Card(
            place,
            volunteer,
            ", ".join(self.languages[code] for code in languages),
            url("volunteers:detail", volunteer.uuid) + self.asked.query,
            (self.asked.moment.on - place.since).days,
            self._moves(place, volunteer) if self.may_record else [],
        )

    def _moves(self, place: Place, volunteer: Volunteer) -> list[Move]:
        """What may follow; what leads on comes first."""
        found = []
        if place.stands in _WORK:
            words, page, to = _WORK[place.stands]
            found.append(Move(str(words), url(page, volunteer.uuid), to))
        elif place.stands == "accepted":
            found.append(Move(_("Find a course"), url("training:list"), ""))
        if place.candidacy:
            found += [
                Move(str(TITLES[stage]), url("volunteers:stage", place.candidacy, stage), _LEADS_TO.get(stage, stage))
                for stage in FOLLOWING[place.step]
            ]
        return found


@require_safe
def board_page(request: StandingRequest) -> HttpResponse:
    """The columns, each with those who are stuck first."""
    asked = _asked(request)
    cards = Cards(request, asked)
    figure = board(request.standing.programme, asked.moment, most=MOST)
    shown = iter(cards.of([place for stands in COLUMNS for place in figure[stands].places]))
    lanes = [_lane(figure[stands], [next(shown) for _place in figure[stands].places], asked) for stands in COLUMNS]
    context = {
        "lanes": lanes,
        "gone": [_lane(figure[stands], [], asked) for stands in GONE],
        "total": sum(lane.total for lane in lanes),
        "stuck": sum(lane.stuck for lane in lanes),
        "list_url": _list_url(asked),
        "stuck_url": _list_url(asked, fast="ja"),
        "may_record": cards.may_record,
    }
    return render(request, "volunteers/board.html", asked.context() | context)


def _asked(request: StandingRequest) -> Asked:
    standing: Any = request.standing
    if not standing.may_see_persons:
        raise PermissionDenied
    return ask(request, standing.programme)


def _lane(column: BoardColumn, cards: list[Card], asked: Asked) -> Lane:
    behind = {"tal": f"{FUNNEL}-stands-{column.stands}"}
    address = (
        f"{url('volunteers:list')}?{urlencode(asked.kept | behind)}"
        if column.stands in GONE
        else _list_url(asked, trin=column.stands)
    )
    return Lane(column.stands, capfirst(str(COLUMN_WORDS[column.stands])), column.total, column.stuck, cards, address)


def _list_url(asked: Asked, **given: str) -> str:
    query = urlencode(asked.kept | given)
    return url("volunteers:board_list") + (f"?{query}" if query else "")


# --- The same as a list


class BoardFilter(FilterForm):
    """Where she stands, her housing area, and whether she is stuck."""

    trin = FilterField(label=gettext_lazy("Stage"))
    omraade = FilterField(label=gettext_lazy("Housing area"))
    fast = FilterField(label=gettext_lazy("Stuck"))

    def __init__(self, data: Any, *, programme: Any) -> None:
        super().__init__(data)
        areas = HousingArea.objects.filter(programme=programme).order_by(danish_order("name"))
        choices: Any
        for name, choices in {
            "trin": [(stands, capfirst(str(COLUMN_WORDS[stands]))) for stands in COLUMNS],
            "omraade": [(str(uuid), name) for uuid, name in areas.values_list("uuid", "name")],
            "fast": [("ja", _("Only who is stuck"))],
        }.items():
            field: Any = self.fields[name]
            field.offer(choices)

    def asked(self) -> dict[str, Any]:
        """What `places` is asked for."""
        given = self.cleaned_data if self.is_valid() else {}
        return {
            "stands": [given["trin"]] if given.get("trin") else COLUMNS,
            "area": given.get("omraade") or None,
            "stuck": bool(given.get("fast")),
        }

    def filter(self, rows: Any) -> Any:
        """The rows are asked for by what is chosen already."""
        return rows

    def in_words(self) -> str:
        """The filter in words, for a file."""
        fields: Any = self.fields
        return ", ".join(
            str(dict(field.choices)[self.cleaned_data[name]])
            for name, field in fields.items()
            if self.is_valid() and self.cleaned_data.get(name)
        )


_COLUMNS = [
    Column("navn", gettext_lazy("Name"), lambda card: card.volunteer.name, url=lambda card: card.url, can_sort=False),
    Column("telefon", gettext_lazy("Telephone"), lambda card: card.volunteer.phone, can_sort=False, on_page=False),
    Column("trin", gettext_lazy("Stage"), lambda card: card.stands, can_sort=False),
    Column("siden", gettext_lazy("Since"), lambda line: line.since, detail=lambda card: card.waited),
    Column(
        "fast",
        gettext_lazy("Stuck"),
        lambda card: card.why,
        shape=lambda card: "finding" if card.why else "",
        can_sort=False,
    ),
    Column("omraade", gettext_lazy("Housing area"), lambda card: card.area, can_sort=False),
    Column("sprog", gettext_lazy("Languages"), lambda card: card.languages, can_sort=False),
]


@require_safe
def board_list(request: StandingRequest) -> HttpResponseBase:
    """Everybody on the way, as a list: where she stands, since when, and why she is stuck."""
    asked = _asked(request)
    programme = request.standing.programme
    form = BoardFilter(request.GET, programme=programme)
    listing = Listing(
        request,
        places(programme, asked.moment, **form.asked()),
        _COLUMNS,
        title=_("Recruitment"),
        form=form,
        lines=Cards(request, asked).of,
        about=about(programme, asked, form.in_words()),
        moment_query=asked.query,
    )
    if answer := listing.file("rekruttering"):
        return answer
    return render(request, "volunteers/board_list.html", asked.context() | {"listing": listing})
