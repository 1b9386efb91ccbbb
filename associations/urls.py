from django.urls import path

from associations import listing_views, prospect_views, views

app_name = "associations"

urlpatterns = [
    path("foreninger/ny/", views.create, name="create"),
    path("foreninger/<uuid:uuid>/ret/", views.edit, name="edit"),
    path("foreninger/<uuid:uuid>/trin/<slug:kind>/", views.step, name="step"),
    path("foreninger/<uuid:uuid>/plan/<slug:kind>/", views.plan, name="plan"),
    path("foreninger/<uuid:uuid>/luk/", views.close, name="close"),
    path("foreninger/eget-regi/", prospect_views.own_regime, name="own_regime"),
    path("foreninger/boligomraader/liste/", listing_views.area_listing, name="area_listing"),
    path("foreninger/mulighed/ny/", prospect_views.create, name="new_prospect"),
    path("foreninger/mulighed/<uuid:uuid>/", prospect_views.edit, name="prospect"),
    path("foreninger/mulighed/<uuid:uuid>/forening/", prospect_views.form_association, name="form"),
    path("foreninger/mulighed/<uuid:uuid>/opgiv/", prospect_views.give_up, name="give_up"),
    path("foreninger/<uuid:uuid>/skabelon/<slug:kind>.<slug:form>", views.pack, name="pack"),
    path("foreninger/<uuid:uuid>/vedtagelse/", views.adopt, name="adopt"),
]
