"""Scenarios of the years after the programme: named assumptions, and the sources that may cover the cost."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from budget.selffinancing import Assumptions, Month, Source
from bydelsmoedre.addresses import url
from bydelsmoedre.history import tracked
from bydelsmoedre.moment import today
from bydelsmoedre.personal import refuse_cpr
from programme.access import STAFF, ReachQuerySet, Role, programmes_of
from programme.models import Adoption, DocumentVersion, Programme

NOT_BELOW_ZERO = [MinValueValidator(Decimal(0))]
PER_CENT = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]
MOST_YEARS = 5
#: Prices fall or grow by so much a year at most, in per cent.
LEAST_GROWTH, MOST_GROWTH = -20, 50


class ScenarioQuerySet(ReachQuerySet):
    """Drafts are the staff's; the municipality's contact reads the model that is adopted, and nothing else."""

    def decided(self) -> Self:
        """With the latest word (`decision`) on each by the body that must adopt it; None where there is none."""
        words = Adoption.objects.current().filter(
            version=OuterRef("version"), body=OuterRef("version__document__adopted_by"), happened_on__lte=today()
        )
        return self.annotate(decision=Subquery(words.order_by("-happened_on", "-pk").values("outcome")[:1]))

    def adopted(self) -> Self:
        return self.decided().filter(decision=Adoption.Outcome.ADOPTED)

    def visible_to(self, user: Any) -> Self:
        if not user.is_active:
            return self.none()
        if user.is_superuser:
            return self.all()
        staff = Q(programme__in=programmes_of(user, STAFF))
        told = Q(
            programme__in=programmes_of(user, (Role.CASEWORKER,)),
            pk__in=type(self)(self.model).adopted().values("pk"),
        )
        return self.filter(staff | told)


@tracked()
class Scenario(models.Model):
    """How the effort may pay for itself after 2011. A draft is written on freely; one that has been put forward as the
    anchoring model is frozen, also by the database (`budget_scenario_is_frozen`): what was decided on can be read
    for good."""

    #: What figures rest on: never edited once made.
    fixed = ("programme_id",)

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="scenarios", verbose_name=_("programme"))
    name = models.CharField(
        _("name"), max_length=80, validators=[refuse_cpr], help_text=_("A short name, such as Model November.")
    )
    first_year = models.PositiveSmallIntegerField(
        _("first year"), default=2012, validators=[MinValueValidator(2012), MaxValueValidator(2040)]
    )
    years = models.PositiveSmallIntegerField(
        _("years"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_YEARS)],
        help_text=_("How many years are looked at, 1 to 5."),
    )
    coordinator_pay = models.DecimalField(
        _("coordinator's pay"), max_digits=14, decimal_places=2, validators=NOT_BELOW_ZERO
    )
    full_time_share = models.DecimalField(
        _("share of full time"), max_digits=5, decimal_places=2, default=100, validators=PER_CENT
    )
    course_cost = models.DecimalField(_("cost per course"), max_digits=14, decimal_places=2, validators=NOT_BELOW_ZERO)
    mothers_per_course = models.PositiveSmallIntegerField(
        _("mothers per course"),
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("How many are trained together."),
    )
    recruits_per_year = models.PositiveSmallIntegerField(
        _("recruits per year"),
        validators=[MaxValueValidator(5000)],
        help_text=_("How many new mothers are to be trained each year. Courses are as many as seat them all."),
    )
    other_costs = models.DecimalField(
        _("other running costs"), max_digits=14, decimal_places=2, default=0, validators=NOT_BELOW_ZERO
    )
    price_growth = models.DecimalField(
        _("growth of prices"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(LEAST_GROWTH)), MaxValueValidator(Decimal(MOST_GROWTH))],
    )
    version = models.OneToOneField(
        DocumentVersion,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="scenario",
        verbose_name=_("version of the anchoring model"),
    )
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True, editable=False)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("frozen by"),
    )

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        ordering = ["programme", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name"],
                name="budget_scenario_name",
                violation_error_code="name",
                violation_error_message=_("There is a scenario with that name already."),
            ),
            models.CheckConstraint(
                condition=Q(years__range=(1, MOST_YEARS), first_year__range=(2012, 2040)),
                name="budget_scenario_years",
                violation_error_code="years",
                violation_error_message=_("A scenario looks at 1 to 5 years, from 2012 on."),
            ),
            models.CheckConstraint(
                condition=Q(mothers_per_course__gte=1),
                name="budget_scenario_seats",
                violation_error_code="mothers_per_course",
                violation_error_message=_("A course has room for one mother at least."),
            ),
            models.CheckConstraint(
                condition=Q(
                    coordinator_pay__gte=0,
                    course_cost__gte=0,
                    other_costs__gte=0,
                    full_time_share__range=(0, 100),
                    price_growth__range=(LEAST_GROWTH, MOST_GROWTH),
                ),
                name="budget_scenario_assumptions",
                violation_error_message=_("Costs are not below zero, and shares are 0 to 100 per cent."),
            ),
            models.CheckConstraint(
                condition=Q(version=None, frozen_at=None) | Q(version__isnull=False, frozen_at__isnull=False),
                name="budget_scenario_frozen_as_a_version",
                violation_error_message=_("What is frozen is a version of the anchoring model."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return url("budget:scenario", self.uuid)

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None

    @property
    def last_year(self) -> int:
        return self.first_year + self.years - 1

    def assumptions(self) -> Assumptions:
        """What the figures are reckoned from. Ask with the sources prefetched where there are several."""
        return Assumptions(
            first_year=self.first_year,
            years=self.years,
            coordinator_pay=self.coordinator_pay,
            full_time_share=self.full_time_share,
            course_cost=self.course_cost,
            mothers_per_course=self.mothers_per_course,
            recruits_per_year=self.recruits_per_year,
            other_costs=self.other_costs,
            price_growth=self.price_growth,
            sources=[one.as_source() for one in self.sources.all()],
        )


class SourceQuerySet(ReachQuerySet):
    """Reached through the scenario. Its name is free text, so the municipality meets kinds and sums only."""

    programme_path = "scenario__programme"
    readers = STAFF


@tracked()
class ScenarioSource(models.Model):
    """Money that may come after 2011: from whom, how much a year, how surely, in which months, and how much of it is
    the municipality's after all."""

    class Kind(models.TextChoices):
        FOUNDATION = "foundation", _("the Foundation")
        HOUSING_PLAN = "housing_plan", _("housing plan")
        COMPANY = "company", _("company")
        MUNICIPALITY = "municipality", _("municipality")
        OWN_INCOME = "own_income", _("own income")
        OTHER = "other", _("other")

    #: What figures rest on: never edited once made.
    fixed = ("scenario_id",)

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    scenario = models.ForeignKey(Scenario, models.PROTECT, related_name="sources", verbose_name=_("scenario"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=120, validators=[refuse_cpr])
    amount = models.DecimalField(_("amount per year"), max_digits=14, decimal_places=2)
    probability = models.DecimalField(
        _("probability, per cent"), max_digits=5, decimal_places=2, default=100, validators=PER_CENT
    )
    from_month = models.DateField(_("from the month"), help_text=_("The first day of the month."))
    to_month = models.DateField(
        _("to the month"), null=True, blank=True, help_text=_("The first day of the month. Empty: to the end.")
    )
    municipal_share = models.DecimalField(
        _("municipal money in it, per cent"), max_digits=5, decimal_places=2, validators=PER_CENT
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source of a scenario")
        verbose_name_plural = _("sources of scenarios")
        ordering = ["scenario", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="budget_source_above_zero",
                violation_error_message=_("The amount must be above 0 kr."),
            ),
            models.CheckConstraint(
                condition=Q(probability__range=(0, 100), municipal_share__range=(0, 100)),
                name="budget_source_shares",
                violation_error_message=_("Shares are 0 to 100 per cent."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="municipality") | Q(municipal_share=100),
                name="budget_source_of_the_municipality",
                violation_error_message=_("What the municipality gives is municipal money altogether."),
            ),
            models.CheckConstraint(
                condition=Q(from_month__day=1) & (Q(to_month=None) | Q(to_month__day=1, to_month__gte=F("from_month"))),
                name="budget_source_months",
                violation_error_message=_("The last month is before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def as_source(self) -> Source:
        return Source(
            name=self.name,
            kind=self.kind,
            amount=self.amount,
            probability=self.probability,
            municipal_share=self.municipal_share,
            first=month_of(self.from_month),
            last=month_of(self.to_month) if self.to_month else None,
        )


def month_of(day: dt.date) -> Month:
    """The month that a day is in."""
    return Month(day.year, day.month)
