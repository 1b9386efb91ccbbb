"""Indstillinger: the rare tools; and Prøv en regel: two settings of a rule side by side on today's data."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import is_uuid
from bydelsmoedre.fields import DanishDateField, PlainSelect, keep_what_was_typed
from bydelsmoedre.moment import Moment
from programme.access import StandingRequest
from programme.forms.criteria import check_setting
from programme.models import CriterionVersion, Document, Programme
from reports.asking import opening_day
from reports.figures.classification import Rule
from reports.figures.criteria import measures
from reports.figures.shapes import Row
from reports.labels import Named, names_for
from reports.lacks import TallyLine, tally_lines, text_of
from reports.trying import Setting, Tried, only_in, tried


class SettingForm(forms.Form):
    """One setting of a rule. It stands in the address: nothing is stored."""

    rule = forms.ChoiceField(label=_("Rule"), choices=CriterionVersion.Rule.choices, widget=PlainSelect)
    target = forms.IntegerField(label=_("Target"), required=False, min_value=1, max_value=9999)
    document_kind = forms.ChoiceField(
        label=_("Kind of document"),
        required=False,
        choices=[("", _("None")), *Document.Kind.choices],
        widget=PlainSelect,
    )
    deadline = DanishDateField(label=_("Deadline"), may_be_future=True)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        check_setting(self)
        return cleaned

    def setting(self) -> Setting:
        given = self.cleaned_data
        return Setting(given["rule"], given["target"], given["document_kind"], given["deadline"])


@dataclass(frozen=True, slots=True)
class Shown:
    """What one setting gives, for one reader. Names are None where they are not hers to see."""

    tried: Tried
    counting: list[str] | None
    near: list[tuple[str, str]] | None  #: a name, and what is lacking
    only: list[str] | None  #: what counts by this one and not by the other
    tallies: list[TallyLine]


@require_safe
def settings(request: StandingRequest) -> HttpResponse:
    """The rare tools."""
    _programme(request)
    return render(request, "reports/settings.html")


@require_safe
def try_rule(request: StandingRequest) -> HttpResponse:
    """Two settings side by side; until they are written, how the criterion that one comes from stands in both."""
    programme = _programme(request)
    moment = Moment(opening_day(programme))
    is_asked = "a-rule" in request.GET
    initial = {} if is_asked else _initial(request, programme, moment)
    forms_ = [SettingForm(request.GET.dict() if is_asked else None, prefix=one, initial=initial) for one in ("a", "b")]
    shown: list[Shown] = []
    are_valid = [form.is_valid() for form in forms_]  # both are asked, so that each tells its errors
    if all(are_valid):
        shown = _shown(request, tried(programme, [form.setting() for form in forms_], moment))
    for form in forms_:
        _show_days(form)
        keep_what_was_typed(form)
    context = {"forms": forms_, "shown": shown, "day": moment.on, "programme": programme}
    return render(request, "reports/try_rule.html", context)


def _show_days(form: SettingForm) -> None:
    """A day that can be read as the date picker shows it; another one stays as it was typed."""
    if form.is_bound and (day := form.cleaned_data.get("deadline")):
        form.data = {**form.data, form.add_prefix("deadline"): day.isoformat()}


def _programme(request: StandingRequest) -> Programme:
    programme: Programme | None = request.standing.programme
    if programme is None:
        raise PermissionDenied
    return programme


def _initial(request: StandingRequest, programme: Programme, moment: Moment) -> dict[str, Any]:
    """The rule in force of the criterion that `kriterium` names, else of the first one."""
    named = request.GET.get("kriterium", "")
    versions = [measure.version for measure in measures(programme, moment)]
    chosen = [one for one in versions if is_uuid(named) and str(one.criterion.uuid) == named] or versions
    names = ("rule", "target", "document_kind", "deadline")
    return {name: getattr(chosen[0], name) for name in names} if chosen else {"deadline": programme.deadline}


def _shown(request: StandingRequest, found: list[Tried]) -> list[Shown]:
    """Both with the names that this reader may see; one query."""
    wanted = {(row.kind, row.uuid) for one in found for row in (*one.counting, *one.near) if _is_hers(one, request)}
    named = names_for(sorted(wanted), request)
    sides = zip(found, reversed(found), strict=True)
    return [_side(one, only_in(one, other), named, _is_hers(one, request)) for one, other in sides]


def _is_hers(one: Tried, request: StandingRequest) -> bool:
    """May she see who it is? Persons are not the municipality's to see."""
    return one.setting.rule != Rule.COORDINATORS_TRAINED or request.standing.may_see_persons


def _side(one: Tried, only: list[Row], named: Named, is_hers: bool) -> Shown:
    if not is_hers:
        return Shown(one, None, None, None, tally_lines(one.figure.tallies))
    near = [(_name(row, named), ", ".join(text_of(code) for code in row.lacks)) for row in one.near]
    return Shown(one, [_name(row, named) for row in one.counting], near, [_name(row, named) for row in only], [])


def _name(row: Row, named: Named) -> str:
    return named.get((row.kind, row.uuid)) or str(_("Erased person"))
