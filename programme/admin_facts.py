"""Facts in the administration: looked at and, where that is the Foundation's, retracted. Nothing else."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.entry import Overtaken
from bydelsmoedre.personal import refuse_cpr
from programme.admin_base import ReachAdmin
from programme.admin_history import HistoryLine, Names, of_fact
from programme.admin_reach import kroner
from programme.facts import Fact

ALREADY = _("This was retracted already. Nothing was changed.")
SOME_ALREADY = _("Some of these were retracted already. Nothing was changed.")
REFUSED = _("The database refused this. Nothing was saved.")
DONE = _("Retracted. It no longer counts; what we knew before can still be shown.")

#: So many facts are retracted at once.
MOST_AT_ONCE = 200

DATES = ("happened_on", "started_on", "ended_on")
_COMMON = {field.name for field in Fact._meta.local_fields} | {"id", "period", *DATES}


def dated(name: str, label: Any) -> Any:
    """A column with a day of the fact; it says so where the day is not known."""

    @admin.display(description=label, ordering=name)
    def column(fact: Any) -> Any:
        return _("date unknown") if fact.is_date_unknown and name != "ended_on" else getattr(fact, name)

    column.__name__ = name
    return column


@admin.display(description=_("standing"), ordering="retracted_at")
def standing(fact: Fact) -> Any:
    """A column that says whether the fact holds."""
    return _("in force") if fact.is_current else _("retracted")


class RetractionForm(forms.Form):
    """Why the fact was wrong."""

    reason = forms.CharField(
        label=_("Why was it wrong?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text=_("The reason is kept. Nothing about a person's health, religion or origin."),
        validators=[refuse_cpr],
    )


class Stands(Exception):
    """Others rest on the fact; the message says which."""


class StandingFilter(admin.SimpleListFilter):
    """In force, or retracted."""

    title = _("standing")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("current", _("in force")), ("retracted", _("retracted"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "current":
            return queryset.current()
        return queryset.exclude(retracted_at=None) if self.value() == "retracted" else queryset


class FactAdmin(ReachAdmin):
    """Base of the facts' pages."""

    may_add = False
    may_change = False
    #: False for what is written about persons, which the Foundation reads.
    may_retract = True

    #: The list's columns before the dates.
    columns: Sequence[Any] = ("__str__",)

    form = forms.ModelForm
    actions = (*ReachAdmin.actions, "retract_selected")
    change_form_template = "admin/fact_form.html"
    list_filter: ClassVar[Any] = (StandingFilter,)

    def _names(self, wanted: Sequence[str]) -> list[str]:
        return [name for name in wanted if self._has_field(name)]

    @cached_property
    def days(self) -> list[Any]:
        """The columns with the fact's days; made once, since Django compares columns by identity."""
        columns: list[Any] = [self.opts.get_field(name) for name in self._names(DATES)]
        return [dated(column.name, column.verbose_name) for column in columns]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [*self.columns, *self.days, standing, "recorded_at"]

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return ["-" + self._names(("happened_on", "started_on"))[0]]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        own = [self._shown(field) for field in self.opts.fields if field.name not in _COMMON]
        shown = [
            (None, {"fields": [*own, *self._names(DATES), "is_date_unknown", "note", "evidence"]}),
            (_("Recording"), {"fields": ["recorded_at", "recorded_by"]}),
        ]
        if obj is not None and not obj.is_current:
            fields = ["retracted_at", "retracted_by", "retraction_reason"]
            shown.append((_("Retraction"), {"fields": fields}))
        return shown

    def _shown(self, field: models.Field) -> Any:
        return kroner(field.name, field.verbose_name) if field.name == "amount" else field.name

    def history_lines(self, obj: Any, names: Names) -> list[HistoryLine]:
        return of_fact(obj, names.rows_of(self.model), names)

    # --- Retracting

    def has_retract_permission(self, request: HttpRequest) -> bool:
        return self.model.is_retractable and self.may_retract and self.admin_site.has_permission(request)

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_retract"
        view = self.admin_site.admin_view(self.retract_view)
        return [path("<path:object_id>/traek-tilbage/", view, name=name), *super().get_urls()]

    def _address(self, fact: Fact, page: str) -> str:
        route = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(route, args=[quote(fact.pk)])

    def change_view(self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        fact = self.get_object(request, unquote(object_id))
        may = fact.is_current and self.has_retract_permission(request)
        extra = {"retract_url": self._address(fact, "retract") if may else "", **(extra_context or {})}
        return super().change_view(request, object_id, form_url, extra)

    def retract_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the reason, retract, and show the fact as it now stands."""
        fact = self.get_object(request, unquote(object_id))
        if not self.has_retract_permission(request):
            raise PermissionDenied
        form = RetractionForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            self._retract(request, [fact], form, already=ALREADY)
            return redirect(self._address(fact, "change"))
        if not fact.is_current:
            messages.error(request, ALREADY)
            return redirect(self._address(fact, "change"))
        return self._ask_for_reason(request, form, [fact], back_url=self._address(fact, "change"), subtitle=str(fact))

    @admin.action(description=_("Retract, with one reason"), permissions=["retract"])
    def retract_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Ask for the reason and retract all the selected facts, or none of them."""
        facts = list(queryset[: MOST_AT_ONCE + 1])
        if len(facts) > MOST_AT_ONCE:
            messages.error(request, _("Choose %(most)s at most.") % {"most": MOST_AT_ONCE})
            return None
        is_all = request.POST.get("select_across") == "1"
        chosen = {fact.pk for fact in facts if fact.is_current}
        if len(chosen) < len(facts) or not (is_all or _selected(request) == {str(key) for key in chosen}):
            messages.error(request, SOME_ALREADY)
            return None
        form = RetractionForm(request.POST if "reason" in request.POST else None)
        if not form.is_valid():
            told = {"back_url": request.get_full_path(), "subtitle": len(facts), "is_several": True}
            return self._ask_for_reason(request, form, facts, **told)
        self._retract(request, facts, form, already=SOME_ALREADY)
        return None

    def _ask_for_reason(
        self, request: HttpRequest, form: RetractionForm, facts: list[Any], **context: Any
    ) -> TemplateResponse:
        told = {"title": _("Retract"), "opts": self.opts, "facts": facts, "form": form, **context}
        return TemplateResponse(request, "admin/retract.html", {**self.admin_site.each_context(request), **told})

    def why_stands(self, fact: Any) -> str:
        """Why others rest on the fact, so that it is not retracted; "" where it can be."""
        return ""

    def _retract(self, request: Any, facts: list[Any], form: RetractionForm, *, already: Any) -> None:
        """All of them or none."""
        try:
            with transaction.atomic():
                for fact in facts:
                    self._check_stands(fact)
                    fact.retract(by=request.user, reason=form.cleaned_data["reason"])
        except Stands as stands:
            messages.error(request, str(stands))
        except Overtaken:
            messages.error(request, already)
        except IntegrityError:  # other facts rest on it, such as payments on a grant
            messages.error(request, REFUSED)
        else:
            messages.success(request, DONE)

    def _check_stands(self, fact: Any) -> None:
        if why := self.why_stands(fact):
            raise Stands(why)


def _selected(request: HttpRequest) -> set[str]:
    return set(request.POST.getlist(ACTION_CHECKBOX_NAME))
