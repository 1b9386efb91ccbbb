"""Forms of the training, by concept."""

from training.forms.attendance import AttendanceForm
from training.forms.certificates import CertificateForm, ReissueForm
from training.forms.courses import CourseForm, NewCourseForm, NewSessionForm, SessionForm
from training.forms.curricula import AdoptForm, CoverForm, CurriculumForm, DiscardForm, DraftForm
from training.forms.enrolments import EndParticipationForm, EnrolForm, SeatForm, TransferForm
from training.forms.roles import RoleForm
from training.forms.verification import NumberForm
from training.forms.welcome import WelcomeForm

__all__ = [
    "AdoptForm",
    "AttendanceForm",
    "CertificateForm",
    "CourseForm",
    "CoverForm",
    "CurriculumForm",
    "DiscardForm",
    "DraftForm",
    "EndParticipationForm",
    "EnrolForm",
    "NewCourseForm",
    "NewSessionForm",
    "NumberForm",
    "ReissueForm",
    "RoleForm",
    "SeatForm",
    "SessionForm",
    "TransferForm",
    "WelcomeForm",
]
