"""Retract a fact, with a reason: one page for every kind that is retracted from a page."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from associations.models import FoundingStep
from bydelsmoedre.entry import enter
from bydelsmoedre.personal import refuse_cpr
from programme.access import fetch
from programme.facts import Fact
from programme.models import Adoption, Signature
from programme.seen import AboutFactForm
from training.models import Certificate
from volunteers.models import Membership

#: What can be retracted from a page, by the word in its address.
KINDS: dict[str, type[Fact]] = {
    "stiftelsestrin": FoundingStep,
    "vedtagelse": Adoption,
    "underskrift": Signature,
    "rolle": Membership,
    "bevis": Certificate,
}

#: The foreign keys that a fact's page needs, so that its words cost no further queries.
RELATED = {
    FoundingStep: ("association", "recorded_by"),
    Adoption: ("version__document", "body", "recorded_by"),
    Signature: ("agreement", "organisation", "recorded_by"),
    Membership: ("volunteer", "association", "recorded_by"),
    Certificate: ("volunteer", "curriculum", "recorded_by"),
}


class RetractionForm(AboutFactForm):
    """Why the fact was wrong."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("What was wrong? The reason is kept with the fact."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_cpr],
    )


def retract(request: HttpRequest, kind: str, uuid: UUID) -> HttpResponse:
    """Show the fact, ask for the reason, retract it."""
    model = KINDS.get(kind)
    if model is None:
        raise Http404
    facts = model._default_manager.current().select_related(*RELATED[model])
    fact = fetch(facts, request.user, uuid, change=True)
    return enter(
        request,
        partial(RetractionForm, fact=fact),
        save=lambda form: fact.retract(by=request.user, reason=form.cleaned_data["reason"]),
        title=_("Retract: %(kind)s") % {"kind": model._meta.verbose_name},
        submit_label=_("Retract"),
        back_url=_page_of(fact),
        template="retract.html",
        danger=True,
        success=_("Retracted. It no longer counts; what we knew before can still be shown."),
        fact_lines=list(_lines(fact)),
    )


def _page_of(fact: Any) -> str:
    """Where one goes on: a page that is still there afterwards (a local coordinator sees no person without a role)."""
    anchor = getattr(fact, "association", None) or getattr(fact, "volunteer", None)
    return anchor.get_absolute_url() if anchor else reverse("reports:dashboard")


def _lines(fact: Any) -> Any:
    """The fact in words: what it is about, its day, when it was recorded."""
    for name in RELATED[type(fact)]:
        field = name.split("__")[0]
        if value := getattr(fact, field):
            yield str(type(fact)._meta.get_field(field).verbose_name).capitalize(), str(value)
    for name in ("kind", "role", "outcome"):
        if display := getattr(fact, f"get_{name}_display", None):
            yield str(type(fact)._meta.get_field(name).verbose_name).capitalize(), display()
    for name in ("happened_on", "started_on", "ended_on"):
        if day := getattr(fact, name, None):
            yield str(type(fact)._meta.get_field(name).verbose_name).capitalize(), date_format(day, "j. F Y")
    yield str(_("Recorded at")), date_format(fact.recorded_at.astimezone(), "j. F Y")
