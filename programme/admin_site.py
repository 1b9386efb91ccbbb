"""The administration's site: the same login as the pages."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class ProgrammeAdminSite(AdminSite):
    site_header = _("Bydelsmødre – administration")
    site_title = _("Administration")
    index_title = _("All data")
