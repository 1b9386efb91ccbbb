"""The pages on which a conversation is recorded: by who is logged in, and by a mother's own link.

Both take the same form, and both answer its script in JSON, so that a phone without net can keep what it could not
send, and send it again. The conversation's uuid is made on the phone: sent twice, it is stored once.
"""

from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from associations.models import Association
from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter, saved_by
from programme.access import StandingRequest, fetch
from programme.limits import is_too_often
from volunteers.forms import ConversationForm
from volunteers.links import link_of
from volunteers.models import Conversation

#: So many conversations an hour come by one link: a month's, written down in one go, and not what a machine would send.
FROM_ONE = 60


def converse(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """A conversation in an association, on a phone: three taps. Afterwards the association's are listed."""
    association = fetch(Association.objects.select_related("programme"), request.user, uuid, change=True)
    listed = f"{url('volunteers:conversations')}?{urlencode({'forening': association.uuid})}"
    return _recorded(
        request, association, by=request.user, back_url=association.get_absolute_url(), done_url=lambda _: listed
    )


# The token in the address is what lets one in, not a cookie: another site's form could send nothing in her name.
@csrf_exempt
@login_not_required
@never_cache
def own_conversation(request: HttpRequest, token: str) -> HttpResponse:
    """A mother records a conversation by her own link, without a login. The link opens nothing else, and what she
    records does not say by whom it came."""
    link = link_of(token)
    if link is None:
        return render(request, "volunteers/link_dead.html", status=404)
    is_sent, programme = request.method == "POST", link.association.programme
    is_limited = is_sent and is_too_often(
        programme, "conversation", str(link.uuid), most=FROM_ONE, counts_refused=False
    )
    return _recorded(
        request,
        link.association,
        by=None,
        is_limited=is_limited,
        back_url=request.path,
        template="volunteers/own_conversation.html",
        closed_words=_("The link does not work any more. The conversation is kept on the phone. Ask for a new link."),
    )


def _recorded(
    request: HttpRequest, association: Association, *, by: Any, is_limited: bool = False, **page: Any
) -> HttpResponse:
    refusal = _("So many conversations have come by this link that we wait an hour. Nothing was saved.")
    make_form = partial(ConversationForm, association=association, refusal=refusal if is_limited else "")

    def save(form: ConversationForm) -> Conversation:
        recorded: Conversation = form.record_once(by=by, programme=association.programme)
        return recorded

    if request.method == "POST" and request.headers.get("Accept") == "application/json":
        if is_limited:
            return JsonResponse({"saved": False}, status=429)  # the phone keeps it, and tries again
        saved = saved_by(make_form(request.POST), save)
        return JsonResponse({"saved": bool(saved)}, status=200 if saved else 422)
    defaults: dict[str, Any] = {
        "template": "volunteers/converse.html",
        "closed_words": _("You are logged out. The conversation is kept on the phone. Log in again, and it is sent."),
    }
    return enter(
        request,
        make_form,
        save=save,
        title=_("New conversation"),
        intro=association.name,
        submit_label=_("Save the conversation"),
        success=_("The conversation is saved."),
        association=association,
        **defaults | page,
    )
