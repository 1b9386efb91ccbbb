"""Change what counts: the next version of a criterion's rule, its acceptance, a criterion that is new."""

from functools import partial
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato
from bydelsmoedre.entry import enter
from programme.access import StandingRequest, fetch
from programme.forms.criteria import SAID, AcceptanceForm, CriterionForm, RuleForm
from programme.models import CriterionVersion, SuccessCriterion
from programme.rules import latest_of


def new_rule(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The next version of a criterion's rule, from a day on; it begins as the latest one says."""
    criterion = fetch(SuccessCriterion.objects.select_related("programme"), request.user, uuid, change=True)
    latest = latest_of(criterion)
    initial = model_to_dict(latest, fields=SAID) if latest else {}
    return enter(
        request,
        partial(RuleForm, criterion=criterion, programme=criterion.programme, initial=initial),
        save=lambda form: form.adopt(by=request.user),
        title=_("New version of the rule"),
        intro=_("%(criterion)s. The version before it ends the day before. Once recorded it is not edited.")
        % {"criterion": criterion},
        submit_label=_("Record the version"),
        back_url=url("reports:criterion", criterion.uuid),
    )


def accept_rule(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The municipality has accepted a version of a rule."""
    versions = CriterionVersion.objects.current().select_related("criterion__programme", "evidence")
    version = fetch(versions, request.user, uuid, change=True)
    told = {"criterion": version.criterion, "day": dato(version.started_on)}
    return enter(
        request,
        partial(AcceptanceForm, fact=version),
        save=lambda form: form.accept(by=request.user, programme=version.criterion.programme),
        title=_("The municipality has accepted the rule"),
        intro=_("%(criterion)s, the version from %(day)s.") % told,
        submit_label=_("Record the acceptance"),
        back_url=url("reports:criterion", version.criterion.uuid),
    )


def new_criterion(request: StandingRequest) -> HttpResponse:
    """A new criterion, composed from the known rules."""
    if not request.standing.is_foundation:
        raise PermissionDenied
    programme = request.standing.programme
    return enter(
        request,
        partial(CriterionForm, programme=programme),
        save=lambda form: form.compose(by=request.user),
        title=_("New criterion"),
        intro=_("Choose one of the known rules, and say with which target and deadline."),
        submit_label=_("Make the criterion"),
        back_url=url("programme:goals"),
        done_url=lambda made: url("reports:criterion", made.uuid),
    )
