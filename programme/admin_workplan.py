"""The work plan in the administration."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.sorting import danish_order
from programme.admin_base import ReachAdmin
from programme.admin_facts import FactAdmin, StandingFilter
from programme.admin_reach import named
from programme.models import Milestone, MilestoneNeeds, MilestoneReached


@admin.register(Milestone)
class MilestoneAdmin(ReachAdmin):
    """Made on the site, where what measures it is chosen; here the words and the days are kept up."""

    may_add = False
    may_delete = True
    fixed = ("programme", "measure", "criterion", "document", "agreement", "organisation")
    list_display = (named("title", _("milestone")), "due_on", "owner_office", "activity", "measure")
    list_filter = ("measure", "activity", "programme")
    list_select_related = ("activity",)
    search_fields = ("title", "owner_office", "dated_by")
    date_hierarchy = "due_on"
    ordering = ("due_on", danish_order("title"))


@admin.register(MilestoneNeeds)
class MilestoneNeedsAdmin(ReachAdmin):
    may_delete = True
    list_display = (named("milestone__title", _("milestone")), named("needed__title", _("waits for")))
    list_filter = ("milestone__programme",)
    list_select_related = ("milestone", "needed")
    search_fields = ("milestone__title", "needed__title")
    ordering = (danish_order("milestone__title"),)


@admin.register(MilestoneReached)
class MilestoneReachedAdmin(FactAdmin):
    columns = (named("milestone__title", _("milestone")), named("milestone__owner_office", _("owner")))
    list_filter = (StandingFilter, "milestone__programme")
    list_select_related = ("milestone",)
    search_fields = ("milestone__title", "milestone__owner_office", "note")
    date_hierarchy = "happened_on"
