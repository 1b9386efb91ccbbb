"""A copy of all that is stored about a person, for her who asks (GDPR, art. 15): as data, and to read.

Which rows are hers is derived from the models, as erasing is (`privacy.about`): a new kind of fact is in the copy from
its first day. What would tell of others is told without them: whoever recorded something is an office, and of a
document that proves something about others too it is only said that it is there.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

import pghistory.models
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from associations.papers_pdf import drawn
from bydelsmoedre.danish import dato, kort_dato, tidspunkt
from bydelsmoedre.moment import COPENHAGEN, Moment, calendar_today
from bydelsmoedre.purposes import purposes, serves
from programme.models import Evidence, Reading
from volunteers.merging import together
from volunteers.models import Volunteer
from volunteers.privacy import conditions, facts_about, of_hers_alone

_WHO = re.compile(r"= who\b")
TEXTS = Path(__file__).resolve().parent / "texts"

#: Purposes that columns of many kinds serve: a kind is told under one of its own.
OF_ANY_ROW = (None, "done", "notes", "evidence")

#: What the columns of a history are called, and what they say.
_OF_HISTORY = {
    "pgh_created_at": gettext_lazy("Saved at"),
    "pgh_label": pgettext_lazy("history", "Change"),
    "pgh_context": gettext_lazy("By"),
}
_CHANGES = {
    "insert": gettext_lazy("created"),
    "update": gettext_lazy("corrected"),
    "delete": gettext_lazy("deleted"),
}

#: A password, even as it is stored, is told to nobody.
UNTOLD = ("password",)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one column holds: as data, and in words."""

    name: str
    label: str
    data: Any
    words: str


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one kind about her."""

    code: str  #: of the purpose that they serve
    kind: str
    title: str
    rows: list[list[Cell]]


@dataclass
class AccessCopy:
    """All about one person, read once."""

    volunteer: Volunteer

    @cached_property
    def parts(self) -> list[Part]:
        found = [self._part(model, self._rows(model, where)) for model, where in conditions().items()]
        found += [self._part(Evidence, self._evidence()), *self._login(), self._readings()]
        codes = [purpose.code for purpose in purposes()]
        return sorted((part for part in found if part.rows), key=lambda part: codes.index(part.code))

    # --- Which rows

    @cached_property
    def _records(self) -> list[Volunteer]:
        """Her, and those who were merged into her."""
        return [self.volunteer, *(one.duplicate for one in together(self.volunteer, Moment()).merges)]

    def _rows(self, model: type[models.Model], where: str) -> Iterable[Any]:
        key = model._meta.pk
        sql = f'select {key.column} from public."{model._meta.db_table}" where {where}'
        rows = model._base_manager.filter(pk__in=self._found(sql)).order_by("pk")
        named = list(self._named(model))
        return rows.select_related(*named) if named else rows

    def _named(self, model: Any) -> Iterator[str]:
        """What the rows refer to and is told by its name, with what that name may be made of."""
        for field in model._meta.concrete_fields:
            if field.related_model and self._is_told(field):
                yield field.name
                for inner in field.related_model._meta.concrete_fields:
                    if inner.related_model and field.related_model._meta.app_label not in ("accounts", "programme"):
                        yield f"{field.name}__{inner.name}"

    def _found(self, sql: str) -> RawSQL:
        """The condition's SQL, of this person, also where she was recorded again."""
        ids = [one.pk for one in self._records]
        return RawSQL(_WHO.sub("= any(%s)", sql), [ids] * len(_WHO.findall(sql)))  # noqa: S611 (our own text)

    @cached_property
    def _own_evidence(self) -> set[int]:
        """What is about nobody but her, and may be told whole."""
        sql = f'select e.id from public."{Evidence._meta.db_table}" e where {of_hers_alone(facts_about(Volunteer))}'
        return set(Evidence.objects.filter(pk__in=self._found(sql)).values_list("pk", flat=True))

    def _evidence(self) -> Iterable[Any]:
        return Evidence.objects.filter(pk__in=self._own_evidence).order_by("pk")

    def _login(self) -> Iterator[Part]:
        """Her login, and what it opens."""
        user = self.volunteer.user
        if user is None:
            return
        yield self._part(type(user), [user])
        for relation in type(user)._meta.related_objects:
            other: Any = relation.related_model
            meta = other._meta
            if not meta.managed or meta.proxy or other is Volunteer or issubclass(other, pghistory.models.Event):
                continue
            if serves(relation.field) == "login":
                grants = other._base_manager.filter(**{relation.field.name: user}).select_related().order_by("pk")
                yield self._part(other, grants)

    def _readings(self) -> Part:
        """Who has read about her and when, by office: a log names no colleague."""
        uuids = [one.uuid for one in self._records]
        found = Reading.objects.filter(persons__overlap=uuids).select_related("user").order_by("pk")
        rows = [
            [self._cell(row, Reading._meta.get_field(name)) for name in ("read_at", "how", "user")] for row in found
        ]
        return Part("read", Reading._meta.label, str(capfirst(Reading._meta.verbose_name_plural)), rows)

    # --- What stands in them

    def _part(self, model: Any, rows: Iterable[Any]) -> Part:
        told = [field for field in model._meta.concrete_fields if self._is_told(field)]
        source = getattr(model, "pgh_tracked_model", model)
        title = capfirst(str(source._meta.verbose_name_plural))
        if source is not model:
            title = _("%(what)s: earlier versions") % {"what": title}
        code = next(
            (code for field in told if (code := serves(field)) not in (None, "done", "notes", "evidence")), None
        )
        rows = [[self._cell(row, field) for field in told] for row in rows]
        return Part(code or "evidence", model._meta.label, str(title), rows)

    def _is_told(self, field: Any) -> bool:
        """All but what holds rows together, and what PostgreSQL derives of other columns."""
        ties = field.primary_key or field.generated or field.name in ("id", "pgh_obj", "pgh_context_id")
        return not (ties or field.name in UNTOLD or field.related_model in self._hers)

    @cached_property
    def _hers(self) -> set[Any]:
        return {*conditions()}

    def _cell(self, row: Any, field: Any) -> Cell:
        value = getattr(row, field.attname)
        label = str(_OF_HISTORY[field.name]) if field.name in _OF_HISTORY else str(capfirst(field.verbose_name))
        if field.related_model is get_user_model():
            words = self._office(getattr(row, field.name))
        elif field.related_model is Evidence:
            words = self._document(value)
        elif field.related_model:
            words = str(getattr(row, field.name) or "")
        elif field.name == "pgh_context":
            words = self._actor(value)
        elif field.name == "pgh_label":
            words = str(_CHANGES.get(value, value))
        elif field.choices:
            words = str(dict(field.flatchoices).get(value, value))
            return Cell(field.name, label, value, words)
        else:
            return Cell(field.name, label, _plain(value), _in_words(value))
        return Cell(field.name, label, words or None, words)

    def _office(self, user: Any) -> str:
        if user is None:
            return ""
        return _("yourself") if user.pk == self.volunteer.user_id else user.office or _("a member of the staff")

    def _actor(self, context: Any) -> str:
        number = (context or {}).get("user")
        return self._office(self._users.get(number)) if number else ""

    @cached_property
    def _users(self) -> Mapping[int, Any]:
        return get_user_model()._default_manager.in_bulk()

    def _document(self, key: int | None) -> str:
        if key is None:
            return ""
        if key in self._own_evidence:
            return _("document no. %(number)s, listed under evidence") % {"number": key}
        return _("a document that is about others too: ask us for what it says about you")

    # --- As files

    def as_json(self) -> bytes:
        told = {
            "about": str(self.volunteer.uuid),
            "programme": str(self.volunteer.programme),
            "made_at": timezone.now().isoformat(),
            "parts": [
                {
                    "kind": part.kind,
                    "title": part.title,
                    "labels": {cell.name: cell.label for cell in part.rows[0]},
                    "rows": [{cell.name: cell.data for cell in row} for row in part.rows],
                }
                for part in self.parts
            ],
        }
        return json.dumps(told, ensure_ascii=False, indent=2).encode()

    def as_pdf(self) -> bytes:
        on = calendar_today()
        told = {
            "lang": get_language() or "da",
            "title": _("What is stored about you"),
            "name": str(self.volunteer),
            "author": str(self.volunteer.programme),
            "footer": _("Made on %(day)s by the programme's secretariat") % {"day": dato(on)},
            "intro": _(
                "This is all that the programme has stored about you as a person. Whoever recorded it is named by "
                "office. What has been corrected or retracted is in it too. You can ask for corrections, for erasing, "
                "and you can complain to the Danish Data Protection Agency (Datatilsynet)."
            ),
            "heads": [_("When"), _("What")],
            "page": _("Page"),
            "of": _("of"),
            "groups": list(self._groups()),
        }
        return drawn(TEXTS / "indsigt.typ", told, on=on)

    def _groups(self) -> Iterator[dict[str, Any]]:
        named = {purpose.code: purpose for purpose in purposes()}
        for code, parts in groupby(self.parts, key=lambda part: part.code):
            purpose = named[code]
            told = [{"title": one.title, "rows": _lines(one.rows)} for one in parts]
            yield {
                "title": str(purpose.title),
                "why": str(purpose.why),
                "kept": _("How long: %(words)s") % {"words": purpose.kept},
                "parts": [one for one in told if one["rows"]],
            }


def _lines(rows: list[list[Cell]]) -> list[dict[str, Any]]:
    """What there is to read; a row that only holds others together says nothing."""
    return [line for line in map(_line, rows) if line["what"]]


def _line(row: list[Cell]) -> dict[str, Any]:
    """When, and the rest, line by line; what is empty is left out."""
    told = {cell.name: cell for cell in row}
    days = [told[name].words for name in ("happened_on", "started_on", "ended_on") if name in told]
    when = "–".join(day for day in days if day)
    if not when:
        stamps = ("pgh_created_at", "read_at", "added_at", "created_at")
        when = next((told[name].words for name in stamps if name in told), "")
    hidden = {"happened_on", "started_on", "ended_on", "uuid", "read_at", "pgh_created_at"}
    rest = [cell for cell in row if cell.words and cell.name not in hidden]
    return {"when": when, "what": [{"label": cell.label, "words": cell.words} for cell in rest]}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str | list | dict):
        return value
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def _in_words(value: Any) -> str:
    if value is None or value == "" or value is False:
        return ""
    if value is True:
        return _("Yes")
    if isinstance(value, dt.datetime):
        return tidspunkt(value.astimezone(COPENHAGEN))
    return kort_dato(value) if isinstance(value, dt.date) else str(value)
