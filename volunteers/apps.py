from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VolunteersConfig(AppConfig):
    name = "volunteers"
    verbose_name = _("Volunteers")

    #: SQL functions of this app that the web role may call (programme.privileges).
    web_functions = ("erase_person(bigint)",)

    def derive_sql(self, using: str) -> None:
        """Make the erasing function and the guards on roles anew. Called after every migrate, as the owner."""
        from volunteers.opening import guard_opening
        from volunteers.privacy import derive_erasing

        derive_erasing(using)
        guard_opening(using)
