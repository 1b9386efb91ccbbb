"""Forms of the training, by concept."""

from training.forms.attendance import AttendanceForm
from training.forms.certificates import CertificateForm
from training.forms.courses import CourseForm, NewCourseForm, NewSessionForm, SessionForm
from training.forms.enrolments import EndParticipationForm, EnrolForm, SeatForm
from training.forms.roles import RoleForm
from training.forms.welcome import WelcomeForm

__all__ = [
    "AttendanceForm",
    "CertificateForm",
    "CourseForm",
    "EndParticipationForm",
    "EnrolForm",
    "NewCourseForm",
    "NewSessionForm",
    "RoleForm",
    "SeatForm",
    "SessionForm",
    "WelcomeForm",
]
