"""How far somebody is who lacks the coordinators' certificate: “9 af 10 moduler; mangler modul 7”."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from bydelsmoedre.moment import Moment
from reports.lacks import LabelledRow
from training.completion import completions
from training.models import Curriculum, Enrolment
from training.progress import in_words


def with_progress(lines: Iterable[LabelledRow], programme: Any, moment: Moment) -> list[LabelledRow]:
    """The lines, with how far each is in the latest of the coordinators' courses that she has a seat in on the day; two
    queries, none where nobody lacks a certificate."""
    listed = list(lines)
    lacking = [line.row.uuid for line in listed if "certificate" in line.row.lacks]
    words = _words(lacking, programme, moment) if lacking else {}
    return [_told(line, words) for line in listed]


def _words(people: list[UUID], programme: Any, moment: Moment) -> dict[UUID, str]:
    found = Enrolment.objects.filter(
        volunteer__uuid__in=people,
        course__curriculum__programme=programme,
        course__curriculum__kind=Curriculum.Kind.COORDINATOR,
    )
    enrolled = list(found.select_related("course", "volunteer").order_by("course__starts_on", "pk"))
    far = completions(programme.pk, moment, courses=[one.course for one in enrolled]) if enrolled else {}
    return {one.volunteer.uuid: in_words(far[one.pk]) for one in enrolled if one.pk in far}


def _told(line: LabelledRow, words: dict[UUID, str]) -> LabelledRow:
    if line.row.uuid not in words:
        return line
    lacks = [
        replace(lack, text=f"{lack.text}: {words[line.row.uuid]}") if lack.code == "certificate" else lack
        for lack in line.lacks
    ]
    return replace(line, lacks=lacks)
