"""Volunteers: who they are, what they do and have declared, and the conversations that they have."""

from volunteers.models.conversations import Conversation, ConversationTopic
from volunteers.models.declarations import Declaration
from volunteers.models.languages import LanguageSkill
from volunteers.models.people import Membership, Volunteer
from volunteers.models.recruitment import Assessment, Candidacy, StageEvent
from volunteers.models.transition import Transition, TransitionAnswer

__all__ = [
    "Assessment",
    "Candidacy",
    "Conversation",
    "ConversationTopic",
    "Declaration",
    "LanguageSkill",
    "Membership",
    "StageEvent",
    "Transition",
    "TransitionAnswer",
    "Volunteer",
]
