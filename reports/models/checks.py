"""What the Foundation has looked at for the municipality, which sees no minutes and no person: the documentation of
what counts, and the spot checks that are asked for on a report. No words of one's own: they would be about a person."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.addresses import url
from programme.access import EVERYBODY, STAFF, ReachQuerySet, Role, programmes_of
from programme.facts import DatedFact, FactQuerySet
from programme.models import SuccessCriterion
from reports.models.frozen import FrozenReport

#: So many are drawn at most in a spot check.
MOST_DRAWN = 10


class Outcome(models.TextChoices):
    """What came of looking; chosen, never written."""

    IN_ORDER = "in_order", _("in order")
    NO_EVIDENCE = "no_evidence", _("the evidence is missing")
    NO_SIGNATURE = "no_signature", _("a signature is missing")
    WRONG_DAY = "wrong_day", _("the day is another one than in the evidence")
    NOT_ENOUGH = "not_enough", _("the evidence does not show what it should")
    UNREADABLE = "unreadable", _("the evidence cannot be read")


class CheckQuerySet(FactQuerySet):
    """Recorded and retracted by the Foundation, not by the secretariat that is measured; read by the staff. What the
    municipality is told of it are counts, and the names of associations and documents."""

    def visible_to(self, user: Any) -> Self:
        return self._of(user, STAFF)

    def changeable_by(self, user: Any) -> Self:
        found = self._of(user, (Role.FOUNDATION,))
        if user.is_superuser:
            return found
        about: Any = self.model  # nobody checks her own, nor takes back what another has found
        return found.exclude(**{f"{about.programme_path}__in": programmes_of(user, (Role.SECRETARIAT,))})

    def _of(self, user: Any, roles: tuple[Role, ...]) -> Self:
        if not user.is_active:
            return self.none()
        if user.is_superuser:
            return self.all()
        about: Any = self.model
        return self.filter(**{f"{about.programme_path}__in": programmes_of(user, roles)})


class Checked(DatedFact):
    """Somebody of the Foundation has looked at the documentation of one thing: of an association, of a person's course
    certificate and role, of a document or an agreement, by its identity."""

    erasable = ()

    thing = models.UUIDField(_("what it is about"))
    outcome = models.CharField(_("what was found"), max_length=20, choices=Outcome)

    objects = CheckQuerySet.as_manager()  # type: ignore[misc]  # asks more than Fact's

    class Meta(DatedFact.Meta):
        abstract = True
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(condition=Q(note="", evidence=None), name="%(app_label)s_%(class)s_without_words"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="%(app_label)s_%(class)s_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.happened_on:%d.%m.%Y}"


class EvidenceCheck(Checked):
    """The documentation of something that counts toward a criterion was looked at on that day. It holds until what the
    thing counts by is recorded anew (`reports.figures.checked`)."""

    anchor = "criterion"
    programme_path = "criterion__programme"

    criterion = models.ForeignKey(
        SuccessCriterion, models.PROTECT, related_name="checks", verbose_name=_("success criterion")
    )

    class Meta(Checked.Meta):
        verbose_name = _("check of documentation")
        verbose_name_plural = _("checks of documentation")
        ordering = ["happened_on", "pk"]
        indexes = [
            *DatedFact.Meta.indexes,
            models.Index(fields=["criterion", "thing"], name="reports_check_of"),
        ]


class SpotCheckQuerySet(ReachQuerySet):
    """Asked for by the municipality, and read by everybody: it says how many, never who."""

    programme_path = "frozen__programme"
    readers = EVERYBODY
    writers = (Role.CASEWORKER,)


class SpotCheck(models.Model):
    """The municipality asks that some of what counts in a report is looked at. Nobody decides which: they are drawn by
    the report's hash and the question's own identity (`reports.progress.drawing`). Only ever added."""

    logged_at = "asked_at"

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    frozen = models.ForeignKey(
        FrozenReport, models.PROTECT, related_name="spot_checks", verbose_name=_("frozen report")
    )
    criterion = models.ForeignKey(
        SuccessCriterion, models.PROTECT, related_name="spot_checks", verbose_name=_("success criterion")
    )
    count = models.PositiveSmallIntegerField(
        _("how many"), validators=[MinValueValidator(1), MaxValueValidator(MOST_DRAWN)]
    )
    asked_at = models.DateTimeField(_("asked at"), db_default=Now(), editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))

    objects = SpotCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("spot check")
        verbose_name_plural = _("spot checks")
        ordering = ["-asked_at", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["frozen", "criterion"],
                name="reports_spot_check_once",
                violation_error_code="criterion",
                violation_error_message=_("A spot check of that is asked for already."),
            ),
            models.CheckConstraint(
                condition=Q(count__gte=1, count__lte=MOST_DRAWN),
                name="reports_spot_check_count",
                violation_error_code="count",
                violation_error_message=_("From 1 to 10."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} ({self.count})"

    def get_absolute_url(self) -> str:
        return url("reports:spot_check", self.uuid)


class SpotCheckResult(Checked):
    """What came of one of those that were drawn."""

    anchor = "spot_check"
    programme_path = "spot_check__frozen__programme"

    spot_check = models.ForeignKey(SpotCheck, models.PROTECT, related_name="results", verbose_name=_("spot check"))

    class Meta(Checked.Meta):
        verbose_name = _("result of a spot check")
        verbose_name_plural = _("results of spot checks")
        ordering = ["happened_on", "pk"]
        constraints = [
            *Checked.Meta.constraints,
            models.UniqueConstraint(
                fields=["spot_check", "thing"],
                condition=Q(retracted_at=None),
                name="reports_result_once",
                violation_error_message=_("It is recorded already. Retract it first."),
            ),
        ]
