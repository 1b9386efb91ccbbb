"""The programme: who takes part, what success means, and what has been decided and signed."""

from programme.models.agreement_texts import AgreementAnnex, AgreementVersion, signed_version
from programme.models.agreements import Agreement, AgreementParty, AgreementTerm, Signature
from programme.models.bodies import BodyMember
from programme.models.criteria import CriterionVersion, SuccessCriterion
from programme.models.deferrals import Deferral
from programme.models.deputies import Deputy
from programme.models.digests import Digest
from programme.models.documents import Adoption, Document, DocumentVersion
from programme.models.effects import EffectIndicator, IndicatorTarget, Measurement
from programme.models.evidence import Evidence
from programme.models.hearings import Hearing, HearingComment
from programme.models.invitations import Invitation
from programme.models.limits import Attempt
from programme.models.meetings import ActionDone, ActionPoint, Decision, Meeting, MeetingHeld
from programme.models.obligations import Obligation, ObligationMet
from programme.models.programme import Activity, Organisation, Programme, RoleGrant, StatedNumber
from programme.models.readings import Reading, ReadingCheck
from programme.models.risks import Risk
from programme.models.workplan import Milestone, MilestoneNeeds, MilestoneReached

__all__ = [
    "ActionDone",
    "ActionPoint",
    "Activity",
    "Adoption",
    "Agreement",
    "AgreementAnnex",
    "AgreementParty",
    "AgreementTerm",
    "AgreementVersion",
    "Attempt",
    "BodyMember",
    "CriterionVersion",
    "Decision",
    "Deferral",
    "Deputy",
    "Digest",
    "Document",
    "DocumentVersion",
    "EffectIndicator",
    "Evidence",
    "Hearing",
    "HearingComment",
    "IndicatorTarget",
    "Invitation",
    "Measurement",
    "Meeting",
    "MeetingHeld",
    "Milestone",
    "MilestoneNeeds",
    "MilestoneReached",
    "Obligation",
    "ObligationMet",
    "Organisation",
    "Programme",
    "Reading",
    "ReadingCheck",
    "Risk",
    "RoleGrant",
    "Signature",
    "StatedNumber",
    "SuccessCriterion",
    "signed_version",
]
