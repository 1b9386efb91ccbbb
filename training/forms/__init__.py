"""Forms of the training, by concept."""

from training.forms.attendance import AttendanceForm
from training.forms.certificates import CertificateForm, ReissueForm
from training.forms.courses import CourseForm, NewCourseForm
from training.forms.curricula import AdoptForm, CoverForm, CurriculumForm, DraftForm
from training.forms.drafts import AboutDraftForm
from training.forms.enrolments import EndParticipationForm, EnrolForm, SeatForm, TransferForm
from training.forms.evaluation import AnswerForm, RemoveCommentsForm
from training.forms.materials import MaterialForm
from training.forms.roles import RoleForm
from training.forms.sessions import NewSessionForm, SessionForm
from training.forms.supervision import SupervisionForm
from training.forms.teachers import TeacherForm
from training.forms.ticked import TickForm
from training.forms.verification import NumberForm
from training.forms.welcome import WelcomeForm

__all__ = [
    "AboutDraftForm",
    "AdoptForm",
    "AnswerForm",
    "AttendanceForm",
    "CertificateForm",
    "CourseForm",
    "CoverForm",
    "CurriculumForm",
    "DraftForm",
    "EndParticipationForm",
    "EnrolForm",
    "MaterialForm",
    "NewCourseForm",
    "NewSessionForm",
    "NumberForm",
    "ReissueForm",
    "RemoveCommentsForm",
    "RoleForm",
    "SeatForm",
    "SessionForm",
    "SupervisionForm",
    "TeacherForm",
    "TickForm",
    "TransferForm",
    "WelcomeForm",
]
