from django.urls import path

from budget.views import funding, ledger, outlays, periods, reallocation, scenario_pages, scenarios, vouchers

app_name = "budget"

urlpatterns = [
    path("oekonomi/bilag/nyt/", vouchers.post, name="post"),
    path("oekonomi/bilag/<uuid:uuid>/ret/", vouchers.correct, name="correct"),
    path("oekonomi/kladder/", vouchers.waiting, name="waiting"),
    path("oekonomi/kladder/<uuid:uuid>/", vouchers.voucher, name="voucher"),
    path("oekonomi/kladder/<uuid:uuid>/fil/", vouchers.voucher_file, name="voucher_file"),
    path("oekonomi/kladder/<uuid:uuid>/ret/", vouchers.edit_voucher, name="edit_voucher"),
    path("oekonomi/kladder/<uuid:uuid>/slet/", vouchers.delete_voucher, name="delete_voucher"),
    path("oekonomi/kladder/<uuid:uuid>/send-tilbage/", vouchers.send_voucher_back, name="send_voucher_back"),
    path("oekonomi/udlaeg/", outlays.outlays, name="outlays"),
    path("oekonomi/udlaeg/<uuid:uuid>/", outlays.outlay, name="outlay"),
    path("oekonomi/udlaeg/<uuid:uuid>/fil/", outlays.outlay_file, name="outlay_file"),
    path("oekonomi/udlaeg/<uuid:uuid>/bilag/", outlays.take_outlay, name="take_outlay"),
    path("oekonomi/udlaeg/<uuid:uuid>/afslaa/", outlays.refuse_outlay, name="refuse_outlay"),
    path("oekonomi/udlaeg/<uuid:uuid>/betalt/", outlays.pay_outlay, name="pay_outlay"),
    path("foreninger/<uuid:uuid>/udlaeg/", outlays.new_outlay, name="new_outlay"),
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
