"""The administration of volunteers. The Foundation reads; the secretariat writes, on the pages."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.sorting import danish_order
from programme.admin_base import ReachAdmin
from programme.admin_facts import FactAdmin, StandingFilter
from programme.admin_reach import named
from volunteers.models import (
    Assessment,
    Call,
    Candidacy,
    Conversation,
    ConversationLink,
    ConversationTopic,
    Declaration,
    Delivery,
    DeliveryStep,
    DifferentPersons,
    Gathering,
    GatheringHeld,
    Import,
    LanguageSkill,
    MailChoice,
    Membership,
    Message,
    MessageText,
    Presence,
    SamePerson,
    StageEvent,
    Transition,
    TransitionAnswer,
    Volunteer,
)

VOLUNTEER = named("volunteer__name", _("volunteer"))


class PersonAdmin(ReachAdmin):
    """Base of rows about persons."""

    may_add = False
    may_change = False


class PersonFactAdmin(FactAdmin):
    """Base of what is written about a person, which the secretariat retracts."""

    may_retract = False


@admin.register(Volunteer)
class VolunteerAdmin(PersonAdmin):
    list_display = ("person", "email", "phone", named("housing_area__name", _("housing area")))
    list_filter = ("housing_area__district", "programme")
    list_select_related = ("housing_area",)
    search_fields = ("name", "email", "phone")
    ordering = (danish_order("name"),)

    @admin.display(description=_("name"), ordering=danish_order("name"))
    def person(self, volunteer: Volunteer) -> str:
        """Says so where the name has been erased."""
        return str(volunteer)


@admin.register(Import)
class ImportAdmin(PersonAdmin):
    """Who imported how much and when; the file itself is the secretariat's, for a day."""

    list_display = ("uploaded_at", "uploaded_by", "finished_at", "persons", "roles", "languages", "rejected")
    list_filter = ("programme",)
    list_select_related = ("uploaded_by",)
    search_fields = ("uploaded_by__name", "uploaded_by__email")
    date_hierarchy = "uploaded_at"
    ordering = ("-uploaded_at", "pk")
    readonly_fields = ("uploaded_at", "uploaded_by", "began_at", "finished_at")


@admin.register(Membership)
class MembershipAdmin(PersonFactAdmin):
    columns = (VOLUNTEER, "role", named("association__name", _("association")))
    list_filter = (StandingFilter, "role", "association")
    list_select_related = ("volunteer", "association")
    search_fields = ("volunteer__name", "association__name", "note")
    date_hierarchy = "started_on"


@admin.register(LanguageSkill)
class LanguageSkillAdmin(PersonFactAdmin):
    columns = (VOLUNTEER, "language", "level")
    list_filter = (StandingFilter, "language", "level", "volunteer__programme")
    list_select_related = ("volunteer",)
    search_fields = ("volunteer__name", "note")
    date_hierarchy = "happened_on"


@admin.register(Declaration)
class DeclarationAdmin(PersonFactAdmin):
    columns = (VOLUNTEER, "kind")
    list_filter = (StandingFilter, "kind", "volunteer__programme")
    list_select_related = ("volunteer",)
    search_fields = ("volunteer__name", "note")
    date_hierarchy = "started_on"


@admin.register(Call)
class CallAdmin(PersonFactAdmin):
    columns = (VOLUNTEER, "outcome", "call_again_on")
    list_filter = (StandingFilter, "outcome", "volunteer__programme")
    list_select_related = ("volunteer",)
    search_fields = ("volunteer__name",)
    date_hierarchy = "happened_on"


# --- Recruiting


@admin.register(Candidacy)
class CandidacyAdmin(PersonAdmin):
    """That she has been assessed can be seen here; how, only by the secretariat on its own pages."""

    list_display = (VOLUNTEER, "is_assessed")
    list_filter = ("volunteer__programme",)
    list_select_related = ("volunteer",)
    search_fields = ("volunteer__name",)
    ordering = (danish_order("volunteer__name"), "pk")
    readonly_fields = ("is_assessed",)

    def get_queryset(self, request: HttpRequest) -> Any:
        made = Assessment.objects.current().filter(candidacy=OuterRef("pk"))
        return super().get_queryset(request).annotate(has_assessment=Exists(made))

    @admin.display(description=_("assessed"), ordering="has_assessment", boolean=True)
    def is_assessed(self, candidacy: Any) -> bool:
        return candidacy.has_assessment


@admin.register(StageEvent)
class StageEventAdmin(PersonFactAdmin):
    columns = (named("candidacy__volunteer__name", _("volunteer")), "stage")
    list_filter = (StandingFilter, "stage", "candidacy__volunteer__programme")
    list_select_related = ("candidacy__volunteer",)
    search_fields = ("candidacy__volunteer__name", "note")
    date_hierarchy = "happened_on"


@admin.register(Assessment)
class AssessmentAdmin(PersonFactAdmin):
    """The secretariat's alone: the Foundation has no such list. Superusers, who see everything, do."""

    columns = (named("candidacy__volunteer__name", _("volunteer")), "aspect", "level")
    list_filter = (StandingFilter, "aspect", "candidacy__volunteer__programme")
    list_select_related = ("candidacy__volunteer",)
    search_fields = ("candidacy__volunteer__name", "note")
    date_hierarchy = "happened_on"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and bool(request.user.is_superuser)


# --- The formerly paid


@admin.register(Transition)
class TransitionAdmin(PersonAdmin):
    list_display = (VOLUNTEER, "project")
    list_filter = ("project", "volunteer__programme")
    list_select_related = ("volunteer",)
    search_fields = ("volunteer__name",)
    ordering = (danish_order("volunteer__name"), "pk")


