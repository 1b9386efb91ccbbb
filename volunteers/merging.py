"""Who was recorded twice and is one person: the one definition, for SQL and for Django's queries; merged, told apart.

A merge is a fact about two persons (`SamePerson`). Facts keep the person of whom they were recorded; whoever counts or
shows persons takes the kept one instead, as known at the Moment's `known_at` (in SQL: `same(f)`, `person(f)` of
`prepared.py`). Telling apart is retracting the merge, and then every figure is what it was.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from bydelsmoedre.entry import Overtaken
from bydelsmoedre.moment import ALWAYS, Moment, today
from volunteers.models import DifferentPersons, SamePerson, Volunteer


def with_duplicates(ids: str) -> str:
    """SQL: an array of ids, and of those who were merged into them."""
    return f"""({ids} || array(
      select k.duplicate_id from volunteers_sameperson k where k.kept_id = any({ids}) and known(k)
    ))"""


@dataclass(frozen=True, slots=True)
class Together:
    """A person with those who are the same as she, as known at a time."""

    kept: Volunteer | None  #: whom she was merged into; None if she stands for herself
    merges: list[SamePerson]  #: those merged into her
    ids: list[int]  #: under which she was recorded: her own first


def together(volunteer: Volunteer, moment: Moment) -> Together:
    """Who is the same as she; one query."""
    known = SamePerson.objects.known(moment.known_at).select_related("kept", "duplicate")
    found = list(known.filter(Q(duplicate=volunteer) | Q(kept=volunteer)).order_by("duplicate"))
    merges = [one for one in found if one.kept_id == volunteer.pk]
    kept = next((one.kept for one in found if one.duplicate_id == volunteer.pk), None)
    return Together(kept, merges, [volunteer.pk, *(one.duplicate_id for one in merges)])


def has(facts: QuerySet[Any], moment: Moment) -> Q:
    """The condition on persons that such a fact is recorded of them, or of those merged into them."""
    merged = SamePerson.objects.known(moment.known_at).filter(kept=OuterRef("pk"))
    theirs = merged.filter(Exists(facts.filter(volunteer=OuterRef("duplicate"))))
    return Q(Exists(facts.filter(volunteer=OuterRef("pk")))) | Q(Exists(theirs))


def each_once(volunteers: QuerySet[Volunteer], moment: Moment) -> QuerySet[Volunteer]:
    """Without those who were merged into another, as known then."""
    return volunteers.filter(~Exists(SamePerson.objects.known(moment.known_at).filter(duplicate=OuterRef("pk"))))


def person_of(volunteer: str, known_at: dt.datetime = ALWAYS) -> Coalesce:
    """The key of the person for whom a record counts, as known then: who was recorded twice is one. `volunteer`: the
    path to whom it was recorded of."""
    merged = SamePerson.objects.known(known_at).filter(duplicate=OuterRef(volunteer))
    return Coalesce(Subquery(merged.values("kept")[:1]), F(volunteer), output_field=BigIntegerField())


class NotMergeable(Overtaken):
    """These two cannot be merged; the message says why."""


@transaction.atomic
def merge(duplicate: Volunteer, kept: Volunteer, *, by: Any, contact: dict[str, Any] | None = None) -> SamePerson:
    """Record that the two are one, with what of her contact data is kept. Raises `NotMergeable`.

    Whoever was merged into the duplicate is now merged into the kept one, so that merges stay flat.
    """
    _lock(duplicate, kept)
    if why := why_not(duplicate, kept):
        raise NotMergeable(why)
    former = list(SamePerson.objects.current().filter(kept=duplicate))
    for one in former:
        one.retract(by=by, reason=_("Merged further."))
    made = SamePerson.record(by=by, duplicate=duplicate, kept=kept, happened_on=today())
    for one in former:
        SamePerson.record(by=by, duplicate=one.duplicate, kept=kept, happened_on=today())
    DifferentPersons.objects.filter(**_pair(duplicate, kept)).delete()
    _take_over(duplicate, kept, contact or {})
    return made


def why_not(duplicate: Volunteer, kept: Volunteer) -> str:
    """Why the two cannot be merged; "" where they can. Two queries."""
    if duplicate.pk == kept.pk:
        return _("A person cannot be merged with herself.")
    if duplicate.programme_id != kept.programme_id:
        return _("The two belong to different programmes.")
    if duplicate.erased_at or kept.erased_at:
        return _("One of the two is erased.")
    if SamePerson.objects.current().filter(duplicate__in=[duplicate, kept]).exists():
        return _("One of the two has been merged with somebody already.")
    return ""


def tell_apart(first: Volunteer, second: Volunteer) -> None:
    """The two look alike and are not the same: they are not suggested again."""
    DifferentPersons.objects.get_or_create(**_pair(first, second))


def _pair(first: Volunteer, second: Volunteer) -> dict[str, Any]:
    low, high = sorted((first.pk, second.pk))
    return {"first_id": low, "second_id": high}


def _lock(*volunteers: Volunteer) -> None:
    """Two who merge the same persons wait for each other, in the order of the keys."""
    ids = sorted(one.pk for one in volunteers)
    list(Volunteer.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))


def _take_over(duplicate: Volunteer, kept: Volunteer, contact: dict[str, Any]) -> None:
    """The kept one's contact data, as chosen. The e-mail and the login are taken from the duplicate where she gives
    them up: each is one person's only."""
    given_up: Iterable[str] = [
        name for name in ("email",) if contact.get(name) and contact[name] == getattr(duplicate, name)
    ]
    for name in given_up:
        setattr(duplicate, name, "")
    if given_up:
        duplicate.save(update_fields=list(given_up))
    for name, value in contact.items():
        setattr(kept, name, value)
    if contact:
        kept.save(update_fields=list(contact))
