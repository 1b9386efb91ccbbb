"""Kalender: what is planned, a month at a time or as a list; and as a file that a calendar program fetches."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.calendars import close_address, make_address, owner_of, token_of
from accounts.models import CalendarAddress
from bydelsmoedre.addresses import url
from bydelsmoedre.fields import EARLIEST
from bydelsmoedre.moment import end_of_month, today
from programme.access import StandingRequest
from reports.calendars import AHEAD, BACK, Entry, as_file, entries
from reports.views.own import in_view

#: The list shows so many days from today on.
LISTED = 90


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month shown, with what is planned on it."""

    on: dt.date
    entries: list[Entry]
    is_today: bool


@require_safe
def calendar_page(request: StandingRequest) -> HttpResponse:
    """A month, or the next three as a list, of the programme in view; a local coordinator's own associations."""
    programme = in_view(request)[0]
    month = _month(request.GET.get("maaned", ""))
    is_list = request.GET.get("vis") == "liste"
    first, last = (today(), today() + dt.timedelta(LISTED)) if is_list else _days(month)
    found = entries(request.user, first, last, programme=programme) if programme else []
    by_day = {day: list(some) for day, some in groupby(found, key=lambda one: one.day)}
    shown = sorted(by_day) if is_list else [first + dt.timedelta(number) for number in range((last - first).days + 1)]
    address = CalendarAddress.objects.open().filter(user=request.user.pk).first()
    context = {
        "month": month,
        "before": _days(month)[0] - dt.timedelta(1),
        "after": _days(month)[1] + dt.timedelta(1),
        "days": [Day(day, by_day.get(day, []), day == today()) for day in shown],
        "starts_on": first.weekday() + 1,
        "weekdays": WEEKDAYS.values(),
        "is_list": is_list,
        "has_any": bool(found),
        "address": request.build_absolute_uri(url("reports:calendar_file", token_of(address))) if address else "",
    }
    return render(request, "reports/calendar.html", context)


def _month(text: str) -> dt.date:
    """Its first day, from “2011-11”; what is no month is this one."""
    try:
        found = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        found = today()
    return min(max(found, EARLIEST), dt.date(2100, 1, 1)).replace(day=1)


def _days(month: dt.date) -> tuple[dt.date, dt.date]:
    return month, end_of_month(month)


@require_POST
def calendar_address(request: StandingRequest) -> HttpResponse:
    """Make the reader's own address anew, or close it."""
    if request.POST.get("handling") == "luk":
        close_address(request.user)
        messages.success(request, _("The calendar address is closed. It no longer opens anything."))
    else:
        make_address(request.user)
        messages.success(request, _("The calendar address is ready. A former one no longer opens anything."))
    return redirect(url("reports:calendar"))


@login_not_required
@require_safe
def calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """What the address's owner may see, as a file; without a login, for her calendar program."""
    owner = owner_of(token)
    if owner is None:
        raise Http404
    found = entries(owner, today() - dt.timedelta(BACK), today() + dt.timedelta(AHEAD))
    content = as_file(found, name="Bydelsmødre", address=request.build_absolute_uri)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="bydelsmoedre.ics"'
    answer["Referrer-Policy"] = "no-referrer"
    return answer
