"""Conversations with families: counted and described by choices, never by who they were with."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from associations.models import Association, associations_of
from bydelsmoedre.languages import LANGUAGES
from programme.access import STAFF, kept_out, programmes_of
from programme.facts import DatedFact, FactQuerySet


class ConversationQuerySet(FactQuerySet):
    """Single conversations are met by secretariat, Foundation and the association's own coordinator; the municipality
    meets totals."""

    def _through(self, question: str, user: Any) -> Self:
        found = super()._through(question, user)
        if user.is_superuser:
            return found
        own = Q(association__in=associations_of(user)) & ~kept_out(user, "association__programme")
        staff = Q(association__programme__in=programmes_of(user, STAFF))
        return found.filter(staff | own)


class ConversationTopic(models.TextChoices):
    """What a conversation was about: chosen, never written."""

    CHILDREN = "children", _("children and upbringing")
    SCHOOL = "school", _("school and day care")
    HEALTH = "health", _("health")
    DANISH = "danish", _("Danish lessons")
    WORK = "work", _("work and education")
    MONEY = "money", _("money and housing")
    FAMILY = "family", _("family life")
    LEISURE = "leisure", _("leisure and associations")
    SOCIETY = "society", _("how society works")


class Conversation(DatedFact):
    """A mother has talked with a family or a woman. Anonymous: no name, no address, no story, no free text."""

    class Contact(models.TextChoices):
        """How contact arose."""

        NETWORK = "network", _("through her network")
        OUTREACH = "outreach", _("out in the area")
        MEETING = "meeting", _("at a meeting or event")
        SCHOOL = "school", _("school or day care")
        MUNICIPALITY = "municipality", _("the municipality")
        OTHER = "other", _("in another way")

    class NextStep(models.TextChoices):
        NONE = "none", _("no more is needed")
        AGAIN = "again", _("meets her again")
        OFFER = "offer", _("told of an offer")
        ACCOMPANIED = "accompanied", _("goes along")
        MUNICIPALITY = "municipality", _("led on to the municipality")

    anchor = "association"
    erasable = ()

    association = models.ForeignKey(
        Association, models.PROTECT, related_name="conversations", verbose_name=_("association")
    )
    contact = models.CharField(_("how contact arose"), max_length=15, choices=Contact)
    topics = ArrayField(models.CharField(max_length=15, choices=ConversationTopic), verbose_name=_("topics"))
    next_step = models.CharField(_("next step"), max_length=15, choices=NextStep)
    language = models.CharField(_("language"), max_length=3, choices=LANGUAGES, blank=True, default="")
    women = models.PositiveSmallIntegerField(
        _("women present"), null=True, blank=True, validators=[MaxValueValidator(99)]
    )
    children = models.PositiveSmallIntegerField(
        _("children present"), null=True, blank=True, validators=[MaxValueValidator(99)]
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True, validators=[MaxValueValidator(600)])
    with_municipality = models.BooleanField(
        _("contact with the municipality"),
        null=True,
        blank=True,
        help_text=_("Did the contact come from the municipality, or was she led on to it?"),
    )

    objects = ConversationQuerySet.as_manager()  # type: ignore[misc]  # asks more than Fact's

    class Meta(DatedFact.Meta):
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ["-happened_on"]
        indexes = [
            *DatedFact.Meta.indexes,
            models.Index(fields=["association", "happened_on"], name="volunteers_conversations_in"),
            # the list, the latest first, a page at a time
            models.Index(fields=["happened_on", "id"], name="volunteers_conversations_on"),
        ]
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(note="", evidence=None),
                name="volunteers_conversation_anonymous",
                violation_error_message=_("A conversation is anonymous: nothing is written about it."),
            ),
            models.CheckConstraint(
                condition=Q(topics__len__gte=1, topics__contained_by=ConversationTopic.values),
                name="volunteers_conversation_topics",
                violation_error_code="topics",
                violation_error_message=_("Choose one topic at least."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.association} {self.happened_on:%d.%m.%Y}"
