"""Facts: what happened on a day, was recorded at a time, and is never overwritten.

A mistake is *retracted* and recorded anew; what stopped being true is *superseded*: one version is retracted and the
next one inserted in the same transaction, under the same uuid. PostgreSQL refuses everything else (the trigger
`guard_fact`, privileges in `programme.privileges`). Nothing has a foreign key to a fact, only to an anchor.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import Case, F, Func, Q, Value, When
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.entry import Overtaken
from bydelsmoedre.moment import Moment
from bydelsmoedre.personal import refuse_cpr

if TYPE_CHECKING:
    from accounts.models import User

#: The advisory lock of the clock: facts take it shared, a freeze exclusively. The same number stands in `fact_time()`.
CLOCK_LOCK = 20111231


class FactTime(Func):
    """The database's time for this transaction's facts (see migration bydelsmoedre.0001_core)."""

    function = "fact_time"
    template = "%(function)s()"
    output_field = models.DateTimeField()


class AlreadyRetracted(Overtaken):
    """Somebody has retracted this fact meanwhile; nothing was changed."""


class FactQuerySet(models.QuerySet):
    """Questions that every kind of fact answers."""

    def current(self) -> Self:
        """What we hold true now: not retracted."""
        return self.filter(retracted_at=None)

    def known(self, known_at: dt.datetime) -> Self:
        """What was held true at `known_at`."""
        return self.filter(known__contains=known_at)

    def at(self, moment: Moment) -> Self:
        """What was true on the day, as it was known at that time: one query, one index."""
        return self.filter(period__contains=moment.on, known__contains=moment.known_at)

    def visible_to(self, user: Any) -> Self:
        """Facts are seen by whoever may see what they are about: the model's `anchor`."""
        return self._through("visible_to", user)

    def changeable_by(self, user: Any) -> Self:
        """Facts are recorded and retracted by whoever may change what they are about."""
        return self._through("changeable_by", user)

    def _through(self, question: str, user: Any) -> Self:
        about: Any = self.model
        anchor: Any = about._meta.get_field(about.anchor).related_model
        return self.filter(**{f"{about.anchor}__in": getattr(anchor.objects, question)(user)})


class SecretariatChanges(FactQuerySet):
    """Seen with what it is about; recorded and retracted by the programme's secretariat alone, not by a local
    coordinator, who may change other facts about the same."""

    def changeable_by(self, user: Any) -> Self:
        from programme.models import Programme

        about: Any = self.model
        anchor: Any = about._meta.get_field(about.anchor).related_model
        path = f"{about.anchor}__{anchor.objects.all().programme_path}"
        return self.filter(**{f"{path}__in": Programme.objects.changeable_by(user)})


