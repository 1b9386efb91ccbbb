"""Storing a file's rows: in one transaction, all or nothing, or the good ones where that is asked for.

A trial is the import itself, taken back at the end: what a preview says is what PostgreSQL said, whatever rule refuses
a row.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pghistory
from django.apps import apps
from django.db import Error, connection, transaction
from django.utils.translation import gettext as _

from bydelsmoedre.moment import today
from programme.models import Programme
from volunteers.importing import headings
from volunteers.importing.headings import Field
from volunteers.importing.people import Person, recognise
from volunteers.importing.rows import Outcome, Reader, Row
from volunteers.importing.source import Table
from volunteers.models import LanguageSkill, Membership, SamePerson, Volunteer

#: So many rows are sent to the database together.
BATCH = 200
#: Imports into one programme wait for each other: this number, and the programme's key.
LOCK = 20110611

#: PostgreSQL's classes of refusal: data (22), constraints (23), and what a trigger says (P0).
_REFUSALS = ("22", "23", "P0")


@dataclass(kw_only=True)
class Report(Outcome):
    """What an import of volunteers did."""

    persons: int = 0
    known: int = 0
    roles: int = 0
    languages: int = 0


def run(
    table: Table,
    programme: Programme,
    *,
    by: Any,
    accept_good: bool = False,
    is_trial: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
    finish: Callable[[Report], None] = lambda report: None,
) -> Report:
    """Import the table, or try it. `finish` is called in the transaction, before it is committed; where it fails,
    nothing is stored. Raises `Unreadable` where the columns cannot be imported at all."""
    columns = headings.understand(table.headings)
    with pghistory.context(user=by.pk if by else None, source="import"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s, %s)", [LOCK, programme.pk])
            cursor.execute("select fact_time()")
            (recorded_at,) = cursor.fetchone()
        rows = list(Reader(programme, table, columns).rows())
        recorded = recognise(rows, programme)
        report = Report(rows=len(rows), ignored=columns.ignored)
        Writer(programme, by, recorded_at, recorded, report).write([row for row in rows if not row.errors], progress)
        _sum_up(report, rows)
        report.is_stored = not is_trial and report.good > 0 and (accept_good or not report.bad)
        if report.is_stored:
            finish(report)
        else:
            transaction.set_rollback(True)
    return report


def _sum_up(report: Report, rows: list[Row]) -> None:
    for row in rows:
        report.errors += row.errors
        report.warnings += row.warnings if not row.errors else []
        if row.errors:
            report.bad.append(row.at)


@dataclass
class Held:
    """What the persons have already: languages, and roles with the days that they began and ended."""

    languages: dict[int, set[str]] = field(default_factory=dict)
    roles: dict[tuple[int, int, str, Any], Any] = field(default_factory=dict)


@dataclass
class Writer:
    """Records the rows, a batch at a time; where the database refuses a batch, row by row."""

    programme: Programme
    by: Any
    #: The time of this transaction's facts. The database sets it itself; sent along, Django can send a batch as arrays,
    #: which takes a third of the time.
    recorded_at: dt.datetime
    recorded: list[Person]
    report: Report

    def __post_init__(self) -> None:
        self.seen = {person.pk for person in self.recorded if person.pk}
        self.known: set[int] = set()
        self.held = Held()
        merges = SamePerson.objects.current().filter(kept__in=list(self.seen))
        kept = {key: key for key in self.seen} | dict(merges.values_list("duplicate", "kept"))
        skills = LanguageSkill.objects.current().filter(volunteer__in=list(kept))
        for volunteer, language in skills.values_list("volunteer", "language"):
            self.held.languages.setdefault(kept[volunteer], set()).add(language)
        for role in Membership.objects.current().filter(volunteer__in=list(kept)):
            self.held.roles[kept[role.volunteer_id], role.association_id, role.role, role.started_on] = role.ended_on

    def write(self, rows: list[Row], progress: Callable[[int, int], None]) -> None:
        progress(0, len(rows))
        for done, batch in _batches(rows):
            if refusal := self._try(batch):
                for row in batch:
                    if refusal := self._try([row]):
                        row.refuse(Field.ROLE if row.role else Field.NAME, _told(row), refusal)
            progress(done, len(rows))
        self.report.known = len(self.known)

    def _try(self, batch: list[Row]) -> str:
        """Record these rows, all or none. Returns why not."""
        before = {id(row.person): row.person.pk for row in batch}
        added = Held()
        try:
            with transaction.atomic():
                counts = self._record(batch, added)
        except Error as error:
            reason = refusal_of(error)
            for row in batch:
                row.person.pk = before[id(row.person)]
            return reason
        for volunteer, languages in added.languages.items():
            self.held.languages.setdefault(volunteer, set()).update(languages)
        self.held.roles |= added.roles
        self.known |= {row.person.pk for row in batch if row.person.pk in self.seen}
        persons, roles, languages_added = counts
        self.report.persons += persons
        self.report.roles += roles
        self.report.languages += languages_added
        return ""

    def _record(self, batch: list[Row], added: Held) -> tuple[int, int, int]:
        persons = self._record_persons(batch)
        roles = [role for row in batch if row.role and (role := self._role(row, added))]
        Membership.objects.bulk_create(roles)
        languages = [skill for row in batch for skill in self._skills(row, added)]
        LanguageSkill.objects.bulk_create(languages)
        return persons, len(roles), len(languages)

    def _record_persons(self, batch: list[Row]) -> int:
        new = {id(row.person): row.person for row in batch if row.person.pk is None}
        made = [
            Volunteer(
                programme=self.programme,
                name=person.name,
                email=person.email,
                phone=person.phone,
                postcode=person.postcode,
                housing_area_id=person.area_id,
            )
            for person in new.values()
        ]
        for person, volunteer in zip(new.values(), Volunteer.objects.bulk_create(made), strict=True):
            person.pk = volunteer.pk
        return len(made)

    def _role(self, row: Row, added: Held) -> Membership | None:
        """Her role, unless she has it from that day on already."""
        assert row.association is not None
        assert row.started_on is not None
        key = row.person.pk, row.association.pk, row.role, row.started_on
        for held in (self.held.roles, added.roles):
            if key in held:
                if held[key] != row.ended_on:
                    _warn_once(row, Field.ENDED_ON, _("The role is recorded with another end, which is kept."))
                return None
        added.roles[key] = row.ended_on
        return Membership(
            recorded_by=self.by,
            recorded_at=self.recorded_at,
            volunteer_id=row.person.pk,
            association=row.association,
            role=row.role,
            started_on=row.started_on,
            ended_on=row.ended_on,
        )

    def _skills(self, row: Row, added: Held) -> Iterator[LanguageSkill]:
        """The languages that are not recorded of her yet, whatever their level."""
        theirs = added.languages.setdefault(row.person.pk, set())
        known = self.held.languages.get(row.person.pk, set())
        for language, level in row.languages:
            if language not in known and language not in theirs:
                theirs.add(language)
                yield LanguageSkill(
                    recorded_by=self.by,
                    recorded_at=self.recorded_at,
                    volunteer_id=row.person.pk,
                    language=language,
                    level=level,
                    happened_on=today(),
                )


def _warn_once(row: Row, column: Field, reason: str) -> None:
    if all(warning.column != column for warning in row.warnings):
        row.warn(column, row.ended_on.strftime("%d.%m.%Y") if row.ended_on else "", reason)


def _told(row: Row) -> str:
    label = str(Membership.Role(row.role).label) if row.role else row.name
    return f"{label}, {row.association}" if row.association else label


def _batches(rows: list[Row]) -> Iterator[tuple[int, list[Row]]]:
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        yield start + len(batch), batch


def refusal_of(error: Error) -> str:
    """Why the database refused a row, in words. What is no refusal is raised again."""
    cause: Any = error.__cause__
    if str(getattr(cause, "sqlstate", "") or "")[:2] not in _REFUSALS:
        raise error
    if words := _constraints().get(cause.diag.constraint_name or ""):
        return str(words)
    told = cause.diag.message_primary
    if told and _(told) != told:  # what one of our own guards says
        return _(told)
    return _("The database refuses this: %(reason)s") % {"reason": told} if told else _("The database refuses this.")


def _constraints() -> dict[str, Any]:
    """By name: the words of every constraint on what is imported."""
    return {
        constraint.name: constraint.violation_error_message
        for model in apps.get_app_config("volunteers").get_models()
        for constraint in model._meta.constraints
    }
