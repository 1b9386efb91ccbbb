"""The administration of the programme: what it is, who may what in it, what is to be decided and signed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.sorting import danish_order
from programme import admin_partnership, admin_people, admin_workplan  # noqa: F401 - they register their models
from programme.admin_base import ReachAdmin
from programme.admin_facts import FactAdmin, StandingFilter
from programme.admin_history import NOTHING, HistoryLine, Names
from programme.admin_inlines import ReachInline
from programme.admin_reach import named
from programme.hearings import is_settled, why_hearing_stays
from programme.models import (
    ActionDone,
    ActionPoint,
    Activity,
    Adoption,
    Agreement,
    AgreementParty,
    AgreementTerm,
    CriterionVersion,
    Decision,
    Document,
    DocumentVersion,
    EffectIndicator,
    Evidence,
    Hearing,
    HearingComment,
    IndicatorTarget,
    Measurement,
    Meeting,
    MeetingHeld,
    Organisation,
    Programme,
    Risk,
    Signature,
    StatedNumber,
    SuccessCriterion,
)
from programme.parties import why_party_stays
from programme.rules import why_rule_stays


@admin.register(Programme)
class ProgrammeAdmin(ReachAdmin):
    """A programme begins with its plan, which is loaded; here it is kept up."""

    may_add = False
    list_display = (named("name", _("name")), "starts_on", "deadline")
    search_fields = ("name", "purpose")
    ordering = (danish_order("name"),)


@admin.register(Organisation)
class OrganisationAdmin(ReachAdmin):
    may_delete = True
    list_display = (named("name", _("name")), "short_name", "kind", named("part_of__name", _("part of")), "cvr")
    list_filter = ("kind", "programme")
    list_select_related = ("part_of",)
    search_fields = ("name", "short_name", "cvr")
    ordering = (danish_order("name"),)


@admin.register(Activity)
class ActivityAdmin(ReachAdmin):
    may_delete = True
    list_display = ("number", "title")
    list_display_links = ("title",)
    list_filter = ("programme",)
    search_fields = ("title",)
    ordering = ("programme", "number")


@admin.register(StatedNumber)
class StatedNumberAdmin(FactAdmin):
    columns = ("kind", "number")
    list_filter = (StandingFilter, "kind", "programme")
    date_hierarchy = "happened_on"


@admin.register(SuccessCriterion)
class SuccessCriterionAdmin(ReachAdmin):
    """The criteria are the plan's; how each is worded and measured lies in its versions."""

    may_add = False
    fixed = ("programme", "number", "key")
    list_display = ("number", "name")
    list_display_links = ("name",)
    list_filter = ("programme",)
    search_fields = ("name",)
    ordering = ("programme", "number")


@admin.register(CriterionVersion)
class CriterionVersionAdmin(FactAdmin):
    columns = ("criterion", "rule", "target", "deadline")
    list_filter = (StandingFilter, "rule", "criterion")
    list_select_related = ("criterion",)
    search_fields = ("wording", "rule_text", "criterion__name")
    date_hierarchy = "started_on"

    def why_stands(self, fact: Any) -> str:
        return why_rule_stays(fact)


@admin.register(Document)
class DocumentAdmin(ReachAdmin):
    may_delete = True
    list_display = (
        named("title", _("title")),
        "kind",
        "annex",
        named("adopted_by__name", _("must be adopted by")),
        "is_national",
    )
    list_filter = ("kind", "is_national", "programme")
    list_select_related = ("adopted_by",)
    search_fields = ("title", "annex")
    ordering = (danish_order("title"),)


@admin.register(DocumentVersion)
class DocumentVersionAdmin(ReachAdmin):
    may_delete = True
    fixed = ("document",)
    list_display = (named("document__title", _("document")), "label", "dated_on")
    list_filter = ("document",)
    list_select_related = ("document",)
    search_fields = ("document__title", "label")
    ordering = (danish_order("document__title"), "label")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """What was put before others is not written on."""
        kept = ["text"] if obj and is_settled(obj) else []
        return [*super().get_readonly_fields(request, obj), *kept]


