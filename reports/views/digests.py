"""Overblik på mail: what a user would be sent today, switched on and off; and the link in each mail that switches it
off without a login."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import User
from bydelsmoedre.moment import today
from programme.access import StandingRequest
from reports.digest import Addressee, letter_to
from reports.digest_sending import user_of
from reports.views.own import in_view


@require_http_methods(["GET", "HEAD", "POST"])
def digest(request: StandingRequest) -> HttpResponse:
    """Today's overview as it would be sent, and the button that switches it off or on. Not the municipality's."""
    standing: Any = request.standing
    if standing.is_caseworker:
        raise PermissionDenied
    user: Any = request.user
    if request.method == "POST":
        User.objects.filter(pk=user.pk).update(wants_digest="til" in request.POST)
        return redirect(request.path)
    programme, mine = in_view(request)
    letter = None
    if programme is not None:
        letter = letter_to(Addressee(user, programme, None if mine is None else tuple(mine)), today())
    context = {"letter": letter, "is_on": user.wants_digest, "is_monthly": standing.is_local}
    return render(request, "reports/digest.html", context)


# The token in the address lets one in, not a cookie; and a mail program's own button posts from elsewhere (RFC 8058).
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_digest(request: HttpRequest, token: str) -> HttpResponse:
    """She confirms that she wants no more. Opening the link changes nothing: mail programs open links by themselves."""
    user = user_of(token)
    if user is None:
        return render(request, "reports/stop_digest.html", {"is_dead": True}, status=404)
    if request.method == "POST":
        User.objects.filter(pk=user.pk, wants_digest=True).update(wants_digest=False)
        if "List-Unsubscribe" not in request.POST:
            return redirect(request.path)
        user.wants_digest = False  # a mail program's click is answered at once, not led elsewhere
    return render(request, "reports/stop_digest.html", {"is_dead": False, "is_stopped": not user.wants_digest})
