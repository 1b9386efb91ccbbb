"""The administration of agreements' texts, annexes and obligations, and of who sits in a body."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.sorting import danish_order
from programme.admin_base import ReachAdmin
from programme.admin_facts import FactAdmin, StandingFilter
from programme.admin_reach import named
from programme.models import AgreementAnnex, AgreementVersion, BodyMember, Obligation, ObligationMet
from programme.parties import why_version_stays


@admin.register(AgreementVersion)
class AgreementVersionAdmin(FactAdmin):
    columns = (named("agreement__title", _("agreement")), "label")
    list_filter = (StandingFilter, "agreement")
    list_select_related = ("agreement",)
    search_fields = ("label", "agreement__title", "note")
    date_hierarchy = "happened_on"

    def why_stands(self, fact: Any) -> str:
        return why_version_stays(fact)


@admin.register(AgreementAnnex)
class AgreementAnnexAdmin(FactAdmin):
    columns = (named("document__title", _("document")), named("agreement__title", _("agreement")))
    list_filter = (StandingFilter, "agreement")
    list_select_related = ("agreement", "document")
    search_fields = ("document__title", "agreement__title", "note")
    date_hierarchy = "happened_on"


@admin.register(Obligation)
class ObligationAdmin(ReachAdmin):
    """Written down on the agreement's page, where its parties can be chosen. One that was never met may be deleted."""

    may_add = False
    may_change = False
    may_delete = True
    list_display = (
        "text",
        named("organisation__name", _("the party's")),
        "due_on",
        "number",
        named("agreement__title", _("agreement")),
    )
    list_filter = ("agreement",)
    list_select_related = ("agreement", "organisation")
    search_fields = ("text", "organisation__name", "agreement__title")
    date_hierarchy = "due_on"
    ordering = (danish_order("agreement__title"), "number", "pk")


@admin.register(ObligationMet)
class ObligationMetAdmin(FactAdmin):
    columns = (
        named("obligation__text", _("obligation")),
        named("obligation__organisation__name", _("the party's")),
    )
    list_filter = (StandingFilter, "obligation__agreement")
    list_select_related = ("obligation__organisation", "obligation__agreement")
    search_fields = ("obligation__text", "obligation__organisation__name", "note")
    date_hierarchy = "happened_on"


@admin.register(BodyMember)
class BodyMemberAdmin(FactAdmin):
    columns = (named("body__name", _("body")), named("organisation__name", _("organisation")), "office", "is_chair")
    list_filter = (StandingFilter, "body")
    list_select_related = ("body", "organisation")
    search_fields = ("organisation__name", "office", "body__name", "note")
    date_hierarchy = "started_on"
