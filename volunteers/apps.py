from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VolunteersConfig(AppConfig):
    name = "volunteers"
    verbose_name = _("Volunteers")

    #: SQL functions of this app that the web role may call (programme.privileges).
    web_functions = ("erase_person(bigint)", "may_follow(text)", "person_key(text,text,text)")

    def derive_sql(self, using: str) -> None:
        """Make the erasing function, the guards on roles and on a candidacy's steps anew. Called after every migrate,
        as the owner."""
        from volunteers.opening import guard_opening
        from volunteers.privacy import derive_erasing
        from volunteers.recruitment_guard import derive_guard

        derive_erasing(using)
        guard_opening(using)
        derive_guard(using)
