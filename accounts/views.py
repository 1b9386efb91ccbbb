"""Logging in and out."""

from typing import Any

from django.conf import settings
from django.contrib.auth import views

from accounts.demo import LOGINS, PASSWORD


class LoginView(views.LoginView):
    """E-mail and password; the answer is the same for a known and an unknown address."""

    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = settings.DEMO or settings.DEBUG
        logins = [(login.role, login.email, PASSWORD) for login in LOGINS] if shown else None
        return super().get_context_data(**kwargs) | {"demo_logins": logins}
