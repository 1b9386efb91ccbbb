from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = _("Training")
    web_functions = ("certificate_number(uuid)", "remove_comments(bigint,uuid[])")

    def derive_sql(self, using: str) -> None:
        """Put the guards on roles (that asks for a diploma) and on a course's days anew. Called after every migrate, as
        the owner."""
        from training.days_guard import guard_days
        from training.roles import guard_roles

        guard_roles(using)
        guard_days(using)
