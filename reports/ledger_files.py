"""The ledger of a budget as files: a table, and plain JSON in the spirit of SAF-T (see docs/regnskab-json.md).

Both hold every posting until the day, as known at the Moment, in the order in which they happened.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from budget.models import Posting
from bydelsmoedre.danish import dato, tidspunkt
from bydelsmoedre.moment import COPENHAGEN, Moment
from bydelsmoedre.spreadsheets import Cell, Sheet
from programme.models import Programme
from reports.figures.shapes import BudgetFigure

FORMAT, VERSION = "bydelsmoedre-regnskab", 1
#: So many postings are fetched at a time.
CHUNK = 2000


def postings(found: BudgetFigure, moment: Moment) -> QuerySet[Posting]:
    """The postings of a budget, with all that stands beside them."""
    return (
        Posting.objects.filter(line__budget__uuid=found.uuid)
        .until(moment)
        .select_related(
            "line", "funder", "association", "course", "booked_from__entered_by", "booked_from__approved_by", "evidence"
        )
        .defer("known", "period")
        .order_by("happened_on", "pk")
    )


def ledger_sheet(found: BudgetFigure, programme: Programme, moment: Moment) -> Sheet:
    """A row for each posting."""
    headings = [
        _("Date"), _("Voucher"), _("No."), _("Budget line"), _("Funder"), _("Supplier"), _("Text"), _("Amount, kr."),
        _("Association"), _("Course"), _("Reversal"), _("Entered by"), _("Approved by"), _("Approved in"),
        _("Recorded at"), _("Evidence"), _("Identity"), _("Reverses"),
    ]  # fmt: skip
    rows = map(_row, _each(found, moment))
    return Sheet(_("Ledger %(year)s") % {"year": found.year}, headings, rows, about(programme, moment))


def about(programme: Programme, moment: Moment) -> list[tuple[str, str]]:
    """What stands beside a file: whose it is, and as of when."""
    told = [(_("Programme"), programme.name), (_("As of"), dato(moment.on))]
    return told if moment.is_known_now else [*told, (_("As we knew it on"), tidspunkt(moment.known_at))]


def _each(found: BudgetFigure, moment: Moment) -> Iterator[Posting]:
    return postings(found, moment).iterator(CHUNK)


def _row(one: Posting) -> list[Cell]:
    voucher = one.booked_from
    return [
        one.happened_on, one.voucher, one.line.number, one.line.name, _name(one.funder), one.supplier, one.text,
        one.amount, _name(one.association), _name(one.course), one.reverses is not None,
        str(voucher.entered_by) if voucher else "", str(voucher.approved_by) if voucher else "", one.source,
        one.recorded_at, str(one.evidence or ""), str(one.uuid), str(one.reverses or ""),
    ]  # fmt: skip


def _name(one: Any) -> str:
    return one.name if one else ""


# --- As JSON


def ledger_json(found: BudgetFigure, programme: Programme, moment: Moment) -> Iterator[str]:
    """The JSON in pieces, a posting on each line. Amounts are text with two decimals: no program rounds them."""
    head = {
        "format": FORMAT,
        "version": VERSION,
        "programme": programme.name,
        "year": found.year,
        "currency": "DKK",
        "as_of": moment.on.isoformat(),
        "known_at": None if moment.is_known_now else moment.known_at.astimezone(dt.UTC).isoformat(),
        "lines": [
            {
                "number": line.number,
                "name": line.name,
                "budget": _kr(line.allocated),
                "reallocated": _kr(line.moved),
                "spent": _kr(line.spent),
                "committed": _kr(line.committed),
                "rest": _kr(line.rest),
            }
            for line in found.lines
        ],
        "funders": [
            {
                "name": one.funder,
                "proposed": _kr(one.proposed),
                "promised": _kr(one.promised),
                "granted": _kr(one.granted),
                "paid": _kr(one.paid),
            }
            for one in found.funding
        ],
        "total": _kr(found.spent),
    }
    text = json.dumps(head, ensure_ascii=False, indent=1)
    yield text.removesuffix("\n}") + ',\n "postings": ['
    between = "\n  "
    for one in _each(found, moment):
        yield between + json.dumps(posting_data(one), ensure_ascii=False)
        between = ",\n  "
    yield "\n ]\n}\n"


def posting_data(one: Posting) -> dict[str, Any]:
    """A posting as JSON holds it."""
    voucher = one.booked_from
    return {
        "id": str(one.uuid),
        "date": one.happened_on.isoformat(),
        "voucher": one.voucher,
        "line": one.line.number,
        "amount": _kr(one.amount),
        "text": one.text,
        "supplier": one.supplier,
        "invoice": voucher.reference if voucher else "",
        "funder": _name(one.funder),
        "association": _name(one.association),
        "course": _name(one.course),
        "reverses": str(one.reverses) if one.reverses else None,
        "entered_by": str(voucher.entered_by) if voucher else "",
        "approved_by": str(voucher.approved_by) if voucher else "",
        "system": one.source,
        "recorded_at": one.recorded_at.astimezone(COPENHAGEN).isoformat(),
    }


def _kr(amount: Decimal) -> str:
    return f"{amount:.2f}"


def in_bytes(pieces: Iterable[str], *, at_once: int = 500) -> Iterator[bytes]:
    """The pieces, many at a time."""
    each = iter(pieces)
    while some := "".join(islice(each, at_once)):
        yield some.encode()
