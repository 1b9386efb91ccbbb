"""Training: what is taught, when and to whom, who was there, and what it led to."""

from training.models.certificates import Certificate
from training.models.courses import Course, Session
from training.models.curricula import Curriculum, CurriculumVersion
from training.models.dispensations import Dispensation
from training.models.enrolments import Attendance, Enrolment, Participation

__all__ = [
    "Attendance",
    "Certificate",
    "Course",
    "Curriculum",
    "CurriculumVersion",
    "Dispensation",
    "Enrolment",
    "Participation",
    "Session",
]
