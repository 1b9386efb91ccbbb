from django.urls import path

from volunteers import views

app_name = "volunteers"

urlpatterns = [
    path("frivillige/ny/", views.create, name="create"),
    path("frivillige/<uuid:uuid>/ret/", views.edit, name="edit"),
    path("frivillige/<uuid:uuid>/rolle/", views.membership, name="membership"),
    path("frivillige/rolle/<uuid:uuid>/afslut/", views.end_membership, name="end_membership"),
]
