"""The list of associations: how far each is at a Moment, where they lie, and where one may come."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from associations.founding import Founding, Standing, foundings
from associations.models import Association, District
from bydelsmoedre.danish import dato
from bydelsmoedre.fields import FilterField
from bydelsmoedre.listing import SORT, Column, Listing
from bydelsmoedre.moment import Moment
from bydelsmoedre.remembering import recall
from bydelsmoedre.searching import SearchKey, holds_all, wanted
from bydelsmoedre.sorting import danish_order
from programme.access import StandingRequest
from reports.district_map import FREDERIKSBERG, HEIGHT, WIDTH, district_map
from reports.moments import Asked, ask
from reports.views.prospects import ProspectLine, own_regimes, prospects_at
from volunteers.models import Membership

SHAPES = {Standing.RUNNING: "met", Standing.FOUNDED: "founded", Standing.FORMING: "not_yet", Standing.CLOSED: "waived"}


@dataclass(frozen=True, slots=True)
class AssociationLine:
    """An association in the list; how many people it has is None for who may not know."""

    association: Association
    status: Founding
    mothers: int | None = None
    coordinators: int | None = None

    @property
    def since(self) -> Any:
        return self.status.running_on or self.status.founded_on


class AssociationFilter(forms.Form):
    """What is asked of the list: a part of the name, a district, how far it is."""

    q = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=100, widget=forms.SearchInput)
    bydel = FilterField(label=gettext_lazy("District"))
    status = FilterField(label=gettext_lazy("Standing"))

    def __init__(self, *args: Any, programme: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        district: Any = self.fields["bydel"]
        district.offer(recall(("districts", programme and programme.pk), lambda: _districts(programme)))
        status: Any = self.fields["status"]
        status.offer((value, capfirst(label)) for value, label in Standing.choices)

    def filter(self, rows: Any) -> Any:
        """By name and district in a queryset; by standing, which is derived, in a list of lines."""
        if isinstance(rows, QuerySet):
            if text := self.cleaned_data["q"]:
                rows = rows.alias(key=SearchKey("name")).filter(holds_all("key", wanted(text)))
            district = self.cleaned_data["bydel"]
            return rows.filter(housing_area__district=district) if district else rows
        status = self.cleaned_data["status"]
        return [line for line in rows if not status or line.status.standing == status]


def _districts(programme: Any) -> list[tuple[str, str]]:
    """The programme's districts as choices, in Danish order; one query."""
    ours = District.objects.filter(programme=programme).order_by(danish_order("name"))
    return [(str(pk), name) for pk, name in ours.values_list("pk", "name")]


def _columns(asked: Asked, *, with_people: bool) -> list[Column]:
    return [
        Column(
            "navn",
            gettext_lazy("Association"),
            lambda line: line.association.name,
            order=[danish_order("name")],
            url=lambda line: line.association.get_absolute_url() + asked.query,
        ),
        Column(
            "omraade",
            gettext_lazy("Housing area"),
            lambda line: line.association.housing_area.name,
            order=[danish_order("housing_area__name")],
            detail=lambda line: line.association.housing_area.district.name,
        ),
        Column(
            "bydel", gettext_lazy("District"), lambda line: line.association.housing_area.district.name, on_page=False
        ),
        Column(
            "status",
            gettext_lazy("Standing"),
            lambda line: capfirst(line.status.standing.label),
            shape=lambda line: SHAPES[line.status.standing],
            is_derived=True,
        ),
        Column("stiftet", gettext_lazy("Founded"), lambda line: line.status.founded_on, is_derived=True),
        Column("i-drift", gettext_lazy("In operation"), lambda line: line.status.running_on, is_derived=True),
        Column(
            "trin",
            gettext_lazy("Steps done"),
            lambda line: line.status.done,
            shown=lambda line: _("%(done)s of %(total)s") % {"done": line.status.done, "total": line.status.total},
            is_number=True,
            is_derived=True,
        ),
        *(_people_columns() if with_people else []),
    ]


def _people_columns() -> list[Column]:
    """How many people each has: for who may know."""
    return [
        Column("moedre", gettext_lazy("Active mothers"), lambda line: line.mothers, is_number=True, is_derived=True),
        Column(
            "koordinatorer",
            gettext_lazy("Coordinators"),
            lambda line: line.coordinators,
            is_number=True,
            is_derived=True,
        ),
    ]


