from django.urls import path

from associations import views

app_name = "associations"

urlpatterns = [
    path("foreninger/ny/", views.create, name="create"),
    path("foreninger/<uuid:uuid>/ret/", views.edit, name="edit"),
    path("foreninger/<uuid:uuid>/trin/<slug:kind>/", views.step, name="step"),
    path("foreninger/<uuid:uuid>/plan/<slug:kind>/", views.plan, name="plan"),
    path("foreninger/<uuid:uuid>/vedtagelse/", views.adopt, name="adopt"),
    path("foreninger/mulighed/<uuid:uuid>/", views.prospect, name="prospect"),
]
