"""A frozen report before the municipal committee: the words of its two pages, and what the committee decided."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.history import tracked
from bydelsmoedre.moment import COPENHAGEN, today
from bydelsmoedre.personal import refuse_cpr
from programme.access import EVERYBODY, ReachQuerySet, Role, programmes_of
from programme.facts import DatedFact, FactQuerySet
from programme.models import RoleGrant
from reports.models.frozen import FrozenReport, ReportStep, sent_to

#: So many letters, and so many lines, each of the annex's texts may have: the paper is two pages, never more.
MOST_LETTERS, MOST_LINES = 700, 6

#: The texts in the paper's order.
TEXTS = ("problem", "solution", "economy", "next_steps")


def refuse_many_lines(text: str) -> None:
    """A text of the annex is a few lines: empty ones do not count."""
    if sum(bool(line.strip()) for line in text.splitlines()) > MOST_LINES:
        raise ValidationError(
            _("Write at most %(most)d lines: the annex is two pages."), code="lines", params={"most": MOST_LINES}
        )


def _text(label: Any) -> models.TextField:
    return models.TextField(label, max_length=MOST_LETTERS, validators=[refuse_cpr, refuse_many_lines])


class AnnexQuerySet(ReachQuerySet):
    """Read by everybody who reads the report, written by the secretariat."""

    programme_path = "frozen__programme"
    readers = EVERYBODY

    def reach(self, user: Any, roles: tuple[Role, ...]) -> models.Q:
        return super().reach(user, roles) & sent_to(user, "frozen__")


@tracked()
class CommitteeAnnex(models.Model):
    """The four short texts of a frozen version's *udvalgsbilag*; its figures are those of the frozen content."""

    #: The version that it is about stays as it was chosen.
    fixed = ("frozen_id",)

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    frozen = models.OneToOneField(
        FrozenReport, models.PROTECT, related_name="annex", editable=False, verbose_name=_("frozen report")
    )
    problem = _text(_("problem"))
    solution = _text(_("solution"))
    economy = _text(_("economy"))
    next_steps = _text(_("next steps"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("written by")
    )

    objects = AnnexQuerySet.as_manager()

    class Meta:
        verbose_name = _("committee annex")
        verbose_name_plural = _("committee annexes")
        ordering = ["-frozen__place"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}: {self.frozen}"


#: Who records what the committee decided: the municipality's contact, whose committee it is, and the secretariat.
RECORDERS = (Role.SECRETARIAT, Role.CASEWORKER)


class CommitteeQuerySet(FactQuerySet):
    """Recorded by `RECORDERS`. What the municipality has recorded it retracts itself; the secretariat, only its own."""

    def changeable_by(self, user: Any) -> Self:
        if not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        contacts = RoleGrant.objects.filter(role=Role.CASEWORKER, programme=models.OuterRef("frozen__programme"))
        is_theirs = models.Exists(contacts.filter(user=models.OuterRef("recorded_by")))
        hers = models.Q(frozen__programme__in=programmes_of(user, (Role.CASEWORKER,)))
        own = models.Q(frozen__programme__in=programmes_of(user, (Role.SECRETARIAT,))) & ~models.Q(is_theirs)
        return self.filter(hers | own)

    def stands_on(self, frozen: FrozenReport) -> bool:
        """Does a decision about the report stand? Then its annex is what the committee had before it."""
        return self.current().filter(frozen=frozen).exists()


class CommitteeDecision(DatedFact):
    """What the municipal committee said to a frozen report. The municipality approves a report (`ReportStep`); the
    committee *tager til efterretning*."""

    class Outcome(models.TextChoices):
        NOTED = "noted", _("noted (taget til efterretning)")
        NOTED_WITH_REMARKS = "remarks", _("noted with remarks")
        SENT_BACK = "sent_back", _("sent back by the committee")

    anchor = "frozen"
    erasable = ("note", "remark")

    frozen = models.ForeignKey(
        FrozenReport, models.PROTECT, related_name="committee_decisions", verbose_name=_("frozen report")
    )
    body = models.CharField(_("committee"), max_length=120, default="Udvalget", validators=[refuse_cpr])
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    remark = models.CharField(
        _("the committee’s remark"), max_length=500, blank=True, default="", validators=[refuse_cpr]
    )

    objects = CommitteeQuerySet.as_manager()  # type: ignore[misc]  # asks more than Fact's

    class Meta(DatedFact.Meta):
        verbose_name = _("decision of the municipal committee")
        verbose_name_plural = _("decisions of the municipal committee")
        ordering = ["happened_on", "pk"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["frozen", "body", "happened_on"],
                condition=models.Q(retracted_at=None),
                name="reports_committee_once_a_day",
                violation_error_code="happened_on",
                violation_error_message=_("The committee’s decision of that day is recorded already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(body=""),
                name="reports_committee_named",
                violation_error_code="body",
                violation_error_message=_("Write which committee."),
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="remarks") | ~models.Q(remark=""),
                name="reports_committee_remarks",
                violation_error_code="remark",
                violation_error_message=_("Write what the committee remarked."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.frozen}: {self.get_outcome_display()} {self.happened_on:%d.%m.%Y}"

    def clean(self) -> None:
        """A committee decides on a report that was sent, after it was approved and frozen. (The database knows the
        cut-off: the trigger `c_after_report`.)"""
        super().clean()
        if not self.frozen.steps.filter(what=ReportStep.What.SENT).exists():
            raise ValidationError(_("The report has not been sent to the municipality yet."), code="unsent")
        # in the demonstration, whose today is in 2011, a report is frozen after “today”
        frozen_on = min(self.frozen.frozen_at.astimezone(COPENHAGEN).date(), today())
        if self.happened_on and self.happened_on < frozen_on:
            raise ValidationError(
                {"happened_on": ValidationError(_("The report was not approved yet on that day."), code="early")}
            )
