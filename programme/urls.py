from django.urls import path

from programme.views import agreements, choosing, criteria, deputies, documents, effects, meetings, risks, workplan

app_name = "programme"

urlpatterns = [
    path("indsatser/<uuid:uuid>/vaelg/", choosing.choose, name="choose"),
    path("indstillinger/stedfortraeder/", deputies.deputies, name="deputies"),
    path("indstillinger/stedfortraeder/ny/", deputies.name_deputy, name="deputy_new"),
    path("indstillinger/stedfortraeder/<uuid:uuid>/slut/", deputies.end_deputy, name="deputy_end"),
    path("dokumenter/<uuid:uuid>/vedtagelse/", documents.adoption, name="adoption"),
    path("dokumenter/<uuid:uuid>/version/", documents.version, name="version"),
    path("aftaler/<uuid:uuid>/underskrift/", agreements.signature, name="signature"),
    path("aftaler/<uuid:uuid>/part/", agreements.party, name="party"),
    path("aftaler/<uuid:uuid>/periode/", agreements.term, name="term"),
    path("maal/nyt/", criteria.new_criterion, name="criterion_new"),
    path("maal/<uuid:uuid>/regel/", criteria.new_rule, name="rule"),
    path("maal/regel/<uuid:uuid>/accept/", criteria.accept_rule, name="rule_accepted"),
    path("moeder/nyt/", meetings.create, name="meeting_new"),
    path("moeder/<uuid:uuid>/ret/", meetings.edit, name="meeting_edit"),
    path("moeder/<uuid:uuid>/afholdt/", meetings.held, name="meeting_held"),
    path("moeder/<uuid:uuid>/referat/", meetings.minutes, name="minutes"),
    path("moeder/<uuid:uuid>/beslutning/", meetings.decision, name="decision"),
    path("moeder/<uuid:uuid>/opgave/", meetings.action_point, name="action_point"),
    path("moeder/opgaver/<uuid:uuid>/ret/", meetings.action_edit, name="action_edit"),
    path("moeder/opgaver/<uuid:uuid>/udfoert/", meetings.action_done, name="action_done"),
    path("maal-og-aftaler/effektmaal/<uuid:uuid>/maal/", effects.target, name="target"),
    path("maal-og-aftaler/effektmaal/maal/<uuid:uuid>/ret/", effects.target_edit, name="target_edit"),
    path("maal-og-aftaler/effektmaal/<uuid:uuid>/maaling/", effects.measure, name="measure"),
    path("maal-og-aftaler/effektmaal/maaling/<uuid:uuid>/ret/", effects.correct, name="measurement_edit"),
    path("maal-og-aftaler/risici/ny/", risks.create, name="risk_new"),
    path("maal-og-aftaler/risici/<uuid:uuid>/ret/", risks.edit, name="risk_edit"),
    path("indstillinger/arbejdsplan/ny/", workplan.create, name="milestone_new"),
    path("indstillinger/arbejdsplan/<uuid:uuid>/ret/", workplan.edit, name="milestone_edit"),
    path("indstillinger/arbejdsplan/<uuid:uuid>/naaet/", workplan.reached, name="milestone_reached"),
]
