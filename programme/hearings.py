"""When a version is in hearing, and what follows from it: the one definition.

A version is in hearing on the days of a hearing that stands, the first and the last included. On those days nobody
adopts it: PostgreSQL refuses it (`version_not_in_hearing()`), and the forms say so first. The figure of documents asks
the same (`HEARD_SQL`).

That a body has *sent it to hearing* (`Adoption.Outcome.HEARING`) is its decision, and says nothing about until when. A
page records both at once. Where only the decision is recorded, the document is told as in hearing until somebody
decides again: no last day is known that an adoption could come before.
"""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from bydelsmoedre.danish import kort_dato
from programme.models import Adoption, DocumentVersion, Hearing, HearingComment

#: The latest hearing of each version that has begun by the day; it is open where its last day has not passed.
HEARD_SQL = """
heard as (
  select distinct on (h.version_id) h.version_id, h.started_on, h.ended_on
  from programme_hearing h
  join programme_documentversion v on v.id = h.version_id
  join programme_document d on d.id = v.document_id and d.programme_id = %(programme)s
  where h.started_on <= %(on)s::date and known(h)
  order by h.version_id, h.started_on desc
)"""


def open_hearing(version: DocumentVersion, on: dt.date) -> Hearing | None:
    """The hearing that the version is in on that day, as we know it now."""
    return Hearing.objects.current().filter(version=version, period__contains=on).first()


def why_not_adopted(version: DocumentVersion, on: dt.date) -> str:
    """Why nobody can have adopted the version on that day; "" where it can be."""
    if found := open_hearing(version, on):
        told = {"since": kort_dato(found.started_on), "until": kort_dato(found.ended_on)}
        return (
            _(
                "The version is in hearing from %(since)s to %(until)s, both days included. It can be adopted when the "
                "hearing is over; where it ended before, write that on the hearing first."
            )
            % told
        )
    return ""


def why_no_hearing(version: DocumentVersion, started_on: dt.date, ended_on: dt.date, adopted: Any = ()) -> str:
    """Why the version cannot be in hearing on those days; "" where it can. `adopted`: days on which others than the
    programme's bodies have adopted it."""
    days = Adoption.objects.current().filter(version=version, outcome=Adoption.Outcome.ADOPTED)
    inside = [on for on in [*days.values_list("happened_on", flat=True), *adopted] if started_on <= on <= ended_on]
    if inside:
        told = {"day": kort_dato(min(inside))}
        return _("The version was adopted on %(day)s. A hearing of it ends before it is adopted.") % told
    return ""


def has_begun(version: DocumentVersion, on: dt.date) -> bool:
    """Has a hearing of the version begun by that day, so that an answer may have come?"""
    hearings = Hearing.objects.current().filter(version=version, started_on__lte=on)
    return hearings.exists() or _sent(version, on).exists()


def _sent(version: DocumentVersion, on: dt.date) -> Any:
    sent = Adoption.objects.current().filter(version=version, outcome=Adoption.Outcome.HEARING)
    return sent.filter(happened_on__lte=on)


def is_settled(version: DocumentVersion) -> bool:
    """Has the version been put before somebody, so that its text stands?"""
    return DocumentVersion.objects.settled().filter(pk=version.pk).exists()


def why_hearing_stays(fact: Any) -> str:
    """Why a hearing, or the decision to send a version to one, is not retracted: answers have come in it."""
    if isinstance(fact, Adoption) and fact.outcome != Adoption.Outcome.HEARING:
        return ""
    version = fact.version
    first = HearingComment.objects.current().filter(version=version).order_by("happened_on").first()
    if first is None:
        return ""
    hearings = Hearing.objects.current().filter(version=version, started_on__lte=first.happened_on)
    sent = _sent(version, first.happened_on)
    if isinstance(fact, Hearing):
        hearings = hearings.exclude(pk=fact.pk)
    else:
        sent = sent.exclude(pk=fact.pk)
    if hearings.exists() or sent.exists():
        return ""
    return _("Answers have come in the hearing. Retract them first, or correct the hearing.")
