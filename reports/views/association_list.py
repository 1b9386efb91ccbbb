"""The list of associations: how far each is at a Moment, where they lie, and where one may come."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.db.models import Count, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from associations.founding import Founding, Standing, foundings
from associations.models import Association, District, HousingArea, HousingPlan
from bydelsmoedre.danish import dato
from bydelsmoedre.fields import FilterField, FilterForm
from bydelsmoedre.listing import SORT, Column, Listing
from bydelsmoedre.moment import Moment
from bydelsmoedre.remembering import recall
from bydelsmoedre.searching import SearchKey, holds_all, wanted
from bydelsmoedre.sorting import danish_key, danish_order
from programme.access import StandingRequest
from reports.district_map import FREDERIKSBERG, HEIGHT, WIDTH, district_map
from reports.moments import Asked, ask
from reports.views.districts import district_file, district_files, district_lines, headings
from reports.views.prospects import own_regimes, prospects_at
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


#: Chosen in the filter: areas that no housing plan covers.
NO_PLAN = "ingen"


class AssociationFilter(FilterForm):
    """What is asked of the list: a part of the name, a district, a housing plan, how far it is. District and housing
    plan are asked of the prospects too."""

    q = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=100, widget=forms.SearchInput)
    bydel = FilterField(label=gettext_lazy("District"))
    helhedsplan = FilterField(label=gettext_lazy("Housing plan"))
    status = FilterField(label=gettext_lazy("Standing"))

    def __init__(self, *args: Any, programme: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = recall(("districts and plans", programme and programme.pk), lambda: _offered(programme))
        district: Any = self.fields["bydel"]
        district.offer((pk, name) for kind, pk, name in offered if kind == "d")
        plan: Any = self.fields["helhedsplan"]
        plans = [(pk, name) for kind, pk, name in offered if kind == "p"]
        plan.offer([*plans, (NO_PLAN, _("No housing plan"))])
        status: Any = self.fields["status"]
        status.offer((value, capfirst(label)) for value, label in Standing.choices)

    def filter(self, rows: Any) -> Any:
        """By name and district in a queryset; by standing, which is derived, in a list of lines."""
        if isinstance(rows, QuerySet):
            if text := self.cleaned_data["q"]:
                rows = rows.alias(key=SearchKey("name")).filter(holds_all("key", wanted(text)))
            return rows.filter(**self._of_area())
        status = self.cleaned_data["status"]
        return [line for line in rows if not status or line.status.standing == status]

    def _of_area(self) -> dict[str, Any]:
        """What is asked of the housing area, as a condition on whatever lies in one."""
        district, plan = (self.cleaned_data[name] for name in ("bydel", "helhedsplan"))
        asked: dict[str, Any] = {"housing_area__district": district} if district else {}
        if plan == NO_PLAN:
            asked["housing_area__housing_plan"] = None
        elif plan:
            asked["housing_area__housing_plan"] = plan
        return asked

    def has_area(self, area: HousingArea) -> bool:
        """The same of an area that is at hand."""
        district, plan = (self.cleaned_data[name] for name in ("bydel", "helhedsplan"))
        of_plan = NO_PLAN if area.housing_plan_id is None else str(area.housing_plan_id)
        return district in ("", str(area.district_id)) and plan in ("", of_plan)


def _offered(programme: Any) -> list[tuple[str, str, str]]:
    """The programme's districts ("d") and housing plans ("p") as choices, in Danish order; one query."""
    ours = [
        model.objects.filter(programme=programme).order_by().annotate(kind=Value(kind))
        for kind, model in (("d", District), ("p", HousingPlan))
    ]
    named = [rows.values_list("kind", "pk", "name") for rows in ours]
    found = sorted(named[0].union(named[1], all=True), key=lambda row: danish_key(row[2]))
    return [(kind, str(pk), name) for kind, pk, name in found]


def place_of(area: HousingArea) -> str:
    """Where an area lies: its district, and the housing plan that covers it."""
    return " · ".join([area.district.name, *([area.housing_plan.name] if area.housing_plan else [])])


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
            detail=lambda line: place_of(line.association.housing_area),
        ),
        Column(
            "bydel", gettext_lazy("District"), lambda line: line.association.housing_area.district.name, on_page=False
        ),
        Column(
            "helhedsplan",
            gettext_lazy("Housing plan"),
            lambda line: str(line.association.housing_area.housing_plan or ""),
            on_page=False,
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
    rows = rows.filter(programme=programme)
    rows = rows.select_related("housing_area__district", "housing_area__housing_plan").defer("note")
    asked = ask(request, programme)
    rows = rows.filter(Q(opened_on=None) | Q(opened_on__lte=asked.moment.on))
    lines = district_lines(programme, asked, may_see_persons=standing.may_see_persons) if not standing.is_local else []
    if lines and (file := district_file(request, programme, asked, lines)):
        return file
    listing = _listing(request, rows, asked, programme)
    if file := listing.file(f"foreninger-{asked.moment.on.isoformat()}"):
        return file
    prospects = prospects_at(programme, asked.moment) if not standing.is_local else []
    if listing.form.is_valid():
        prospects = [one for one in prospects if listing.form.has_area(one.prospect.housing_area)]
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
        "districts": lines,
        "place_of": place_of,
        "district_headings": headings(),
        "district_files": district_files(request),
        "places": district_map(lines),
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
    """Who was recorded twice counts once."""
    merged = FilteredRelation("volunteer__same_as", condition=Q(volunteer__same_as__known__contains=moment.known_at))
    held = Membership.objects.at(moment).filter(association=OuterRef("pk"), role=role).order_by().annotate(same=merged)
    person = Coalesce("same__kept", "volunteer")
    counted = held.values("association").annotate(number=Count(person, distinct=True)).values("number")
    return Coalesce(Subquery(counted), 0)
