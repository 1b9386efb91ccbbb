"""The administration of budgets: the lines are kept here; amounts, money and decisions are facts."""

from typing import Any

from django.contrib import admin, messages
from django.db import IntegrityError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from budget.importing.storing import forget, is_used
from budget.models import (
    AccountLine,
    Allocation,
    BankBalance,
    Budget,
    BudgetApproval,
    BudgetLine,
    ClosedMonth,
    Commitment,
    ConditionMet,
    CourseLine,
    Explanation,
    ForecastMethod,
    FundingFact,
    GrantCondition,
    GrantTerms,
    Instalment,
    Outlay,
    Posting,
    Reallocation,
    ReallocationDecision,
    Scenario,
    ScenarioSource,
    Voucher,
    VoucherShare,
    YearEnd,
)
from budget.month_end import NotClosable, close_next
from budget.vouchers import book, said_of, why_not
from bydelsmoedre.entry import Overtaken
from bydelsmoedre.sorting import danish_order
from programme.admin_base import OVERTAKEN, ReachAdmin
from programme.admin_facts import FactAdmin, StandingFilter
from programme.admin_inlines import ReachInline
from programme.admin_reach import kroner, named

LINE = named("line__name", _("budget line"))
AMOUNT = kroner("amount", _("amount"))


@admin.register(Budget)
class BudgetAdmin(ReachAdmin):
    list_display = ("__str__", "year", "price_level", kroner("stated_total", _("stated total")), "stated_as")
    list_filter = ("programme",)
    list_select_related = ("programme",)
    search_fields = ("programme__name", "stated_as", "price_level")
    ordering = ("programme", "year")
    actions = (*ReachAdmin.actions, "close_next_month")

    @admin.action(description=_("Close the next month"), permissions=["view"])
    def close_next_month(self, request: HttpRequest, queryset: Any) -> None:
        """The earliest open month, as its page does: only where nothing is left of its list."""
        for budget in queryset.select_related("programme"):
            try:
                closed = close_next(budget, by=request.user)
            except NotClosable as why:
                self.message_user(request, f"{budget}: {why}", messages.ERROR)
            except IntegrityError:
                self.message_user(request, OVERTAKEN, messages.ERROR)
            else:
                self.message_user(request, _("%(month)s is closed.") % {"month": closed}, messages.SUCCESS)


@admin.register(BudgetLine)
class BudgetLineAdmin(ReachAdmin):
    may_delete = True
    fixed = ("budget",)
    list_display = ("number", named("name", _("name")), "kind", "budget")
    list_display_links = (list_display[1],)
    list_filter = ("budget", "kind")
    list_select_related = ("budget__programme",)
    search_fields = ("name",)
    ordering = ("budget", "number")


@admin.register(Allocation)
class AllocationAdmin(FactAdmin):
    columns = (LINE, AMOUNT)
    list_filter = (StandingFilter, "line")
    list_select_related = ("line",)
    search_fields = ("line__name", "note")
    date_hierarchy = "started_on"


@admin.register(BudgetApproval)
class BudgetApprovalAdmin(FactAdmin):
    columns = ("budget", named("body__name", _("decided by")))
    list_filter = (StandingFilter, "budget")
    list_select_related = ("budget__programme", "body")
    search_fields = ("body__name", "note")
    date_hierarchy = "happened_on"


@admin.register(FundingFact)
class FundingFactAdmin(FactAdmin):
    columns = (named("funder__name", _("funder")), "stage", AMOUNT, "budget")
    list_filter = (StandingFilter, "stage", "budget")
    list_select_related = ("budget__programme", "funder")
    search_fields = ("funder__name", "source", "note")
    date_hierarchy = "happened_on"


@admin.register(Instalment)
class InstalmentAdmin(ReachAdmin):
    may_delete = True
    fixed = ("budget",)
    list_display = (named("funder__name", _("funder")), "due_on", AMOUNT, "budget")
    list_filter = ("budget", "funder")
    list_select_related = ("budget__programme", "funder")
    search_fields = ("funder__name",)
    date_hierarchy = "due_on"
    ordering = ("budget", "due_on", danish_order("funder__name"))


@admin.register(GrantTerms)
class GrantTermsAdmin(FactAdmin):
    columns = (
        named("funder__name", _("funder")),
        "case_number",
        "report_due_on",
        "reallocation_share",
        kroner("reallocation_amount", _("moved without asking, kr. of a line")),
        "budget",
    )
    list_filter = (StandingFilter, "unused", "budget")
    list_select_related = ("budget__programme", "funder")
    search_fields = ("funder__name", "case_number", "note")
    date_hierarchy = "happened_on"