@require_safe
def association_list(request: StandingRequest) -> HttpResponseBase:
    """The associations within reach, each with how far it is."""
    standing: Any = request.standing
    rows = Association.objects.visible_to(request.user)
    programme = standing.programme or next((one.programme for one in rows.select_related("programme")[:1]), None)
    rows = rows.filter(programme=programme).select_related("housing_area__district").defer("note")
    asked = ask(request, programme)
    rows = rows.filter(Q(opened_on=None) | Q(opened_on__lte=asked.moment.on))
    listing = _listing(request, rows, asked, programme)
    if file := listing.file(f"foreninger-{asked.moment.on.isoformat()}"):
        return file
    prospects = prospects_at(programme, asked.moment) if not standing.is_local else []
    still = [one for one in prospects if one.is_open]
    context = {
        "listing": listing,
        "prospects": still,
        "regimes": recall(
            ("own regimes", programme and programme.pk, asked.moment), lambda: own_regimes(programme, asked.moment)
        )
        if not standing.is_local
        else [],
        "former_prospects": [one for one in prospects if not one.is_open] if standing.may_see_persons else [],
        "places": _places(listing, still) if not standing.is_local else [],
        "map_size": (WIDTH, HEIGHT, FREDERIKSBERG),
        "can_create": standing.is_secretariat and asked.is_present,
    }
    return render(request, "associations/list.html", asked.context() | context)


def _listing(request: StandingRequest, rows: QuerySet, asked: Asked, programme: Any) -> Listing:
    standing: Any = request.standing
    with_people = standing.may_see_persons or standing.is_local
    lines: Callable[[list[Any]], list[Any]] = partial(_lines, moment=asked.moment)
    if with_people:
        rows = _with_people(rows, asked.moment)
    form = AssociationFilter(request.GET, programme=programme)
    columns = _columns(asked, with_people=with_people)
    sorts_by = request.GET.get(SORT, "").removeprefix("-")
    derived: Any = rows
    if request.GET.get("status") or any(column.is_derived and column.name == sorts_by for column in columns):
        derived = lines(list((form.filter(rows) if form.is_valid() else rows).order_by(danish_order("name"), "pk")))
        lines = list
    return Listing(
        request=request,
        rows=derived,
        columns=columns,
        title=_("Associations"),
        form=form,
        default="navn",
        lines=lines,
        about=[(_("Programme"), str(programme or "")), (_("As of"), dato(asked.moment.on))],
        moment_query=asked.query,
        is_impersonal=True,
    )


def _lines(found: list[Any], *, moment: Moment) -> list[AssociationLine]:
    """The associations with their standing; one query."""
    status: dict[int, Founding] = {}
    for programme_id in sorted({one.programme_id for one in found}):
        ours = [one.pk for one in found if one.programme_id == programme_id]
        status |= {one.id: one for one in foundings(programme_id, moment, only=ours)}
    return [
        AssociationLine(one, status[one.pk], getattr(one, "mothers", None), getattr(one, "coordinators", None))
        for one in found
    ]


def _with_people(rows: QuerySet, moment: Moment) -> QuerySet:
    """How many mothers and coordinators each association has on the day; in the same query."""
    return rows.annotate(
        mothers=_persons(moment, Membership.Role.MOTHER), coordinators=_persons(moment, Membership.Role.COORDINATOR)
    )


def _persons(moment: Moment, role: str) -> Coalesce:
    held = Membership.objects.at(moment).filter(association=OuterRef("pk"), role=role).order_by()
    counted = held.values("association").annotate(number=Count("volunteer", distinct=True)).values("number")
    return Coalesce(Subquery(counted), 0)


def _places(listing: Listing, prospects: list[ProspectLine]) -> list[Any]:
    """The map of what the page shows: no more is asked of the database for it."""
    shown = [
        (line.association.housing_area.district.name, line.status.standing.value)
        for line in listing.page.object_list
        if line.status.standing != Standing.CLOSED
    ]
    waiting = [(one.prospect.housing_area.district.name, "prospect") for one in prospects]
    return district_map([*shown, *waiting])
