"""A page with one form: fetch, form, call, respond.

Written once, so that every entry keeps what was typed, saves all or nothing, and answers the same way.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import Error, IntegrityError, transaction
from django.db.models.fields import BLANK_CHOICE_DASH
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from bydelsmoedre.fields import keep_what_was_typed, refuse_cpr_in
from bydelsmoedre.languages import LANGUAGES
from bydelsmoedre.sorting import danish_key


class Overtaken(Exception):
    """Somebody else was faster, so that this cannot be saved any more."""


class OneTapForm(forms.Form):
    """Nothing is asked: what is done is one tap."""


class EntryForm(forms.ModelForm):
    """A model form whose constraints speak: also those on columns that the page itself has set (`given`), and beside
    the field that the constraint's code names."""

    #: Columns that the page sets; the database's constraints on them are checked with the rest.
    given: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
                choices: Any = field.choices
                named = [
                    (value, _("Choose") if label == BLANK_CHOICE_DASH[0][1] else label) for value, label in choices
                ]
                field.choices = [(value, capfirst(str(label))) for value, label in in_danish_order(named)]

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - set(self.given)  # type: ignore[misc]  # Django's own, which its stubs leave out

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # the same
        for error in self.non_field_errors().as_data():
            if error.code in self.fields:
                self.errors[NON_FIELD_ERRORS].data.remove(error)
                self.add_error(error.code, error)
        if NON_FIELD_ERRORS in self.errors and not self.errors[NON_FIELD_ERRORS]:
            del self.errors[NON_FIELD_ERRORS]


def in_danish_order(choices: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Languages by their names, after what stands for none; other choices have an order of their own."""
    if {value for value, _label in choices if value} != set(dict(LANGUAGES)):
        return choices
    return sorted(choices, key=lambda choice: (bool(choice[0]), danish_key(str(choice[1]))))


def back_to(request: HttpRequest, default: str) -> str:
    """Where a form was opened from, if that is a page of ours; else `default`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours and wanted.startswith("/") else default


def here(request: HttpRequest) -> str:
    """The address of this page, for a form to lead back to; without where this page itself leads back to."""
    kept = request.GET.copy()
    kept.pop("next", None)
    return f"{request.path}?{kept.urlencode()}" if kept else request.path


def enter(
    request: HttpRequest,
    make_form: Callable[..., forms.BaseForm],
    *,
    save: Callable[[Any], Any],
    title: str,
    back_url: str,
    intro: str = "",
    submit_label: str = "",
    template: str = "form.html",
    done_url: Callable[[Any], str] | None = None,
    success: str | Callable[[Any], str] = "",
    **context: Any,
) -> HttpResponse:
    """Show the form; save what is valid and go back (or to `done_url` of what was saved), saying `success` (or what it
    says of that); else show it again with what was typed."""
    form: Any = make_form(request.POST, request.FILES) if request.method == "POST" else make_form()
    back_url = back_to(request, back_url)
    if request.method == "POST" and (saved := saved_by(form, save)):
        said = success(saved.result) if callable(success) else success
        messages.success(request, said or _("Saved."))
        if notice := getattr(form, "notice", ""):
            messages.info(request, notice)
        return redirect(back_to(request, done_url(saved.result) if done_url else back_url))
    keep_what_was_typed(form)
    return render(
        request,
        template,
        {
            "form": form,
            "title": title,
            "intro": intro,
            "submit_label": submit_label or _("Save"),
            "back_url": back_url,
            "difference": getattr(form, "difference", None),
            **context,
        },
    )


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving gave."""

    result: Any


def saved_by(form: Any, save: Callable[[Any], Any]) -> Saved | None:
    """Validate and save in one transaction; what the database still refuses becomes an error of the form."""
    try:
        with _all_or_nothing(form):
            return Saved(save(form)) if _is_valid(form) else None
    except (IntegrityError, Overtaken):
        form.add_error(None, _("Somebody has recorded or retracted the same meanwhile. Nothing was saved."))
    except Error as error:
        if _class_of(error) == "40":  # two at once: PostgreSQL let the other one through
            form.add_error(None, _("Somebody has recorded or retracted the same meanwhile. Nothing was saved."))
            return None
        if _class_of(error) not in ("22", "23"):
            raise
        form.add_error(None, _("The database refused this. Nothing was saved."))
    return None


def _is_valid(form: Any) -> bool:
    """No form takes a CPR number, whatever it is about."""
    form.is_valid()
    if form.is_bound:
        refuse_cpr_in(form)
    return bool(form.is_valid())


@contextmanager
def _all_or_nothing(form: Any) -> Iterator[None]:
    """One transaction; where it fails, the form is told, so that it can undo what no database rolls back."""
    try:
        with transaction.atomic():
            yield
    except BaseException:
        if undo := getattr(form, "rolled_back", None):
            undo()
        raise


def _class_of(error: Error) -> str:
    """The class of PostgreSQL's error code: 22 and 23 refuse the data, 40 is a clash of two transactions."""
    return str(getattr(error.__cause__, "sqlstate", "") or "")[:2]
