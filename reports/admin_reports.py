"""The administration of reports: drafts and what was sent are read here; they are written on the pages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from programme.admin_base import ReachAdmin
from programme.admin_history import HistoryLine, Names
from programme.admin_people import LogAdmin
from programme.admin_reach import named
from reports.models import (
    FrozenReport,
    JournalNumber,
    ProgressReport,
    ReportSchedule,
    ReportStep,
    Section,
    ShareLink,
    ShareOpening,
)


class ReadAdmin(ReachAdmin):
    """Base of what is only looked at here."""

    may_add = False
    may_change = False


@admin.register(ProgressReport)
class ProgressReportAdmin(ReadAdmin):
    list_display = ("__str__", "kind", "period_from", "period_to", "due_on")
    list_filter = ("kind", "programme")
    search_fields = ("case_number",)
    date_hierarchy = "period_to"
    ordering = ("-period_to",)


@admin.register(ReportSchedule)
class ReportScheduleAdmin(ReachAdmin):
    may_delete = True
    list_display = ("__str__", "period_from", "period_to", "due_on", "recipient")
    list_filter = ("kind", "programme")
    list_select_related = ("recipient",)
    search_fields = ("dated_by",)
    date_hierarchy = "due_on"
    ordering = ("due_on",)


@admin.register(Section)
class SectionAdmin(ReadAdmin):
    list_display = ("report", "code", "written_by")
    list_filter = ("report__programme",)
    list_select_related = ("report", "written_by")
    search_fields = ("text",)
    ordering = ("report", "pk")


@admin.register(FrozenReport)
class FrozenReportAdmin(LogAdmin):
    exclude = ("canonical", "pdf")
    list_display = ("report", "number", "place", "cut_off", "frozen_at", named("sha256", "SHA-256"))
    list_filter = ("programme",)
    list_select_related = ("report",)
    search_fields = ("sha256",)
    date_hierarchy = "frozen_at"
    ordering = ("-place",)

    def history_lines(self, obj: FrozenReport, names: Names) -> list[HistoryLine]:
        return [HistoryLine(obj.frozen_at, str(obj.approved_by), str(_("Frozen")))]


@admin.register(ReportStep)
class ReportStepAdmin(LogAdmin):
    list_display = ("frozen", "what", "section", "at", "by")
    list_filter = ("what", "frozen__programme")
    list_select_related = ("frozen__report", "by")
    search_fields = ("text",)
    date_hierarchy = "at"
    ordering = ("-at",)

    def history_lines(self, obj: ReportStep, names: Names) -> list[HistoryLine]:
        return [HistoryLine(obj.at, str(obj.by), str(_("Recorded")))]


@admin.register(JournalNumber)
class JournalNumberAdmin(ReadAdmin):
    list_display = ("frozen", "case_number", "document_number", "written_by")
    list_filter = ("frozen__programme",)
    list_select_related = ("frozen__report", "written_by")
    search_fields = ("case_number", "document_number")
    ordering = ("-frozen__place",)


@admin.register(ShareLink)
class ShareLinkAdmin(ReadAdmin):
    list_display = ("label", "frozen", "created_on", "expires_on", "revoked_at")
    list_filter = ("frozen__programme",)
    list_select_related = ("frozen__report",)
    search_fields = ("label",)
    date_hierarchy = "created_on"
    ordering = ("-created_on", "-pk")


@admin.register(ShareOpening)
class ShareOpeningAdmin(LogAdmin):
    list_display = ("at", "link", "what")
    list_filter = ("what", "link__frozen__programme")
    list_select_related = ("link__frozen__report",)
    search_fields = ("link__label",)
    date_hierarchy = "at"
    ordering = ("-at",)
