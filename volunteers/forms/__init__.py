"""Forms of the volunteers: who they are, how they came, what they have declared, and their conversations."""

from volunteers.forms.board import ElectionForm
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
from volunteers.forms.recruitment import AnswerForm, AssessmentForm, CandidacyForm, StageForm, TransitionForm

__all__ = [
    "AnswerForm",
    "AssessmentForm",
    "CandidacyForm",
    "ConversationForm",
    "DeclarationsForm",
    "ElectionForm",
    "EndMembershipForm",
    "GatheringForm",
    "GatheringHeldForm",
    "GatheringMinutesForm",
    "ImportForm",
    "LanguageForm",
    "MembershipForm",
    "NewGatheringForm",
    "NewVolunteerForm",
    "PresenceForm",
    "StageForm",
    "TransitionForm",
    "UnplannedHeldForm",
    "VolunteerForm",
    "WithdrawPhotosForm",
]
