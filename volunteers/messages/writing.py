"""A message is written: recorded with all its deliveries in one transaction, before anything is sent."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from bydelsmoedre.entry import Overtaken
from bydelsmoedre.moment import today
from programme.models import Programme
from volunteers.messages.recipients import Recipient
from volunteers.models import Delivery, DeliveryStep, Message, MessageText, Volunteer


class Text(NamedTuple):
    """What is written in one language."""

    subject: str
    body: str


@transaction.atomic
def write(
    programme: Programme,
    texts: Mapping[str, Text],
    recipients: Iterable[Recipient],
    *,
    by: Any,
    identity: UUID,
    to: Volunteer | None = None,
    last_day: dt.date | None = None,
) -> Message:
    """Record the message to these; who does not get it is recorded with the reason. The same identity sent twice is one
    message. It is sent on `last_day` or before, and `by` is None where the system writes. Raises `Overtaken` where it
    is somebody else's."""
    values = {"programme": programme, "sent_by": by, "last_day": last_day}
    message, is_new = Message.objects.get_or_create(uuid=identity, defaults=values)
    if not is_new:
        if (message.programme_id, message.sent_by_id) != (programme.pk, by.pk if by else None):
            raise Overtaken
        return message
    for language, text in texts.items():
        MessageText.objects.create(message=message, language=language, to=to, subject=text.subject, body=text.body)
    listed = list(recipients)
    made = Delivery.objects.bulk_create(
        Delivery(message=message, volunteer_id=one.id, language=one.language, subject=texts[one.language].subject)
        for one in listed
    )
    DeliveryStep.objects.bulk_create(
        DeliveryStep(
            recorded_by=by,
            delivery=delivery,
            step=DeliveryStep.Step.SKIPPED,
            reason=one.skipped,
            happened_on=today(),
        )
        for delivery, one in zip(made, listed, strict=True)
        if one.skipped
    )
    return message


@transaction.atomic
def call_off(identity: UUID, *, by: Any) -> int:
    """What the message tells is no longer true: whoever has not got it yet does not get it. Gives how many. A delivery
    that is being begun is waited for, and left alone."""
    waiting = Delivery.objects.filter(message__uuid=identity)
    locked = list(waiting.select_for_update(of=("self",)).order_by("pk"))
    # asked under the locks: a worker may have begun some before we had them
    begun = set(DeliveryStep.objects.filter(delivery__in=locked).values_list("delivery", flat=True))
    left = [one for one in locked if one.pk not in begun]
    for one in left:
        DeliveryStep.record(
            by=by,
            delivery=one,
            step=DeliveryStep.Step.SKIPPED,
            reason=DeliveryStep.Reason.CALLED_OFF,
            happened_on=today(),
        )
    return len(left)
