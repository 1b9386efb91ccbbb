"""The yardstick: the plainest logged-in Django page with a table of 50 rows, one query, no layout."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from volunteers.models import Volunteer

MIDDLEWARE = [
    "reports.benchmark.bare.own_addresses",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def own_addresses(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the addresses are this module's."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__
        return get_response(request)

    return answer


TABLE = Engine().from_string(
    "<!DOCTYPE html><title>Table</title><p>{{ user.email }}</p><table>"
    "<tr><th>Name<th>E-mail<th>Phone<th>Key<th>Erased</tr>"
    "{% for row in rows %}<tr><td>{{ row.name }}<td>{{ row.email }}<td>{{ row.phone }}<td>{{ row.uuid }}"
    "<td>{{ row.erased_at }}</tr>{% endfor %}</table>"
)


def table(request: HttpRequest) -> HttpResponse:
    """Fifty rows of five columns."""
    rows = Volunteer.objects.order_by("pk")[:50]
    return HttpResponse(TABLE.render(Context({"rows": rows, "user": request.user})))


urlpatterns = [path("bare/", table)]
