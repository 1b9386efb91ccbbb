from django.urls import path

from volunteers.views import board, conversations, declarations, gatherings, imports, people, recruitment

app_name = "volunteers"

urlpatterns = [
    path("frivillige/ny/", people.create, name="create"),
    path("frivillige/import/", imports.upload, name="import"),
    path("frivillige/import/skabelon.<slug:kind>", imports.template, name="import_template"),
    path("frivillige/import/<uuid:uuid>/", imports.detail, name="import_detail"),
    path("frivillige/import/<uuid:uuid>/begynd/", imports.begin, name="import_begin"),
    path("frivillige/import/<uuid:uuid>/slet/", imports.discard, name="import_discard"),
    path("frivillige/import/<uuid:uuid>/afvist.csv", imports.rejected, name="import_rejected"),
    path("frivillige/<uuid:uuid>/ret/", people.edit, name="edit"),
    path("frivillige/<uuid:uuid>/rolle/", people.membership, name="membership"),
    path("frivillige/rolle/<uuid:uuid>/afslut/", people.end_membership, name="end_membership"),
    path("frivillige/<uuid:uuid>/ansoegning/", recruitment.candidacy, name="candidacy"),
    path("frivillige/ansoegning/<uuid:uuid>/trin/<slug:stage>/", recruitment.stage, name="stage"),
    path("frivillige/ansoegning/<uuid:uuid>/vurdering/", recruitment.assessment, name="assessment"),
    path("frivillige/<uuid:uuid>/tidligere-loennet/", recruitment.transition, name="transition"),
    path("frivillige/tidligere-loennet/<uuid:uuid>/svar/", recruitment.answer, name="answer"),
    path("frivillige/<uuid:uuid>/sprog/", declarations.language, name="language"),
    path("frivillige/<uuid:uuid>/erklaeringer/", declarations.declaration, name="declaration"),
    path("frivillige/erklaering/<uuid:uuid>/tilbagekald/", declarations.withdraw_photos, name="withdraw_photos"),
    path("foreninger/<uuid:uuid>/samtale/", conversations.converse, name="converse"),
    path("foreninger/<uuid:uuid>/moeder/nyt/", gatherings.plan, name="gathering_new"),
    path("foreninger/<uuid:uuid>/moeder/holdt/", gatherings.unplanned, name="gathering_unplanned"),
    path("foreninger/<uuid:uuid>/moeder/holdt-i-dag/", gatherings.hold_today, name="gathering_today"),
    path("foreninger/moeder/<uuid:uuid>/ret/", gatherings.edit, name="gathering_edit"),
    path("foreninger/moeder/<uuid:uuid>/holdt/", gatherings.held, name="gathering_held"),
    path("foreninger/moeder/<uuid:uuid>/referat/", gatherings.minutes, name="gathering_minutes"),
    path("foreninger/moeder/<uuid:uuid>/fremmoede/", gatherings.presence, name="presence"),
    path("foreninger/<uuid:uuid>/valg/", board.elect, name="elect"),
]
