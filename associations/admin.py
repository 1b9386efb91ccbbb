"""The administration of places, associations and the logins that reach them."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import CalendarAddress, User
from associations.models import (
    AreaListing,
    Association,
    AssociationAdoption,
    AssociationGrant,
    Closing,
    District,
    FoundingChecklist,
    FoundingStep,
    HousingArea,
    HousingPlan,
    OwnRegime,
    Prospect,
    ProspectOutcome,
    StepKind,
    StepPlan,
)
from bydelsmoedre.sorting import danish_order
from programme.access import Role, programmes_of
from programme.admin_base import ReachAdmin
from programme.admin_facts import FactAdmin, StandingFilter
from programme.admin_inlines import ReachInline
from programme.admin_reach import governed, named
from programme.models import RoleGrant


def _reachable(users: Any, reader: Any) -> Any:
    if reader.is_superuser:
        return users
    role = RoleGrant.objects.filter(user=OuterRef("pk"))
    reach = AssociationGrant.objects.filter(user=OuterRef("pk"))
    mine = programmes_of(reader, (Role.FOUNDATION,))
    in_mine = Q(Exists(role.filter(programme__in=mine)))
    in_mine |= Q(Exists(reach.filter(association__programme__in=mine)))
    in_none = ~Exists(role) & ~Exists(reach)
    return users.filter(in_mine | in_none, is_superuser=False)


def _works_elsewhere(login: Any, reader: Any) -> bool:
    """Does the login reach a programme in which the reader is not the Foundation?"""
    mine = programmes_of(reader, (Role.FOUNDATION,))
    roles = RoleGrant.objects.filter(user=login).exclude(programme__in=mine)
    reach = AssociationGrant.objects.filter(user=login).exclude(association__programme__in=mine)
    return roles.exists() or reach.exists()


@admin.register(User)
class UserAdmin(ReachAdmin):
    """Who can log in: those with a grant in the Foundation's programmes, and those who have none yet.

    Stands here because both kinds of grants can be asked about here. Nobody sets another's password.
    """

    fields = ("email", "name", "office", "is_active", "wants_digest")
    list_display = ("email", named("name", _("name")), "office", "roles", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name", "email", "office")
    ordering = (danish_order("name"), "email")

    def reachable(self, rows: Any, user: Any) -> Any:
        return _reachable(rows, user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who changes a login's e-mail can come to log in with it: so not where it opens another Foundation's doors."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or bool(request.user.is_superuser) or not _works_elsewhere(obj, request.user))

    def get_queryset(self, request: HttpRequest) -> Any:
        held = governed(RoleGrant.objects.select_related("programme"), request.user)
        return super().get_queryset(request).prefetch_related(Prefetch("role_grants", held, to_attr="held"))

    @admin.display(description=_("roles"))
    def roles(self, user: Any) -> str:
        return "; ".join(str(grant) for grant in user.held)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)


@admin.register(CalendarAddress)
class CalendarAddressAdmin(ReachAdmin):
    """Made and closed by the user herself; the address is not shown here."""

    may_add = False
    may_change = False
    list_display = ("user", "made_at", "closed_at")
    list_select_related = ("user",)
    search_fields = ("user__name", "user__email")
    date_hierarchy = "made_at"

    def reachable(self, rows: Any, user: Any) -> Any:
        return rows.filter(user__in=_reachable(User.objects.all(), user))


@admin.register(District)
class DistrictAdmin(ReachAdmin):
    may_delete = True
    list_display = (named("name", _("name")),)
    list_filter = ("programme",)
    search_fields = ("name",)
    ordering = (danish_order("name"),)


@admin.register(HousingPlan)
class HousingPlanAdmin(ReachAdmin):
    may_delete = True
    list_display = (named("name", _("name")), "areas")
    list_filter = ("programme",)
    search_fields = ("name",)
    ordering = (danish_order("name"),)

    def get_queryset(self, request: HttpRequest) -> Any:
        covered = HousingArea.objects.order_by(danish_order("name"))
        return super().get_queryset(request).prefetch_related(Prefetch("housing_areas", covered, to_attr="covered"))

    @admin.display(description=_("housing areas"))
    def areas(self, plan: Any) -> str:
        return ", ".join(area.name for area in plan.covered)


@admin.register(HousingArea)
class HousingAreaAdmin(ReachAdmin):
    may_delete = True
    list_display = (
        named("name", _("name")),
        named("district__name", _("district")),
        "postcode",
        named("housing_plan__name", _("housing plan")),
    )
    list_filter = ("district", "housing_plan", "programme")
    list_select_related = ("district", "housing_plan")
    search_fields = ("name", "district__name", "postcode", "housing_plan__name")
    ordering = (danish_order("name"),)


class StepPlanInline(ReachInline):
    model = StepPlan
    may_delete = True
    list_select_related = ("association",)


@admin.register(Association)
class AssociationAdmin(ReachAdmin):
    may_delete = True
    inlines = (StepPlanInline,)
    list_display = (
        named("name", _("name")),
        named("housing_area__name", _("housing area")),
        named("housing_area__district__name", _("district")),
        "opened_on",
        "email",
    )
    list_filter = ("housing_area__district", "programme")
    list_select_related = ("housing_area__district",)
    search_fields = ("name", "housing_area__name", "email")
    ordering = (danish_order("name"),)


@admin.register(AssociationGrant)
class AssociationGrantAdmin(ReachAdmin):
    may_delete = True
    fixed = ("user", "association")
    list_display = ("user", named("association__name", _("association")))
    list_filter = ("association",)
    list_select_related = ("user", "association")
    search_fields = ("user__name", "user__email", "association__name")
    ordering = (danish_order("association__name"), danish_order("user__name"))


@admin.register(Prospect)
class ProspectAdmin(ReachAdmin):
    may_delete = True
    list_display = (named("housing_area__name", _("housing area")), "financing", "next_step", "next_step_on")
    list_filter = ("financing", "housing_area__district", "programme")
    list_select_related = ("housing_area",)
    search_fields = ("housing_area__name", "interest", "contact", "next_step")
    ordering = (danish_order("housing_area__name"),)


@admin.register(OwnRegime)
class OwnRegimeAdmin(FactAdmin):
    columns = (named("housing_area__name", _("housing area")), "mothers")
    list_filter = (StandingFilter, "housing_area__district")
    list_select_related = ("housing_area",)
    search_fields = ("housing_area__name",)
    date_hierarchy = "happened_on"


@admin.register(AreaListing)
class AreaListingAdmin(FactAdmin):
    columns = (named("housing_area__name", _("housing area")), "name", "status")
    list_filter = (StandingFilter, "status", "housing_area__district")
    list_select_related = ("housing_area",)
    search_fields = ("housing_area__name", "name")
    date_hierarchy = "happened_on"


@admin.register(ProspectOutcome)
class ProspectOutcomeAdmin(FactAdmin):
    columns = (
        named("prospect__housing_area__name", _("housing area")),
        "kind",
        named("association__name", _("association")),
        "reason",
    )
    list_filter = (StandingFilter, "kind")
    list_select_related = ("prospect__housing_area", "association")
    search_fields = ("prospect__housing_area__name", "association__name", "reason")
    date_hierarchy = "happened_on"


@admin.register(Closing)
class ClosingAdmin(FactAdmin):
    columns = (named("association__name", _("association")), "money")
    list_filter = (StandingFilter, "association")
    list_select_related = ("association",)
    search_fields = ("association__name", "money", "note")
    date_hierarchy = "happened_on"


@admin.register(FoundingChecklist)
class FoundingChecklistAdmin(FactAdmin):
    columns = (named("name", _("name")), "minimum_board")
    list_filter = (StandingFilter, "programme")
    search_fields = ("name",)
    date_hierarchy = "started_on"

    def _shown(self, field: Any) -> Any:
        return "steps" if field.name == "items" else super()._shown(field)

    @admin.display(description=_("steps"))
    def steps(self, checklist: FoundingChecklist) -> str:
        kinds = dict(StepKind.choices)
        return "\n".join(
            f"{item.get('number', '')}. {kinds.get(item.get('kind'), item.get('kind'))}" for item in checklist.items
        )


@admin.register(FoundingStep)
class FoundingStepAdmin(FactAdmin):
    columns = (named("association__name", _("association")), "kind", "board_members", "cvr")
    list_filter = (StandingFilter, "kind", "association")
    list_select_related = ("association",)
    search_fields = ("association__name", "cvr", "note")
    date_hierarchy = "happened_on"


@admin.register(AssociationAdoption)
class AssociationAdoptionAdmin(FactAdmin):
    columns = (named("association__name", _("association")), "version")
    list_filter = (StandingFilter, "version__document", "association")
    list_select_related = ("association", "version__document")
    search_fields = ("association__name", "version__document__title", "note")
    date_hierarchy = "happened_on"


@admin.register(StepPlan)
class StepPlanAdmin(ReachAdmin):
    may_delete = True
    fixed = ("association",)
    list_display = (named("association__name", _("association")), "kind", "planned_on")
    list_filter = ("kind", "association")
    list_select_related = ("association",)
    search_fields = ("association__name",)
    date_hierarchy = "planned_on"
    ordering = ("planned_on", danish_order("association__name"))
