"""Pages of the training: issue a certificate."""

from functools import partial
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bydelsmoedre.entry import enter
from programme.access import fetch
from programme.models import Programme
from training.forms import CertificateForm
from volunteers.models import Volunteer


def certificate(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Issue a certificate: the secretariat's to do, not the local coordinator's."""
    volunteer = fetch(Volunteer.objects.select_related("programme"), request.user, uuid, change=True)
    if not Programme.objects.changeable_by(request.user).filter(pk=volunteer.programme_id).exists():
        raise PermissionDenied
    return enter(
        request,
        partial(CertificateForm, volunteer=volunteer),
        save=lambda form: form.record(by=request.user, programme=volunteer.programme),
        title=_("Issue a certificate"),
        intro=str(volunteer),
        submit_label=_("Issue the certificate"),
        back_url=volunteer.get_absolute_url(),
    )
