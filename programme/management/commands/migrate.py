"""`manage.py migrate`, as the owner; then every app's derived SQL, the guards and the web role's privileges."""

from typing import Any

from django.apps import apps
from django.core.management.commands import migrate

from bydelsmoedre.owner import as_owner
from programme.privileges import apply_privileges


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        using = options["database"]
        with as_owner(using):
            super().handle(*args, **options)
            if options.get("plan") or options.get("check_unapplied"):
                return
            for config in apps.get_app_configs():
                if derive := getattr(config, "derive_sql", None):
                    derive(using)
            apply_privileges(using)
