"""The public page that says whether a number on a diploma or a course certificate is valid."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bydelsmoedre.moment import today
from programme.limits import address_of, is_too_often
from programme.models import Programme
from training.forms import NumberForm
from training.verifying import verified

#: So many numbers an hour from one address: a pile of papers, but no hunt for numbers.
FROM_ONE = 60


@login_not_required
@never_cache
@require_safe
def check(request: HttpRequest, number: str = "") -> HttpResponse:
    """Ask for a number; tell of the one in the address, in which it is shown as it is stored."""
    given = number or request.GET.get("nummer")
    form = NumberForm(None if given is None else {"nummer": given})
    if not form.is_valid():
        return _page(request, form)
    if number != (bare := form.cleaned_data["nummer"]):
        return redirect(reverse("training:check", args=[bare]))
    if _is_limited(request):
        return _page(request, form, status=429, is_limited=True)
    return _page(request, NumberForm(), asked=form.printed, found=verified(bare, today()))


def _is_limited(request: HttpRequest) -> bool:
    """The number itself does not say whose programme it is of: attempts are counted with the first."""
    programme = Programme.objects.order_by("pk").first()
    return programme is not None and is_too_often(programme, "certificate", address_of(request), most=FROM_ONE)


def _page(request: HttpRequest, form: NumberForm, status: int = 200, **told: object) -> HttpResponse:
    context = {"form": form, "asked": "", "found": None, "is_limited": False} | told
    answer = render(request, "training/check.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
