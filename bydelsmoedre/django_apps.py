"""Django's own apps as we configure them: the admin with our site, static files without what no page uses."""

from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class ProgrammeAdminConfig(AdminConfig):
    default = False
    default_site = "programme.admin_site.ProgrammeAdminSite"


class OurStaticFilesConfig(StaticFilesConfig):
    """Of Bootstrap only the one style sheet that pages use (and its map, which it names) is gathered."""

    default = False
    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "bootstrap-*",
        "bootstrap.rtl*",
        "bootstrap.css*",
        "bootstrap*.js",
        "bootstrap*.js.map",
        "LICENSE",
        "version.txt",
    ]
