"""Whether a person wants messages by e-mail: as she tells us, or by her own link, without a login."""

from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bydelsmoedre.entry import enter
from programme.access import StandingRequest, fetch
from programme.limits import address_of, is_too_often
from volunteers.forms.messages import MailChoiceForm
from volunteers.messages.stopping import delivery_of, stop, wants_none
from volunteers.models import Volunteer

#: So often an hour may links be used from one address.
FROM_ONE = 30


def mail_choice(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Record that she wants no e-mails, or wants them again."""
    volunteer = fetch(Volunteer.objects.select_related("programme"), request.user, uuid, change=True)
    return enter(
        request,
        partial(MailChoiceForm, volunteer=volunteer),
        save=lambda form: form.record(by=request.user, programme=volunteer.programme),
        title=_("Does she want e-mails?"),
        intro=str(volunteer),
        back_url=volunteer.get_absolute_url(),
    )


# The token in the address lets one in, not a cookie; and a mail program's own button posts from elsewhere (RFC 8058).
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mails(request: HttpRequest, token: str) -> HttpResponse:
    """She confirms that she wants no more. Opening the link changes nothing: mail programs open links by themselves."""
    delivery = delivery_of(token)
    if delivery is None:
        return render(request, "volunteers/stop_dead.html", status=404)
    volunteer = delivery.volunteer
    if request.method == "POST":
        if is_too_often(volunteer.programme, "stop_mails", address_of(request), most=FROM_ONE):
            return render(request, "volunteers/too_often.html", status=429)
        stop(volunteer)
        return redirect(request.path)
    context = {"programme": volunteer.programme, "is_stopped": wants_none(volunteer)}
    return render(request, "volunteers/stop_mails.html", context)
