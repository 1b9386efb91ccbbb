"""Forms of the volunteers: who they are, how they came, what they have declared, and their conversations."""

from volunteers.forms.board import ElectionForm
from volunteers.forms.conversations import ConversationForm
from volunteers.forms.declarations import DeclarationsForm, LanguageForm, WithdrawPhotosForm
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
    "LanguageForm",
    "MembershipForm",
    "NewVolunteerForm",
    "StageForm",
    "TransitionForm",
    "VolunteerForm",
    "WithdrawPhotosForm",
]
