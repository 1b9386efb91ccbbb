"""The administration's site: the same login as the pages, open to the Foundation and nobody else."""

from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from programme.access import Role, Standing

#: Django's own pages that are not ours: passwords are not set here, and the way to a row's page through any
#: content type and key would tell of rows in other programmes.
LEFT_OUT = {"password_change", "password_change_done", "view_on_site"}


class ProgrammeAdminSite(AdminSite):
    """All data of the programmes in which somebody is the Foundation."""

    site_header = _("Bydelsmødre – administration")
    site_title = _("Administration")
    index_title = _("All data")

    def __init__(self, name: str = "admin") -> None:
        """Rows are deleted one by one, on their own pages."""
        super().__init__(name)
        self.disable_action("delete_selected")

    def has_permission(self, request: HttpRequest) -> bool:
        """The Foundation and superusers; the role is looked up once for each request."""
        user: Any = request.user
        if not user.is_active:
            return False
        standing = getattr(request, "standing", None) or Standing(user)
        return user.is_superuser or any(grant.role == Role.FOUNDATION for grant in standing.grants)

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Django's groups are not used: roles are grants in the programme."""
        given: Any = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        wanted = [model for model in given if model._meta.app_label != "auth"]
        super().register(wanted, admin_class, **options)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Whoever is logged in without the role is refused, not sent to log in again."""
        inner = super().admin_view(view, cacheable)

        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return inner(request, *args, **kwargs)

        return update_wrapper(door, inner)

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one login, on the site; here is only the way to it."""
        index = reverse("admin:index", current_app=self.name)
        if self.has_permission(request):
            return redirect(index)
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or index)

    def get_urls(self) -> list[Any]:
        return [one for one in super().get_urls() if getattr(one, "name", None) not in LEFT_OUT]
