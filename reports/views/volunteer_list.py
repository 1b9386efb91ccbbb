"""The programme's persons as a list: who they are, what they do, how far they have come."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import OrderBy
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato, tidspunkt
from bydelsmoedre.languages import LANGUAGES
from bydelsmoedre.listing import Column, Listing
from bydelsmoedre.sorting import danish_order
from programme.access import StandingRequest
from reports.figures.persons import Person, persons
from reports.moments import Asked, ask
from reports.views.volunteer_filter import VolunteerFilter, views
from training.models import Curriculum
from volunteers.merging import each_once
from volunteers.models import Membership, Volunteer
from volunteers.models.people import by_name
from volunteers.recruitment import Standing

#: The shape beside where somebody stands.
SHAPES = {
    Standing.MOTHER: "met",
    Standing.COORDINATOR: "met",
    Standing.ACCEPTED: "near",
    Standing.INTERVIEWED: "near",
    Standing.APPLIED: "not_yet",
    Standing.PAUSED: "waived",
    Standing.LEFT: "waived",
    Standing.DECLINED: "waived",
    Standing.WITHDRAWN: "waived",
}


@dataclass(frozen=True, slots=True)
class VolunteerLine:
    """A person in the list."""

    volunteer: Any
    person: Person
    words: "Words"
    query: str

    @property
    def url(self) -> str:
        return url("volunteers:detail", self.volunteer.uuid) + self.query

    @property
    def roles(self) -> str:
        return capfirst("; ".join(f"{self.words.roles[role]}, {name}" for role, name in self.person.roles))

    @property
    def standing(self) -> str:
        return self.words.standings[self.person.standing] if self.person.standing else ""

    @property
    def shape(self) -> str:
        return SHAPES[self.person.standing] if self.person.standing else ""

    @property
    def languages(self) -> str:
        return ", ".join(self.words.languages[code] for code in self.person.languages)

    @property
    def area(self) -> str:
        return self.volunteer.housing_area.name if self.volunteer.housing_area else ""

    @property
    def district(self) -> str:
        return self.volunteer.housing_area.district.name if self.volunteer.housing_area else ""

    def holds(self, kind: str) -> bool:
        return kind in self.person.trained

    @property
    def certificates(self) -> str:
        return capfirst(", ".join(self.words.trained[kind] for kind in self.words.trained if self.holds(kind)))


class Words:
    """What stands in many rows, translated once."""

    def __init__(self) -> None:
        self.roles = {one.value: str(one.label) for one in Membership.Role}
        self.standings = {one: capfirst(str(one.label)) for one in Standing}
        self.languages = {code: str(name) for code, name in LANGUAGES}
        self.trained = {
            Curriculum.Kind.BASIC.value: _("diploma"),
            Curriculum.Kind.COORDINATOR.value: _("course certificate"),
        }
        self.erased = _("Erased person")


def _columns() -> Sequence[Column]:
    area: Any = danish_order("housing_area__name")
    return [
        Column(
            "navn",
            gettext_lazy("Name"),
            lambda line: line.volunteer.name or line.words.erased,
            order=[OrderBy(by_name())],
            url=lambda line: line.url,
            detail=lambda line: line.volunteer.phone,
        ),
        Column("telefon", gettext_lazy("Telephone"), lambda line: line.volunteer.phone, on_page=False),
        Column("e-mail", gettext_lazy("E-mail"), lambda line: line.volunteer.email, on_page=False),
        Column("postnr", gettext_lazy("Postcode"), lambda line: line.volunteer.postcode, on_page=False),
        Column("trin", gettext_lazy("Stage"), lambda line: line.standing, shape=lambda line: line.shape),
        Column("roller", gettext_lazy("Roles"), lambda line: line.roles),
        Column("sprog", gettext_lazy("Languages"), lambda line: capfirst(line.languages)),
        Column(
            "omraade",
            gettext_lazy("Housing area"),
            lambda line: line.area,
            order=[area],
            detail=lambda line: line.district,
        ),
        Column("bydel", gettext_lazy("District"), lambda line: line.district, on_page=False),
        Column("beviser", gettext_lazy("Certificates"), lambda line: line.certificates, in_file=False),
        Column("diplom", gettext_lazy("Diploma"), lambda line: line.holds("basic"), on_page=False),
        Column(
            "kursusbevis", gettext_lazy("Course certificate"), lambda line: line.holds("coordinator"), on_page=False
        ),
    ]


@require_safe
def volunteer_list(request: StandingRequest) -> HttpResponseBase:
    """The programme's volunteers in Danish order; persons, so never for the municipality."""
    standing: Any = request.standing
    if not standing.may_see_persons:
        raise PermissionDenied
    programme = standing.programme
    asked = ask(request, programme)
    form = VolunteerFilter(request.GET, programme=programme, moment=asked.moment)
    words = Words()

    def lines(rows: list[Any]) -> list[VolunteerLine]:
        found = persons(programme.pk, asked.moment, only=[row.pk for row in rows])
        return [VolunteerLine(row, found[row.pk], words, asked.query) for row in rows]

    listing = Listing(
        request,
        # All of the programme's: who may see persons in it sees every one.
        each_once(Volunteer.objects.filter(programme=programme), asked.moment).select_related("housing_area__district"),
        _columns(),
        title=_("Volunteers"),
        form=form,
        default="navn",
        lines=lines,
        about=about(programme, asked, form.in_words()),
        moment_query=asked.query,
    )
    if answer := listing.file("frivillige"):
        return answer
    moment = {name: request.GET[name] for name in ("on", "known_at") if request.GET.get(name)}
    context = {
        "listing": listing,
        "programme": programme,
        "views": views(request.GET, moment),
        "can_create": standing.is_secretariat and asked.is_present,
    }
    return render(request, "volunteers/list.html", asked.context() | context)


def about(programme: Any, asked: Asked, filtered: str) -> list[tuple[str, str]]:
    """What a file says of itself: whose, of when, and what was asked for."""
    found = [(_("Programme"), str(programme)), (_("As of"), dato(asked.moment.on))]
    if not asked.moment.is_known_now:
        found.append((_("As we knew it on"), tidspunkt(asked.moment.known_at)))
    if filtered:
        found.append((_("Filter"), filtered))
    return found
