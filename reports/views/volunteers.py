"""Volunteers as a page shows them: with their roles and certificates."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from bydelsmoedre.moment import Moment
from bydelsmoedre.sorting import DanishKey, danish_key, danish_order
from programme.access import StandingRequest, fetch
from programme.models import Programme
from reports.asking import opening_day
from reports.views.associations import member_lines
from training.models import Certificate
from volunteers.models import Membership, Volunteer

PAGE = 50


class SearchForm(forms.Form):
    """Search by a part of the name, in Danish spelling or without it."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100, widget=forms.SearchInput)

    def filter(self, volunteers: QuerySet) -> QuerySet:
        wanted = danish_key(self.cleaned_data.get("q", "").strip())
        if not wanted:
            return volunteers
        return volunteers.annotate(key=DanishKey("name")).filter(key__contains=wanted)


@dataclass(frozen=True, slots=True)
class VolunteerLine:
    """A volunteer in the list."""

    volunteer: Any

    @property
    def name(self) -> str:
        return str(self.volunteer)

    @property
    def url(self) -> str:
        return self.volunteer.get_absolute_url()

    @property
    def roles(self) -> str:
        return ", ".join(str(role) for role in self.volunteer.current_roles)

    @property
    def has_certificate(self) -> bool:
        return self.volunteer.has_certificate


@require_safe
def volunteer_list(request: StandingRequest) -> HttpResponse:
    """The programme's volunteers in Danish order; persons, so never for the municipality."""
    standing: Any = request.standing
    if not standing.may_see_persons:
        raise PermissionDenied
    moment = Moment(opening_day(standing.programme))
    form = SearchForm(request.GET)
    volunteers: QuerySet = Volunteer.objects.visible_to(request.user).filter(programme=standing.programme)
    if form.is_valid():
        volunteers = form.filter(volunteers)
    roles = Membership.objects.at(moment).select_related("association").order_by("role")
    listed = (
        volunteers.annotate(has_certificate=Exists(_certificates(moment)))
        .prefetch_related(Prefetch("memberships", roles, to_attr="current_roles"))
        .order_by(danish_order("name"), "pk")
    )
    page: Any = Paginator(listed, PAGE).get_page(request.GET.get("side"))
    page.object_list = [VolunteerLine(one) for one in page.object_list]
    context = {"page": page, "search_form": form, "can_create": standing.is_secretariat}
    return render(request, "volunteers/list.html", context)


def _certificates(moment: Moment) -> QuerySet:
    return Certificate.objects.at(moment).filter(volunteer=OuterRef("pk"), curriculum__kind="coordinator")


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """A certificate, with the page that retracts it where this reader may."""

    certificate: Certificate
    retract_url: str

    @property
    def curriculum(self) -> Any:
        return self.certificate.curriculum

    @property
    def started_on(self) -> Any:
        return self.certificate.started_on

    @property
    def ended_on(self) -> Any:
        return self.certificate.ended_on


@require_safe
def volunteer_detail(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """One volunteer: contact data, roles, certificates."""
    volunteer = fetch(Volunteer.objects.select_related("housing_area", "programme"), request.user, uuid)
    may_change = Volunteer.objects.changeable_by(request.user).filter(pk=volunteer.pk).exists()
    may_issue = Programme.objects.changeable_by(request.user).filter(pk=volunteer.programme_id).exists()
    moment = Moment(opening_day(volunteer.programme))
    mine = Membership.objects.current().visible_to(request.user).filter(volunteer=volunteer)
    certificates = Certificate.objects.current().filter(volunteer=volunteer).select_related("curriculum")
    context = {
        "volunteer": volunteer,
        "memberships": member_lines(mine, moment, may_change=may_change),
        "certificates": [
            CertificateLine(one, reverse("reports:retract", args=["bevis", one.uuid]) if may_issue else "")
            for one in certificates
        ],
        "can_change": may_change,
        "edit_url": reverse("volunteers:edit", args=[uuid]) if may_change else "",
        "add_membership_url": reverse("volunteers:membership", args=[uuid]) if may_change else "",
        "add_certificate_url": reverse("training:certificate", args=[uuid]) if may_issue else "",
    }
    return render(request, "volunteers/detail.html", context)
