"""Pages of the training, by concept. What a page shows of other apps is composed in reports."""

from training.views.attendance import attendance
from training.views.certificates import certificate, diploma, new_paper
from training.views.courses import add_session, create, edit, edit_session
from training.views.curricula import (
    adopt_draft,
    cover,
    create_curriculum,
    discard_draft,
    draft,
    edit_draft,
)
from training.views.enrolments import end_participation, enrol, seat, transfer
from training.views.evaluation import evaluate, evaluation, remove_comments
from training.views.materials import add_material, material_file, materials, withdraw_material
from training.views.roles import membership
from training.views.supervision import edit_supervision, new_supervision, supervision, supervisions
from training.views.teachers import create_teacher, edit_teacher, teachers
from training.views.verification import check
from training.views.welcome import welcome, welcome_sheet

__all__ = [
    "add_material",
    "add_session",
    "adopt_draft",
    "attendance",
    "certificate",
    "check",
    "cover",
    "create",
    "create_curriculum",
    "create_teacher",
    "diploma",
    "discard_draft",
    "draft",
    "edit",
    "edit_draft",
    "edit_session",
    "edit_supervision",
    "edit_teacher",
    "end_participation",
    "enrol",
    "evaluate",
    "evaluation",
    "material_file",
    "materials",
    "membership",
    "new_paper",
    "new_supervision",
    "remove_comments",
    "seat",
    "supervision",
    "supervisions",
    "teachers",
    "transfer",
    "welcome",
    "welcome_sheet",
    "withdraw_material",
]
