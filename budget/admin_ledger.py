"""The administration of the ledger: vouchers and what is booked from them, outlays, months and years."""

from typing import Any

from django.contrib import admin, messages
from django.db import IntegrityError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from budget.importing.storing import forget, is_used
from budget.models import (
    AccountLine,
    BankBalance,
    ClosedMonth,
    Commitment,
    CourseLine,
    Explanation,
    Outlay,
    Posting,
    Voucher,
    VoucherShare,
    YearEnd,
)
from budget.periods import closed_months
from budget.vouchers import book, overspent_by, said_of, why_not
from bydelsmoedre.entry import Overtaken
from bydelsmoedre.sorting import danish_order
from programme.admin_base import OVERTAKEN, ReachAdmin
from programme.admin_facts import FactAdmin, StandingFilter
from programme.admin_inlines import ReachInline
from programme.admin_reach import kroner, named

LINE = named("line__name", _("budget line"))
AMOUNT = kroner("amount", _("amount"))


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
        chosen = list(queryset.select_related("budget"))
        closed = closed_months(one.budget_id for one in chosen)
        refused = [(one, why) for one in chosen if (why := why_not(one, request.user, closed))]
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
        for words in overspent_by(booked):
            self.message_user(request, words, messages.WARNING)


@admin.register(Commitment)
class CommitmentAdmin(FactAdmin):
    columns = ("text", LINE, AMOUNT)
    list_filter = (StandingFilter, "line")
    list_select_related = ("line",)
    search_fields = ("text", "line__name", "note")
    date_hierarchy = "started_on"
