"""Pages of the training, by concept. What a page shows of other apps is composed in reports."""

from training.views.attendance import attendance
from training.views.certificates import certificate
from training.views.courses import add_session, create, edit, edit_session
from training.views.enrolments import end_participation, enrol, seat
from training.views.roles import membership
from training.views.welcome import welcome, welcome_sheet

__all__ = [
    "add_session",
    "attendance",
    "certificate",
    "create",
    "edit",
    "edit_session",
    "end_participation",
    "enrol",
    "membership",
    "seat",
    "welcome",
    "welcome_sheet",
]
