"""Write of an effect indicator: new, or as it is agreed now. What it can be computed from lies in other apps."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from associations.models import Association
from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from bydelsmoedre.sorting import danish_key
from programme.access import StandingRequest, fetch, programme_to_change
from programme.forms.effects import CorrectIndicatorForm, CorrectMeasuredForm, IndicatorForm
from programme.models import EffectIndicator, Programme
from volunteers.models import ConversationTopic


def _form(kind: type[IndicatorForm], programme: Programme, **given: Any) -> Any:
    """The form with what can be chosen: the programme's associations in Danish order, and the topics."""
    names = Association.objects.filter(programme=programme).order_by().values_list("uuid", "name")
    associations = sorted(((str(uuid), name) for uuid, name in names), key=lambda one: danish_key(one[1]))
    topics = [(one.value, capfirst(str(one.label))) for one in ConversationTopic]
    return partial(kind, programme=programme, associations=associations, topics=topics, **given)


def effect_new(request: StandingRequest) -> HttpResponse:
    """A new indicator."""
    return enter(
        request,
        _form(IndicatorForm, programme_to_change(request)),
        save=lambda form: form.save(),
        title=_("New effect indicator"),
        submit_label=_("Save the indicator"),
        back_url=url("programme:effects"),
        done_url=lambda made: made.get_absolute_url(),
    )


def effect_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change how an indicator is described and measured."""
    indicator = fetch(EffectIndicator.objects.select_related("programme"), request.user, uuid, change=True)
    kind = CorrectIndicatorForm if indicator.is_computed else CorrectMeasuredForm
    return enter(
        request,
        _form(kind, indicator.programme, instance=indicator),
        save=lambda form: form.save(),
        title=_("Correct the indicator"),
        intro=indicator.name,
        submit_label=_("Save the indicator"),
        back_url=indicator.get_absolute_url(),
    )
