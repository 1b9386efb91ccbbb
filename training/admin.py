"""The administration of trainings, courses and certificates. Who takes part and was there is the secretariat's."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.sorting import danish_order
from programme.admin_base import ReachAdmin
from programme.admin_facts import FactAdmin, StandingFilter
from programme.admin_inlines import FactInline, ReachInline
from programme.admin_reach import AdminForm, named
from training.forms.courses import KeptDays
from training.models import (
    Attendance,
    Certificate,
    Course,
    Cover,
    Curriculum,
    CurriculumDraft,
    CurriculumVersion,
    Dispensation,
    Enrolment,
    EvaluationGiven,
    Material,
    Participation,
    Session,
    Supervised,
    Supervision,
    Teacher,
    Transfer,
)
from training.syllabus import module_in_words

CURRICULUM = named("curriculum__name", _("curriculum"))


class VersionInline(FactInline):
    model = CurriculumVersion
    columns = ("label", "required_modules", "valid_months", "started_on", "ended_on")
    list_select_related = ("curriculum",)


@admin.register(Curriculum)
class CurriculumAdmin(ReachAdmin):
    may_delete = True
    inlines = (VersionInline,)
    list_display = (named("name", _("name")), "kind")
    list_filter = ("kind", "programme")
    search_fields = ("name",)
    ordering = (danish_order("name"),)


@admin.register(CurriculumVersion)
class CurriculumVersionAdmin(FactAdmin):
    """Adopted and retracted on the secretariat's pages, which ask whether a course has begun with it."""

    may_retract = False
    columns = (CURRICULUM, "label", "required_modules", "valid_months")
    list_filter = (StandingFilter, "curriculum")
    list_select_related = ("curriculum",)
    search_fields = ("curriculum__name", "label")
    date_hierarchy = "started_on"

    def _shown(self, field: Any) -> Any:
        return "modules_named" if field.name == "modules" else super()._shown(field)

    @admin.display(description=_("modules"))
    def modules_named(self, version: CurriculumVersion) -> str:
        return "\n".join(module_in_words(module) for module in version.modules)


@admin.register(CurriculumDraft)
class CurriculumDraftAdmin(ReachAdmin):
    """Written and adopted on the secretariat's pages."""

    may_add = False
    may_change = False
    list_display = (CURRICULUM, "label", "required_modules")
    list_filter = ("curriculum",)
    list_select_related = ("curriculum",)
    search_fields = ("curriculum__name", "label")
    ordering = (danish_order("curriculum__name"), "label")


@admin.register(Cover)
class CoverAdmin(FactAdmin):
    columns = (CURRICULUM, named("by__name", _("covered by")))
    list_filter = (StandingFilter, "curriculum")
    list_select_related = ("curriculum", "by")
    search_fields = ("curriculum__name", "by__name")
    date_hierarchy = "started_on"


@admin.register(Material)
class MaterialAdmin(ReachAdmin):
    """Added and withdrawn on the secretariat's pages; here also what is withdrawn."""

    may_add = False
    may_change = False
    list_display = (CURRICULUM, "module", "title", "language", "withdrawn_on")
    list_filter = ("curriculum", "language")
    list_select_related = ("curriculum",)
    search_fields = ("title", "curriculum__name")
    ordering = (danish_order("curriculum__name"), "module")


@admin.register(Teacher)
class TeacherAdmin(ReachAdmin):
    may_delete = True
    list_display = (named("office", _("function and workplace")), "kind")
    list_filter = ("kind", "programme")
    search_fields = ("office",)
    ordering = (danish_order("office"),)


@admin.register(Supervision)
class SupervisionAdmin(ReachAdmin):
    list_display = ("planned_on", "themes", "place", "is_cancelled")
    list_filter = ("programme", "is_cancelled")
    search_fields = ("themes", "place")
    ordering = ("-planned_on",)


# --- Courses


class SessionInline(ReachInline):
    model = Session
    exclude = ("teacher",)  # chosen on the session's own page
    may_delete = True
    list_select_related = ("course",)


class CourseAdminForm(KeptDays, AdminForm):
    """A course's days keep to the same here."""


