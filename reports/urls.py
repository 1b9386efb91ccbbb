from django.urls import path

from reports.views.associations import association_detail, association_list
from reports.views.criterion import criterion
from reports.views.dashboard import dashboard
from reports.views.retraction import retract
from reports.views.volunteers import volunteer_detail, volunteer_list

app_name = "reports"

urlpatterns = [
    path("", dashboard, name="dashboard"),
    path("maal/<uuid:uuid>/", criterion, name="criterion"),
    path("traek-tilbage/<slug:kind>/<uuid:uuid>/", retract, name="retract"),
]

#: Pages of other apps' objects that show figures and facts of several apps: composed here, named there.
association_pages = [
    path("foreninger/", association_list, name="list"),
    path("foreninger/<uuid:uuid>/", association_detail, name="detail"),
]
volunteer_pages = [
    path("frivillige/", volunteer_list, name="list"),
    path("frivillige/<uuid:uuid>/", volunteer_detail, name="detail"),
]
