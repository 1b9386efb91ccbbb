from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from volunteers.models import Message


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = _("Training")
    web_functions = ("certificate_number(uuid)", "remove_comments(bigint,uuid[])")

    def is_overtaken(self, message: "Message") -> bool:
        """Is what the message tells no longer true? Asked before each is sent (volunteers.messages.sending)."""
        from training.telling import is_overtaken

        return is_overtaken(message)

    def derive_sql(self, using: str) -> None:
        """Put the guards on roles (that asks for a diploma) and on a course's days anew. Called after every migrate, as
        the owner."""
        from training.days_guard import guard_days
        from training.roles import guard_roles

        guard_roles(using)
        guard_days(using)
