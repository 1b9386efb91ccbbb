"""The administration of who may what, who stands in for whom, and of the logs."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.sorting import danish_order
from programme.admin_base import ReachAdmin
from programme.admin_facts import FactAdmin, StandingFilter
from programme.admin_history import HistoryLine, Names
from programme.admin_reach import named
from programme.models import Attempt, Deferral, Deputy, Digest, Invitation, Reading, ReadingCheck, RoleGrant


@admin.register(RoleGrant)
class RoleGrantAdmin(ReachAdmin):
    """Who may what. A role ends by being deleted; the history keeps it."""

    may_delete = True
    fixed = ("user", "programme")
    list_display = ("user", "role", named("programme__name", _("programme")))
    list_filter = ("role", "programme")
    list_select_related = ("user", "programme")
    search_fields = ("user__name", "user__email")
    ordering = (danish_order("user__name"), "user__email", "role")


@admin.register(Deputy)
class DeputyAdmin(ReachAdmin):
    """Named on the pages by whoever is away; ended here too."""

    may_add = False
    may_change = False
    may_delete = True
    list_display = ("deputy", named("grant__user__name", _("for")), "from_on", "until_on")
    list_filter = ("grant__programme",)
    list_select_related = ("deputy", "grant__user")
    search_fields = ("deputy__name", "deputy__email", "grant__user__name", "grant__user__email")
    date_hierarchy = "from_on"


@admin.register(Deferral)
class DeferralAdmin(FactAdmin):
    """Taken back on the pages, where no reason is written: it may be about a person."""

    may_retract = False
    columns = ("code", "why", "thing")
    list_filter = (StandingFilter, "why", "programme")
    search_fields = ("code",)
    date_hierarchy = "started_on"


class LogAdmin(ReachAdmin):
    """Base of what is only looked at here: it is written by the pages."""

    may_add = False
    may_change = False


@admin.register(Reading)
class ReadingAdmin(LogAdmin):
    list_display = ("read_at", "user", "how", "page")
    list_filter = ("how", "programme")
    list_select_related = ("user",)
    search_fields = ("user__email", "user__name", "page")
    date_hierarchy = "read_at"
    ordering = ("-read_at",)

    def history_lines(self, obj: Any, names: Names) -> list[HistoryLine]:
        return [HistoryLine(obj.read_at, str(obj.user), str(_("Recorded")))]


@admin.register(Digest)
class DigestAdmin(LogAdmin):
    list_display = ("starts_on", "user", "outcome", "begun_at")
    list_filter = ("outcome", "programme")
    list_select_related = ("user",)
    search_fields = ("user__email", "user__name")
    date_hierarchy = "starts_on"
    ordering = ("-starts_on", "-pk")


@admin.register(Invitation)
class InvitationAdmin(LogAdmin):
    """Sent, sent again and withdrawn on the pages."""

    list_display = ("email", "office", "invited_at", "used_at", "closed_at")
    list_filter = ("programme",)
    list_select_related = ("user",)
    search_fields = ("email", "office")
    date_hierarchy = "invited_at"
    ordering = ("-invited_at",)


@admin.register(ReadingCheck)
class ReadingCheckAdmin(LogAdmin):
    list_display = ("checked_at", "checked_by", "is_in_order", "note")
    list_filter = ("is_in_order", "reading__programme")
    list_select_related = ("checked_by", "reading")
    search_fields = ("note",)
    date_hierarchy = "checked_at"
    ordering = ("-checked_at",)


@admin.register(Attempt)
class AttemptAdmin(ReachAdmin):
    """Counted for limits, and gone after a day."""

    may_add = False
    may_change = False
    list_display = ("what", "at", named("programme__name", _("programme")))
    list_filter = ("programme",)
    list_select_related = ("programme",)
    search_fields = ("what",)
    date_hierarchy = "at"
