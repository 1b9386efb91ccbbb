from django.urls import path

from budget.views import funding, ledger, periods, reallocation, scenario_pages, scenarios

app_name = "budget"

urlpatterns = [
    path("oekonomi/bilag/nyt/", ledger.post, name="post"),
    path("oekonomi/bilag/<uuid:uuid>/tilbagefoer/", ledger.reverse, name="reverse"),
    path("oekonomi/maaneder/", periods.months, name="months"),
    path("oekonomi/budget/<uuid:uuid>/maaned/<int:number>/luk/", periods.close_month, name="close_month"),
    path("oekonomi/maaned/<uuid:uuid>/aabn/", periods.reopen_month, name="reopen_month"),
    path("oekonomi/hold/<uuid:uuid>/post/", ledger.course_line, name="course_line"),
    path("oekonomi/disponering/ny/", ledger.commit, name="commit"),
    path("oekonomi/disponering/<uuid:uuid>/afslut/", ledger.end_commitment, name="end_commitment"),
    path("oekonomi/budget/<uuid:uuid>/finansiering/", funding.fund, name="fund"),
    path("oekonomi/budget/<uuid:uuid>/godkendelse/", funding.approve, name="approve"),
    path("oekonomi/budget/<uuid:uuid>/rate/", funding.instalment, name="instalment"),
    path("oekonomi/rate/<uuid:uuid>/", funding.edit_instalment, name="edit_instalment"),
    path("oekonomi/rate/<uuid:uuid>/slet/", funding.delete_instalment, name="delete_instalment"),
    path("oekonomi/budget/<uuid:uuid>/omdisponering/", reallocation.reallocate, name="reallocate"),
    path("oekonomi/omdisponering/<uuid:uuid>/svar/", reallocation.decide, name="reallocation_decision"),
    path("oekonomi/efter-2011/", scenario_pages.scenario_list, name="scenarios"),
    path("oekonomi/efter-2011/sammenlign/", scenario_pages.compare, name="compare_scenarios"),
    path("oekonomi/efter-2011/nyt/", scenarios.create, name="new_scenario"),
    path("oekonomi/efter-2011/<uuid:uuid>/", scenario_pages.scenario, name="scenario"),
    path("oekonomi/efter-2011/<uuid:uuid>/ret/", scenarios.edit, name="edit_scenario"),
    path("oekonomi/efter-2011/<uuid:uuid>/kasser/", scenarios.throw_away, name="discard_scenario"),
    path("oekonomi/efter-2011/<uuid:uuid>/forankring/", scenarios.anchor, name="anchor_scenario"),
]
