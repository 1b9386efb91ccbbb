"""Volunteers: who they are, what they do and have declared, the conversations and the meetings that they have."""

from volunteers.models.calls import Call
from volunteers.models.conversations import Conversation, ConversationTopic
from volunteers.models.declarations import Declaration
from volunteers.models.gatherings import Gathering, GatheringHeld, Presence
from volunteers.models.imports import Import
from volunteers.models.languages import LanguageSkill
from volunteers.models.links import ConversationLink
from volunteers.models.merging import DifferentPersons, SamePerson
from volunteers.models.messages import Delivery, DeliveryStep, MailChoice, Message, MessageText
from volunteers.models.people import Membership, Volunteer
from volunteers.models.recruitment import Assessment, Candidacy, StageEvent
from volunteers.models.transition import Transition, TransitionAnswer

__all__ = [
    "Assessment",
    "Call",
    "Candidacy",
    "Conversation",
    "ConversationLink",
    "ConversationTopic",
    "Declaration",
    "Delivery",
    "DeliveryStep",
    "DifferentPersons",
    "Gathering",
    "GatheringHeld",
    "Import",
    "LanguageSkill",
    "MailChoice",
    "Membership",
    "Message",
    "MessageText",
    "Presence",
    "SamePerson",
    "StageEvent",
    "Transition",
    "TransitionAnswer",
    "Volunteer",
]
