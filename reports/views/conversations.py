"""Conversations: single ones for who may meet them, totals for the municipality."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, OrderBy, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from associations.models import Association
from bydelsmoedre.addresses import url
from bydelsmoedre.entry import here
from bydelsmoedre.fields import DanishDateField, FilterField, FilterForm
from bydelsmoedre.listing import Column, Listing
from bydelsmoedre.moment import Moment
from bydelsmoedre.remembering import recall
from bydelsmoedre.sorting import danish_key, danish_order
from programme.access import StandingRequest
from reports.figures.conversations import Conversations, Totals, conversation_totals
from reports.figures.conversations import released as released_moment
from reports.moments import Asked, ask
from reports.views.volunteer_list import about
from volunteers.models import Conversation, ConversationTopic


def conversation_count(association: Association, moment: Moment) -> int:
    """How many conversations an association has had by the day, as known then; one query."""
    return Conversation.objects.at(moment).filter(association=association).count()


class ConversationFilter(FilterForm):
    """Association, period and topic."""

    forening = FilterField(label=gettext_lazy("Association"))
    fra = DanishDateField(label=gettext_lazy("From"), required=False, may_be_future=True)
    til = DanishDateField(label=gettext_lazy("To and including"), required=False, may_be_future=True)
    emne = FilterField(label=gettext_lazy("Topic"))

    def __init__(self, data: Any, *, associations: Sequence[Association]) -> None:
        super().__init__(data)
        for name in ("fra", "til"):
            self.fields[name].help_text = ""
        places: Any = self.fields["forening"]
        places.offer((str(one.uuid), one.name) for one in associations)
        topics: Any = self.fields["emne"]
        topics.offer((one.value, capfirst(str(one.label))) for one in ConversationTopic)

    def filter(self, rows: QuerySet) -> QuerySet:
        given = self.cleaned_data
        wanted = {
            "association__uuid": given["forening"],
            "happened_on__gte": given["fra"],
            "happened_on__lte": given["til"],
            "topics__contains": [given["emne"]] if given["emne"] else None,
        }
        return rows.filter(**{name: value for name, value in wanted.items() if value})

    def in_words(self) -> str:
        """The filter in words, for a file."""
        asked = []
        for name, value in (self.cleaned_data if self.is_valid() else {}).items():
            if value:
                field: Any = self.fields[name]
                asked.append(f"{field.label}: {dict(getattr(field, 'choices', ())).get(value, value)}")
        return ", ".join(asked)


def _columns(retractable: set[int], back: str) -> list[Column]:
    topics = {one.value: str(one.label) for one in ConversationTopic}
    return [
        Column("dato", gettext_lazy("Date"), lambda one: one.happened_on, order=[OrderBy(F("happened_on"))]),
        Column(
            "forening",
            gettext_lazy("Association"),
            lambda one: one.association.name,
            order=[danish_order("association__name")],
        ),
        Column(
            "kontakt",
            gettext_lazy("How contact arose"),
            lambda one: capfirst(one.get_contact_display()),
            order=["contact"],
        ),
        Column("emner", gettext_lazy("Topics"), lambda one: capfirst(", ".join(topics[topic] for topic in one.topics))),
        Column(
            "naeste", gettext_lazy("Next step"), lambda one: capfirst(one.get_next_step_display()), order=["next_step"]
        ),
        Column("sprog", gettext_lazy("Language"), lambda one: capfirst(one.get_language_display()), order=["language"]),
        Column(
            "minutter", pgettext_lazy("duration", "Minutes"), lambda one: one.minutes, order=["minutes"], is_number=True
        ),
        Column("kvinder", gettext_lazy("Women"), lambda one: one.women, order=["women"], is_number=True, on_page=False),
        Column(
            "boern",
            gettext_lazy("Children"),
            lambda one: one.children,
            order=["children"],
            is_number=True,
            on_page=False,
        ),
        Column(
            "kommunen",
            gettext_lazy("Contact with the municipality"),
            lambda one: one.with_municipality,
            order=["with_municipality"],
            on_page=False,
        ),
        *([_retracting(retractable, back)] if retractable else []),
    ]


def _retracting(retractable: set[int], back: str) -> Column:
    return Column(
        "handling",
        gettext_lazy("Actions"),
        lambda one: _("Retract") if one.association_id in retractable else "",
        url=lambda one: f"{_retract_url(one)}?{back}" if one.association_id in retractable else "",
        in_file=False,
        can_sort=False,
    )


def _retract_url(conversation: Conversation) -> str:
    return url("reports:retract", "samtale", conversation.uuid)


@require_safe
def conversation_list(request: StandingRequest) -> HttpResponseBase:
    """The conversations within reach; for the municipality their totals."""
    standing: Any = request.standing
    if standing.is_caseworker:
        return _totals_page(request)
    chosen = standing.programme and standing.programme.pk
    associations = recall(("associations", request.user.pk, chosen), lambda: _associations(request.user, chosen))
    programme = standing.programme or next((one.programme for one in associations), None)
    asked = ask(request, programme)
    mine = associations if (standing.is_secretariat or standing.is_local) and asked.is_present else []
    listing = _listing(request, asked, programme, associations, {one.pk for one in mine})
    if answer := listing.file("samtaler"):
        return answer
    wanted = request.GET.get("forening", "")
    here = [one for one in mine if str(one.uuid) == wanted] or mine
    context = {
        "listing": listing,
        "converse_url": url("volunteers:converse", here[0].uuid) if len(here) == 1 else "",
        "may_converse": bool(mine),
    }
    return render(request, "volunteers/conversations.html", asked.context() | context)


def _associations(user: Any, chosen: int | None) -> list[Association]:
    """Those within reach, of the programme chosen, in Danish order; without the words that are written about them."""
    within = Association.objects.visible_to(user).select_related("programme").defer("note", "email")
    if chosen:
        within = within.filter(programme=chosen)
    return sorted(within, key=lambda one: danish_key(one.name))


def _listing(
    request: StandingRequest, asked: Asked, programme: Any, associations: list[Association], mine: set[int]
) -> Listing:
    form = ConversationFilter(request.GET, associations=associations)
    rows = Conversation.objects.visible_to(request.user).at(asked.moment)
    return Listing(
        request,
        rows.filter(association__programme=programme).select_related("association").defer("known", "period"),
        _columns(mine, urlencode({"next": here(request)})),
        title=_("Conversations"),
        form=form,
        default="-dato",
        about=about(programme, asked, form.in_words()),
        moment_query=asked.query,
    )


# --- For the municipality


@dataclass(frozen=True, slots=True)
class TotalsTable:
    """A table of totals in words."""

    title: str
    headings: list[str]
    rows: list[tuple[str, list[str]]]
    has_total: bool  #: is the last row the total?


def _totals_page(request: StandingRequest) -> HttpResponse:
    programme = request.standing.programme
    asked = ask(request, programme)
    released = conversation_totals(programme, asked.moment)
    topics = dict(ConversationTopic.choices)
    tables = [
        _in_words(_("Conversations by association"), released, released.by_association, total=released.total),
        _in_words(
            _("Conversations by topic"),
            released,
            released.by_topic,
            names={name: capfirst(str(words)) for name, words in topics.items()},
        ),
    ]
    context = {
        "tables": [table for table in tables if table.rows],
        "released_until": released_moment(asked.moment).on,
    }
    return render(request, "volunteers/conversation_totals.html", asked.context() | context)


def _in_words(
    title: str,
    released: Conversations,
    totals: Totals,
    *,
    names: dict[str, str] | None = None,
    total: list[str] | None = None,
) -> TotalsTable:
    quarters = [
        _("Quarter %(number)s, %(year)s") % {"number": (quarter.month + 2) // 3, "year": quarter.year}
        for quarter in released.quarters
    ]
    labels = [(names or {}).get(row, row) for row in totals.rows]
    rows = sorted(zip(labels, totals.cells, strict=True), key=lambda row: danish_key(row[0]))
    if rows and total:
        rows.append((_("Total"), total))
    return TotalsTable(title, [*quarters, _("Total")], rows, has_total=bool(total))
