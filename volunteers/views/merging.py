"""Pages of who may have been recorded twice: the suggestions, and two persons side by side."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.entry import back_to, enter
from programme.access import StandingRequest, fetch, only_secretariat
from volunteers.forms.merging import CONTACT, MergeForm, label_of
from volunteers.matching import suggested
from volunteers.merging import tell_apart
from volunteers.models import Volunteer


@require_safe
def duplicates(request: StandingRequest) -> HttpResponse:
    """Pairs of persons who may be one, for the secretariat to judge."""
    standing: Any = request.standing
    if not standing.is_secretariat:
        raise PermissionDenied
    pairs, has_more = suggested(standing.programme.pk)
    return render(request, "volunteers/duplicates.html", {"pairs": pairs, "has_more": has_more})


def merge(request: StandingRequest, uuid: UUID, other: UUID) -> HttpResponse:
    """Two persons side by side; merging keeps the first, with what is chosen of their contact data."""
    kept, duplicate = _both(request, uuid, other)
    return enter(
        request,
        partial(MergeForm, duplicate=duplicate, kept=kept),
        save=lambda form: form.record(by=request.user),
        title=_("Are they the same person?"),
        submit_label=_("Merge them"),
        back_url=url("volunteers:duplicates"),
        done_url=lambda merged: kept.get_absolute_url(),
        success=_("They are merged. Everything that was recorded of the two stands on one page now."),
        template="volunteers/merge.html",
        kept=kept,
        duplicate=duplicate,
        lines=[_compared(name, kept, duplicate) for name in CONTACT],
    )


@require_POST
def different(request: StandingRequest, uuid: UUID, other: UUID) -> HttpResponse:
    """The two look alike and are not the same; they are not suggested again."""
    first, second = _both(request, uuid, other)
    if first != second:
        tell_apart(first, second)
        messages.success(request, _("They are two. They are not suggested again."))
    return redirect(back_to(request, url("volunteers:duplicates")))


def _both(request: StandingRequest, uuid: UUID, other: UUID) -> tuple[Volunteer, Volunteer]:
    people = Volunteer.objects.select_related("programme", "housing_area")
    first, second = (fetch(people, request.user, one, change=True) for one in (uuid, other))
    for one in (first, second):
        only_secretariat(request.user, one.programme_id)
    return first, second


def _compared(name: str, kept: Volunteer, duplicate: Volunteer) -> tuple[str, str, str]:
    return label_of(name), str(getattr(kept, name) or "–"), str(getattr(duplicate, name) or "–")
