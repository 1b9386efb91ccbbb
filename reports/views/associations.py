"""Associations as a page shows them: with their standing at a Moment, their checklist and their members."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from associations.checklist import step_lines
from associations.founding import founding_of
from associations.models import Association, Closing
from associations.pack import pack_lines
from bydelsmoedre.addresses import url
from bydelsmoedre.entry import here
from bydelsmoedre.listing import Pages
from bydelsmoedre.moment import Moment, today
from programme.access import StandingRequest, fetch
from reports.findings import Finding, codes_for, found, in_words
from reports.gatherings import meetings_of
from reports.moments import Asked, ask
from reports.views.adopted import adopted_lines
from reports.views.board import board
from reports.views.conversations import conversation_count
from reports.views.gatherings import new_meeting_urls
from reports.views.members import MemberLine, member_rows
from volunteers.models import Membership
from volunteers.models.people import SEATS


@require_safe
def association_detail(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """One association: standing, checklist, board, members."""
    associations = Association.objects.select_related("programme", "housing_area__district")
    association = fetch(associations, request.user, uuid)
    standing: Any = request.standing.within(association.programme)
    request.standing = standing
    asked = ask(request, association.programme)
    status = founding_of(association, asked.moment)
    may_change = asked.is_present and (standing.is_secretariat or standing.is_local)
    may_write = may_change and standing.is_secretariat
    may_read = standing.may_see_persons or standing.is_local
    closing = _closing(association, asked.moment)
    steps = step_lines(association, status, asked.moment, may_change=may_change, may_read_words=may_read)
    context = {
        "association": association,
        "association_standing": status.standing.value,
        "standing_label": status.standing.label,
        "founded_on": status.founded_on,
        "running_on": status.running_on,
        "closing": closing,
        "closing_url": url("reports:retract", "lukning", closing.uuid) if closing and may_write else "",
        "close_url": url("associations:close", uuid) if may_write and closing is None else "",
        "steps": steps,
        "pack": pack_lines(association) if may_change and status.founded_on is None else [],
        "board": board(request, association, asked.moment, may_change=may_change) if may_read else None,
        "adopted": adopted_lines(
            request, association, asked.moment, asked.query, may_read=may_read, may_change=may_change
        ),
        "adopt_url": url("associations:adopt", uuid) if may_change else "",
        "members": _members(request, association, asked.moment, may_change) if may_read else None,
        "can_change": may_change,
        "edit_url": url("associations:edit", uuid) if may_write else "",
        "add_member_url": _add_member_url(request, association) if may_change else "",
        "findings": _findings(request, association, asked) if may_read else [],
        "meetings": meetings_of(association, asked.moment) if may_read else None,
        "meeting_urls": new_meeting_urls(association) if may_change else {},
        "current_day": today(),
        "conversations": conversation_count(association, asked.moment) if may_read else None,
        "courses": list(association.courses.order_by("-starts_on")) if may_read else None,
    }
    return render(request, "associations/detail.html", asked.context() | context)


def _closing(association: Association, moment: Moment) -> Closing | None:
    """That it is dissolved, as known, on the day itself too; one query."""
    return Closing.objects.at(moment).filter(association=association).first()


def _findings(request: StandingRequest, association: Association, asked: Asked) -> list[Finding]:
    """What needs attention about the association and those who belong to it."""
    codes = codes_for(request.standing)
    listed = found(association.programme, asked.moment, codes=codes, associations=[association])
    return in_words(listed, request, is_present=asked.is_present)


def _add_member_url(request: StandingRequest, association: Association) -> str:
    query = urlencode({"forening": association.uuid, "next": here(request)})
    return f"{url('volunteers:create')}?{query}"


def _members(request: StandingRequest, association: Association, moment: Moment, may_change: bool) -> Page:
    """The association's roles but for the seats on its board, a page at a time; two queries."""
    ours = Membership.objects.visible_to(request.user).filter(association=association).exclude(role__in=SEATS)
    question = "members", association.pk, request.user.pk, moment, today()
    page: Any = Pages(member_rows(ours, moment), question).get_page(request.GET.get("medlemmer"))
    page.object_list = [MemberLine(one, one.has_certificate, may_change) for one in page.object_list]
    return page
