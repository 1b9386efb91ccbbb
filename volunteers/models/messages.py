"""Messages by e-mail: what was written, to whom it went and what became of it, and who wants none.

A message and its texts are never changed. A delivery holds no address: it is read when the message is sent. What became
of a delivery is told by its steps, which are facts that are never retracted: what has left us cannot be called back.
"""

import uuid
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.addresses import url
from bydelsmoedre.history import tracked
from bydelsmoedre.languages import LANGUAGES
from bydelsmoedre.personal import refuse_cpr
from programme.access import PersonQuerySet, Role, kept_out
from programme.facts import DatedFact
from programme.models import Programme
from volunteers.models.people import Volunteer

#: What every message is written in.
DANISH = "da"


class MessageQuerySet(PersonQuerySet):
    """Seen by secretariat and Foundation, and by the local coordinator who wrote it."""

    #: Who wrote it, from here.
    author_path = "sent_by"

    def reach(self, user: Any, roles: tuple[Role, ...]) -> Q:
        own = Q(**{self.author_path: user.pk}) & ~kept_out(user, self.programme_path)
        return super().reach(user, roles) | own

    def with_subject(self) -> Self:
        """With `subject`: the Danish one, empty where it was written to somebody who has been erased."""
        danish = MessageText.objects.filter(message=OuterRef("pk"), language=DANISH)
        return self.annotate(subject=Subquery(danish.values("subject")))


class Message(models.Model):
    """Something that was written to one person or to many."""

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="messages", verbose_name=_("programme"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,  # the system
        related_name="+",
        verbose_name=_("written by"),
        editable=False,
    )
    sent_at = models.DateTimeField(_("written at"), db_default=Now(), editable=False)
    last_day = models.DateField(_("not sent after"), null=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["programme", "sent_at"], name="volunteers_message_at")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.sent_at:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return url("volunteers:message", self.uuid)

    @property
    def author(self) -> str:
        """Who wrote it, as pages say it."""
        return (self.sent_by.name or self.sent_by.email) if self.sent_by else str(_("the system"))


class MessageTextQuerySet(MessageQuerySet):
    """Reached with the message."""

    programme_path = "message__programme"
    author_path = "message__sent_by"


class MessageText(models.Model):
    """A message in one language. Written to one person alone, it may tell of her, and is emptied with her."""

    #: What erasing empties, where it was written to her alone.
    personal = ("subject", "body")

    message = models.ForeignKey(Message, models.PROTECT, related_name="texts", verbose_name=_("message"))
    to = models.ForeignKey(
        Volunteer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("to one person")
    )
    language = models.CharField(_("language"), max_length=3, choices=LANGUAGES)
    subject = models.CharField(_("subject"), max_length=120, validators=[refuse_cpr])
    body = models.TextField(_("message"), validators=[refuse_cpr, MaxLengthValidator(5000)])

    objects = MessageTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a message")
        verbose_name_plural = _("texts of messages")
        ordering = ["message", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["message", "language"], name="volunteers_text_once"),
        ]

    def __str__(self) -> str:
        return self.subject or str(_("Erased message"))


class DeliveryQuerySet(MessageQuerySet):
    """Seen by secretariat and Foundation; by the local coordinator who wrote it, of those who are hers still."""

    programme_path = "message__programme"
    author_path = "message__sent_by"

    def reach(self, user: Any, roles: tuple[Role, ...]) -> Q:
        hers = Q(message__sent_by=user.pk, volunteer__in=Volunteer.objects.visible_to(user))
        return PersonQuerySet.reach(self, user, roles) | hers & ~kept_out(user, self.programme_path)

    def waiting(self) -> Self:
        """Those with which nothing has been done."""
        return self.filter(steps=None)

    def with_state(self) -> Self:
        """With `state`, the last step or "queued", and its `reason`."""
        last = DeliveryStep.objects.filter(delivery=OuterRef("pk")).order_by("-pk")
        state = Coalesce(Subquery(last.values("step")[:1]), Value(QUEUED))
        return self.annotate(state=state, reason=Coalesce(Subquery(last.values("reason")[:1]), Value("")))


