from django.urls import path

from training import views

app_name = "training"

urlpatterns = [
    path("uddannelse/hold/nyt/", views.create, name="create"),
    path("uddannelse/hold/<uuid:uuid>/ret/", views.edit, name="edit"),
    path("uddannelse/hold/<uuid:uuid>/kursusgang/", views.add_session, name="add_session"),
    path("uddannelse/hold/<uuid:uuid>/tilmeld/", views.enrol, name="enrol"),
    path("uddannelse/kursusgang/<uuid:uuid>/ret/", views.edit_session, name="edit_session"),
    path("uddannelse/kursusgang/<uuid:uuid>/fremmoede/", views.attendance, name="attendance"),
    path("uddannelse/kursusgang/<uuid:uuid>/velkomst/", views.welcome, name="welcome"),
    path("uddannelse/kursusgang/<uuid:uuid>/velkomst.pdf", views.welcome_sheet, name="welcome_sheet"),
    path("uddannelse/deltagelse/<uuid:uuid>/plads/", views.seat, name="seat"),
    path("uddannelse/deltagelse/<uuid:uuid>/afslut/", views.end_participation, name="end_participation"),
    path("uddannelse/bevis/<uuid:uuid>/", views.certificate, name="certificate"),
]

#: Pages of a volunteer that ask what she has learnt: named with hers.
volunteer_pages = [
    path("frivillige/<uuid:uuid>/rolle/", views.membership, name="membership"),
]
