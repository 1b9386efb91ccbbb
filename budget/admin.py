"""The administration of budgets: the lines are kept here; amounts, money and decisions are facts."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from budget.models import Allocation, Budget, BudgetApproval, BudgetLine, Commitment, FundingFact, Posting
from programme.admin_base import ReachAdmin, kroner, named
from programme.admin_facts import FactAdmin, StandingFilter

LINE = named("line__name", _("budget line"))
AMOUNT = kroner("amount", _("amount"))


@admin.register(Budget)
class BudgetAdmin(ReachAdmin):
    list_display = ("__str__", "year", "price_level", kroner("stated_total", _("stated total")), "stated_as")
    list_filter = ("programme",)
    list_select_related = ("programme",)
    search_fields = ("programme__name", "stated_as", "price_level")
    ordering = ("programme", "year")


@admin.register(BudgetLine)
class BudgetLineAdmin(ReachAdmin):
    may_delete = True
    fixed = ("budget",)
    list_display = ("number", named("name", _("name")), "budget")
    list_display_links = (list_display[1],)
    list_filter = ("budget",)
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


@admin.register(Posting)
class PostingAdmin(FactAdmin):
    """Money is reversed, never retracted."""

    columns = ("text", LINE, AMOUNT)
    list_filter = (StandingFilter, "line")
    list_select_related = ("line",)
    search_fields = ("text", "line__name", "note")
    date_hierarchy = "happened_on"


@admin.register(Commitment)
class CommitmentAdmin(FactAdmin):
    columns = ("text", LINE, AMOUNT)
    list_filter = (StandingFilter, "line")
    list_select_related = ("line",)
    search_fields = ("text", "line__name", "note")
    date_hierarchy = "started_on"