@admin.register(Course)
class CourseAdmin(ReachAdmin):
    may_delete = True
    form = CourseAdminForm
    inlines = (SessionInline,)
    list_display = (
        named("name", _("name")),
        named("curriculum__name", _("training")),
        named("association__name", _("association")),
        "language",
        "capacity",
        "starts_on",
        "ends_on",
    )
    list_filter = ("curriculum", "association", "language")
    list_select_related = ("curriculum", "association")
    search_fields = ("name", "place", "curriculum__name", "association__name")
    date_hierarchy = "starts_on"
    ordering = ("-starts_on", danish_order("name"))


@admin.register(Session)
class SessionAdmin(ReachAdmin):
    may_delete = True
    list_display = (named("course__name", _("course")), "held_on", "module", "starts_at", "is_make_up", "is_cancelled")
    list_filter = ("is_make_up", "is_cancelled", "course")
    list_select_related = ("course",)
    search_fields = ("course__name", "course__place")
    date_hierarchy = "held_on"
    ordering = ("-held_on", danish_order("course__name"), "module")


# --- Who takes part, and was there


@admin.register(Enrolment)
class EnrolmentAdmin(ReachAdmin):
    may_add = False
    may_change = False
    list_display = (named("volunteer__name", _("volunteer")), named("course__name", _("course")))
    list_filter = ("course",)
    list_select_related = ("volunteer", "course")
    search_fields = ("volunteer__name", "course__name")
    ordering = (danish_order("course__name"), danish_order("volunteer__name"))


class EnrolmentFactAdmin(FactAdmin):
    """Base of the facts about a participant, which the secretariat retracts."""

    may_retract = False
    participant = (named("enrolment__volunteer__name", _("volunteer")), named("enrolment__course__name", _("course")))
    list_select_related: ClassVar[Any] = ("enrolment__volunteer", "enrolment__course")
    search_fields = ("enrolment__volunteer__name", "enrolment__course__name", "note")


@admin.register(Participation)
class ParticipationAdmin(EnrolmentFactAdmin):
    columns = (*EnrolmentFactAdmin.participant, "status", "end_reason")
    list_filter = (StandingFilter, "status", "end_reason", "enrolment__course")
    date_hierarchy = "started_on"


@admin.register(Attendance)
class AttendanceAdmin(EnrolmentFactAdmin):
    columns = (*EnrolmentFactAdmin.participant, "session", "mark")
    list_filter = (StandingFilter, "mark", "enrolment__course")
    list_select_related = ("enrolment__volunteer", "enrolment__course", "session__course")
    date_hierarchy = "happened_on"


@admin.register(Transfer)
class TransferAdmin(EnrolmentFactAdmin):
    columns = (*EnrolmentFactAdmin.participant, named("source__course__name", _("comes from")))
    list_filter = (StandingFilter, "enrolment__course")
    list_select_related = ("enrolment__volunteer", "enrolment__course", "source__course")
    date_hierarchy = "happened_on"


@admin.register(EvaluationGiven)
class EvaluationGivenAdmin(EnrolmentFactAdmin):
    columns = EnrolmentFactAdmin.participant
    list_filter = (StandingFilter, "enrolment__course")
    date_hierarchy = "happened_on"


@admin.register(Supervised)
class SupervisedAdmin(FactAdmin):
    """Recorded and retracted by the secretariat."""

    may_retract = False
    columns = (named("volunteer__name", _("volunteer")), "supervision")
    list_filter = (StandingFilter,)
    list_select_related = ("volunteer", "supervision")
    search_fields = ("volunteer__name",)
    date_hierarchy = "happened_on"


@admin.register(Dispensation)
class DispensationAdmin(FactAdmin):
    """Made and retracted by the secretariat, on its own pages."""

    may_retract = False
    columns = (named("volunteer__name", _("volunteer")),)
    list_filter = (StandingFilter, "volunteer__programme")
    list_select_related = ("volunteer",)
    search_fields = ("volunteer__name", "note")
    date_hierarchy = "started_on"


@admin.register(Certificate)
class CertificateAdmin(FactAdmin):
    """The secretariat issues and retracts certificates."""

    may_retract = False
    columns = (named("volunteer__name", _("volunteer")), CURRICULUM, "basis", "printed")
    list_filter = (StandingFilter, "basis", "curriculum")
    list_select_related = ("volunteer", "curriculum")
    search_fields = ("volunteer__name", "curriculum__name", "note")
    date_hierarchy = "started_on"

    @admin.display(description=_("number"))
    def printed(self, certificate: Certificate) -> str:
        return certificate.printed_number
