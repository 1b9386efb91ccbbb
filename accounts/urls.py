from django.contrib.auth.views import LogoutView
from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("konto/log-ind/", views.LoginView.as_view(), name="login"),
    path("konto/log-ud/", LogoutView.as_view(), name="logout"),
]