@admin.register(GrantCondition)
class GrantConditionAdmin(ReachAdmin):
    """Written down on the budget's page, where the instalments of the grant can be chosen."""

    may_add = False
    may_change = False
    list_display = (named("funder__name", _("funder")), "text", "due_on", "instalment", "budget")
    list_filter = ("budget", "funder")
    list_select_related = ("budget__programme", "funder", "instalment__funder")
    search_fields = ("funder__name", "text")
    date_hierarchy = "due_on"
    ordering = ("budget", "due_on", danish_order("funder__name"))


@admin.register(ConditionMet)
class ConditionMetAdmin(FactAdmin):
    columns = (named("condition__funder__name", _("funder")), named("condition__text", _("what must be met")))
    list_filter = (StandingFilter, "condition__funder", "condition__budget")
    list_select_related = ("condition__funder",)
    search_fields = ("condition__funder__name", "condition__text", "note")
    date_hierarchy = "happened_on"


@admin.register(Reallocation)
class ReallocationAdmin(ReachAdmin):
    """Asked for on the budget's page; the Foundation sees what was asked, which is never changed afterwards."""

    may_add = False
    may_change = False
    list_display = (
        named("from_line__name", _("from the line")),
        named("to_line__name", _("to the line")),
        AMOUNT,
        "asked_on",
        "budget",
    )
    list_filter = ("budget",)
    list_select_related = ("budget__programme", "from_line", "to_line")
    search_fields = ("from_line__name", "to_line__name", "reason")
    date_hierarchy = "asked_on"
    ordering = ("-asked_on",)


@admin.register(ReallocationDecision)
class ReallocationDecisionAdmin(FactAdmin):
    columns = (
        named("funder__name", _("funder")),
        "outcome",
        named("reallocation__from_line__name", _("from the line")),
        named("reallocation__to_line__name", _("to the line")),
        kroner("reallocation__amount", _("amount")),
    )
    list_filter = (StandingFilter, "outcome", "funder", "reallocation__budget")
    list_select_related = ("funder", "reallocation__from_line", "reallocation__to_line")
    search_fields = ("funder__name", "reallocation__from_line__name", "reallocation__to_line__name", "note")
    date_hierarchy = "happened_on"


