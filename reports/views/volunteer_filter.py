"""What a list of persons can be asked for, and the views that are asked for most."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet, Value
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from associations.models import Association, District, HousingArea
from bydelsmoedre.fields import FilterField, FilterForm
from bydelsmoedre.languages import LANGUAGES
from bydelsmoedre.moment import Moment
from bydelsmoedre.remembering import recall
from bydelsmoedre.searching import holds_all, wanted_of_persons
from bydelsmoedre.sorting import danish_key
from programme.models import Programme
from reports.views.behind import CODES, persons_behind
from reports.views.behind import in_words as words_of_number
from volunteers.merging import has
from volunteers.models import LanguageSkill, Membership, Transition
from volunteers.recruitment import CANDIDATES, Standing, standing_at

#: Everybody who is on the way in, as one choice among the stages.
CANDIDATE = "candidate"
#: Whose district, housing area or language is not recorded.
UNKNOWN = "ukendt"
_PAID = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


class VolunteerFilter(FilterForm):
    """Name, e-mail or phone, in Danish spelling or without it; role, association, district, language, stage."""

    q = forms.CharField(
        label=gettext_lazy("Name, e-mail or phone"), required=False, max_length=100, widget=forms.SearchInput
    )
    rolle = FilterField(label=gettext_lazy("Role"))
    forening = FilterField(label=gettext_lazy("Association"))
    bydel = FilterField(label=gettext_lazy("District"))
    omraade = FilterField(label=gettext_lazy("Housing area"))
    sprog = FilterField(label=gettext_lazy("Language"))
    trin = FilterField(label=gettext_lazy("Stage"))
    loennet = FilterField(label=gettext_lazy("Formerly paid"))
    #: The persons behind a number: asked for by that number's link alone.
    tal = forms.ChoiceField(
        label=gettext_lazy("Behind the number"),
        required=False,
        widget=forms.HiddenInput,
        choices=[(code, code) for code in CODES],
    )

    def __init__(self, data: Any, *, programme: Programme, moment: Moment) -> None:
        super().__init__(data)
        self.programme, self.moment = programme, moment
        associations, districts, areas = recall(("places", programme.pk), lambda: _places(programme))
        unknown = [(UNKNOWN, _("Not known"))]
        languages = sorted(
            ((code, capfirst(str(name))) for code, name in LANGUAGES), key=lambda one: danish_key(one[1])
        )
        stages = [(one.value, capfirst(str(one.label))) for one in Standing]
        choices: Any
        for name, choices in {
            "rolle": [(one.value, capfirst(str(one.label))) for one in Membership.Role],
            "forening": associations,
            "bydel": [*districts, *unknown],
            "omraade": [*areas, *unknown],
            "sprog": [*languages, *unknown],
            "trin": [(CANDIDATE, _("Candidates, all")), *stages],
            "loennet": _PAID,
        }.items():
            field: Any = self.fields[name]
            field.offer(choices)

    def filter(self, volunteers: QuerySet) -> QuerySet:
        given = self.cleaned_data
        if given["q"]:
            volunteers = volunteers.filter(holds_all("search_text", wanted_of_persons(given["q"])))
        if given["rolle"] or given["forening"]:
            volunteers = volunteers.filter(has(self._roles(given["rolle"], given["forening"]), self.moment))
        for name, path in (("bydel", "housing_area__district__uuid"), ("omraade", "housing_area__uuid")):
            if wanted := given[name]:
                volunteers = volunteers.filter(**{path: None if wanted == UNKNOWN else wanted})
        if given["sprog"]:
            volunteers = volunteers.filter(self._speaks(given["sprog"]))
        if given["trin"]:
            stages = CANDIDATES if given["trin"] == CANDIDATE else (given["trin"],)
            volunteers = volunteers.filter(pk__in=standing_at(self.programme.pk, self.moment, stages))
        if given["loennet"]:
            was_paid = has(Transition.objects.all(), self.moment)
            volunteers = volunteers.filter(was_paid if given["loennet"] == "yes" else ~was_paid)
        if given["tal"]:
            volunteers = volunteers.filter(pk__in=persons_behind(self.programme.pk, self.moment, given["tal"]))
        return volunteers

    def _speaks(self, language: str) -> Q:
        spoken = LanguageSkill.objects.at(self.moment)
        if language == UNKNOWN:
            return ~has(spoken, self.moment)
        return has(spoken.filter(language=language), self.moment)

    @property
    def number(self) -> str:
        """What the number counts whose persons are asked for; "" where none are."""
        return words_of_number(self.cleaned_data["tal"]) if self.is_valid() and self.cleaned_data["tal"] else ""

    def _roles(self, role: str, association: str) -> QuerySet:
        held = Membership.objects.at(self.moment)
        if role:
            held = held.filter(role=role)
        return held.filter(association__uuid=association) if association else held

    def in_words(self) -> str:
        """The filter in words, for a file."""
        if not self.is_valid():
            return ""
        asked = []
        for name, field in self.fields.items():
            if name == "tal":
                asked += [f"{field.label}: {self.number}"] if self.number else []
            elif value := self.cleaned_data[name]:
                choices: Any = getattr(field, "choices", ())
                words = dict(choices).get(value, value)
                asked.append(f"{field.label}: {words}")
        return ", ".join(asked)


def _places(programme: Programme) -> list[list[tuple[str, str]]]:
    """The programme's associations, districts and housing areas, as choices; one query."""
    columns = ("kind", "uuid", "name")
    ours = Association.objects.filter(programme=programme).annotate(kind=Value("a")).values_list(*columns)
    found = ours.union(
        District.objects.filter(programme=programme).annotate(kind=Value("d")).values_list(*columns),
        HousingArea.objects.filter(programme=programme).annotate(kind=Value("h")).values_list(*columns),
        all=True,
    )
    places = sorted(found, key=lambda place: danish_key(place[2]))
    return [[(str(uuid), name) for kind, uuid, name in places if kind == one] for one in "adh"]


def views(asked: QueryDict, moment: dict[str, str]) -> list[tuple[str, str, bool]]:
    """The views that are asked for most: words, address, and whether this is the one shown."""
    given = {name: asked[name] for name in VolunteerFilter.base_fields if asked.get(name)}
    wanted = [
        (_("All"), {}),
        (_("Neighbourhood mothers"), {"rolle": "mother"}),
        (_("Coordinators"), {"rolle": "coordinator"}),
        (_("Candidates"), {"trin": CANDIDATE}),
        (pgettext("views of the list", "Formerly paid"), {"loennet": "yes"}),
    ]
    return [(words, f"?{urlencode(moment | query)}", query == given) for words, query in wanted]
