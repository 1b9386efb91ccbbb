"""Forms of the volunteers: who they are, how they came, what they have declared, and their conversations."""

from volunteers.forms.board import ElectionForm
from volunteers.forms.calls import CallForm
from volunteers.forms.conversations import ConversationForm
from volunteers.forms.declarations import DeclarationsForm, LanguageForm, WithdrawPhotosForm
from volunteers.forms.gatherings import (
    GatheringForm,
    GatheringHeldForm,
    GatheringMinutesForm,
    NewGatheringForm,
    PresenceForm,
    UnplannedHeldForm,
)
from volunteers.forms.imports import ImportForm
from volunteers.forms.people import EndMembershipForm, MembershipForm, NewVolunteerForm, VolunteerForm
from volunteers.forms.privacy import ErasingForm, RetentionForm
from volunteers.forms.recruitment import AnswerForm, AssessmentForm, CandidacyForm, StageForm, TransitionForm

__all__ = [
    "AnswerForm",
    "AssessmentForm",
    "CallForm",
    "CandidacyForm",
    "ConversationForm",
    "DeclarationsForm",
    "ElectionForm",
    "EndMembershipForm",
    "ErasingForm",
    "GatheringForm",
    "GatheringHeldForm",
    "GatheringMinutesForm",
    "ImportForm",
    "LanguageForm",
    "MembershipForm",
    "NewGatheringForm",
    "NewVolunteerForm",
    "PresenceForm",
    "RetentionForm",
    "StageForm",
    "TransitionForm",
    "UnplannedHeldForm",
    "VolunteerForm",
    "WithdrawPhotosForm",
]
