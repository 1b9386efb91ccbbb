"""The admin site's own app configuration: our site class instead of Django's."""

from django.contrib.admin.apps import AdminConfig


class ProgrammeAdminConfig(AdminConfig):
    default = False
    default_site = "programme.admin_site.ProgrammeAdminSite"
