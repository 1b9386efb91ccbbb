"""Set the target of an effect indicator, and record what it was measured to be."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bydelsmoedre.danish import dato
from bydelsmoedre.entry import enter
from bydelsmoedre.moment import today
from programme.access import fetch
from programme.forms.effects import CorrectMeasurementForm, MeasurementForm, TargetForm
from programme.models import EffectIndicator, IndicatorTarget, Measurement


def _indicator(request: HttpRequest, uuid: UUID) -> Any:
    return fetch(EffectIndicator.objects.select_related("programme"), request.user, uuid, change=True)


def target(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Set what the indicator is to come to in a period."""
    indicator = _indicator(request, uuid)
    return enter(
        request,
        partial(TargetForm, indicator=indicator),
        save=lambda form: form.save(),
        title=_("Set a target"),
        intro=indicator.name,
        submit_label=_("Set the target"),
        back_url=indicator.get_absolute_url(),
    )


def target_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change a target."""
    found = fetch(IndicatorTarget.objects.select_related("indicator"), request.user, uuid, change=True)
    return enter(
        request,
        partial(TargetForm, indicator=found.indicator, instance=found),
        save=lambda form: form.save(),
        title=_("Correct the target"),
        intro=found.indicator.name,
        back_url=found.indicator.get_absolute_url(),
    )


def measure(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record a measurement. One that is computed is not measured by hand."""
    indicator = _indicator(request, uuid)
    if indicator.is_computed:
        raise Http404(_("The indicator is computed."))
    return enter(
        request,
        partial(MeasurementForm, indicator=indicator, target=indicator.targets.due(today()).first()),
        save=lambda form: form.record(by=request.user, programme=indicator.programme),
        title=_("Record a measurement"),
        intro=indicator.name,
        submit_label=_("Record the measurement"),
        back_url=indicator.get_absolute_url(),
    )


def correct(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Correct a measurement: its next version, known from now on."""
    rows = Measurement.objects.current().select_related("indicator")
    found: Any = fetch(rows, request.user, uuid, change=True)
    by: Any = request.user

    def save(form: CorrectMeasurementForm) -> Any:
        given = form.cleaned_data
        return found.supersede(by=by, reason=given["reason"], value=given["value"], happened_on=given["happened_on"])

    period = {"since": dato(found.covers_from), "until": dato(found.covers_to)}
    return enter(
        request,
        partial(CorrectMeasurementForm, fact=found),
        save=save,
        title=_("Correct the measurement"),
        intro=_("%(indicator)s, about %(since)s – %(until)s") % {"indicator": found.indicator.name, **period},
        back_url=found.indicator.get_absolute_url(),
    )
