"""A criterion's rule from one day to another: adopted from a day, accepted by the municipality. The one definition.

A criterion's versions follow each other without a gap or an overlap, and the last one is open: on every day from its
first on it has one rule. So a version is never merely ended or retracted; another one takes its place. Figures of days
before a new version begins rest on the versions of those days, and stay as they were.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from bydelsmoedre.danish import dato
from bydelsmoedre.entry import Overtaken
from programme.models import CriterionVersion, Evidence, Programme, SuccessCriterion
from programme.versions import put_in_place

#: The rules whose answer is a number, and so has a target; the others are decisions.
NUMBERS = (CriterionVersion.Rule.ASSOCIATIONS_FOUNDED, CriterionVersion.Rule.COORDINATORS_TRAINED)


def versions_of(criterion: SuccessCriterion) -> list[CriterionVersion]:
    """Its versions as known now, the first one first."""
    return list(CriterionVersion.objects.current().filter(criterion=criterion).order_by("started_on"))


def latest_of(criterion: SuccessCriterion) -> CriterionVersion | None:
    """The version that the next one is written from."""
    return CriterionVersion.objects.current().filter(criterion=criterion).order_by("-started_on").first()


def why_not_from(criterion: SuccessCriterion, programme: Programme, day: dt.date) -> str:
    """Why no version can begin on that day; "" where one can. `criterion` may be one that is not saved yet."""
    if day < programme.starts_on:
        return _("The programme begins on %(day)s. No rule begins before it.") % {"day": dato(programme.starts_on)}
    if criterion.pk and day in {one.started_on for one in versions_of(criterion)}:
        return _("A version holds from that day already.")
    return ""


@transaction.atomic
def adopt(version: CriterionVersion, *, by: Any, reason: str) -> CriterionVersion:
    """Record the version (unsaved, with its first day). The one before it ends the day before, known for that
    `reason`; itself it ends where a later one begins. Raises `Overtaken` where the day has been taken meanwhile."""
    criterion = version.criterion
    criterion.lock_versions()
    if why_not_from(criterion, criterion.programme, version.started_on):
        raise Overtaken
    return put_in_place(version, versions_of(criterion), by=by, reason=reason)


@transaction.atomic
def compose(criterion: SuccessCriterion, version: CriterionVersion, *, by: Any, reason: str) -> SuccessCriterion:
    """Make a criterion (unsaved, with its number and name) with its first version: a known rule, and no code."""
    criterion.key = f"{slugify(criterion.name)[:34] or 'kriterium'}-{criterion.number}"
    criterion.save(force_insert=True)
    version.criterion = criterion
    adopt(version, by=by, reason=reason)
    return criterion


@transaction.atomic
def accept(
    version: CriterionVersion, *, accepted_on: dt.date, evidence: Evidence | None, by: Any, reason: str
) -> CriterionVersion:
    """The municipality has accepted the rule, or accepted it on another day than was recorded: what the version says is
    not changed, only that is now known. Raises `Overtaken` where somebody has retracted or accepted it meanwhile."""
    version.criterion.lock_versions()
    current = CriterionVersion.objects.current().filter(uuid=version.uuid, accepted_on=version.accepted_on).first()
    if current is None:
        raise Overtaken
    return current.supersede(by=by, reason=reason, accepted_on=accepted_on, evidence=evidence)


def why_rule_stays(version: CriterionVersion) -> str:
    """Why the version cannot be retracted: days would be left without a rule; "" where another one takes its place."""
    if version.before():
        return ""
    return _(
        "It is the criterion's first rule: figures from %(day)s rest on it, and no earlier one would take its place. "
        "Record the right one from a later day instead."
    ) % {"day": dato(version.started_on)}
