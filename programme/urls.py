from django.urls import path

from programme import views

app_name = "programme"

urlpatterns = [
    path("indsatser/<uuid:uuid>/vaelg/", views.choose, name="choose"),
    path("dokumenter/<uuid:uuid>/vedtagelse/", views.adoption, name="adoption"),
    path("aftaler/<uuid:uuid>/underskrift/", views.signature, name="signature"),
]
