"""The administration of volunteers. The Foundation reads; the secretariat writes, on the pages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.sorting import danish_order
from programme.admin_base import ReachAdmin, named
from programme.admin_facts import FactAdmin, StandingFilter
from volunteers.models import Membership, Volunteer


@admin.register(Volunteer)
class VolunteerAdmin(ReachAdmin):
    may_add = False
    may_change = False
    list_display = ("person", "email", "phone", named("housing_area__name", _("housing area")))
    list_filter = ("housing_area__district", "programme")
    list_select_related = ("housing_area",)
    search_fields = ("name", "email", "phone")
    ordering = (danish_order("name"),)

    @admin.display(description=_("name"), ordering=danish_order("name"))
    def person(self, volunteer: Volunteer) -> str:
        """Says so where the name has been erased."""
        return str(volunteer)


@admin.register(Membership)
class MembershipAdmin(FactAdmin):
    """A role is written about a person, so the secretariat retracts it."""

    may_retract = False
    columns = (
        named("volunteer__name", _("volunteer")),
        "role",
        named("association__name", _("association")),
    )
    list_filter = (StandingFilter, "role", "association")
    list_select_related = ("volunteer", "association")
    search_fields = ("volunteer__name", "association__name", "note")
    date_hierarchy = "started_on"
