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
from training.views.roles import membership
from training.views.verification import check
from training.views.welcome import welcome, welcome_sheet

__all__ = [
    "add_session",
    "adopt_draft",
    "attendance",
    "certificate",
    "check",
    "cover",
    "create",
    "create_curriculum",
    "diploma",
    "discard_draft",
    "draft",
    "edit",
    "edit_draft",
    "edit_session",
    "end_participation",
    "enrol",
    "membership",
    "new_paper",
    "seat",
    "transfer",
    "welcome",
    "welcome_sheet",
]
