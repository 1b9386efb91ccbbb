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
from programme.forms.obligations import NewObligationForm, ObligationForm, ObligationMetForm
from programme.forms.risks import RiskForm

__all__ = [
    "ActionDoneForm",
    "ActionPointForm",
    "AdoptionForm",
    "AgreementForm",
    "AgreementVersionForm",
    "AnnexForm",
    "BodyMemberForm",
    "CorrectIndicatorForm",
    "CorrectMeasuredForm",
    "CorrectMeasurementForm",
    "DecisionForm",
    "EndSeatForm",
    "IndicatorForm",
    "MeasurementForm",
    "MeetingForm",
    "MeetingHeldForm",
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
