"""Training: what is taught, when and to whom, who was there, and what it led to."""

from training.models.certificates import Certificate
from training.models.courses import Course, Session
from training.models.curricula import Cover, Curriculum, CurriculumDraft, CurriculumVersion
from training.models.dispensations import Dispensation
from training.models.enrolments import Attendance, Enrolment, Participation, Transfer
from training.models.evaluations import EvaluationAnswer, EvaluationGiven
from training.models.materials import Material
from training.models.supervision import Supervised, Supervision
from training.models.teachers import Teacher

__all__ = [
    "Attendance",
    "Certificate",
    "Course",
    "Cover",
    "Curriculum",
    "CurriculumDraft",
    "CurriculumVersion",
    "Dispensation",
    "Enrolment",
    "EvaluationAnswer",
    "EvaluationGiven",
    "Material",
    "Participation",
    "Session",
    "Supervised",
    "Supervision",
    "Teacher",
    "Transfer",
]
