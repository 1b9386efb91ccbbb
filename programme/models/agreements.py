"""Agreements: in force from the later of their start and the last party's signature, for as long as their term."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.addresses import url
from bydelsmoedre.history import tracked
from programme.access import ReachQuerySet
from programme.facts import DatedFact, PeriodFact
from programme.models.programme import Organisation, Programme

#: So many days before its term ends it is told that an agreement is not renewed by itself.
RENEWAL_WARNED_DAYS = 90


@tracked()
class Agreement(models.Model):
    """A partnership agreement; who the parties are and when it holds are facts about it."""

    #: What figures rest on: never edited once made.
    fixed = ("programme_id",)

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="agreements", verbose_name=_("programme"))
    title = models.CharField(_("title"), max_length=200)

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("partnership agreement")
        verbose_name_plural = _("partnership agreements")
        ordering = ["programme", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "title"],
                name="programme_agreement_title",
                violation_error_code="title",
                violation_error_message=_("There is an agreement of that title already."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return url("programme:agreement", self.uuid)


class AgreementTerm(PeriodFact):
    """From when to when the agreement is meant to hold. Without a term it holds from the last signature on."""

    anchor = "agreement"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="terms", verbose_name=_("agreement"))

    class Meta(PeriodFact.Meta):
        verbose_name = _("term of an agreement")
        verbose_name_plural = _("terms of agreements")
        constraints = [
            *PeriodFact.Meta.constraints,
            ExclusionConstraint(
                name="programme_agreement_one_term",
                expressions=[("agreement", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(retracted_at=None),
                violation_error_code="started_on",
                violation_error_message=_("Another term holds in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} {self.started_on:%d.%m.%Y}"


class AgreementParty(PeriodFact):
    """An organisation that must sign the agreement."""

    anchor = "agreement"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="parties", verbose_name=_("agreement"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="agreement_parties", verbose_name=_("party")
    )

    class Meta(PeriodFact.Meta):
        verbose_name = _("party to an agreement")
        verbose_name_plural = _("parties to agreements")
        constraints = [
            *PeriodFact.Meta.constraints,
            ExclusionConstraint(
                name="programme_agreement_party_once",
                expressions=[
                    ("agreement", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(retracted_at=None),
                violation_error_code="organisation",
                violation_error_message=_("The organisation is a party already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.agreement}"


class Signature(DatedFact):
    """A party has signed the version of the text that was the latest on that day (`agreement_texts`).

    That it was a party on the day, and signs each version once, is kept by the trigger `c_by_a_party`.
    """

    anchor = "agreement"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="signatures", verbose_name=_("agreement"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="signatures", verbose_name=_("signed by")
    )

    class Meta(DatedFact.Meta):
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["happened_on"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["agreement", "organisation", "happened_on"],
                condition=Q(retracted_at=None),
                name="programme_signature_once",
                violation_error_code="organisation",
                violation_error_message=_("The signature is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.happened_on:%d.%m.%Y}"
