from django.urls import path

from training import views

app_name = "training"

urlpatterns = [
    path("uddannelse/uddannelser/ny/", views.create_curriculum, name="create_curriculum"),
    path("uddannelse/uddannelser/<uuid:uuid>/kladde/", views.draft, name="draft"),
    path("uddannelse/uddannelser/<uuid:uuid>/anerkend/", views.cover, name="cover"),
    path("uddannelse/kladde/<uuid:uuid>/", views.edit_draft, name="edit_draft"),
    path("uddannelse/kladde/<uuid:uuid>/vedtag/", views.adopt_draft, name="adopt_draft"),
    path("uddannelse/kladde/<uuid:uuid>/kasser/", views.discard_draft, name="discard_draft"),
    path("uddannelse/uddannelser/<uuid:uuid>/materialer/", views.materials, name="materials"),
    path("uddannelse/uddannelser/<uuid:uuid>/materialer/nyt/", views.add_material, name="add_material"),
    path("uddannelse/materiale/<uuid:uuid>/", views.material_file, name="material_file"),
    path("uddannelse/materiale/<uuid:uuid>/traek-tilbage/", views.withdraw_material, name="withdraw_material"),
    path("uddannelse/hold/<uuid:uuid>/evaluering/", views.evaluation, name="evaluation"),
    path("uddannelse/hold/<uuid:uuid>/evaluering/kommentarer/", views.remove_comments, name="evaluation_comments"),
    path("evaluering/<str:token>/", views.evaluate, name="evaluate"),
    path("uddannelse/supervision/", views.supervisions, name="supervisions"),
    path("uddannelse/supervision/ny/", views.new_supervision, name="new_supervision"),
    path("uddannelse/supervision/<uuid:uuid>/", views.supervision, name="supervision"),
    path("uddannelse/supervision/<uuid:uuid>/ret/", views.edit_supervision, name="edit_supervision"),
    path("uddannelse/undervisere/", views.teachers, name="teachers"),
    path("uddannelse/undervisere/ny/", views.create_teacher, name="create_teacher"),
    path("uddannelse/undervisere/<uuid:uuid>/", views.edit_teacher, name="edit_teacher"),
    path("uddannelse/hold/nyt/", views.create, name="create"),
    path("uddannelse/hold/<uuid:uuid>/ret/", views.edit, name="edit"),
    path("uddannelse/hold/<uuid:uuid>/kursusgang/", views.add_session, name="add_session"),
    path("uddannelse/hold/<uuid:uuid>/tilmeld/", views.enrol, name="enrol"),
    path("uddannelse/kursusgang/<uuid:uuid>/ret/", views.edit_session, name="edit_session"),
    path("uddannelse/kursusgang/<uuid:uuid>/fremmoede/", views.attendance, name="attendance"),
    path("uddannelse/kursusgang/<uuid:uuid>/velkomst/", views.welcome, name="welcome"),
    path("uddannelse/kursusgang/<uuid:uuid>/velkomst.pdf", views.welcome_sheet, name="welcome_sheet"),
    path("uddannelse/deltagelse/<uuid:uuid>/plads/", views.seat, name="seat"),
    path("uddannelse/deltagelse/<uuid:uuid>/flyt/", views.transfer, name="transfer"),
    path("uddannelse/deltagelse/<uuid:uuid>/afslut/", views.end_participation, name="end_participation"),
    path("uddannelse/bevis/<uuid:uuid>/", views.certificate, name="certificate"),
    path("uddannelse/bevis/<uuid:uuid>/nyt-papir/", views.new_paper, name="new_paper"),
    path("uddannelse/bevis/<uuid:uuid>/papir.pdf", views.diploma, name="diploma"),
    path("uddannelse/bevis/<uuid:uuid>/papir-<slug:language>.pdf", views.diploma, name="diploma_in"),
    path("bevis/", views.check, name="check_form"),
    path("bevis/<str:number>/", views.check, name="check"),
]

#: Pages of a volunteer that ask what she has learnt: named with hers.
volunteer_pages = [
    path("frivillige/<uuid:uuid>/rolle/", views.membership, name="membership"),
]
