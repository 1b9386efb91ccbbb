"""The auditor's pack: the account, the ledger and the vouchers' files in one archive, with a list and checksums.

`sha256sum -c SHA256SUMS` checks it, with nothing of ours.
"""

import hashlib
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO, Any

from budget.models import Posting
from bydelsmoedre.moment import Moment
from bydelsmoedre.spreadsheets import write_csv, write_xlsx
from programme.models import Evidence, Programme
from reports import account
from reports.figures.shapes import BudgetFigure
from reports.ledger_files import in_bytes, ledger_json, ledger_sheet, postings

#: The list of all files, as `sha256sum` reads it.
SUMS = "SHA256SUMS"
_NOT_IN_A_NAME = re.compile(r"[^\w.-]+|\.{2,}")
_PIECE = 1024 * 1024


def audit_pack(found: BudgetFigure, programme: Programme, moment: Moment) -> IO[bytes]:
    """The archive as an open temporary file, at its beginning. A file that is missing on the disk is named in the list
    of what is missing, and holds nothing back."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 (whoever sends it closes it)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        pack = _Pack(archive)
        for name, sheet in (
            ("regnskab", account.sheet(found, programme, moment)),
            ("bogfoering", ledger_sheet(found, programme, moment)),
        ):
            with pack.file(f"{name}-{found.year}.xlsx") as into, tempfile.TemporaryFile() as book:
                write_xlsx(sheet, book)
                book.seek(0)
                shutil.copyfileobj(book, into, _PIECE)
        pack.text(f"bogfoering-{found.year}.csv", write_csv(ledger_sheet(found, programme, moment)))
        with pack.file(f"bogfoering-{found.year}.json") as into:
            for piece in in_bytes(ledger_json(found, programme, moment)):
                into.write(piece)
        missing = list(_vouchers(pack, found, moment))
        if missing:
            pack.text("mangler.txt", "\n".join(missing) + "\n")
        archive.writestr(SUMS, "".join(f"{digest}  {name}\n" for name, digest in pack.sums.items()))
    target.seek(0)
    return target


def _vouchers(pack: "_Pack", found: BudgetFigure, moment: Moment) -> Iterator[str]:
    """Add each file once, named by the first voucher that it belongs to; say which are missing."""
    filed: set[int] = set()
    for posting in postings(found, moment).exclude(evidence=None).iterator(1000):
        evidence: Any = posting.evidence
        if evidence.pk in filed or not evidence.file:
            continue
        filed.add(evidence.pk)
        try:
            source = evidence.file.open("rb")
        except FileNotFoundError:
            yield f"{posting.voucher or posting.happened_on}: {evidence.file_name}"
            continue
        with source, pack.file(_name_of(posting, evidence)) as into:
            shutil.copyfileobj(source, into, _PIECE)


def _name_of(posting: Posting, evidence: Evidence) -> str:
    """“bilag/B2011-0001-kvittering.pdf”; never a path of its own."""
    name = PurePath(evidence.file_name).name
    stem = f"{posting.voucher or posting.happened_on}-{evidence.pk}-{name}"
    return f"bilag/{_NOT_IN_A_NAME.sub('_', stem).strip('._')[:150]}"


class _Pack:
    """An archive that notes the checksum of all that is written into it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.sums: dict[str, str] = {}

    def text(self, name: str, content: str) -> None:
        with self.file(name) as into:
            into.write(content.encode())

    def file(self, name: str) -> "_Summed":
        return _Summed(self, name)


class _Summed:
    """A file being written; its checksum is noted when it is whole."""

    def __init__(self, pack: _Pack, name: str) -> None:
        self.pack, self.name, self.digest = pack, name, hashlib.sha256()

    def __enter__(self) -> "_Summed":
        self.entry = self.pack.archive.open(self.name, "w", force_zip64=True)
        return self

    def write(self, piece: bytes) -> None:
        self.digest.update(piece)
        self.entry.write(piece)

    def __exit__(self, *failed: object) -> None:
        self.entry.close()
        if not any(failed):
            self.pack.sums[self.name] = self.digest.hexdigest()