@admin.register(Adoption)
class AdoptionAdmin(FactAdmin):
    columns = (
        named("version__document__title", _("document")),
        "version",
        "outcome",
        named("body__name", _("decided by")),
    )
    list_filter = (StandingFilter, "outcome", "body")
    list_select_related = ("version__document", "body")
    search_fields = ("version__document__title", "body__name", "note")
    date_hierarchy = "happened_on"

    def why_stands(self, fact: Any) -> str:
        return why_hearing_stays(fact)


@admin.register(Hearing)
class HearingAdmin(FactAdmin):
    columns = (named("version__document__title", _("document")), "version")
    list_filter = (StandingFilter, "version__document")
    list_select_related = ("version__document",)
    search_fields = ("version__document__title", "others", "note")
    date_hierarchy = "started_on"

    def why_stands(self, fact: Any) -> str:
        return why_hearing_stays(fact)


@admin.register(HearingComment)
class HearingCommentAdmin(FactAdmin):
    columns = (
        "version",
        named("organisation__name", _("organisation")),
        named("sender", _("another sender")),
        "heading",
        "answer",
    )
    list_filter = (StandingFilter, "answer", "version__document")
    list_select_related = ("version__document", "organisation")
    search_fields = ("version__document__title", "organisation__name", "sender", "text")
    date_hierarchy = "happened_on"


@admin.register(Agreement)
class AgreementAdmin(ReachAdmin):
    may_delete = True
    list_display = (named("title", _("title")),)
    list_filter = ("programme",)
    search_fields = ("title",)
    ordering = (danish_order("title"),)


@admin.register(AgreementTerm)
class AgreementTermAdmin(FactAdmin):
    columns = (named("agreement__title", _("agreement")),)
    list_filter = (StandingFilter, "agreement")
    list_select_related = ("agreement",)
    search_fields = ("agreement__title", "note")
    date_hierarchy = "started_on"


@admin.register(AgreementParty)
class AgreementPartyAdmin(FactAdmin):
    columns = (named("organisation__name", _("party")), named("agreement__title", _("agreement")))
    list_filter = (StandingFilter, "agreement")
    list_select_related = ("agreement", "organisation")
    search_fields = ("organisation__name", "agreement__title", "note")
    date_hierarchy = "started_on"

    def why_stands(self, fact: Any) -> str:
        return why_party_stays(fact)


@admin.register(Signature)
class SignatureAdmin(FactAdmin):
    columns = (named("organisation__name", _("signed by")), named("agreement__title", _("agreement")))
    list_filter = (StandingFilter, "agreement")
    list_select_related = ("agreement", "organisation")
    search_fields = ("organisation__name", "agreement__title", "note")
    date_hierarchy = "happened_on"


class ActionPointInline(ReachInline):
    model = ActionPoint
    may_delete = True
    list_select_related = ("meeting",)


@admin.register(EffectIndicator)
class EffectIndicatorAdmin(ReachAdmin):
    """Made on the site, where what can be computed is chosen; here the words and the baseline are kept up."""

    may_add = False
    fixed = ("programme", "source", "computed_figure", "only_association", "only_topic", "grouping")
    list_display = (named("name", _("name")), "unit", "direction", "baseline", "source", "is_proposed")
    list_filter = ("source", "direction", "is_proposed", "programme")
    search_fields = ("name", "unit", "how_measured", "measured_by")
    ordering = (danish_order("name"),)


@admin.register(IndicatorTarget)
class IndicatorTargetAdmin(ReachAdmin):
    may_delete = True
    fixed = ("indicator",)
    list_display = (named("indicator__name", _("effect indicator")), "started_on", "ended_on", "value")
    list_filter = ("indicator",)
    list_select_related = ("indicator",)
    search_fields = ("indicator__name",)
    date_hierarchy = "started_on"
    ordering = (danish_order("indicator__name"), "started_on")


