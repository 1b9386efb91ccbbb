"""Søg: one box for persons, associations, courses, documents, agreements and meetings.

What is asked for may be a person's name: nothing of it is recalled or logged, and the answer is stored nowhere
(`no-store`, as every page).
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.moment import Moment, today
from bydelsmoedre.personal import hide_cpr, refuse_cpr
from bydelsmoedre.searching import DIGITS, LONGEST, wanted, wanted_of_persons
from bydelsmoedre.stale import send_next_time
from programme.access import StandingRequest
from reports.things import find_things
from volunteers.finding import Found, find_persons
from volunteers.models import Membership, Volunteer

#: So many of each kind are shown.
MOST = 20
#: So many letters or digits are looked for at least.
FEWEST = 2

HEADINGS = {
    "association": gettext_lazy("Associations"),
    "course": gettext_lazy("Courses"),
    "document": gettext_lazy("Documents"),
    "agreement": gettext_lazy("Agreements"),
    "meeting": gettext_lazy("Meetings"),
}

#: The lists that take the same words.
LISTS = {"person": "volunteers:list", "association": "associations:list", "course": "training:list"}


class SearchForm(forms.Form):
    """What is looked for."""

    q = forms.CharField(
        label=gettext_lazy("Search"),
        required=False,
        max_length=LONGEST,
        widget=forms.SearchInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
        error_messages={"max_length": gettext_lazy("Write at most %(limit_value)d letters.")},
    )

    def clean_q(self) -> str:
        text: str = self.cleaned_data["q"]
        try:
            refuse_cpr(text)
        except forms.ValidationError:
            send_next_time(self, "q", hide_cpr(text)[0])
            raise
        if text and wanted(text).letters < FEWEST:
            raise forms.ValidationError(_("Write at least two letters of the name."))
        return text


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found, in words."""

    title: str
    url: str
    detail: str = ""
    phone: str = ""
    on: Any = None
    is_alike: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind, the best first."""

    kind: str
    heading: str
    hits: list[Hit]
    is_cut: bool  #: there are more than are shown
    all_url: str  #: the list of all that hold the words, where there is one


@require_safe
def search(request: StandingRequest) -> HttpResponse:
    """What fits, of all that the reader may see in the programme in view; a local coordinator: of her own."""
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    groups = [group for group in _groups(request, text) if group.hits] if text else []
    context = {
        "form": form,
        "text": text,
        "groups": groups,
        "may_find_persons": _persons(request) is not None,
        "digits": DIGITS,
    }
    return render(request, "reports/search.html", context)


def _groups(request: StandingRequest, text: str) -> list[Group]:
    found = []
    persons = _persons(request)
    if persons is not None:
        hits = _person_hits(request, find_persons(persons, wanted_of_persons(text), MOST + 1))
        found.append(_group(request, "person", _("Persons"), hits, text))
    things = find_things(request, wanted(text), MOST + 1)
    for kind, heading in HEADINGS.items():
        hits = [Hit(one.title, one.url, one.detail, on=one.on, is_alike=one.is_alike) for one in things.get(kind, [])]
        found.append(_group(request, kind, str(heading), hits, text))
    return found


def _persons(request: StandingRequest) -> QuerySet[Volunteer] | None:
    """Those whom the reader may find. The municipality finds nobody: no persons are asked for."""
    standing = request.standing
    if standing.may_see_persons:
        return Volunteer.objects.visible_to(request.user).filter(programme=standing.programme)
    return Volunteer.objects.visible_to(request.user) if standing.is_local else None


def _person_hits(request: StandingRequest, found: list[Found]) -> list[Hit]:
    """Persons with what they do today, as far as the reader may know; one query."""
    whose = {pk: one.volunteer.pk for one in found for pk in one.ids}
    held = Membership.objects.visible_to(request.user).at(Moment(today())).filter(volunteer__in=whose)
    roles: dict[int, list[str]] = defaultdict(list)
    for role in held.select_related("association").order_by("role", "association__name"):
        roles[whose[role.volunteer_id]].append(f"{role.get_role_display()}, {role.association.name}")
    return [
        Hit(
            one.volunteer.name,
            one.volunteer.get_absolute_url(),
            capfirst("; ".join(roles[one.volunteer.pk] + _also(one))),
            one.volunteer.phone,
            is_alike=one.is_alike,
        )
        for one in found
    ]


def _also(found: Found) -> list[str]:
    return [_("recorded as “%(name)s” too") % {"name": found.found_as}] if found.found_as else []


def _group(request: StandingRequest, kind: str, heading: str, hits: list[Hit], text: str) -> Group:
    """The first of what was found. Its list shows all that hold the words, but none that only resemble them."""
    is_cut = len(hits) > MOST
    has_list = kind in LISTS and not hits[MOST].is_alike if is_cut else False
    may_list = kind != "person" or request.standing.may_see_persons
    all_url = f"{url(LISTS[kind])}?{urlencode({'q': text})}" if has_list and may_list else ""
    return Group(kind, heading, hits[:MOST], is_cut, all_url)
