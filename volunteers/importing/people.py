"""Who a row is about: somebody who is recorded already, somebody from an earlier row, or somebody new.

*The same person* has the same name (whatever the case), and the same e-mail and phone, or none where the row has none;
so has who has the same name and the same e-mail, which is one person's within a programme. Who was merged into another
is that other. Who has the same name or
phone alone may be the same person: that is suggested, and never decided here.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from bydelsmoedre.sorting import danish_key
from programme.models import Programme
from volunteers.importing.cells import digits_of
from volunteers.importing.headings import Field
from volunteers.importing.rows import Row

_RECORDED = r"""
select coalesce(k.kept_id, v.id), v.name, v.email, v.phone, v.postcode, v.housing_area_id from volunteers_volunteer v
left join volunteers_sameperson k on k.duplicate_id = v.id and k.retracted_at is null
where programme_id = %(programme)s and name <> '' and (
  email = any(%(emails)s::text[]) and email <> ''
  or danish_key(name) = any(%(names)s::text[])
  or right(regexp_replace(phone, '\D', '', 'g'), 8) = any(%(phones)s::text[]) and phone <> ''
) order by v.id
"""

_Key = tuple[str, str, str]


@dataclass(slots=True)
class Person:
    """Somebody known: recorded already (`pk`), or to be recorded from the line `line`."""

    name: str
    email: str
    phone: str
    postcode: str = ""
    area_id: int | None = None
    pk: int | None = None
    line: int = 0

    @property
    def key(self) -> _Key:
        return _same_name(self.name), self.email, digits_of(self.phone) or self.phone

    def __str__(self) -> str:
        if self.pk:
            return self.name
        return _("%(name)s, line %(line)s") % {"name": self.name, "line": self.line}


@dataclass
class People:
    """Everybody whom the rows may be about, found by what they have in common with them."""

    exact: dict[_Key, Person] = field(default_factory=dict)
    by_email: dict[str, Person] = field(default_factory=dict)
    by_phone: dict[str, Person] = field(default_factory=dict)
    by_name: dict[str, Person] = field(default_factory=dict)

    def add(self, person: Person) -> None:
        """Whoever came first is the one that a later one is compared with."""
        name, email, phone = person.key
        self.exact.setdefault(person.key, person)
        self.by_name.setdefault(danish_key(name), person)
        if email:
            self.by_email.setdefault(email, person)
        if phone:
            self.by_phone.setdefault(phone, person)


def recognise(rows: Iterable[Row], programme: Programme) -> list[Person]:
    """Give each good row its person, in the file's order, with warnings and refusals. Returns who is recorded."""
    good = [row for row in rows if not row.errors]
    recorded = _recorded(good, programme)
    people = People()
    for person in recorded:
        people.add(person)
    for row in good:
        row.person = _person(row, people)
    return recorded


def _recorded(rows: list[Row], programme: Programme) -> list[Person]:
    """The programme's persons who share name, e-mail or phone with a row."""
    values: dict[str, Any] = {
        "programme": programme.pk,
        "emails": sorted({row.email for row in rows if row.email}),
        "names": sorted({danish_key(row.name) for row in rows}),
        "phones": sorted({digits_of(row.phone) for row in rows if row.phone}),
    }
    with connection.cursor() as cursor:
        cursor.execute(_RECORDED, values)
        return [
            Person(name, email, phone, postcode, area_id, pk)
            for pk, name, email, phone, postcode, area_id in cursor.fetchall()
        ]


def _person(row: Row, people: People) -> Person | None:
    """Whom the row is about; None where her e-mail is somebody else's."""
    area_id = row.area.pk if row.area else None
    herself = Person(row.name, row.email, row.phone, row.postcode, area_id, line=row.line)
    found = people.exact.get(herself.key)
    if found is None and row.email and (owner := people.by_email.get(row.email)):
        if _same_name(owner.name) != _same_name(row.name):
            row.refuse(Field.EMAIL, row.email, _("%(person)s has this e-mail.") % {"person": owner})
            return None
        found = owner
    if found is None:
        _suggest(row, herself, people)
        people.add(herself)
        return herself
    _say_what_is_kept(row, found)
    return found


def _suggest(row: Row, herself: Person, people: People) -> None:
    """Somebody who may be the same person."""
    name, __, phone = herself.key
    if phone and (other := people.by_phone.get(phone)):
        reason = _("Perhaps the same person as %(person)s, who has the same phone. She is imported as a new person.")
        row.warn(Field.PHONE, row.phone, reason % {"person": other})
    elif other := people.by_name.get(danish_key(name)):
        reason = _("Perhaps the same person as %(person)s, who has the same name. She is imported as a new person.")
        row.warn(Field.NAME, row.name, reason % {"person": other})


def _say_what_is_kept(row: Row, found: Person) -> None:
    """An import adds, and never changes what is recorded of a person."""
    kept = _("%(person)s has “%(kept)s”, which is kept. Correct it on her own page.")
    area_id = row.area.pk if row.area else None
    if row.phone and digits_of(found.phone) != digits_of(row.phone):
        row.warn(Field.PHONE, row.phone, kept % {"person": found, "kept": found.phone or _("no phone")})
    if row.postcode and found.postcode != row.postcode:
        row.warn(Field.POSTCODE, row.postcode, kept % {"person": found, "kept": found.postcode or _("no postcode")})
    if area_id and found.area_id != area_id:
        reason = _("%(person)s has another housing area or none, which is kept. Correct it on her own page.")
        row.warn(Field.AREA, str(row.area), reason % {"person": found})


def _same_name(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()
