"""Forms of the programme."""

from programme.forms.agreements import (
    AgreementForm,
    AgreementVersionForm,
    AnnexForm,
    PartyForm,
    SignatureForm,
    TermForm,
)
from programme.forms.bodies import BodyMemberForm, EndSeatForm
from programme.forms.documents import AdoptionForm, DocumentForm, DraftForm, VersionForm
from programme.forms.effects import (
    CorrectIndicatorForm,
    CorrectMeasuredForm,
    CorrectMeasurementForm,
    IndicatorForm,
    MeasurementForm,
    TargetForm,
)
from programme.forms.hearings import AnsweredForm, CommentForm, CorrectHearingForm, HearingForm
from programme.forms.meetings import (
    ActionDoneForm,
    ActionPointForm,
    DecisionForm,
    MeetingForm,
    MeetingHeldForm,
    MinutesForm,
    NewMeetingForm,
)
from programme.forms.obligations import NewObligationForm, ObligationForm, ObligationMetForm
from programme.forms.risks import RiskForm
from programme.forms.workplan import MilestoneForm, MilestoneReachedForm

__all__ = [
    "ActionDoneForm",
    "ActionPointForm",
    "AdoptionForm",
    "AgreementForm",
    "AgreementVersionForm",
    "AnnexForm",
    "AnsweredForm",
    "BodyMemberForm",
    "CommentForm",
    "CorrectHearingForm",
    "CorrectIndicatorForm",
    "CorrectMeasuredForm",
    "CorrectMeasurementForm",
    "DecisionForm",
    "DocumentForm",
    "DraftForm",
    "EndSeatForm",
    "HearingForm",
    "IndicatorForm",
    "MeasurementForm",
    "MeetingForm",
    "MeetingHeldForm",
    "MilestoneForm",
    "MilestoneReachedForm",
    "MinutesForm",
    "NewMeetingForm",
    "NewObligationForm",
    "ObligationForm",
    "ObligationMetForm",
    "PartyForm",
    "RiskForm",
    "SignatureForm",
    "TargetForm",
    "TermForm",
    "VersionForm",
]
