"""Logging in and out."""

from typing import Any

from django.conf import settings
from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.demo import LOGINS, PASSWORD


class LoginForm(AuthenticationForm):
    """E-mail and password."""

    error_messages = AuthenticationForm.error_messages | {"invalid_login": _("E-mail or password is wrong.")}


class LoginView(views.LoginView):
    """E-mail and password; the answer is the same for a known and an unknown address."""

    template_name = "accounts/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Logging in overwrites when she was last here: the session keeps it, so that pages can tell what is new."""
        before = form.get_user().last_login
        answer = super().form_valid(form)
        if before:
            self.request.session["last_visit"] = before.isoformat()
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = settings.DEMO or settings.DEBUG
        logins = [(login.role, login.email, PASSWORD) for login in LOGINS] if shown else None
        return super().get_context_data(**kwargs) | {"demo_logins": logins}
