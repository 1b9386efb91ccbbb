"""The administration of budgets: the lines are kept here; amounts, money and decisions are facts."""

from typing import Any

from django.contrib import admin, messages
from django.db import IntegrityError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from budget.admin_ledger import AMOUNT, LINE
from budget.models import (
    Allocation,
    Budget,
    BudgetApproval,
    BudgetLine,
    ConditionMet,
    ForecastMethod,
    FundingFact,
    GrantCondition,
    GrantTerms,
    Instalment,
    Reallocation,
    ReallocationDecision,
    Scenario,
    ScenarioSource,
)
from budget.month_end import NotClosable, close_next
from bydelsmoedre.sorting import danish_order
from programme.admin_base import OVERTAKEN, ReachAdmin
from programme.admin_facts import FactAdmin, StandingFilter
from programme.admin_reach import kroner, named


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


@admin.register(ForecastMethod)
class ForecastMethodAdmin(FactAdmin):
    """Chosen on the page of the forecast."""

    columns = (LINE, "method")
    list_filter = (StandingFilter, "method", "line")
    list_select_related = ("line",)
    search_fields = ("line__name",)
    date_hierarchy = "happened_on"


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
