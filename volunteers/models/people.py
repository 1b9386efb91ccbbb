"""Persons, and the roles that they hold in associations from one day to another.

Never stored: ethnicity, nationality, country of birth, religion, residence status, CPR number (domain.md).
"""

import uuid
from collections.abc import Collection
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Collate, Left, NullIf
from django.utils.translation import gettext_lazy as _

from associations.models import Association, HousingArea, associations_of
from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato
from bydelsmoedre.history import tracked
from bydelsmoedre.moment import today
from bydelsmoedre.personal import refuse_cpr
from bydelsmoedre.sorting import danish_order
from programme.access import PersonQuerySet, kept_out
from programme.access import Role as ProgrammeRole
from programme.facts import FactQuerySet, PeriodFact
from programme.models import Programme
from programme.readings import saw


def by_name() -> Collate:
    """To order persons by: their names in Danish order; an erased person has none."""
    return danish_order(NullIf("name", Value("")))


#: So much of what a person is found by is indexed from its beginning: an index entry cannot be of any length.
BEGINNING = 60


class PersonKey(Func):
    """What a person is found by: her name, her e-mail and the digits of her telephone as `searching.fold` gives them,
    and what each word of her name sounds like, with a ~ before it:
    ` fatima hassan | f h example org | 20123456 ~ftm ~hsn `."""

    function = "person_key"


class VolunteerQuerySet(PersonQuerySet):
    """Seen by secretariat and Foundation, and by an association's local coordinator while she belongs to it."""

    def reach(self, user: Any, roles: tuple[ProgrammeRole, ...]) -> Q:
        mine = associations_of(user)
        if mine == []:  # it is recalled that she coordinates none
            return super().reach(user, roles)
        still = Q(ended_on=None) | Q(ended_on__gte=today())
        held = Membership.objects.current().filter(still, association__in=mine)
        theirs = Q(pk__in=held.values("volunteer"))
        merged = Q(duplicates__retracted_at=None, duplicates__duplicate__in=held.values("volunteer"))
        kept = Q(pk__in=Volunteer._default_manager.filter(merged).values("pk"))
        return super().reach(user, roles) | ((theirs | kept) & ~kept_out(user, self.programme_path))


@tracked(exclude=("search_text",))
class Volunteer(models.Model):
    """A person: mother, local coordinator, member of a board. Her contact data may be erased; the facts stay."""

    #: What erasing empties here and in the history.
    personal = ("name", "email", "phone", "postcode")

    #: What figures rest on: never edited once made.
    fixed = ("programme_id",)

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="volunteers", verbose_name=_("programme"))
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="volunteer",
        verbose_name=_("login"),
    )
    name = models.CharField(_("name"), max_length=200, validators=[refuse_cpr])
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(
        _("phone"),
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^\+?[\d ]{6,20}$", _("Write a phone number, such as 20 12 34 56."))],
    )
    postcode = models.CharField(
        _("postcode"),
        max_length=4,
        blank=True,
        default="",
        db_default="",
        validators=[RegexValidator(r"^\d{4}$", _("A postcode has four digits."))],
        help_text=_("Her own. It may be another than the housing area's."),
    )
    housing_area = models.ForeignKey(
        HousingArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="volunteers",
        verbose_name=_("housing area"),
    )
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)
    # Stored, since a trigram index asks each row that it proposes again. It is emptied with what it is made of.
    search_text = models.GeneratedField(
        expression=PersonKey("name", "email", "phone"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
        verbose_name=_("what she is found by"),
    )

    objects = VolunteerQuerySet.as_manager()

    class Meta:
        verbose_name = _("volunteer")
        verbose_name_plural = _("volunteers")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "email"],
                condition=~Q(email=""),
                name="volunteers_email_once",
                violation_error_code="email",
                violation_error_message=_("Another volunteer has this e-mail."),
            ),
        ]
        indexes = [
            # the list by name, a page at a time; erased persons come last
            models.Index("programme", by_name().asc(), "id", name="volunteers_by_name"),
            # who is looked for: how her name begins, and any part of it, her e-mail or her number
            models.Index("programme", Left("search_text", BEGINNING), name="volunteers_beginning"),
            GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="volunteers_found"),
        ]

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **how: Any) -> Self:
        """Whoever is loaded with her words has been read about: so no page can forget to say so."""
        person = super().from_db(db, field_names, values, **how)
        if not {"uuid", "programme_id"} & person.get_deferred_fields():
            saw(person.programme_id, person.uuid)
        return person

    def __str__(self) -> str:
        return self.name or str(_("Erased person"))

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()

    def get_absolute_url(self) -> str:
        return url("volunteers:detail", self.uuid)


