"""Addresses: Danish paths. The composition root: where a page of one app shows figures of several, they meet here."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

import accounts.urls
import associations.urls
import budget.urls
import programme.urls
import reports.urls
import training.urls
import volunteers.urls

volunteer_pages = [*reports.urls.volunteer_pages, *training.urls.volunteer_pages, *volunteers.urls.urlpatterns]

urlpatterns = [
    path("", include(reports.urls)),
    path("", include(([*reports.urls.programme_pages, *programme.urls.urlpatterns], "programme"))),
    path("", include(([*reports.urls.association_pages, *associations.urls.urlpatterns], "associations"))),
    path("", include((volunteer_pages, "volunteers"))),
    path("", include(([*reports.urls.training_pages, *training.urls.urlpatterns], "training"))),
    path("", include(([*reports.urls.budget_pages, *budget.urls.urlpatterns], "budget"))),
    path("", include(accounts.urls)),
    path("sprog/", login_not_required(set_language), name="set_language"),
    path("admin/", admin.site.urls),
]
