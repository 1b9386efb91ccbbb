"""The administration of trainings and certificates."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.sorting import danish_order
from programme.admin_base import ReachAdmin, named
from programme.admin_facts import FactAdmin, StandingFilter
from training.models import Certificate, Curriculum


@admin.register(Curriculum)
class CurriculumAdmin(ReachAdmin):
    may_delete = True
    list_display = (named("name", _("name")), "kind")
    list_filter = ("kind", "programme")
    search_fields = ("name",)
    ordering = (danish_order("name"),)


@admin.register(Certificate)
class CertificateAdmin(FactAdmin):
    columns = (named("volunteer__name", _("volunteer")), named("curriculum__name", _("curriculum")))
    list_filter = (StandingFilter, "curriculum")
    list_select_related = ("volunteer", "curriculum")
    search_fields = ("volunteer__name", "curriculum__name", "note")
    date_hierarchy = "started_on"
