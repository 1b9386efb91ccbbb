"""A frozen report as its reader files it: what is fetched from the database for the archive, and the form for the
municipality's own numbers."""

import datetime as dt
from typing import Any

from django.utils import translation

from bydelsmoedre.entry import EntryForm
from bydelsmoedre.stale import StaleFormMixin
from programme.models import Organisation
from reports.models import FrozenReport, JournalNumber, ReportStep
from reports.progress.exports.dialogue import Said
from reports.progress.exports.journal import Filed, journal_of
from reports.progress.freezing import address_of
from reports.progress.sections import sections

What = ReportStep.What
#: What the municipality does; all else is done by the sender.
OF_THE_MUNICIPALITY = (What.RECEIVED, What.QUESTION, What.ACCEPTED, What.RETURNED)


class JournalForm(StaleFormMixin, EntryForm):
    """The municipality's own case and document number."""

    given = ("frozen",)

    class Meta:
        model = JournalNumber
        fields = ["case_number", "document_number"]

    def __init__(self, *args: Any, frozen: FrozenReport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.frozen = frozen

    def write(self, *, by: Any) -> JournalNumber:
        """Keep them, and who wrote them last."""
        self.instance.written_by = by
        number: JournalNumber = self.save()
        return number


def journal_number(frozen: FrozenReport) -> JournalNumber | None:
    """The numbers under which the municipality has filed it; one query."""
    return JournalNumber.objects.filter(frozen=frozen).first()


def journal_zip(frozen: FrozenReport, reader: Any) -> bytes:
    """The archive of a version as `reader` sees it: the head of the chain is the last version that exists for her."""
    number = journal_number(frozen)
    seen = FrozenReport.objects.visible_to(reader).filter(programme=frozen.programme_id).without_files()
    head = seen.order_by("-place")[0]
    filed = Filed(
        locked_at=frozen.frozen_at,
        code=frozen.code,
        address=address_of(frozen.sha256),
        head_place=head.place,
        head_sha256=head.sha256,
        head_locked_at=head.frozen_at,
        case_number=number.case_number if number else "",
        document_number=number.document_number if number else "",
    )
    with translation.override("da"):
        return journal_of(bytes(frozen.canonical), bytes(frozen.pdf), filed, dialogue_of(frozen))


def dialogue_of(frozen: FrozenReport) -> list[Said]:
    """Locked, and every step since, numbered in their order; two queries. The municipality reads and answers a report
    also where that is to another funder."""
    report, municipality = frozen.content["report"], _municipality_of(frozen)
    approver = report["approved_by"] or {"office": "", "organisation": ""}
    locked: dict[str, Any] = {"at": frozen.frozen_at, "what": "frozen", "text": frozen.reason}
    said = [Said(number=1, **approver, **locked)]
    headings = {one["code"]: one["heading"] for one in sections(frozen.content)}
    numbers: dict[int, int] = {}
    for number, step in enumerate(frozen.steps.order_by("at", "pk"), 2):
        numbers[step.pk] = number
        is_theirs = step.what in OF_THE_MUNICIPALITY
        said.append(
            Said(
                number=number,
                at=_whole(step.at),
                what=step.what,
                office=step.office,
                organisation=municipality if is_theirs else report["sender"]["name"],
                section=headings.get(step.section, ""),
                text=step.text,
                answers=numbers.get(step.question_id or 0),
            )
        )
    return said


def _municipality_of(frozen: FrozenReport) -> str:
    rows = Organisation.objects.filter(programme=frozen.programme_id, kind=Organisation.Kind.MUNICIPALITY)
    return rows.order_by("pk").values_list("name", flat=True).first() or ""


def _whole(at: dt.datetime) -> dt.datetime:
    return at.replace(microsecond=0)