@admin.register(AccountLine)
class AccountLineAdmin(ReachAdmin):
    """Remembered by the import of postings. One that no posting rests on can be deleted: it was a slip."""

    may_add = False
    may_change = False
    may_delete = True
    list_display = ("account", named("line__name", _("budget line")), "budget")
    list_filter = ("budget",)
    list_select_related = ("line", "budget__programme")
    search_fields = ("account", "line__name")
    ordering = ("budget", "account")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not is_used(obj))

    def delete_model(self, request: HttpRequest, obj: AccountLine) -> None:
        forget(obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for one in queryset:
            forget(one)


@admin.register(ClosedMonth)
class ClosedMonthAdmin(FactAdmin):
    """Closed, and opened again by another person, on the page of the months."""

    may_retract = False
    columns = ("budget", "month")
    list_filter = (StandingFilter, "budget")
    list_select_related = ("budget__programme",)
    date_hierarchy = "happened_on"


@admin.register(BankBalance)
class BankBalanceAdmin(FactAdmin):
    columns = ("budget", "month", kroner("amount", _("balance")))
    list_filter = (StandingFilter, "budget")
    list_select_related = ("budget__programme",)
    date_hierarchy = "happened_on"


@admin.register(YearEnd)
class YearEndAdmin(FactAdmin):
    """Recorded, and a lock opened again by another person, on the page of the year's end."""

    may_retract = False
    columns = ("budget", "kind", named("funder__name", _("funder")), AMOUNT, "outcome")
    list_filter = (StandingFilter, "kind", "budget")
    list_select_related = ("budget__programme", "funder")
    date_hierarchy = "happened_on"


@admin.register(Explanation)
class ExplanationAdmin(FactAdmin):
    columns = (LINE, "text")
    list_filter = (StandingFilter, "line")
    list_select_related = ("line",)
    search_fields = ("text", "line__name")
    date_hierarchy = "happened_on"


@admin.register(ForecastMethod)
class ForecastMethodAdmin(FactAdmin):
    """Chosen on the page of the forecast."""

    columns = (LINE, "method")
    list_filter = (StandingFilter, "method", "line")
    list_select_related = ("line",)
    search_fields = ("line__name",)
    date_hierarchy = "happened_on"


@admin.register(CourseLine)
class CourseLineAdmin(ReachAdmin):
    """Chosen on the secretariat's page of the course."""

    may_add = False
    may_change = False
    list_display = (named("course__name", _("course")), named("line__name", _("budget line")))
    list_filter = ("line__budget",)
    list_select_related = ("course", "line")
    search_fields = ("course__name", "line__name")
    ordering = (danish_order("course__name"),)


@admin.register(Outlay)
class OutlayAdmin(ReachAdmin):
    """Sent by a local coordinator; taken over, refused and paid back on the secretariat's pages."""

    may_add = False
    may_change = False
    list_display = ("purpose", "spent_on", AMOUNT, named("association__name", _("association")), "state_in_words")
    list_filter = ("association",)
    list_select_related = ("association", "voucher")
    search_fields = ("purpose", "association__name")
    date_hierarchy = "spent_on"
    ordering = ("-asked_at",)


@admin.register(VoucherShare)
class VoucherShareAdmin(ReachAdmin):
    """Written on the secretariat's page of the voucher."""

    may_add = False
    may_change = False
    list_display = (named("voucher__text", _("voucher")), LINE, AMOUNT, named("funder__name", _("funder")))
    list_filter = ("voucher__budget",)
    list_select_related = ("voucher", "line", "funder")
    search_fields = ("voucher__text", "line__name")
    ordering = ("-voucher__happened_on", "pk")


class IsBooked(admin.SimpleListFilter):
    """Drafts apart from what is booked."""

    title = _("booked")
    parameter_name = "booked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("Booked")), ("0", _("Waits for approval"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(number__isnull=self.value() == "0") if self.value() in ("0", "1") else queryset


@admin.register(Posting)
class PostingAdmin(FactAdmin):
    """Money is reversed, never retracted."""

    columns = ("text", LINE, AMOUNT, "voucher", named("supplier", _("supplier")))
    list_filter = (StandingFilter, "line")
    list_select_related = ("line",)
    search_fields = ("text", "line__name", "voucher", "supplier", "note")
    date_hierarchy = "happened_on"

    def _shown(self, field: Any) -> Any:
        return "reversed_posting" if field.name == "reverses" else super()._shown(field)

    @admin.display(description=_("reverses"))
    def reversed_posting(self, posting: Posting) -> Posting | None:
        found = Posting.objects.filter(line=posting.line_id)
        return found.filter(uuid=posting.reverses).first() if posting.reverses else None


class VoucherShareInline(ReachInline):
    """Written on the secretariat's page of the voucher."""

    model = VoucherShare
    may_add = False
    may_change = False


@admin.register(Voucher)
class VoucherAdmin(ReachAdmin):
    """Entered on the secretariat's pages; approved and booked here, or there, by another person."""

    may_add = False
    may_change = False
    actions = (*ReachAdmin.actions, "approve_selected")
    inlines = (VoucherShareInline,)
    list_display = ("text", "happened_on", AMOUNT, named("supplier", _("supplier")), "number", "entered_by", "budget")
    list_filter = ("budget", IsBooked)
    list_select_related = ("budget__programme", "entered_by")
    search_fields = ("text", "supplier", "reference")
    date_hierarchy = "happened_on"
    ordering = ("-happened_on", "-pk")

    @admin.action(description=_("Approve and book"), permissions=["view"])
    def approve_selected(self, request: HttpRequest, queryset: Any) -> None:
        chosen = list(queryset.select_related("budget").prefetch_related("shares__line__budget"))
        refused = [(one, why) for one in chosen if (why := why_not(one, request.user))]
        for one, why in refused:
            self.message_user(request, f"{one.text}: {why}", messages.ERROR)
        if refused:
            return
        try:
            booked = book(chosen, by=request.user)
        except (IntegrityError, Overtaken):
            self.message_user(request, OVERTAKEN, messages.ERROR)
            return
        self.message_user(request, said_of(booked), messages.SUCCESS)


@admin.register(Commitment)
class CommitmentAdmin(FactAdmin):
    columns = ("text", LINE, AMOUNT)
    list_filter = (StandingFilter, "line")
    list_select_related = ("line",)
    search_fields = ("text", "line__name", "note")
    date_hierarchy = "started_on"


@admin.register(Scenario)
class ScenarioAdmin(ReachAdmin):
    """Written by the secretariat on the pages of “After 2011”."""

    may_add = False
    may_change = False
    list_display = (named("name", _("name")), "first_year", "years", "version", "frozen_at")
    list_filter = ("programme",)
    list_select_related = ("programme", "version__document")
    search_fields = ("name",)
    ordering = ("programme", danish_order("name"))


@admin.register(ScenarioSource)
class ScenarioSourceAdmin(ReachAdmin):
    """Written in the form of its scenario."""

    may_add = False
    may_change = False
    list_display = (named("name", _("name")), "kind", AMOUNT, "from_month", "to_month", "scenario")
    list_filter = ("kind", "scenario")
    list_select_related = ("scenario",)
    search_fields = ("name", "scenario__name")
    ordering = ("scenario", danish_order("name"))