#: The state of a delivery with which nothing has been done yet.
QUEUED = "queued"


@tracked()
class Delivery(models.Model):
    """A message to one person, in the language that is hers as far as it was written in it."""

    #: What erasing empties.
    personal = ("subject",)
    fixed = ("message_id", "volunteer_id")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    message = models.ForeignKey(Message, models.PROTECT, related_name="deliveries", verbose_name=_("message"))
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="deliveries", verbose_name=_("volunteer"))
    language = models.CharField(_("language"), max_length=3, choices=LANGUAGES)
    subject = models.CharField(_("subject"), max_length=120, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("message to a person")
        verbose_name_plural = _("messages to persons")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "volunteer"],
                name="volunteers_delivered_once",
                violation_error_message=_("She gets the message already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message}, {self.volunteer}"


class DeliveryStep(DatedFact):
    """What became of a delivery. It is *begun* before it is handed to the mail server, so that what breaks off in
    between is not sent again: begun and nothing more means that nobody knows."""

    class Step(models.TextChoices):
        BEGUN = "begun", _("handed over, uncertain")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent")
        SKIPPED = "skipped", _("left out")

    class Reason(models.TextChoices):
        NO_ADDRESS = "no_address", _("has no e-mail")
        OPTED_OUT = "opted_out", _("wants no e-mails")
        ERASED = "erased", _("is erased")
        REFUSED = "refused", _("the mail server refused it")
        BAD_ADDRESS = "bad_address", _("the address cannot be used")
        SAME_PERSON = "same_person", _("is recorded twice, and gets it once")
        TOO_LATE = "too_late", _("it would have come too late")
        CALLED_OFF = "called_off", _("it was no longer true")

    anchor = "delivery"
    erasable = ()
    is_retractable = False

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="steps", verbose_name=_("message to a person"))
    step = models.CharField(_("step"), max_length=10, choices=Step)
    reason = models.CharField(_("reason"), max_length=15, choices=Reason, blank=True, default="")

    class Meta(DatedFact.Meta):
        verbose_name = _("step of a message")
        verbose_name_plural = _("steps of messages")
        ordering = ["pk"]
        constraints = [
            *DatedFact.Meta.constraints,
            # begun once, by one worker; ended once
            models.UniqueConstraint(
                fields=["delivery"], condition=Q(step="begun"), name="volunteers_delivery_begun_once"
            ),
            models.UniqueConstraint(
                fields=["delivery"], condition=~Q(step="begun"), name="volunteers_delivery_ended_once"
            ),
            models.CheckConstraint(
                condition=Q(step__in=["begun", "sent"], reason="")
                | (Q(step__in=["failed", "skipped"]) & ~Q(reason="")),
                name="volunteers_delivery_reason",
                violation_error_message=_("What was not sent has a reason, and only that."),
            ),
            models.CheckConstraint(
                condition=Q(note="", evidence=None),
                name="volunteers_delivery_wordless",
                violation_error_message=_("Nothing is written about it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.happened_on:%d.%m.%Y}"


class MailChoice(DatedFact):
    """Whether a person wants messages by e-mail. Who has never said so gets them; what she said last holds."""

    class Wish(models.TextChoices):
        NONE = "none", _("no e-mails")
        WANTED = "wanted", _("wants e-mails")

    anchor = "volunteer"
    erasable = ()

    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="mail_choices", verbose_name=_("volunteer"))
    wish = models.CharField(_("wish"), max_length=10, choices=Wish)

    class Meta(DatedFact.Meta):
        verbose_name = _("wish about e-mails")
        verbose_name_plural = _("wishes about e-mails")
        ordering = ["happened_on", "pk"]
        indexes = [*DatedFact.Meta.indexes, models.Index(fields=["volunteer"], name="volunteers_wish_of")]
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(note="", evidence=None),
                name="volunteers_wish_wordless",
                violation_error_message=_("Nothing is written about it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_wish_display()} {self.happened_on:%d.%m.%Y}"
