from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = _("Training")

    def derive_sql(self, using: str) -> None:
        """Put the guard on roles anew that asks for a diploma. Called after every migrate, as the owner."""
        from training.roles import guard_roles

        guard_roles(using)
