"""What a reader may fetch of a frozen report: the part of its page that `reports/frozen_files.html` shows."""

from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from bydelsmoedre.addresses import url
from programme.access import StandingRequest
from reports.models import FrozenReport
from reports.progress.journalising import journal_number
from reports.progress.readers import is_contact


def files_context(frozen: FrozenReport, request: StandingRequest) -> dict[str, Any]:
    """What `reports/frozen_files.html` is given, of a version that this reader sees: its files, the archive for the
    journal, under which numbers the municipality has filed it, and where its contact writes them. One query."""
    standing: Any = request.standing.within(frozen.programme)
    place = partial(url, "reports:report_file", frozen.uuid)
    return {
        "files": [
            {"name": _("PDF to keep"), "url": place("pdf"), "words": _("the report on paper, as it was locked")},
            {"name": "Excel", "url": place("xlsx"), "words": _("each part on a sheet of its own, to reckon with")},
            {"name": "CSV", "url": place("csv"), "words": _("every number and word in one long table")},
            {"name": "JSON", "url": place("json"), "words": _("the bytes that the SHA-256 is of")},
        ],
        "shown_url": f"{place('pdf')}?vis=1",
        "schema_url": url("reports:report_schema"),
        "journal_url": url("reports:journal_zip", frozen.uuid),
        "number": journal_number(frozen),
        "write_url": url("reports:frozen_journal", frozen.uuid) if is_contact(standing) else "",
    }