@admin.register(TransitionAnswer)
class TransitionAnswerAdmin(PersonFactAdmin):
    columns = (
        named("transition__volunteer__name", _("volunteer")),
        "answer",
        "project",
    )
    list_filter = (StandingFilter, "answer", "transition__project", "transition__volunteer__programme")
    list_select_related = ("transition__volunteer",)
    search_fields = ("transition__volunteer__name", "note")
    date_hierarchy = "happened_on"

    @admin.display(description=_("project"), ordering="transition__project")
    def project(self, answer: TransitionAnswer) -> str:
        return answer.transition.get_project_display()


# --- The associations' meetings


@admin.register(Gathering)
class GatheringAdmin(PersonAdmin):
    list_display = (named("association__name", _("association")), "kind", "planned_on", "is_cancelled")
    list_filter = ("kind", "is_cancelled", "association")
    list_select_related = ("association",)
    search_fields = ("association__name", "place")
    date_hierarchy = "planned_on"
    ordering = ("-planned_on", "pk")


@admin.register(GatheringHeld)
class GatheringHeldAdmin(PersonFactAdmin):
    columns = (named("gathering__association__name", _("association")), named("gathering__kind", _("kind of meeting")))
    list_filter = (StandingFilter, "gathering__kind", "gathering__association")
    list_select_related = ("gathering__association",)
    search_fields = ("gathering__association__name", "note")
    date_hierarchy = "happened_on"


@admin.register(Presence)
class PresenceAdmin(PersonFactAdmin):
    columns = (VOLUNTEER, named("gathering__association__name", _("association")))
    list_filter = (StandingFilter, "gathering__association")
    list_select_related = ("volunteer", "gathering__association")
    search_fields = ("volunteer__name", "gathering__association__name")
    date_hierarchy = "happened_on"


# --- Conversations with families


class TopicFilter(admin.SimpleListFilter):
    """A topic among those that the conversation was about."""

    title = _("topic")
    parameter_name = "topic"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(value, capfirst(label)) for value, label in ConversationTopic.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(topics__contains=[self.value()]) if self.value() else queryset


@admin.register(Conversation)
class ConversationAdmin(FactAdmin):
    """Recorded by the local coordinators and the secretariat, who also retract."""

    may_retract = False
    columns = (named("association__name", _("association")), "topics_named", "contact", "next_step", "language")
    list_filter = (StandingFilter, TopicFilter, "contact", "next_step", "language", "association")
    list_select_related = ("association",)
    search_fields = ("association__name",)
    date_hierarchy = "happened_on"

    def _shown(self, field: Any) -> Any:
        return "topics_named" if field.name == "topics" else super()._shown(field)

    @admin.display(description=_("topics"))
    def topics_named(self, conversation: Conversation) -> str:
        return ", ".join(str(ConversationTopic(topic).label) for topic in conversation.topics)


@admin.register(ConversationLink)
class ConversationLinkAdmin(PersonAdmin):
    """Made and closed on the person's page; the address itself is not shown here."""

    list_display = (VOLUNTEER, named("association__name", _("association")), "made_at", "closed_at")
    list_filter = ("association",)
    list_select_related = ("volunteer", "association")
    search_fields = ("volunteer__name", "association__name")
    date_hierarchy = "made_at"


@admin.register(SamePerson)
class SamePersonAdmin(PersonFactAdmin):
    """Merged, and told apart again, on the person's page."""

    columns = (named("duplicate__name", _("recorded again")), named("kept__name", _("kept")))
    list_filter = (StandingFilter, "kept__programme")
    list_select_related = ("duplicate", "kept")
    search_fields = ("duplicate__name", "kept__name", "note")
    date_hierarchy = "happened_on"


@admin.register(DifferentPersons)
class DifferentPersonsAdmin(PersonAdmin):
    list_display = (named("first__name", _("the first")), named("second__name", _("the second")))
    list_filter = ("first__programme",)
    list_select_related = ("first", "second")
    search_fields = ("first__name", "second__name")


# --- Messages


@admin.register(Message)
class MessageAdmin(PersonAdmin):
    list_display = ("sent_at", "sent_by")
    list_filter = ("programme",)
    list_select_related = ("sent_by",)
    search_fields = ("sent_by__name", "sent_by__email")
    date_hierarchy = "sent_at"
    readonly_fields = ("sent_at", "sent_by")


@admin.register(MessageText)
class MessageTextAdmin(PersonAdmin):
    list_display = ("subject", "language", "to")
    list_filter = ("language", "message__programme")
    list_select_related = ("to",)
    search_fields = ("subject",)


@admin.register(Delivery)
class DeliveryAdmin(PersonAdmin):
    """To whom, in which language; what became of it stands in its steps."""

    list_display = (VOLUNTEER, "subject", "language")
    list_filter = ("language", "message__programme")
    list_select_related = ("volunteer", "message")
    search_fields = ("volunteer__name", "subject")
    ordering = ("-pk",)


@admin.register(DeliveryStep)
class DeliveryStepAdmin(PersonFactAdmin):
    columns = (named("delivery__volunteer__name", _("volunteer")), "step", "reason")
    list_filter = (StandingFilter, "step", "reason", "delivery__message__programme")
    list_select_related = ("delivery__volunteer",)
    search_fields = ("delivery__volunteer__name",)
    date_hierarchy = "happened_on"


@admin.register(MailChoice)
class MailChoiceAdmin(PersonFactAdmin):
    columns = (VOLUNTEER, "wish")
    list_filter = (StandingFilter, "wish", "volunteer__programme")
    list_select_related = ("volunteer",)
    search_fields = ("volunteer__name",)
    date_hierarchy = "happened_on"
