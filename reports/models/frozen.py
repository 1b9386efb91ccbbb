"""Frozen reports: what was sent, byte by byte, in a chain; and what became of each afterwards."""

import json
import uuid
from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.addresses import url
from bydelsmoedre.personal import refuse_cpr
from programme.access import EVERYBODY, STAFF, ReachQuerySet, Role, programmes_of
from programme.models import Programme
from reports.models.progress import ProgressReport, title_of


def code_of(sha256: str) -> str:
    """What is typed by whoever checks the paper: the hash's first twenty characters, in fours."""
    return " ".join(sha256[start : start + 4] for start in range(0, 20, 4))


def sent_to(user: Any, path: str = "") -> Q:
    """The frozen reports at `path` that a user reads: the staff all, the municipality those that were sent to it."""
    staff = Q(**{f"{path}programme__in": programmes_of(user, STAFF)})
    sent = ReportStep.objects.filter(what=ReportStep.What.SENT).values("frozen")
    to_her = Q(**{f"{path}programme__in": programmes_of(user, (Role.CASEWORKER,)), f"{path}pk__in": sent})
    return staff | to_her


class FrozenQuerySet(ReachQuerySet):
    """The staff reads what is frozen, the municipality what was sent to it; nobody changes it."""

    readers = EVERYBODY
    writers = ()

    def reach(self, user: Any, roles: tuple[Role, ...]) -> Q:
        return super().reach(user, roles) & sent_to(user)

    def without_files(self) -> Self:
        """Without the bytes of the JSON and the PDF, for lists."""
        return self.defer("canonical", "pdf")

    def in_order(self) -> Self:
        """As the chain goes."""
        return self.order_by("programme", "place")


class FrozenReport(models.Model):
    """One version of a report as it was approved: canonical JSON (RFC 8785), its SHA-256, and the PDF.

    The versions of a programme are a chain: each holds the hash of the one before it, in its JSON too. Nobody changes,
    deletes or dates a row (rights, and the trigger `a_kept`); the trigger `b_chain` lets a new one only follow the
    last. A mistake is corrected by a new version that says which one it replaces and why.
    """

    #: PostgreSQL writes this column; only the owner may say another time (when the story of 2011 is told).
    logged_at = "frozen_at"

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="frozen", verbose_name=_("programme"))
    report = models.ForeignKey(ProgressReport, models.PROTECT, related_name="frozen", verbose_name=_("report"))
    number = models.PositiveSmallIntegerField(_("version"))
    place = models.PositiveIntegerField(_("place in the chain"))
    cut_off = models.DateField(_("cut-off"))
    known_at = models.DateTimeField(_("as known at"))
    canonical = models.BinaryField(_("canonical JSON"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    previous = models.CharField(_("SHA-256 of the one before"), max_length=64, blank=True)
    pdf = models.BinaryField("PDF")
    pdf_sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64)
    reason = models.CharField(_("why it replaces the one before"), max_length=500, blank=True, validators=[refuse_cpr])
    frozen_at = models.DateTimeField(_("frozen at"), db_default=Now(), editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("approved by")
    )

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("frozen report")
        verbose_name_plural = _("frozen reports")
        ordering = ["-place"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["programme", "place"], name="reports_frozen_place"),
            models.UniqueConstraint(fields=["report", "number"], name="reports_frozen_version"),
            models.CheckConstraint(condition=Q(number__gte=1) & Q(place__gte=1), name="reports_frozen_counted_from_1"),
            models.CheckConstraint(
                condition=Q(number=1, reason="") | (Q(number__gt=1) & ~Q(reason="")), name="reports_frozen_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    @property
    def title(self) -> str:
        """As the report calls itself, for good."""
        return title_of(self.report.kind, self.cut_off)

    def get_absolute_url(self) -> str:
        return url("reports:frozen", self.uuid)

    @property
    def code(self) -> str:
        return code_of(self.sha256)

    @cached_property
    def content(self) -> dict[str, Any]:
        """What the report says, read from the stored bytes, which never change."""
        found: dict[str, Any] = json.loads(bytes(self.canonical))
        return found


class StepQuerySet(ReachQuerySet):
    """The municipality answers what was sent to it; the staff reads, and answers questions."""

    programme_path = "frozen__programme"
    readers = EVERYBODY
    writers = EVERYBODY

    def reach(self, user: Any, roles: tuple[Role, ...]) -> Q:
        return super().reach(user, roles) & sent_to(user, "frozen__")


class ReportStep(models.Model):
    """What became of a frozen report: sent, received, asked about, approved or returned. Only ever added.

    The trigger `b_in_order` holds their order: nothing before it is sent, an answer is to a question about the same
    report, and the municipality approves or returns the last version that it was sent.
    """

    class What(models.TextChoices):
        SENT = "sent", _("sent to the municipality")
        REMINDED = "reminded", _("the municipality is reminded")
        RECEIVED = "received", _("received")
        QUESTION = "question", _("question")
        ANSWER = "answer", _("answer")
        ACCEPTED = "accepted", _("approved by the municipality")
        RETURNED = "returned", _("returned")

    logged_at = "at"

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    frozen = models.ForeignKey(FrozenReport, models.PROTECT, related_name="steps", verbose_name=_("frozen report"))
    what = models.CharField(_("what"), max_length=10, choices=What)
    question = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="answers", verbose_name=_("answer to")
    )
    section = models.CharField(_("section"), max_length=20, blank=True)
    text = models.TextField(_("text"), blank=True, max_length=2000, validators=[refuse_cpr])
    office = models.CharField(_("office"), max_length=200, blank=True, editable=False)
    at = models.DateTimeField(_("at"), db_default=Now(), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a report")
        verbose_name_plural = _("steps of reports")
        ordering = ["at", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["frozen"],
                condition=Q(what__in=["accepted", "returned"]),
                name="reports_answered_once",
                violation_error_message=_("The report has been answered already."),
            ),
            models.UniqueConstraint(
                fields=["frozen", "what"], condition=Q(what__in=["sent", "received"]), name="reports_step_once"
            ),
            models.CheckConstraint(
                condition=~Q(what__in=["question", "answer", "returned"]) | ~Q(text=""),
                name="reports_step_says_what",
                violation_error_code="text",
                violation_error_message=_("Write what it is about."),
            ),
            models.CheckConstraint(
                condition=Q(what="answer", question__isnull=False) | (~Q(what="answer") & Q(question__isnull=True)),
                name="reports_answer_to_a_question",
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Her office as it was when she did it: it may be another tomorrow."""
        if self._state.adding and not self.office:
            self.office = self.by.office
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return f"{self.frozen}: {self.get_what_display()}"