class MembershipQuerySet(FactQuerySet):
    """A role is seen where both the person and the association are within reach: a local coordinator meets nothing of
    what her members do in other associations."""

    def _through(self, question: str, user: Any) -> Self:
        associations = getattr(Association.objects, question)(user)
        return super()._through(question, user).filter(association__in=associations)


#: The roles that are seats on an association's board, in the order in which they are listed. A substitute stands in;
#: she does not count among the members.
SEATS = ("chair", "treasurer", "board_member", "substitute")


def _one_at_a_time(role: str, message: Any) -> ExclusionConstraint:
    """An association has one such seat at a time."""
    return ExclusionConstraint(
        name=f"volunteers_one_{role}",
        expressions=[("association", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
        condition=Q(retracted_at=None, role=role),
        violation_error_code="role",
        violation_error_message=message,
    )


class Membership(PeriodFact):
    """A person's role in an association from one day to another. A second stint is a second row."""

    class Role(models.TextChoices):
        MOTHER = "mother", _("neighbourhood mother")
        COORDINATOR = "coordinator", _("local coordinator")
        CHAIR = "chair", _("chair of the board")
        TREASURER = "treasurer", _("treasurer of the board")
        BOARD_MEMBER = "board_member", _("member of the board")
        SUBSTITUTE = "substitute", _("substitute of the board")

    anchor = "volunteer"

    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="memberships", verbose_name=_("volunteer"))
    association = models.ForeignKey(
        Association, models.PROTECT, related_name="memberships", verbose_name=_("association")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    term_ends_on = models.DateField(
        _("elected until"),
        null=True,
        blank=True,
        help_text=_("The last day of the term that a seat on the board is held for. The seat does not end by itself."),
    )

    objects = MembershipQuerySet.as_manager()  # type: ignore[misc]  # asks more than Fact's

    class Meta(PeriodFact.Meta):
        verbose_name = _("role in an association")
        verbose_name_plural = _("roles in associations")
        ordering = ["started_on"]
        indexes = [
            *PeriodFact.Meta.indexes,
            models.Index(fields=["role", "association"], name="volunteers_role_in"),
        ]
        constraints = [
            *PeriodFact.Meta.constraints,
            ExclusionConstraint(
                name="volunteers_no_overlapping_role",
                expressions=[
                    ("volunteer", RangeOperators.EQUAL),
                    ("association", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(retracted_at=None),
                violation_error_code="started_on",
                violation_error_message=_("She holds that role in the association already in that period."),
            ),
            _one_at_a_time("chair", _("The association has a chair already in that period.")),
            _one_at_a_time("treasurer", _("The association has a treasurer already in that period.")),
            ExclusionConstraint(
                name="volunteers_one_seat_each",
                expressions=[
                    ("volunteer", RangeOperators.EQUAL),
                    ("association", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(retracted_at=None, role__in=SEATS),
                violation_error_code="role",
                violation_error_message=_("She has another seat on the board already in that period."),
            ),
            models.CheckConstraint(
                condition=Q(term_ends_on=None) | Q(role__in=SEATS),
                name="volunteers_term_of_a_seat",
                violation_error_code="term_ends_on",
                violation_error_message=_("Only a seat on the board is held for a term."),
            ),
            models.CheckConstraint(
                condition=Q(term_ends_on=None) | Q(term_ends_on__gte=F("started_on")),
                name="volunteers_term_after_start",
                violation_error_code="term_ends_on",
                violation_error_message=_("The term ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.association}"

    def clean(self) -> None:
        """The same as the trigger of `volunteers.opening`, in words."""
        super().clean()
        opened = self.association.opened_on if self.association_id else None
        if opened and self.started_on and self.started_on < opened:
            message = _("Work on the association began on %(day)s. No role in it begins earlier.")
            raise ValidationError({"started_on": ValidationError(message, params={"day": dato(opened)})})

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Most of them depend on the role: where it is refused, there is nothing to ask about."""
        if "role" not in (exclude or ()):
            super().validate_constraints(exclude=exclude)
