"""Figures are stored nowhere; progress reports are, once they are frozen."""

from reports.models.checks import EvidenceCheck, Outcome, SpotCheck, SpotCheckResult
from reports.models.figures import ProgrammeFigures
from reports.models.frozen import FrozenReport, ReportStep
from reports.models.progress import Kind, ProgressReport, Section

__all__ = [
    "EvidenceCheck",
    "FrozenReport",
    "Kind",
    "Outcome",
    "ProgrammeFigures",
    "ProgressReport",
    "ReportStep",
    "Section",
    "SpotCheck",
    "SpotCheckResult",
]