class Fact(models.Model):
    """What is common to all facts: identity, evidence, who recorded it and when, and its retraction."""

    #: The foreign key to what the fact is about; who may see that may see the fact.
    anchor: ClassVar[str]
    #: Columns with words about a person: emptied by erasure.
    erasable: ClassVar[tuple[str, ...]] = ("note",)
    #: False for money, which is reversed instead.
    is_retractable: ClassVar[bool] = True

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, editable=False)
    is_date_unknown = models.BooleanField(
        _("date unknown"),
        default=False,
        help_text=_("The day is not known; the fact counts from the day given."),
    )
    note = models.TextField(_("note"), blank=True, default="", max_length=2000)
    evidence = models.ForeignKey(
        "programme.Evidence",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("evidence"),
    )
    recorded_at = models.DateTimeField(_("recorded at"), db_default=FactTime(), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    retracted_at = models.DateTimeField(_("retracted at"), null=True, blank=True, editable=False)
    retracted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("retracted by"),
    )
    retraction_reason = models.TextField(_("reason for retraction"), blank=True, default="", editable=False)
    known = models.GeneratedField(
        expression=Func(F("recorded_at"), F("retracted_at"), function="tstzrange", output_field=DateTimeRangeField()),
        output_field=DateTimeRangeField(),
        db_persist=True,
        verbose_name=_("known"),
    )

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ("view",)
        indexes = [
            GistIndex(fields=["period", "known"], name="%(app_label).10s_%(class).12s_at"),
            # what happened since somebody last looked
            models.Index(fields=["recorded_at"], name="%(app_label).10s_%(class).12s_rec"),
            models.Index(
                fields=["retracted_at"],
                condition=Q(retracted_at__isnull=False),
                name="%(app_label).10s_%(class).12s_ret",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["uuid"], condition=Q(retracted_at=None), name="%(app_label)s_%(class)s_one_current"
            ),
            models.CheckConstraint(
                condition=Q(retracted_at=None) | Q(retracted_at__gte=F("recorded_at")),
                name="%(app_label)s_%(class)s_retracted_after",
            ),
        ]

    def clean(self) -> None:
        """No CPR number in the note. (Not the column's validator: that would be a migration of every fact.)"""
        super().clean()
        try:
            refuse_cpr(self.note)
        except ValidationError as error:
            raise ValidationError({"note": error}) from error

    @classmethod
    def record(cls, *, by: "User | None", **values: Any) -> Self:
        """Record a fact; the database sets the time."""
        fact = cls(recorded_by=by, **values)
        fact.save(force_insert=True)
        return fact

    @transaction.atomic
    def retract(self, *, by: "User | None", reason: str) -> None:
        """Say that this was wrong. Raises `AlreadyRetracted` where somebody was faster."""
        self._end_version(by=by, reason=reason)

    def _end_version(self, *, by: "User | None", reason: str) -> None:
        """This version is known until now: it was wrong, or another one takes its place."""
        touched = (
            type(self)
            .objects.filter(pk=self.pk, retracted_at=None)
            .update(retracted_at=FactTime(), retracted_by=by, retraction_reason=reason)
        )
        if not touched:
            raise AlreadyRetracted
        self.refresh_from_db(fields=["retracted_at", "retracted_by", "retraction_reason", "known"])

    @transaction.atomic
    def supersede(self, *, by: "User | None", reason: str, **changes: Any) -> Self:
        """Replace this version with the next one, known from the same instant, under the same uuid."""
        self._end_version(by=by, reason=reason)
        values = {field.attname: getattr(self, field.attname) for field in self._own_fields()}
        following = type(self)(**values)
        for name, value in changes.items():
            setattr(following, name, value)
        following.recorded_by = by
        following.save(force_insert=True)
        return following

    def _own_fields(self) -> Iterable[models.Field]:
        """The columns that the next version keeps: all but the key, the times and the retraction."""
        left_out = {
            "id", "recorded_at", "recorded_by", "retracted_at", "retracted_by", "retraction_reason",
        }  # fmt: skip
        return (field for field in self._meta.concrete_fields if field.name not in left_out and not field.generated)

    def _get_FIELD_display(self, field: Any) -> str:  # noqa: N802 (the name is Django's)
        """What Django's `get_…_display` give. Django makes its dictionary of choices anew at every call, and a list of
        fifty facts calls it hundreds of times."""
        value = getattr(self, field.attname)
        return str(_labels(field).get(value, value))

    @property
    def is_current(self) -> bool:
        return self.retracted_at is None


@lru_cache(maxsize=200)
def _labels(field: models.Field) -> dict[Any, Any]:
    """The words of a field's choices, translated when they are read."""
    return dict(field.flatchoices)


class DatedFact(Fact):
    """Something that happened on one day, and holds from that day on."""

    happened_on = models.DateField(_("date"))
    period = models.GeneratedField(
        expression=Func(
            F("happened_on"),
            Value(None, output_field=models.DateField()),
            function="daterange",
            output_field=DateRangeField(),
        ),
        output_field=DateRangeField(),
        db_persist=True,
    )

    class Meta(Fact.Meta):
        abstract = True


class PeriodFact(Fact):
    """Something that held from one day to another, both included; without an end it still holds."""

    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("to and including"), null=True, blank=True)
    # An end before the start gives an empty range, so that the check constraint speaks and not a data error.
    period = models.GeneratedField(
        expression=Case(
            When(
                ended_on__lt=F("started_on"),
                then=Value("empty", output_field=DateRangeField()),
            ),
            default=Func(
                F("started_on"),
                F("ended_on"),
                Value("[]"),
                function="daterange",
                output_field=DateRangeField(),
            ),
            output_field=DateRangeField(),
        ),
        output_field=DateRangeField(),
        db_persist=True,
    )

    class Meta(Fact.Meta):
        abstract = True
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="%(app_label)s_%(class)s_end_after_start",
                violation_error_code="ended_on",
                violation_error_message=_("The end is before the start."),
            ),
        ]

    def is_active(self, on: dt.date) -> bool:
        """Does the period hold on that day? Both ends are included, as in `at()`."""
        return self.started_on <= on and (self.ended_on is None or on <= self.ended_on)


def freeze_moment(on: dt.date) -> Moment:
    """A Moment whose figures can never change again, for the length of this transaction and for ever after.

    Waits for every transaction that has recorded a fact, holds back new ones until this transaction ends, and reads
    the clock in between. Must be the first thing that its transaction does.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("freeze_moment() belongs in a transaction.")
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [CLOCK_LOCK])
        cursor.execute("select clock_timestamp()")
        (known_at,) = cursor.fetchone()
    return Moment(on, known_at)


def fact_models() -> list[type[Fact]]:
    """Every kind of fact in the project, in the apps' order."""
    from django.apps import apps

    return [model for model in apps.get_models() if issubclass(model, Fact)]
