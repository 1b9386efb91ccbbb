"""Meetings in a list at a Moment: whether they are planned, held or passed unrecorded, and what came of them."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bydelsmoedre.fields import DanishDateField, FilterField, FilterForm
from bydelsmoedre.listing import Column
from bydelsmoedre.moment import Moment
from bydelsmoedre.sorting import danish_order
from programme.models import ActionDone, ActionPoint, Decision, Meeting, MeetingHeld, Organisation, Programme
from reports.moments import Asked

#: How a meeting stands, in words and with the shape beside them.
WORDS = {
    "planned": gettext_lazy("Planned"),
    "held": gettext_lazy("Held"),
    "passed": gettext_lazy("Not recorded"),
}
SHAPES = {"planned": "clock", "held": "met", "passed": "near"}


def state_of(planned_on: dt.date, held_on: dt.date | None, on: dt.date) -> str:
    """Whether a meeting is held, still to come, or passed without being recorded."""
    if held_on:
        return "held"
    return "passed" if planned_on < on else "planned"


def _count(rows: QuerySet) -> Coalesce:
    """How many of the rows belong to the meeting."""
    return Coalesce(Subquery(rows.order_by().values("meeting").annotate(n=Count("pk")).values("n")), Value(0))


def meetings_at(programme: Programme, moment: Moment) -> QuerySet:
    """Every meeting, with when it was held, how much it decided, and how much is still to do of what it agreed on."""
    mine = {"meeting": OuterRef("pk")}
    held = MeetingHeld.objects.at(moment).filter(**mine).values("happened_on")[:1]
    is_done = Exists(ActionDone.objects.at(moment).filter(action_point=OuterRef("pk")))
    points = ActionPoint.objects.filter(~is_done, **mine)
    return (
        Meeting.objects.filter(programme=programme)
        .select_related("body")
        .annotate(
            held_on=Subquery(held),
            decided=_count(Decision.objects.at(moment).filter(**mine)),
            undone=_count(points),
        )
    )


def columns(asked: Asked) -> list[Column]:
    on = asked.moment.on

    def state(row: Any) -> str:
        return state_of(row.planned_on, row.held_on, on)

    def undone(row: Any) -> int | None:
        """What is agreed on at a meeting is to be done once it is over."""
        return None if state(row) == "planned" else row.undone

    return [
        Column(
            "moede",
            gettext_lazy("Meeting"),
            lambda row: row.title,
            order=[danish_order("title"), "pk"],
            url=lambda row: row.get_absolute_url() + asked.query,
            detail=lambda row: row.body.name,
        ),
        Column("organ", gettext_lazy("Body"), lambda row: row.body.name, on_page=False),
        Column("planlagt", gettext_lazy("Planned for"), lambda row: row.planned_on, order=["planned_on", "pk"]),
        Column("afholdt", gettext_lazy("Held on"), lambda row: row.held_on, order=["held_on", "pk"]),
        Column(
            "status",
            gettext_lazy("Standing"),
            lambda row: str(WORDS[state(row)]),
            shape=lambda row: SHAPES[state(row)],
            can_sort=False,
        ),
        Column(
            "beslutninger", gettext_lazy("Decisions"), lambda row: row.decided, order=["decided", "pk"], is_number=True
        ),
        Column("opgaver", gettext_lazy("Open action points"), undone, order=["undone", "pk"], is_number=True),
    ]


class MeetingFilter(FilterForm):
    """What is asked of the list: a body, how the meeting stands, from when to when."""

    organ = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Body"), required=False, empty_label=gettext_lazy("All")
    )
    status = FilterField(label=gettext_lazy("Standing"))
    fra = DanishDateField(label=gettext_lazy("From"), required=False, may_be_future=True)
    til = DanishDateField(label=gettext_lazy("To and including"), required=False, may_be_future=True)

    def __init__(self, *args: Any, programme: Programme, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        body: Any = self.fields["organ"]
        body.queryset = Organisation.objects.filter(programme=programme, meetings__isnull=False).distinct()
        status: Any = self.fields["status"]
        status.choices = [("", _("All")), *WORDS.items()]

    def filter(self, rows: QuerySet) -> QuerySet:
        asked = self.cleaned_data
        wanted = Q(body=asked["organ"]) if asked["organ"] else Q()
        if asked["fra"]:
            wanted &= Q(planned_on__gte=asked["fra"])
        if asked["til"]:
            wanted &= Q(planned_on__lte=asked["til"])
        return rows.filter(wanted & self._state(asked["status"]))

    def _state(self, status: str) -> Q:
        """The same as `state_of`, in a query."""
        is_past = Q(planned_on__lt=self.on)
        return {
            "held": Q(held_on__isnull=False),
            "passed": Q(held_on=None) & is_past,
            "planned": Q(held_on=None) & ~is_past,
        }.get(status, Q())
