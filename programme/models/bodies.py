"""Who sits in a body such as the national steering group: organisations and offices, never persons by name."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.personal import refuse_cpr
from programme.facts import PeriodFact
from programme.models.programme import Organisation


class BodyMember(PeriodFact):
    """An organisation, an office, or an organisation's office has a seat in the body; one at a time has the chair."""

    anchor = "body"

    body = models.ForeignKey(Organisation, models.PROTECT, related_name="members", verbose_name=_("body"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="seats", verbose_name=_("organisation")
    )
    office = models.CharField(_("office"), max_length=120, blank=True, default="", validators=[refuse_cpr])
    is_chair = models.BooleanField(_("has the chair"), default=False)

    class Meta(PeriodFact.Meta):
        verbose_name = _("member of a body")
        verbose_name_plural = _("members of bodies")
        ordering = ["body", "-is_chair", "started_on"]
        constraints = [
            *PeriodFact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(office=""),
                name="programme_body_member_is_somebody",
                violation_error_code="organisation",
                violation_error_message=_("Choose an organisation, or write an office."),
            ),
            ExclusionConstraint(
                name="programme_body_member_once",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    (Coalesce("organisation", Value(0)), RangeOperators.EQUAL),
                    ("office", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(retracted_at=None),
                violation_error_code="organisation",
                violation_error_message=_("It has a seat in that period already."),
            ),
            ExclusionConstraint(
                name="programme_body_one_chair",
                expressions=[("body", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(retracted_at=None, is_chair=True),
                violation_error_code="is_chair",
                violation_error_message=_("Another one has the chair in that period."),
            ),
        ]

    @property
    def name(self) -> str:
        """The organisation, its office, or the office alone."""
        named = self.organisation.name if self.organisation else ""
        return f"{named}, {self.office}" if named and self.office else named or self.office

    def __str__(self) -> str:
        return self.name
