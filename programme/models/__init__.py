"""The programme: who takes part, what success means, and what has been decided and signed."""

from programme.models.agreements import Agreement, AgreementParty, AgreementTerm, Signature
from programme.models.criteria import CriterionVersion, SuccessCriterion
from programme.models.documents import Adoption, Document, DocumentVersion
from programme.models.evidence import Evidence
from programme.models.limits import Attempt
from programme.models.meetings import ActionDone, ActionPoint, Decision, Meeting, MeetingHeld
from programme.models.programme import Activity, Organisation, Programme, RoleGrant, StatedNumber

__all__ = [
    "ActionDone",
    "ActionPoint",
    "Activity",
    "Adoption",
    "Agreement",
    "AgreementParty",
    "AgreementTerm",
    "Attempt",
    "CriterionVersion",
    "Decision",
    "Document",
    "DocumentVersion",
    "Evidence",
    "Meeting",
    "MeetingHeld",
    "Organisation",
    "Programme",
    "RoleGrant",
    "Signature",
    "StatedNumber",
    "SuccessCriterion",
]
