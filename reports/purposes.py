"""What reports store about persons: who has written and approved, never who they are about."""

from bydelsmoedre.purposes import Purpose

PURPOSES: list[Purpose] = []

STORED = {
    "done": {
        "reports.ProgressReport": "begun_by",
        "reports.Section": "written_by",
        "reports.FrozenReport": "approved_by",
        "reports.ReportStep": "by at",
    },
    "papers": {
        "reports.Section": "text",
        "reports.FrozenReport": "canonical pdf reason",
        "reports.ReportStep": "text",
    },
}

NOTHING = {
    "reports.ProgressReport": "uuid programme kind recipient agreement period_from period_to case_number due_on",
    "reports.ReportSchedule": ("uuid programme agreement kind period_from period_to due_on recipient dated_by"),
    "reports.Section": "uuid report code",
    "reports.FrozenReport": (
        "uuid programme report number place cut_off known_at sha256 previous pdf_sha256 frozen_at"
    ),
    "reports.ReportStep": "uuid frozen what question section",
}
