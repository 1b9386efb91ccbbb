"""Figures are stored nowhere; progress reports are, once they are frozen."""

from reports.models.figures import ProgrammeFigures
from reports.models.frozen import FrozenReport, ReportStep
from reports.models.progress import Kind, ProgressReport, Section
from reports.models.schedule import ReportSchedule

__all__ = ["FrozenReport", "Kind", "ProgrammeFigures", "ProgressReport", "ReportSchedule", "ReportStep", "Section"]
