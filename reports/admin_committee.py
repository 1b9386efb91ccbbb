"""The administration of what goes before the municipal committee: annexes are read here, decisions retracted."""

from django.contrib import admin

from programme.admin_facts import FactAdmin, StandingFilter
from reports.admin_reports import ReadAdmin
from reports.models import CommitteeAnnex, CommitteeDecision


@admin.register(CommitteeAnnex)
class CommitteeAnnexAdmin(ReadAdmin):
    list_display = ("frozen", "written_by")
    list_filter = ("frozen__programme",)
    list_select_related = ("frozen__report", "written_by")
    search_fields = ("problem", "solution", "economy", "next_steps")
    ordering = ("-frozen__place",)


@admin.register(CommitteeDecision)
class CommitteeDecisionAdmin(FactAdmin):
    columns = ("frozen", "body", "outcome")
    list_filter = (StandingFilter, "outcome", "frozen__programme")
    list_select_related = ("frozen__report",)
    search_fields = ("body", "remark")
    date_hierarchy = "happened_on"
