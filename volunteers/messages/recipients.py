"""Who gets a message and in which language; who does not, and why. Asked for the preview, and again when it is sent."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from bydelsmoedre.moment import Moment
from volunteers.merging import each_once
from volunteers.models import DeliveryStep, LanguageSkill, MailChoice, SamePerson, Volunteer
from volunteers.models.messages import DANISH

Reason = DeliveryStep.Reason
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person, the language that she gets the message in, and why she does not get it ("": she does)."""

    id: int
    uuid: UUID
    language: str
    skipped: str


def recipients(people: QuerySet[Volunteer], languages: Collection[str]) -> list[Recipient]:
    """Each once, however often she was recorded; nobody who is erased. Four queries."""
    rows = list(
        each_once(people.filter(erased_at=None), Moment()).order_by("pk").values_list("pk", "uuid", "email").distinct()
    )
    kept = kept_of([pk for pk, _uuid, _email in rows])
    out = opted_out(kept)
    skills = _skills(kept)
    return [
        Recipient(pk, uuid, own_language(skills[pk], languages), _why_not(email, is_out=pk in out))
        for pk, uuid, email in rows
    ]


def digest(found: Iterable[Recipient]) -> str:
    """Tells one list of recipients from another: what is sent is what was looked at. In letters alone, since ten digits
    in a row may look like what is never stored."""
    told = ",".join(f"{one.id}:{one.skipped}" for one in found)
    return hashlib.sha256(told.encode()).hexdigest()[:32].translate(_LETTERS)


def kept_of(ids: Collection[int]) -> dict[int, int]:
    """Under which ids these persons were recorded → who is kept."""
    merged = SamePerson.objects.current().filter(kept__in=ids).values_list("duplicate", "kept")
    return {one: one for one in ids} | dict(merged)


def opted_out(kept: dict[int, int]) -> set[int]:
    """Those of the kept who want no e-mails: what was said last holds, under whichever record."""
    said = MailChoice.objects.at(Moment()).filter(volunteer__in=[*kept]).order_by("happened_on", "pk")
    last = {kept[person]: wish for person, wish in said.values_list("volunteer", "wish")}
    return {person for person, wish in last.items() if wish == MailChoice.Wish.NONE}


def own_language(skills: Iterable[tuple[str, str]], languages: Collection[str]) -> str:
    """Her first language; where none is stated, one whose level is not; if the message is written in it, else Danish.
    Skills are (language, level)."""
    spoken = sorted(skills)
    first = [language for language, level in spoken if level == LanguageSkill.Level.NATIVE]
    unstated = [language for language, level in spoken if not level]
    return next((language for language in first or unstated if language in languages), DANISH)


def _skills(kept: dict[int, int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    spoken = LanguageSkill.objects.at(Moment()).filter(volunteer__in=[*kept])
    for person, language, level in spoken.values_list("volunteer", "language", "level"):
        found[kept[person]].append((language, level))
    return found


def _why_not(email: str, *, is_out: bool) -> str:
    if is_out:
        return Reason.OPTED_OUT.value
    return "" if email else Reason.NO_ADDRESS.value
