"""What is stored about persons, told to everybody; and what a person may ask the secretariat for: a copy, erasing."""

from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import models
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from bydelsmoedre.moment import Moment, today
from bydelsmoedre.purposes import Purpose, columns, purposes, serves, stated_for
from programme.access import StandingRequest, fetch, only_secretariat, programme_to_change
from programme.readings import handed_out
from volunteers.access_copy import AccessCopy
from volunteers.forms import ErasingForm, RetentionForm
from volunteers.models import Membership, Volunteer
from volunteers.privacy import about, erase, stays
from volunteers.retention import due, erase_due


class Told(NamedTuple):
    """A purpose, and in words what serves it: what it is about, and of that which columns."""

    purpose: Purpose
    stored: list[tuple[str, str]]


@login_not_required
@require_safe
def stored(request: HttpRequest) -> HttpResponse:
    """ "Hvad vi gemmer om dig": made from the register of purposes."""
    return render(request, "volunteers/stored.html", {"told": list(_told())})


def _told() -> Iterator[Told]:
    structure = {model for model, _where in about(Volunteer)}
    found: dict[str, dict[str, list[str]]] = {purpose.code: {} for purpose in purposes()}
    for field in columns():
        code = serves(field)
        if code is None or _is_hidden(field, structure):
            continue
        is_own = stated_for(field) == field.model._meta.label
        heading = capfirst(str(field.model._meta.verbose_name)) if is_own else ""
        names = found[code].setdefault(heading, [])
        if (name := str(field.verbose_name)) not in names:
            names.append(name)
    for purpose in purposes():
        yield Told(purpose, [(heading, ", ".join(names)) for heading, names in found[purpose.code].items()])


def _is_hidden(field: Any, structure: set[type[models.Model]]) -> bool:
    """Columns that only hold rows together, or repeat others: history, identities, what PostgreSQL derives."""
    is_history = hasattr(field.model, "pgh_tracked_model")
    is_identity = isinstance(field, models.UUIDField) or field.related_model in structure
    return is_history or is_identity or field.generated or field.model._meta.app_label not in settings.PROJECT_APPS


# --- What a person may ask for: the secretariat's to do


def _asked_by(request: StandingRequest, uuid: UUID) -> Volunteer:
    """The person, for the secretariat; her own local coordinator neither hands out nor erases."""
    persons = Volunteer.objects.select_related("programme", "user").filter(erased_at=None)
    volunteer: Volunteer = fetch(persons, request.user, uuid, change=True)
    only_secretariat(request.user, volunteer.programme_id)
    return volunteer


@require_safe
def access(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """What a copy holds, and what to look at before it is handed out."""
    volunteer = _asked_by(request, uuid)
    parts = [(part.title, len(part.rows)) for part in AccessCopy(volunteer).parts]
    context = {"volunteer": volunteer, "parts": parts, "back_url": volunteer.get_absolute_url()}
    return render(request, "volunteers/access.html", context)


@require_safe
def access_file(request: StandingRequest, uuid: UUID, form: str) -> FileResponse:
    """The copy itself, to be saved: PDF to read, JSON as data. It is logged as handed out."""
    volunteer = _asked_by(request, uuid)
    copy = AccessCopy(volunteer)
    if form not in FORMS:
        raise Http404
    media_type, make = FORMS[form]
    handed_out()
    name = f"indsigt-{volunteer.uuid}.{form}"
    answer = FileResponse(BytesIO(make(copy)), as_attachment=True, filename=name, content_type=media_type)
    answer["Cache-Control"] = "no-store, private"
    return answer


FORMS: dict[str, tuple[str, Callable[[AccessCopy], bytes]]] = {
    "pdf": ("application/pdf", AccessCopy.as_pdf),
    "json": ("application/json; charset=utf-8", AccessCopy.as_json),
}


def erasing(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Erase a person who asks for it: what goes and what stays is said first."""
    volunteer = _asked_by(request, uuid)
    return enter(
        request,
        ErasingForm,
        save=lambda form: erase(volunteer, by=request.user),
        title=_("Erase the person"),
        intro=str(volunteer),
        submit_label=_("Erase for good"),
        back_url=volunteer.get_absolute_url(),
        success=_("Erased. What happened, and when, is counted as before."),
        template="volunteers/erase.html",
        volunteer=volunteer,
        stays=stays(volunteer),
        runs=Membership.objects.current().filter(volunteer=volunteer, ended_on=None).exists(),
        danger=True,
    )


def retention(request: StandingRequest) -> HttpResponse:
    """Those whose time has come, to be erased after a look at the list."""
    programme = programme_to_change(request)
    moment = Moment(today())
    listed = due(programme.pk, moment)

    def save(form: RetentionForm) -> int:
        return erase_due(programme.pk, set(map(UUID, form.cleaned_data["persons"])), moment, by=request.user)

    return enter(
        request,
        partial(RetentionForm, due=listed),
        save=save,
        title=_("Volunteers to be erased"),
        submit_label=_("Erase the chosen for good"),
        back_url=url("volunteers:list"),
        done_url=lambda number: url("volunteers:retention"),
        success=lambda number: (
            ngettext("%(number)s person has been erased.", "%(number)s persons have been erased.", number)
            % {"number": number}
        ),
        template="volunteers/retention.html",
        listed=listed,
        applicants=settings.RETENTION_APPLICANTS,
        leavers=settings.RETENTION_LEAVERS,
        danger=True,
    )