@admin.register(Measurement)
class MeasurementAdmin(FactAdmin):
    columns = (named("indicator__name", _("effect indicator")), "covers_from", "covers_to", "value")
    list_filter = (StandingFilter, "indicator")
    list_select_related = ("indicator",)
    search_fields = ("indicator__name", "note")
    date_hierarchy = "happened_on"


@admin.register(Risk)
class RiskAdmin(ReachAdmin):
    """A risk is closed, not deleted."""

    list_display = ("text", "likelihood", "impact", "owner_office", "next_look_on", "closed_on")
    list_filter = ("programme",)
    search_fields = ("text", "consequence", "action", "owner_office")
    date_hierarchy = "next_look_on"
    ordering = ("closed_on", "next_look_on")


@admin.register(Meeting)
class MeetingAdmin(ReachAdmin):
    may_delete = True
    inlines = (ActionPointInline,)
    list_display = (named("title", _("title")), named("body__name", _("body")), "planned_on", "starts_at", "place")
    list_filter = ("body", "programme")
    list_select_related = ("body",)
    search_fields = ("title", "body__name", "place", "agenda")
    date_hierarchy = "planned_on"
    ordering = ("-planned_on", danish_order("title"))


@admin.register(MeetingHeld)
class MeetingHeldAdmin(FactAdmin):
    columns = (named("meeting__title", _("meeting")), named("meeting__body__name", _("body")))
    list_filter = (StandingFilter, "meeting__body")
    list_select_related = ("meeting__body",)
    search_fields = ("meeting__title", "meeting__body__name", "note")
    date_hierarchy = "happened_on"


@admin.register(Decision)
class DecisionAdmin(FactAdmin):
    columns = ("text", named("meeting__title", _("meeting")), named("meeting__body__name", _("body")))
    list_filter = (StandingFilter, "meeting__body")
    list_select_related = ("meeting__body",)
    search_fields = ("text", "meeting__title", "meeting__body__name")
    date_hierarchy = "happened_on"


@admin.register(ActionPoint)
class ActionPointAdmin(ReachAdmin):
    may_delete = True
    fixed = ("meeting",)
    list_display = ("text", named("office", _("who")), "due_on", named("meeting__title", _("meeting")))
    list_filter = ("meeting__body",)
    list_select_related = ("meeting",)
    search_fields = ("text", "office", "meeting__title")
    date_hierarchy = "due_on"
    ordering = ("-due_on",)


@admin.register(ActionDone)
class ActionDoneAdmin(FactAdmin):
    columns = (
        named("action_point__text", _("action point")),
        named("action_point__office", _("who")),
        named("action_point__meeting__title", _("meeting")),
    )
    list_filter = (StandingFilter, "action_point__meeting__body")
    list_select_related = ("action_point__meeting",)
    search_fields = ("action_point__text", "action_point__office", "note")
    date_hierarchy = "happened_on"


@admin.register(Evidence)
class EvidenceAdmin(ReachAdmin):
    """Evidence is added, and never changed. A file is added and read on the page of its fact, where it belongs."""

    may_change = False
    list_display = ("description", "file_name", "size", "added_at", "added_by")
    list_filter = ("programme",)
    list_select_related = ("added_by", "programme")
    search_fields = ("description", "file_name")
    date_hierarchy = "added_at"
    ordering = ("-added_at",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        told = ("file_name", "media_type", "size", "sha256", "added_at", "added_by")
        return ["programme", "description", *(told if obj else ())]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.added_by = request.user
        super().save_model(request, obj, form, change)

    def history_lines(self, obj: Any, names: Names) -> list[HistoryLine]:
        return [HistoryLine(obj.added_at, str(obj.added_by or NOTHING), str(_("Recorded")))]
