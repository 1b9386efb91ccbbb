"""The personal link in each message by which a person says that she wants no more, without a login.

It holds the identity of its delivery (`bydelsmoedre.tokens`).
"""

from django.db import transaction

from bydelsmoedre.moment import Moment, today
from bydelsmoedre.tokens import Tokens
from volunteers.merging import together
from volunteers.messages.recipients import kept_of, opted_out
from volunteers.models import Delivery, MailChoice, Volunteer

_TOKENS = Tokens("volunteers.messages")


def token_of(delivery: Delivery) -> str:
    """What stands in the link's address: whoever holds it may use it."""
    return _TOKENS.of(delivery.uuid)


def delivery_of(token: str) -> Delivery | None:
    """The delivery, unless the token was made up or the person is erased."""
    if (named := _TOKENS.identity(token)) is None:
        return None
    found = Delivery.objects.filter(uuid=named, volunteer__erased_at=None)
    return found.select_related("volunteer__programme").first()


def wants_none(volunteer: Volunteer) -> bool:
    """Has she, or who she was merged into, asked for no e-mails?"""
    kept = together(volunteer, Moment()).kept or volunteer
    return bool(opted_out(kept_of([kept.pk])))


@transaction.atomic
def stop(volunteer: Volunteer) -> None:
    """She wants no more; said twice, it is recorded once. Two at once wait for each other."""
    Volunteer.objects.select_for_update(of=("self",)).get(pk=volunteer.pk)
    if not wants_none(volunteer):
        MailChoice.record(by=None, volunteer=volunteer, wish=MailChoice.Wish.NONE, happened_on=today())
