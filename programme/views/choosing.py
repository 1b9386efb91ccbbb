"""Look at another programme."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from programme.access import fetch
from programme.models import Programme


@require_POST
def choose(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Look at another programme, until one logs out."""
    request.session["programme"] = fetch(Programme.objects, request.user, uuid).pk
    return redirect("reports:dashboard")
