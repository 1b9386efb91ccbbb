"""`manage.py sweep_imports`: delete the uploaded files that nobody has imported, and rejected rows, after a day."""

from typing import Any

from django.core.management.base import BaseCommand

from volunteers.models.imports import delete_old_content


class Command(BaseCommand):
    help = "Delete what is kept of uploaded files of volunteers for more than a day. Run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{delete_old_content()} deleted.")
