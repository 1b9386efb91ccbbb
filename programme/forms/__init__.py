"""Forms of the programme."""

from programme.forms.agreements import PartyForm, SignatureForm, TermForm
from programme.forms.documents import AdoptionForm, VersionForm
from programme.forms.meetings import (
    ActionDoneForm,
    ActionPointForm,
    DecisionForm,
    MeetingForm,
    MeetingHeldForm,
    MinutesForm,
    NewMeetingForm,
)

__all__ = [
    "ActionDoneForm",
    "ActionPointForm",
    "AdoptionForm",
    "DecisionForm",
    "MeetingForm",
    "MeetingHeldForm",
    "MinutesForm",
    "NewMeetingForm",
    "PartyForm",
    "SignatureForm",
    "TermForm",
    "VersionForm",
]
