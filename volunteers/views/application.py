"""The public page on which somebody applies to become a neighbourhood mother."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.fields import keep_what_was_typed
from programme.limits import address_of, is_too_often
from programme.models import Programme
from volunteers.application import apply
from volunteers.forms.application import ApplicationForm
from volunteers.notice import notice

#: So many applications an hour from one address, and to one programme in all.
FROM_ONE, TO_ONE = 10, 200


@login_not_required
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """Where one may apply; with one programme, straight to its form."""
    found = list(Programme.objects.order_by("name"))
    if len(found) == 1:
        return redirect(url("volunteers:apply", found[0].uuid))
    return render(request, "volunteers/apply_where.html", {"programmes": found})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The form. Whoever sends it gets the same thanks, known or not, human or machine."""
    programme = get_object_or_404(Programme, uuid=uuid)
    is_sent = request.method == "POST"
    form = ApplicationForm(request.POST if is_sent else None, programme=programme)
    if is_sent and form.is_valid():
        if form.is_of_a_machine or _is_taken(request, programme, form):
            return redirect(url("volunteers:applied", programme.uuid))
        said = _("There have been too many applications from here. Try again in an hour, or call us.")
        form.add_error(None, said)
    keep_what_was_typed(form)
    context = {"form": form, "programme": programme, "notice": notice(), "title": _("Become a neighbourhood mother")}
    return render(request, "volunteers/apply.html", context)


def _is_taken(request: HttpRequest, programme: Programme, form: ApplicationForm) -> bool:
    """Record the application, unless there have been too many lately."""
    if _is_limited(request, programme):
        return False
    apply(programme, **form.given())
    return True


def _is_limited(request: HttpRequest, programme: Programme) -> bool:
    here = is_too_often(programme, "application", address_of(request), most=FROM_ONE)
    return is_too_often(programme, "applications", "", most=TO_ONE) or here


@login_not_required
@require_safe
def applied(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Thanks, and what happens next."""
    return render(request, "volunteers/applied.html", {"programme": get_object_or_404(Programme, uuid=uuid)})
