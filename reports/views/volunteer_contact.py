"""How a person is reached, as her page shows it: calls, messages, whether she wants any, and words for her phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from bydelsmoedre.addresses import url
from bydelsmoedre.moment import Moment
from reports.views.messages import SHAPES, WORDS, reason_of
from reports.views.volunteer_recruitment import Line, retract_url
from volunteers.invitations import Invitation, to_interview, to_talk
from volunteers.models import Call, Delivery, MailChoice, Volunteer
from volunteers.recruitment import Standing

#: So many of her messages are listed.
LATEST = 5


@dataclass(frozen=True, slots=True)
class Sent:
    """A message to her, and what became of it."""

    delivery: Any
    url: str
    words: str
    shape: str
    reason: str


@dataclass(frozen=True, slots=True)
class Contact:
    """How she is reached."""

    calls: list[Line]
    choices: list[Line]  #: what she has said about e-mails; the last one holds
    messages: list[Sent]
    urls: dict[str, str]  #: of what this reader may do
    identity: UUID  #: of the call that is recorded from here
    invitations: list[Invitation]


def contact_of(
    volunteer: Volunteer,
    ids: Sequence[int],
    moment: Moment,
    user: Any,
    *,
    spoken: set[str],
    stands: Standing | None,
    may_change: bool,
) -> Contact:
    """Under whichever record (`ids`) she was called and written to; three queries."""
    known = {"volunteer__in": ids, "period__startswith__lte": moment.on}
    calls = Call.objects.known(moment.known_at).filter(**known)
    choices = MailChoice.objects.known(moment.known_at).filter(**known).order_by("-happened_on", "-pk")
    may = may_change and volunteer.erased_at is None
    invite = to_interview if stands == Standing.APPLIED else to_talk
    return Contact(
        [Line(one, one.get_outcome_display(), retract_url("opkald", one, may_change)) for one in calls],
        [Line(one, one.get_wish_display(), retract_url("e-mails", one, may_change)) for one in choices],
        _messages(ids, user),
        {name: url(f"volunteers:{name}", volunteer.uuid) for name in ("call", "write_to_one", "mail_choice")}
        if may
        else {},
        uuid4(),
        invite(volunteer, spoken) if may else [],
    )


def _messages(ids: Sequence[int], user: Any) -> list[Sent]:
    seen: Any = Delivery.objects.visible_to(user).filter(volunteer__in=ids).with_state()
    return [
        Sent(one, one.message.get_absolute_url(), str(WORDS[one.state]), SHAPES[one.state], reason_of(one))
        for one in seen.select_related("message").order_by("-pk")[:LATEST]
    ]
