"""The ledger as pages show it: all postings as a list, and one posting with its reversal. For the secretariat and the
Foundation: what stands on a voucher is not for the municipality."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OrderBy, OuterRef, Q, QuerySet, Sum
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from budget.forms.ledger import LineField, line_field
from budget.models import BudgetLine, Posting, posting_key
from bydelsmoedre.addresses import url
from bydelsmoedre.danish import kort_dato
from bydelsmoedre.fields import DanishDateField, FilterForm
from bydelsmoedre.listing import Column, Listing, in_words
from bydelsmoedre.moment import Moment
from bydelsmoedre.money import ZERO
from bydelsmoedre.remembering import recall
from bydelsmoedre.searching import holds_all, wanted
from bydelsmoedre.sorting import danish_order
from programme.access import StandingRequest, fetch
from reports.ledger_files import about
from reports.moments import ask
from reports.views.evidence import evidence_url


class PostingFilter(FilterForm):
    """Which postings: of a line, within a period, with a word in them, only those that are reversed."""

    post = forms.ModelChoiceField(BudgetLine.objects.none(), label=gettext_lazy("Budget line"), required=False)
    fra = DanishDateField(label=gettext_lazy("From"), required=False, may_be_future=True)
    til = DanishDateField(label=gettext_lazy("To and including"), required=False, may_be_future=True)
    q = forms.CharField(
        label=gettext_lazy("Text, voucher or supplier"), required=False, max_length=100, widget=forms.SearchInput
    )
    tilbagefoert = forms.BooleanField(label=gettext_lazy("Only what is reversed"), required=False)

    def __init__(self, *args: Any, lines: QuerySet[BudgetLine], moment: Moment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moment = moment
        chosen: LineField = line_field(lines, self.fields["post"].label)
        chosen.required, chosen.empty_label, chosen.to_field_name = False, _("All lines"), "uuid"
        self.fields["post"] = chosen

    def filter(self, postings: QuerySet[Posting]) -> QuerySet[Posting]:
        asked = self.cleaned_data
        if asked["post"]:
            postings = postings.filter(line=asked["post"])
        if asked["fra"]:
            postings = postings.filter(happened_on__gte=asked["fra"])
        if asked["til"]:
            postings = postings.filter(happened_on__lte=asked["til"])
        if asked["q"]:
            postings = postings.alias(key=posting_key()).filter(holds_all("key", wanted(asked["q"])))
        if asked["tilbagefoert"]:
            reversals = Posting.objects.filter(reverses=OuterRef("uuid")).until(self.moment)
            postings = postings.filter(Exists(reversals))
        return postings


@dataclass(frozen=True, slots=True)
class PostingLine:
    """A posting in the list, and the day on which it was reversed."""

    posting: Posting
    reversed_on: Any
    url: str

    @property
    def state(self) -> str:
        if self.posting.reverses:
            return _("Reversal")
        return _("Reversed on %(day)s") % {"day": kort_dato(self.reversed_on)} if self.reversed_on else ""


COLUMNS = [
    Column("dato", gettext_lazy("Date"), lambda line: line.posting.happened_on,
           [OrderBy(F("happened_on"))]),
    Column("bilag", gettext_lazy("Voucher"), lambda line: line.posting.voucher, ["voucher"], url=lambda line: line.url,
           shown=lambda line: line.posting.voucher or _("No number")),
    Column("tekst", gettext_lazy("Text"), lambda line: line.posting.text, [danish_order("text")],
           detail=lambda line: line.state),
    Column("tilbagefoert", gettext_lazy("Reversed"), lambda line: line.state, on_page=False),
    Column("leverandoer", gettext_lazy("Supplier"), lambda line: line.posting.supplier, [danish_order("supplier")]),
    Column("post", gettext_lazy("Budget line"), lambda line: line.posting.line.name, ["line__number"],
           shown=lambda line: f"{line.posting.line.number}. {line.posting.line.name}"),
    Column("beloeb", gettext_lazy("Amount, kr."), lambda line: line.posting.amount, ["amount"], is_number=True),
]  # fmt: skip


@require_safe
def posting_list(request: StandingRequest) -> HttpResponseBase:
    """All postings until the day, the latest first, with the sum of what is shown."""
    standing: Any = request.standing
    if not standing.may_see_persons:
        raise PermissionDenied
    programme, asked = standing.programme, ask(request, standing.programme)
    lines = BudgetLine.objects.filter(budget__programme=programme)
    form = PostingFilter(request.GET, lines=lines, moment=asked.moment)
    postings = Posting.objects.filter(line__budget__programme=programme).until(asked.moment)
    listing = Listing(
        request=request,
        rows=postings.select_related("line").defer("known", "period"),
        columns=COLUMNS,
        title=_("Vouchers"),
        form=form,
        default="-dato",
        lines=lambda rows: _lines(rows, asked.moment, asked.query),
        about=[*about(programme, asked.moment), *_filtered(form)],
        moment_query=asked.query,
    )
    if answer := listing.file("bilag"):
        return answer
    total = recall(("sum", *listing.question), lambda: _sum(listing.found))
    context = {"listing": listing, "total": total, "may_write": standing.is_secretariat and asked.is_present}
    return render(request, "budget/postings.html", asked.context() | context)


def _sum(postings: QuerySet[Posting]) -> Decimal:
    found: Decimal | None = postings.order_by().aggregate(total=Sum("amount"))["total"]
    return found or ZERO


def _lines(postings: Sequence[Posting], moment: Moment, query: str) -> list[PostingLine]:
    """The rows of a page with their reversals: one query."""
    reversals = Posting.objects.filter(reverses__in=[one.uuid for one in postings]).until(moment)
    days = dict(reversals.values_list("reverses", "happened_on"))
    return [PostingLine(one, days.get(one.uuid), url("budget:posting", one.uuid) + query) for one in postings]


def _filtered(form: PostingFilter) -> list[tuple[str, str]]:
    """What the filter asks for, in words."""
    if not form.is_valid():
        return []
    asked = [(str(form.fields[name].label), value) for name, value in form.cleaned_data.items() if value]
    return [
        (label, _("Yes") if value is True else in_words(value) if not isinstance(value, BudgetLine) else value.name)
        for label, value in asked
    ]


@require_safe
def posting_detail(request: StandingRequest, uuid: UUID) -> HttpResponseBase:
    """One posting: what the voucher says, its evidence, who recorded it and when, and what reverses it."""
    postings = Posting.objects.select_related(
        "line__budget__programme", "evidence", "recorded_by", "funder", "association", "course", "booked_from__budget"
    )
    posting = fetch(postings, request.user, uuid)
    programme = posting.line.budget.programme
    standing = request.standing.within(programme)
    if not standing.may_see_persons:
        raise PermissionDenied
    asked = ask(request, programme)
    pair = Q(reverses=posting.uuid) | Q(uuid=posting.reverses) if posting.reverses else Q(reverses=posting.uuid)
    other = Posting.objects.filter(pair).until(asked.moment).first()
    may_reverse = standing.is_secretariat and asked.is_present and other is None
    context = {
        "posting": posting,
        "other": other,
        "evidence_url": evidence_url(posting),
        "correct_url": url("budget:correct", uuid) if may_reverse else "",
    }
    return render(request, "budget/posting.html", asked.context() | context)
