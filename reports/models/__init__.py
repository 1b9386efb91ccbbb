"""Figures are stored nowhere; progress reports are, once they are frozen."""

from reports.models.checks import EvidenceCheck, Outcome, SpotCheck, SpotCheckResult
from reports.models.committee import CommitteeAnnex, CommitteeDecision
from reports.models.figures import ProgrammeFigures
from reports.models.frozen import FrozenReport, ReportStep
from reports.models.journal import JournalNumber
from reports.models.progress import Kind, ProgressReport, Section
from reports.models.schedule import ReportSchedule
from reports.models.sharing import ShareLink, ShareOpening

__all__ = [
    "CommitteeAnnex",
    "CommitteeDecision",
    "EvidenceCheck",
    "FrozenReport",
    "JournalNumber",
    "Kind",
    "Outcome",
    "ProgrammeFigures",
    "ProgressReport",
    "ReportSchedule",
    "ReportStep",
    "Section",
    "ShareLink",
    "ShareOpening",
    "SpotCheck",
    "SpotCheckResult",
]
