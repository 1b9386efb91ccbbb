from django.urls import path

from training import views

app_name = "training"

urlpatterns = [
    path("uddannelse/bevis/<uuid:uuid>/", views.certificate, name="certificate"),
]
