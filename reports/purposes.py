"""What reports store about persons: who has written and approved, never who they are about."""

from bydelsmoedre.purposes import Purpose

PURPOSES: list[Purpose] = []

STORED = {
    "done": {
        "reports.ProgressReport": "begun_by edited_by",
        "reports.Section": "written_by",
        "reports.FrozenReport": "approved_by",
        "reports.ReportStep": "by at office",
        "reports.CommitteeAnnex": "written_by",
        "reports.JournalNumber": "written_by",
        "reports.ShareLink": "created_by created_on revoked_by revoked_at",
        "reports.SpotCheck": "asked_by asked_at",
    },
    "papers": {
        "reports.Section": "text",
        "reports.FrozenReport": "canonical pdf reason",
        "reports.ReportStep": "text",
        "reports.CommitteeAnnex": "problem solution economy next_steps",
        "reports.CommitteeDecision": "remark",
        "reports.ShareLink": "label",
    },
}

NOTHING = {
    "reports.ProgressReport": "uuid programme kind recipient agreement period_from period_to case_number due_on",
    "reports.ReportSchedule": ("uuid programme agreement kind period_from period_to due_on recipient dated_by"),
    "reports.Section": "uuid report code",
    "reports.FrozenReport": (
        "uuid programme report number place cut_off known_at sha256 previous pdf_sha256 frozen_at"
    ),
    # what it is about by an identity; the outcome is one of six
    "reports.EvidenceCheck": "criterion thing outcome",
    "reports.SpotCheck": "uuid frozen criterion count",
    "reports.SpotCheckResult": "spot_check thing outcome",
    "reports.ReportStep": "uuid frozen what question section",
    "reports.CommitteeAnnex": "uuid frozen",
    "reports.CommitteeDecision": "frozen body outcome",
    "reports.JournalNumber": "uuid frozen case_number document_number",
    "reports.ShareLink": "uuid frozen expires_on",
    "reports.ShareOpening": "link what at",
}
