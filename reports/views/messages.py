"""Messages: written to one person, to an association's members or to a chosen list; looked at, sent, found again."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from associations.models import Association
from bydelsmoedre.addresses import url
from bydelsmoedre.entry import back_to, saved_by
from bydelsmoedre.languages import LANGUAGES
from bydelsmoedre.listing import Column, Listing
from bydelsmoedre.moment import COPENHAGEN, Moment
from bydelsmoedre.sorting import danish_order
from bydelsmoedre.stale import send_next_time
from programme.access import StandingRequest, fetch, programme_to_change
from programme.models import Programme
from reports.views.volunteer_filter import VolunteerFilter
from volunteers.forms.messages import MessageForm
from volunteers.merging import has
from volunteers.messages.recipients import Recipient
from volunteers.messages.sending import Tally, send_waiting
from volunteers.messages.writing import write
from volunteers.models import Delivery, DeliveryStep, Membership, Message, Volunteer
from volunteers.models.messages import QUEUED

#: So few are sent at once; more wait for `manage.py send_messages`, or for a tap.
AT_ONCE = 25
#: So many seconds a page sends for.
SECONDS_AT_ONCE, SECONDS = 5, 20
#: So many are named in the preview, and stand on a page.
NAMED, PAGE = 100, 50

WORDS = {
    QUEUED: gettext_lazy("Waits to be sent"),
    "begun": gettext_lazy("Handed over, uncertain"),
    "sent": gettext_lazy("Sent"),
    "failed": gettext_lazy("Not sent"),
    "skipped": gettext_lazy("Left out"),
}
SHAPES = {QUEUED: "near", "begun": "proposed", "sent": "met", "failed": "missed", "skipped": "waived"}


# --- Written


def write_to_one(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """A message to one person."""
    person = fetch(Volunteer.objects.select_related("programme"), request.user, uuid, change=True)
    people = Volunteer.objects.filter(pk=person.pk)
    return _written(request, person.programme, people, intro=str(person), back=person.get_absolute_url(), to=person)


def write_to_members(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """A message to everybody who holds a role in an association today."""
    association = fetch(Association.objects.select_related("programme"), request.user, uuid, change=True)
    standing = request.standing.within(association.programme)
    if not (standing.is_secretariat or standing.is_local):
        raise PermissionDenied
    now = Moment()
    members = has(Membership.objects.at(now).filter(association=association), now)
    people = Volunteer.objects.changeable_by(request.user).filter(members, programme=association.programme)
    told = _("Everybody with a role in %(association)s today") % {"association": association.name}
    return _written(request, association.programme, people, intro=told, back=association.get_absolute_url())


def write_to_list(request: StandingRequest) -> HttpResponse:
    """A message to those whom the list of volunteers shows: its filter stands in the address."""
    programme = programme_to_change(request)
    form = VolunteerFilter(request.GET, programme=programme, moment=Moment())
    people: QuerySet[Volunteer] = Volunteer.objects.filter(programme=programme)
    people = form.filter(people) if form.is_valid() else people.none()
    kept = request.GET.urlencode()
    back = url("volunteers:list") + (f"?{kept}" if kept else "")
    return _written(request, programme, people, intro=form.in_words() or _("All volunteers"), back=back)


def _written(
    request: StandingRequest,
    programme: Programme,
    people: QuerySet[Volunteer],
    *,
    intro: str,
    back: str,
    to: Volunteer | None = None,
) -> HttpResponse:
    """Write, look, send. The preview carries what was written along; nothing is stored before it is sent."""
    wanted = request.POST.get("handling", "")
    form = MessageForm(request.POST if request.method == "POST" else None, people=people)
    if wanted == "send" and form.is_valid() and form.is_as_seen:
        saved = saved_by(
            form,
            lambda one: write(programme, one.texts, one.listed, by=request.user, identity=one.identity, to=to),
        )
        if saved:
            _sent_at_once(request, saved.result, len(form.reached))
            return redirect(saved.result.get_absolute_url())
    is_preview = request.method == "POST" and wanted != "ret" and form.is_valid()
    context = {
        "form": form,
        "title": _("Look before you send") if is_preview else _("Write a message"),
        "intro": intro,
        "back_url": back_to(request, back),
        "is_preview": is_preview,
        "has_changed": is_preview and wanted == "send",
        "preview": _preview(form.listed),
        "texts": [(_language(code), code, text) for code, text in form.texts.items()] if is_preview else [],
    }
    if is_preview:
        send_next_time(form, "seen", form.digest)
    return render(request, "volunteers/message_write.html", context)


def _preview(listed: Sequence[Recipient]) -> dict[str, Any]:
    """Who gets it in which language, and who does not and why: numbers of all, names of the first."""
    reached = [one for one in listed if not one.skipped]
    left_out = [one for one in listed if one.skipped]
    shown = [one.id for one in [*reached[:NAMED], *left_out[:NAMED]]]
    named = {one.pk: one for one in Volunteer.objects.filter(pk__in=shown)}
    languages = Counter(one.language for one in reached)
    return {
        "reached": [(named[one.id], _language(one.language)) for one in reached[:NAMED]],
        "left_out": [(named[one.id], DeliveryStep.Reason(one.skipped).label) for one in left_out[:NAMED]],
        "count": len(reached),
        "left_count": len(left_out),
        "languages": [(_language(code), number) for code, number in languages.most_common()],
        "named": NAMED,
    }


def _language(code: str) -> str:
    return str(capfirst(str(dict(LANGUAGES)[code])))


def _sent_at_once(request: StandingRequest, message: Message, count: int) -> None:
    if count > AT_ONCE:
        messages.info(request, _("The message is recorded. It is sent a little at a time, by itself."))
    else:
        _say(request, send_waiting(message, seconds=SECONDS_AT_ONCE))


def _say(request: StandingRequest, tally: Tally) -> None:
    if tally.is_server_away:
        messages.warning(request, _("The mail server does not answer. What waits is sent later, by itself."))
    messages.success(request, _("%(count)s sent.") % {"count": tally.sent})


# --- Found again


def _columns() -> list[Column]:
    return [
        Column("dato", gettext_lazy("Date"), lambda one: one.sent_at.astimezone(COPENHAGEN).date(), order=["sent_at"]),
        Column(
            "emne",
            gettext_lazy("Subject"),
            lambda one: one.subject or _("Erased message"),
            url=lambda one: one.get_absolute_url(),
        ),
        Column("af", gettext_lazy("Written by"), lambda one: one.author),
    ]


@require_safe
def message_list(request: StandingRequest) -> HttpResponseBase:
    """What has been written, the latest first: in the programme, or by a local coordinator herself."""
    standing: Any = request.standing
    if standing.is_caseworker:
        raise PermissionDenied
    seen = Message.objects.visible_to(request.user).with_subject().select_related("sent_by")
    if standing.programme:
        seen = seen.filter(programme=standing.programme)
    listing = Listing(request, seen, _columns(), title=_("Messages"), default="-dato")
    if file := listing.file("beskeder"):
        return file
    return render(request, "volunteers/messages.html", {"listing": listing, "can_write": standing.is_secretariat})


@require_safe
def message_detail(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """What was written, and what became of it for each."""
    message = fetch(Message.objects.with_subject().select_related("sent_by", "programme"), request.user, uuid)
    seen: Any = Delivery.objects.visible_to(request.user).filter(message=message).with_state()
    states = Counter(seen.values_list("state", flat=True))
    rows = seen.select_related("volunteer").order_by(danish_order("volunteer__name"), "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("side"))
    may_send = request.standing.within(message.programme).is_secretariat or message.sent_by_id == request.user.pk
    context = {
        "message": message,
        "texts": [(_language(one.language), one.language, one) for one in message.texts.all()],
        "states": [(WORDS[state], SHAPES[state], states[state]) for state in WORDS if states[state]],
        "page": page,
        "lines": [(one, WORDS[one.state], SHAPES[one.state], reason_of(one)) for one in page.object_list],
        "languages": dict(LANGUAGES),
        "send_url": url("volunteers:send", message.uuid) if may_send and states[QUEUED] else "",
    }
    return render(request, "volunteers/message.html", context)


def reason_of(delivery: Any) -> str:
    return str(DeliveryStep.Reason(delivery.reason).label) if delivery.reason else ""


@require_POST
def send(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Send what waits of a message now, for so long as a page may take."""
    message = fetch(Message.objects.all(), request.user, uuid)
    if not (request.standing.within(message.programme).is_secretariat or message.sent_by_id == request.user.pk):
        raise PermissionDenied
    _say(request, send_waiting(message, seconds=SECONDS))
    return redirect(message.get_absolute_url())
