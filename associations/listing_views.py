"""The page that records what an official list says of a housing area."""

from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _

from associations.listing_forms import AreaListingForm
from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from programme.access import StandingRequest, programme_to_change


def area_listing(request: StandingRequest) -> HttpResponse:
    """Record that an official list names a housing area, or names it no longer."""
    programme = programme_to_change(request)
    return enter(
        request,
        partial(AreaListingForm, programme=programme),
        save=lambda form: form.record(by=request.user, programme=programme),
        title=_("An official list of housing areas"),
        intro=_("Where candidates and mothers live is held against the lists that hold on the day."),
        back_url=url("volunteers:residence"),
    )
