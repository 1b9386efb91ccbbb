"""Messages are sent, each once at most, by as many workers at once as there are.

A worker claims a delivery in a transaction of its own: it locks the row, passing over those that others hold, and
records *begun*. Only when that is committed is the message handed to the mail server, and only then is it recorded
what came of it. What is killed in between stays begun: it may have left us, and is never sent again. One that the
server refuses holds back no other.
"""

import time
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from bydelsmoedre.addresses import url
from bydelsmoedre.mails import Handed, answers, hand_over, message_id
from bydelsmoedre.moment import Moment, today
from volunteers.merging import together
from volunteers.messages.recipients import Reason
from volunteers.messages.stopping import token_of, wants_none
from volunteers.models import Delivery, DeliveryStep, Message, MessageText

Step = DeliveryStep.Step


@dataclass
class Tally:
    """What a run did."""

    sent: int = 0
    failed: int = 0
    uncertain: int = 0
    is_server_away: bool = False  #: nothing was begun after that


def send_waiting(message: Message | None = None, *, seconds: float | None = None) -> Tally:
    """Send what waits, of one message or of all, the oldest first, for so many seconds at most."""
    tally, until = Tally(), None if seconds is None else time.monotonic() + seconds
    server = get_connection()
    try:
        while until is None or time.monotonic() < until:
            if not answers(server):  # a server that is away costs no delivery
                tally.is_server_away = True
                break
            delivery = claim(message)
            if delivery is None:
                break
            _send(delivery, server, tally)
    finally:
        server.close()
    return tally


def claim(message: Message | None = None) -> Delivery | None:
    """The next delivery, begun by this worker and by no other; None where nothing waits."""
    while True:
        with transaction.atomic():
            delivery = _locked(message)
            if delivery is None:
                return None
            # Another worker may have begun it between our question and our lock: asked again, under the lock.
            if DeliveryStep.objects.filter(delivery=delivery).exists():
                continue
            why_not = _why_not_now(delivery)
            step = Step.SKIPPED if why_not else Step.BEGUN
            _record(delivery, step, why_not)
        if not why_not:
            return delivery


def _locked(message: Message | None) -> Delivery | None:
    waiting = Delivery.objects.waiting()
    if message is not None:
        waiting = waiting.filter(message=message)
    locked = waiting.select_for_update(of=("self",), skip_locked=True)
    locked = locked.select_related("volunteer__programme", "message")
    return locked.order_by("pk").first()


def _why_not_now(delivery: Delivery) -> str:
    """She may have been erased, have asked for no more, or have been merged into another, since it was written; and
    what it tells may be over."""
    person = delivery.volunteer
    if delivery.message.last_day and delivery.message.last_day < today():
        return Reason.TOO_LATE.value
    if is_overtaken(delivery.message):
        return Reason.CALLED_OFF.value
    if person.erased_at:
        return Reason.ERASED.value
    if wants_none(person):
        return Reason.OPTED_OUT.value
    if not person.email:
        return Reason.NO_ADDRESS.value
    return Reason.SAME_PERSON.value if _is_hers_twice(delivery) else ""


def is_overtaken(message: Message) -> bool:
    """Is what it tells no longer true? An app that writes messages about its plans says so itself, as `is_overtaken` of
    its AppConfig."""
    asks = (getattr(config, "is_overtaken", None) for config in apps.get_app_configs())
    return any(ask(message) for ask in asks if ask)


def _is_hers_twice(delivery: Delivery) -> bool:
    """Does an earlier delivery of the same message go to her under another record? One that was left out, or that the
    server refused, does not."""
    kept = together(delivery.volunteer, Moment()).kept or delivery.volunteer
    hers = Delivery.objects.filter(message=delivery.message_id, volunteer__in=together(kept, Moment()).ids)
    return hers.filter(pk__lt=delivery.pk).exclude(steps__step__in=[Step.SKIPPED, Step.FAILED]).exists()


def _record(delivery: Delivery, step: str, reason: str = "") -> None:
    DeliveryStep.record(by=None, delivery=delivery, step=step, reason=reason, happened_on=today())


def _send(delivery: Delivery, server: Any, tally: Tally) -> None:
    """Hand it over, and record what came of it: nothing more where nobody can tell."""
    match hand_over(mail_of(delivery, server), server):
        case Handed.SENT:
            _record(delivery, Step.SENT)
            tally.sent += 1
        case Handed.BAD_ADDRESS:
            _failed(delivery, Reason.BAD_ADDRESS, tally)
        case Handed.REFUSED:
            _failed(delivery, Reason.REFUSED, tally)
        case Handed.UNCERTAIN:
            tally.uncertain += 1


def _failed(delivery: Delivery, reason: Reason, tally: Tally) -> None:
    _record(delivery, Step.FAILED, reason.value)
    tally.failed += 1


def mail_of(delivery: Delivery, server: Any = None) -> EmailMessage:
    """The e-mail, with the address that she has now and her own link to get no more."""
    text = MessageText.objects.get(message=delivery.message_id, language=delivery.language)
    stop = settings.SITE_URL.rstrip("/") + url("volunteers:stop_mails", token_of(delivery))
    return EmailMessage(
        text.subject,
        f"{text.body.strip()}\n\n-- \n{_foot(delivery, stop)}\n",
        to=[delivery.volunteer.email],
        connection=server,
        headers={
            # the same delivery has the same identity, so that a mail program shows it once
            "Message-ID": message_id(delivery.uuid),
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def _foot(delivery: Delivery, stop: str) -> str:
    """In her language where the interface has it, else in Danish."""
    ours = dict(settings.LANGUAGES)
    with translation.override(delivery.language if delivery.language in ours else settings.LANGUAGE_CODE):
        told = {"programme": delivery.volunteer.programme.name, "address": stop}
        return _("You get this from %(programme)s. If you want no e-mails from us: %(address)s") % told
