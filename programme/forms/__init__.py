"""Forms of the programme."""

from programme.forms.agreements import PartyForm, SignatureForm, TermForm
from programme.forms.documents import AdoptionForm, VersionForm
from programme.forms.effects import (
    CorrectIndicatorForm,
    CorrectMeasuredForm,
    CorrectMeasurementForm,
    IndicatorForm,
    MeasurementForm,
    TargetForm,
)
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
from programme.forms.workplan import MilestoneForm, MilestoneReachedForm

__all__ = [
    "ActionDoneForm",
    "ActionPointForm",
    "AdoptionForm",
    "CorrectIndicatorForm",
    "CorrectMeasuredForm",
    "CorrectMeasurementForm",
    "DecisionForm",
    "IndicatorForm",
    "MeasurementForm",
    "MeetingForm",
    "MeetingHeldForm",
    "MilestoneForm",
    "MilestoneReachedForm",
    "MinutesForm",
    "NewMeetingForm",
    "PartyForm",
    "RiskForm",
    "SignatureForm",
    "TargetForm",
    "TermForm",
    "VersionForm",
]
