"""A message is written: recorded with all its deliveries in one transaction, before anything is sent."""

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
) -> Message:
    """Record the message to these; who does not get it is recorded with the reason. The same identity sent twice is one
    message. Raises `Overtaken` where it is somebody else's."""
    message, is_new = Message.objects.get_or_create(uuid=identity, defaults={"programme": programme, "sent_by": by})
    if not is_new:
        if (message.programme_id, message.sent_by_id) != (programme.pk, by.pk):
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
