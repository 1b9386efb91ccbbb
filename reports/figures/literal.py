"""The literal reading of a criterion: what its own words ask for, where our rule asks for more (domain.md).

*Uddannes*: a certificate is enough. *Udarbejdes*, *udvikles*: a version is enough. *Med fokus på*: an agreement in
force is enough. It is shown beside our answer, and never counts.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from programme.models import CriterionVersion
from reports.figures.agreements import AgreementFigure
from reports.figures.documents import DocumentFigure
from reports.figures.shapes import CriterionFigure

Rule = CriterionVersion.Rule


@dataclass(frozen=True, slots=True)
class LiteralFigure:
    """What a criterion's own words give on a day."""

    rule: str
    is_met: bool
    since: dt.date | None = None
    value: int | None = None
    target: int | None = None


def literal(
    figure: CriterionFigure,
    *,
    document_kind: str = "",
    documents: Sequence[DocumentFigure] = (),
    agreements: Sequence[AgreementFigure] = (),
    certificates: int | None = None,
) -> LiteralFigure | None:
    """The literal answer beside a criterion's; None where our rule asks for no more than the words do."""
    if figure.rule == Rule.COORDINATORS_TRAINED and certificates is not None:
        return LiteralFigure(figure.rule, certificates >= (figure.target or 1), None, certificates, figure.target)
    if figure.rule == Rule.DOCUMENT_ADOPTED:
        return _first(figure, [one.received_on for one in documents if one.kind == document_kind])
    if figure.rule == Rule.PARTNERSHIP_ANCHORED:
        return _first(figure, [one.in_force_on for one in agreements])
    return None


def _first(figure: CriterionFigure, days: Sequence[dt.date | None]) -> LiteralFigure:
    since = min((day for day in days if day), default=None)
    return LiteralFigure(figure.rule, since is not None, since)
