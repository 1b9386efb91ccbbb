"""The account of the budget, ready for a page and for a file: the figure with the plans and facts around it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from budget.models import BudgetApproval, Commitment, Explanation, FundingFact, Instalment
from budget.month_end import latest_explanations
from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato, kroner
from bydelsmoedre.moment import Moment
from bydelsmoedre.spreadsheets import Cell, Sheet
from programme.facts import Fact
from programme.models import Programme
from reports.figures.shapes import BudgetFigure, LineFigure
from reports.ledger_files import about
from reports.views.evidence import evidence_url


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact of the account, with the pages that this reader may go to from it."""

    fact: Any
    evidence_url: str = ""
    retract_url: str = ""
    end_url: str = ""


def fact_lines(facts: Any, kind: str, *, may_write: bool) -> list[FactLine]:
    """The facts, each with its retraction where it may be retracted."""
    if not may_write:
        return [FactLine(one, _file_url(one)) for one in facts]
    return [FactLine(one, _file_url(one), _retract_url(one, kind), _end_url(one)) for one in facts]


def _file_url(fact: Fact) -> str:
    return evidence_url(fact) if fact.is_current else ""


def _retract_url(fact: Fact, kind: str) -> str:
    return url("reports:retract", kind, fact.uuid) if fact.is_current else ""


def _end_url(fact: Fact) -> str:
    is_open = isinstance(fact, Commitment) and fact.is_current and fact.ended_on is None
    return url("budget:end_commitment", fact.uuid) if is_open else ""


# --- What stands around the figure


def approvals(found: BudgetFigure, moment: Moment) -> Any:
    facts = BudgetApproval.objects.at(moment).filter(budget__uuid=found.uuid)
    return facts.select_related("body", "evidence").order_by("happened_on", "pk")


def funding_facts(found: BudgetFigure, moment: Moment) -> list[FundingFact]:
    """All that funders have done until the day, the oldest first."""
    facts = FundingFact.objects.at(moment).filter(budget__uuid=found.uuid)
    return list(facts.select_related("funder", "decided_by", "evidence").order_by("happened_on", "pk"))


def commitments(found: BudgetFigure, moment: Moment) -> Any:
    """The amounts that are bound on the day."""
    facts = Commitment.objects.at(moment).filter(line__budget__uuid=found.uuid)
    return facts.select_related("line", "evidence").order_by("started_on", "pk")


def instalments(found: BudgetFigure) -> Any:
    return Instalment.objects.filter(budget__uuid=found.uuid).select_related("funder")


# --- As a file


def sheet(found: BudgetFigure, programme: Programme, moment: Moment) -> Sheet:
    """The account with the numbers of the page: a row for each line, then their sum."""
    columns = account_columns(found)
    headings = [_("No."), _("Budget line"), *(words for _name, words in columns), _("Deviation in per cent")]
    headings.append(_("Explanation"))
    title = _("Account %(year)s") % {"year": found.year}
    explained = latest_explanations(found.uuid, moment)
    return Sheet(title, headings, _rows(found, explained), list(_about(found, programme, moment)))


def account_columns(found: BudgetFigure) -> list[tuple[str, str]]:
    """The columns in kroner, by the figure's own names: in the file as on the page."""
    return [
        ("allocated", _("Approved budget") if found.approved_on else _("Proposed budget")),
        ("moved", _("Reallocated")),
        ("budgeted", _("Corrected budget")),
        ("spent", _("Spent")),
        ("committed", _("Committed")),
        ("rest", _("Rest")),
        ("deviation", _("Deviation, kr.")),
    ]


def _rows(found: BudgetFigure, explained: Mapping[UUID, Explanation]) -> Iterator[list[Cell]]:
    for line in found.lines:
        told = explained.get(line.uuid)
        yield [line.number, line.name, *_cells(line, found), told.text if told else None]
    yield [None, _("Sum of the lines"), *_cells(found, found), None]


def _cells(row: LineFigure | BudgetFigure, found: BudgetFigure) -> list[Cell]:
    share = row.deviation_share
    return [*(getattr(row, name) for name, _words in account_columns(found)), share and round(share, 1)]


def _about(found: BudgetFigure, programme: Programme, moment: Moment) -> Iterator[tuple[str, str]]:
    yield from about(programme, moment)
    approved = _("approved on %(day)s") % {"day": dato(found.approved_on)}
    yield _("Budget"), approved if found.approved_on else _("proposed")
    yield _("Price level"), found.price_level
    if found.stated_as:
        yield _("Total as the source writes it"), found.stated_as
    yield _("Paid less spent"), kroner(found.liquidity)
    for funder in found.funding:
        told = {stage: kroner(getattr(funder, stage)) for stage in FundingFact.Stage.values}
        words = _("applied for %(proposed)s, promised %(promised)s, granted %(granted)s, paid %(paid)s")
        yield funder.funder, words % told
