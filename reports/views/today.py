"""I dag: the coordinator's Monday at eight. What happens this week, what falls due, who waits, what needs attention."""

import datetime as dt
from dataclasses import replace
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bydelsmoedre.danish import dato
from bydelsmoedre.entry import here
from programme.access import StandingRequest
from programme.models import Deputy
from reports import agenda, findings, happenings
from reports.figures.criteria import criteria
from reports.labels import names_for
from reports.moments import ask
from reports.views.own import in_view


@require_safe
def today(request: StandingRequest) -> HttpResponse:
    """The week and the tasks of the programme, or of a local coordinator's own associations. Not the municipality's."""
    standing: Any = request.standing
    if standing.is_caseworker:
        raise PermissionDenied
    programme, mine = in_view(request)
    asked = ask(request, programme)
    may_write = asked.is_present and (standing.is_secretariat or standing.is_local)
    standing_in = [] if standing.is_local else _standing_in(request.user, asked.moment.on)
    context: dict[str, Any] = {"week": [], "due": [], "waiting": [], "findings": [], "findings_total": 0}
    context |= {"since": None, "new": [], "is_new_cut": False}
    if programme is not None:
        measured = criteria(programme, asked.moment) if mine is None else []
        entries = agenda.agenda(programme, asked.moment, measured, associations=mine)
        codes = findings.codes_for(standing)
        to_do = findings.Waiting.LEFT_OUT
        found = findings.found(
            programme, asked.moment, codes=codes, associations=mine, measured=measured, waiting=to_do
        )
        since = happenings.since_last_workday(asked.moment.on)
        latest = [] if mine is not None else happenings.latest(programme, asked.moment, request)
        new = [line for line in latest if line.at >= since]
        named = names_for(
            [*agenda.wanted(entries), *findings.wanted(found), *((line.about, line.uuid) for line in new)], request
        )
        week, due, waiting = (
            _leading_back(request, agenda.lines(entries, part, named, asked.query, may_write=may_write))
            for part in (agenda.WEEK, agenda.DUE, agenda.WAITING)
        )
        context = {
            "week": [(day, list(lines)) for day, lines in groupby(week, key=lambda line: line.day)],
            "due": due,
            "waiting": waiting,
            "findings": findings.in_words(found, request, is_present=asked.is_present, named=named),
            "findings_total": findings.total(found),
            "since": since,
            "new": happenings.in_words(new, request, named),
            "is_new_cut": len(new) >= happenings.MOST,
        }
    return render(
        request, "reports/today.html", asked.context() | context | {"may_write": may_write, "standing_in": standing_in}
    )


def _standing_in(user: Any, on: dt.date) -> list[str]:
    """For whom she stands in on the day, or who for her, as sentences; one query."""
    found = Deputy.objects.on(on).filter(Q(deputy=user) | Q(grant__user=user)).select_related("deputy", "grant__user")
    return [
        _("You stand in for %(user)s until %(day)s.") % {"user": one.grant.user, "day": dato(one.until_on)}
        if one.deputy_id == user.pk
        else _("%(user)s stands in for you until %(day)s.") % {"user": one.deputy, "day": dato(one.until_on)}
        for one in found
    ]


def _leading_back(request: StandingRequest, lines: list[agenda.Line]) -> list[agenda.Line]:
    back = urlencode({"next": here(request)})
    return [replace(one, url=f"{one.url}?{back}") if one.is_form and one.url else one for one in lines]
