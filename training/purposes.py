"""What the training's tables store about persons."""

from django.utils.translation import gettext_lazy as _

from bydelsmoedre.purposes import Purpose
from volunteers.purposes import ANONYMOUS, INTEREST

PURPOSES = [
    Purpose(
        "training",
        _("Your training"),
        _(
            "So that you get your diploma when you have come to enough, and only trained mothers visit families. Who "
            "has the number on your diploma can see whether it is valid, with your initials and not your name."
        ),
        INTEREST,
        ANONYMOUS,
    ),
    Purpose(
        "evaluation",
        _("What is said of a course"),
        _(
            "So that the courses get better. Nobody can see who has answered, and nobody is to be named. If somebody "
            "has written about you all the same, say so, and the comment is removed."
        ),
        INTEREST,
        _("As long as the course is told of, or until the comment is removed."),
    ),
]

STORED = {
    "training": {
        "training.Enrolment": "uuid volunteer course",
        "training.Participation": "enrolment status end_reason started_on ended_on period",
        "training.Transfer": "enrolment source happened_on period",
        "training.Attendance": "enrolment session mark happened_on period",
        "training.Certificate": "volunteer curriculum basis started_on ended_on period",
        "training.Dispensation": "volunteer started_on ended_on period",
        "training.EvaluationGiven": "enrolment happened_on period",
        "training.Supervised": "volunteer supervision happened_on period",
    },
    "evaluation": {"training.EvaluationAnswer": "comment"},
}

SYLLABUS = (
    "label modules required_modules required_hours requires_contract requires_evaluation valid_months counts_hours"
)

NOTHING = {
    "training.Curriculum": "uuid programme kind name",
    "training.CurriculumVersion": f"curriculum {SYLLABUS}",
    "training.CurriculumDraft": f"uuid curriculum {SYLLABUS}",
    "training.Cover": "curriculum by",
    "training.Teacher": "uuid programme office kind",
    "training.EvaluationAnswer": "course content teaching useful safe language",
    "training.Material": "uuid curriculum version module title language link file withdrawn_on",
    "training.Supervision": "uuid programme planned_on starts_at place teacher themes is_cancelled",
    "training.Course": "uuid curriculum association name place language capacity teacher starts_on ends_on",
    "training.Session": "uuid course module held_on starts_at ends_at teacher is_make_up is_cancelled",
}
