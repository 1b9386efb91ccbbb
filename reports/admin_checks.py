"""The administration of what was looked at: the Foundation retracts here what it can on the pages too."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from programme.admin_facts import FactAdmin, StandingFilter
from programme.admin_history import HistoryLine, Names
from programme.admin_people import LogAdmin
from reports.models import EvidenceCheck, SpotCheck, SpotCheckResult


@admin.register(EvidenceCheck)
class EvidenceCheckAdmin(FactAdmin):
    columns = ("criterion", "outcome", "thing")
    list_filter = (StandingFilter, "outcome", "criterion__programme")
    search_fields = ("criterion__name",)
    date_hierarchy = "happened_on"


@admin.register(SpotCheck)
class SpotCheckAdmin(LogAdmin):
    list_display = ("criterion", "count", "asked_at", "asked_by")
    list_filter = ("criterion__programme",)
    list_select_related = ("criterion", "asked_by")
    search_fields = ("criterion__name",)
    date_hierarchy = "asked_at"
    ordering = ("-asked_at",)

    def history_lines(self, obj: SpotCheck, names: Names) -> list[HistoryLine]:
        return [HistoryLine(obj.asked_at, str(obj.asked_by), str(_("Recorded")))]


@admin.register(SpotCheckResult)
class SpotCheckResultAdmin(FactAdmin):
    columns = ("spot_check", "outcome", "thing")
    list_filter = (StandingFilter, "outcome", "spot_check__criterion__programme")
    search_fields = ("spot_check__criterion__name",)
    date_hierarchy = "happened_on"
