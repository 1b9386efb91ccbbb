from django.urls import path

from programme import views

app_name = "programme"

urlpatterns = [
    path("dokumenter/<uuid:uuid>/vedtagelse/", views.adoption, name="adoption"),
    path("aftaler/<uuid:uuid>/underskrift/", views.signature, name="signature"),
]
