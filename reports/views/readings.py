"""The access log for secretariat and Foundation: who has looked at whom, and the monthly sample of it."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from accounts.models import User
from bydelsmoedre.addresses import url
from bydelsmoedre.danish import tidspunkt
from bydelsmoedre.entry import enter
from bydelsmoedre.fields import DanishDateField, FilterForm
from bydelsmoedre.listing import Column, Listing
from bydelsmoedre.moment import COPENHAGEN, calendar_today
from programme.access import Standing, StandingRequest, fetch
from programme.forms.readings import ReadingCheckForm
from programme.models import Programme, Reading
from programme.sample import month_before, sample
from volunteers.models import Volunteer

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")

#: What the pages that show persons most are called; any other is told by its address's name.
PAGES = {
    "volunteers:list": gettext_lazy("the list of volunteers"),
    "volunteers:detail": gettext_lazy("the volunteer's page"),
    "volunteers:access": gettext_lazy("handing out data"),
    "volunteers:access_file": gettext_lazy("handing out data"),
    "volunteers:erase": gettext_lazy("erasing"),
    "volunteers:retention": gettext_lazy("volunteers to be erased"),
    "volunteers:readings": gettext_lazy("the log itself"),
    "volunteers:sample": gettext_lazy("the log's sample"),
    "associations:detail": gettext_lazy("an association's page"),
    "training:course": gettext_lazy("a course"),
    "training:attendance": gettext_lazy("attendance"),
    "reports:dashboard": gettext_lazy("Overview"),
    "reports:today": gettext_lazy("Today"),
    "reports:search": gettext_lazy("the search"),
    "reports:criterion": gettext_lazy("a criterion"),
    "reports:evidence": gettext_lazy("a file"),
}


class ReadingFilter(FilterForm):
    """Whose readings, about whom, within a period."""

    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    bruger = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Who looked"), required=False, to_field_name="uuid"
    )
    fra = DanishDateField(label=gettext_lazy("From"), required=False, may_be_future=True)
    til = DanishDateField(label=gettext_lazy("To and including"), required=False, may_be_future=True)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["bruger"]
        chosen.queryset = User.objects.filter(
            pk__in=Reading.objects.filter(programme=programme).order_by().values("user").distinct()
        )
        chosen.empty_label = _("Everybody")

    def filter(self, readings: QuerySet[Reading]) -> QuerySet[Reading]:
        asked = self.cleaned_data
        if asked["person"]:
            readings = readings.filter(persons__contains=[asked["person"]])
        if asked["bruger"]:
            readings = readings.filter(user=asked["bruger"])
        if asked["fra"]:
            readings = readings.filter(read_at__gte=_begins(asked["fra"]))
        if asked["til"]:
            readings = readings.filter(read_at__lt=_begins(asked["til"]) + dt.timedelta(days=1))
        return readings


def _begins(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=COPENHAGEN)


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """A reading in words. Where it was of one person, she is named; a list's persons are counted."""

    reading: Reading
    person: Volunteer | None

    @property
    def whom(self) -> str:
        if self.person is not None:
            return str(self.person)
        number = len(self.reading.persons)
        return ngettext("%(number)s person", "%(number)s persons", number) % {"number": number}

    @property
    def person_url(self) -> str:
        return self.person.get_absolute_url() if self.person else ""

    @property
    def page(self) -> str:
        return str(PAGES.get(self.reading.page, self.reading.page))

    @property
    def check_url(self) -> str:
        return url("volunteers:check_reading", self.reading.uuid)


def _lines(rows: list[Reading]) -> list[ReadingLine]:
    """One query more: the names of those who were looked at alone."""
    alone = {row.persons[0] for row in rows if len(row.persons) == 1}
    named = {one.uuid: one for one in Volunteer.objects.filter(uuid__in=alone)}
    return [ReadingLine(row, named.get(row.persons[0]) if len(row.persons) == 1 else None) for row in rows]


COLUMNS = [
    Column(
        "tid", gettext_lazy("When"), lambda line: line.reading.read_at, order=["read_at"],
        shown=lambda line: tidspunkt(line.reading.read_at),
    ),
    Column("bruger", gettext_lazy("Who looked"), lambda line: str(line.reading.user),
           detail=lambda line: line.reading.user.office),
    Column("person", gettext_lazy("At whom"), lambda line: line.whom, url=lambda line: line.person_url),
    Column("hvordan", gettext_lazy("How"), lambda line: capfirst(line.reading.get_how_display()), order=["how"],
           detail=lambda line: line.page),
]  # fmt: skip


def _programme(request: StandingRequest) -> Programme:
    """The programme in view, for who may meet its persons; its log is not for a local coordinator."""
    standing: Standing = request.standing
    if not standing.may_see_persons or standing.programme is None:
        raise PermissionDenied
    programme: Programme = standing.programme
    return programme


@require_safe
def reading_list(request: StandingRequest) -> HttpResponseBase:
    """Who has looked at whom, the latest first."""
    programme = _programme(request)
    form = ReadingFilter(request.GET, programme=programme)
    listing = Listing(
        request,
        Reading.objects.visible_to(request.user).filter(programme=programme).select_related("user"),
        COLUMNS,
        title=_("Who has looked"),
        form=form,
        default="-tid",
        lines=_lines,
    )
    if answer := listing.file("laesninger"):
        return answer
    asked = form.cleaned_data.get("person") if form.is_valid() else None
    person = Volunteer.objects.filter(programme=programme, uuid=asked).first() if asked else None
    return render(request, "volunteers/readings.html", {"listing": listing, "person": person})


@require_safe
def reading_sample(request: StandingRequest) -> HttpResponse:
    """The month's sample, to be looked at one by one."""
    programme = _programme(request)
    last = month_before(calendar_today())
    month = _month(request.GET.get("maaned", ""), last)
    lines = _lines(sample(programme, month))
    context = {
        "lines": lines,
        "month": capfirst(date_format(month, "F Y")),
        "left": sum(not hasattr(line.reading, "check_of") for line in lines),
        "earlier": f"{month_before(month):%Y-%m}",
        "later": f"{(month + dt.timedelta(days=32)):%Y-%m}" if month < last else "",
    }
    return render(request, "volunteers/sample.html", context)


def _month(text: str, last: dt.date) -> dt.date:
    """The month asked for: the last one where none is, or one that is not over yet."""
    found = _MONTH.fullmatch(text)
    if not found or found[1] == "0000":
        return last
    return min(dt.date(int(found[1]), int(found[2]), 1), last)


def check_reading(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Somebody else than the reader says whether there was a reason to look."""
    readings = Reading.objects.filter(check_of=None).select_related("user", "programme")
    reading = fetch(readings, request.user, uuid)
    if reading.user == request.user:
        raise PermissionDenied
    (line,) = _lines([reading])
    return enter(
        request,
        partial(ReadingCheckForm, reading=reading),
        save=lambda form: form.record(by=request.user),
        title=_("Check a reading"),
        intro=_("%(who)s, %(when)s: %(whom)s, %(how)s (%(page)s)")
        % {
            "who": reading.user,
            "when": tidspunkt(reading.read_at),
            "whom": line.whom,
            "how": reading.get_how_display(),
            "page": line.page,
        },
        submit_label=_("Mark as checked"),
        back_url=url("volunteers:sample"),
    )
