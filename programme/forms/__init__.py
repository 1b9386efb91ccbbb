"""Forms of the programme."""

from programme.forms.agreements import PartyForm, SignatureForm, TermForm
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
from programme.forms.risks import RiskForm

__all__ = [
    "ActionDoneForm",
    "ActionPointForm",
    "AdoptionForm",
    "AnsweredForm",
    "CommentForm",
    "CorrectHearingForm",
    "CorrectIndicatorForm",
    "CorrectMeasuredForm",
    "CorrectMeasurementForm",
    "DecisionForm",
    "DocumentForm",
    "DraftForm",
    "HearingForm",
    "IndicatorForm",
    "MeasurementForm",
    "MeetingForm",
    "MeetingHeldForm",
    "MinutesForm",
    "NewMeetingForm",
    "PartyForm",
    "RiskForm",
    "SignatureForm",
    "TargetForm",
    "TermForm",
    "VersionForm",
]
