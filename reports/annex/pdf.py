"""The committee's two pages as PDF: tagged (PDF/UA-1), lasting (PDF/A-2a), drawn by `reports/texts/udvalgsbilag.typ`.

Pure, as the report's own paper: the same content and texts give the same bytes. Each page is drawn as large as it fits.
"""

import datetime as dt
from pathlib import Path
from typing import Any

from reports.progress.paper import on_paper

TEMPLATE = Path(__file__).resolve().parent.parent / "texts" / "udvalgsbilag.typ"


def as_pdf(told: dict[str, Any], *, known_at: dt.datetime) -> bytes:
    """What `reports.annex.telling` tells, on paper; the file's date is when the report's content was known."""
    return on_paper(TEMPLATE, told, at=known_at.replace(microsecond=0))
