"""The form of a teacher."""

from typing import Any

from bydelsmoedre.entry import EntryForm
from bydelsmoedre.stale import StaleFormMixin
from programme.models import Programme
from training.models import Teacher


class TeacherForm(StaleFormMixin, EntryForm):
    """Who teaches, by function and workplace."""

    given = ("programme",)

    class Meta:
        model = Teacher
        fields = ["office", "kind"]

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
