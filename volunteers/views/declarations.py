"""Pages of what a person has declared and been told, and of the languages that she works in."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bydelsmoedre.entry import enter
from programme.access import StandingRequest, fetch
from volunteers.forms import DeclarationsForm, LanguageForm, WithdrawPhotosForm
from volunteers.models import Declaration, Volunteer


def language(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Record a language that a person can work in."""
    volunteer = fetch(Volunteer.objects.select_related("programme"), request.user, uuid, change=True)
    return enter(
        request,
        partial(LanguageForm, volunteer=volunteer),
        save=lambda form: form.record(by=request.user, programme=volunteer.programme),
        title=_("Record a language"),
        intro=str(volunteer),
        submit_label=_("Record the language"),
        back_url=volunteer.get_absolute_url(),
    )


def declaration(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """The sheet of a welcome: several declarations of one day at once."""
    volunteer = fetch(Volunteer.objects.select_related("programme"), request.user, uuid, change=True)
    return enter(
        request,
        partial(DeclarationsForm, volunteer=volunteer),
        save=lambda form: form.record(by=request.user),
        title=_("Declarations"),
        intro=str(volunteer),
        submit_label=_("Record the declarations"),
        back_url=volunteer.get_absolute_url(),
        template="volunteers/declaration.html",
    )


def withdraw_photos(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """She withdraws her consent to photos: it ends."""
    consents = Declaration.objects.current().filter(kind=Declaration.Kind.PHOTO_CONSENT, ended_on=None)
    consent = fetch(consents.select_related("volunteer"), request.user, uuid, change=True)

    def save(form: WithdrawPhotosForm) -> None:
        consent.supersede(
            by=request.user, reason=_("The consent is withdrawn."), ended_on=form.cleaned_data["ended_on"]
        )

    return enter(
        request,
        partial(WithdrawPhotosForm, fact=consent),
        save=save,
        title=_("Withdraw the consent to photos"),
        intro=str(consent.volunteer),
        submit_label=_("Withdraw the consent"),
        back_url=consent.volunteer.get_absolute_url(),
    )
