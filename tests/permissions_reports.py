"""Who may open which door of the progress reports and what is around them; columns as `permissions.COLUMNS`."""

REPORTS = """
reports:verify                   200/200    200/200      200/200     200/200     200/200  200/200    200/200  200/200
reports:verify_code              200/405    200/405      200/405     200/405     200/405  200/405    200/405  200/405
reports:verify_content           200/405    200/405      200/405     200/405     200/405  200/405    200/405  200/405
reports:share                   login      200/200      200/200     403/403     404/404  404/404    404/404  login
reports:unshare                 login      200/302      200/302     404/404     404/404  404/404    404/404  login
reports:shared                  200/405    200/405      200/405     200/405     200/405  200/405    200/405  200/405
reports:shared_paper            200/405    200/405      200/405     200/405     200/405  200/405    200/405  200/405
reports:reports                 login      200/405      200/405     200/405     403/405  403/405    200/405  login
reports:report_new              login      200/200      403/403     403/403     403/403  403/403    200/200  login
reports:report                  login      200/405      200/405     404/405     404/405  404/405    404/405  login
reports:report_edit             login      200/200      403/403     404/404     404/404  404/404    404/404  login
reports:report_preview          login      200/405      200/405     404/405     404/405  404/405    404/405  login
reports:section                 login      200/200      403/403     404/404     404/404  404/404    404/404  login
reports:approve                 login      403/403      200/200     404/404     404/404  404/404    404/404  login
reports:schedule_new            login      200/200      403/403     403/403     403/403  403/403    200/200  login
reports:schedule_edit           login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:schedule_open           login      302/405      403/405     403/405     404/405  404/405    404/405  login
reports:frozen                  login      200/405      200/405     200/405     404/405  404/405    404/405  login
reports:frozen_send             login      200/302      403/403     404/404     404/404  404/404    404/404  login
reports:frozen_remind           login      405/302      405/403     405/403     405/404  405/404    405/404  login
reports:frozen_receive          login      405/403      405/403     405/302     405/404  405/404    405/404  login
reports:frozen_accept           login      403/403      403/403     200/302     404/404  404/404    404/404  login
reports:frozen_return           login      403/403      403/403     200/200     404/404  404/404    404/404  login
reports:frozen_ask              login      403/403      403/403     200/200     404/404  404/404    404/404  login
reports:annex                   login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:annex_pdf               login      200/405      200/405     200/405     404/405  404/405    404/405  login
reports:annex_docx              login      200/405      200/405     200/405     404/405  404/405    404/405  login
reports:committee               login      200/200      403/403     200/200     404/404  404/404    404/404  login
reports:compare_reports         login      200/405      200/405     200/405     403/405  403/405    200/405  login
reports:retract udvalgsbeslutning login    200/200      403/403     200/200     404/404  404/404    404/404  login
reports:report_file             login      200/405      200/405     200/405     404/405  404/405    404/405  login
reports:frozen_journal          login      403/403      403/403     200/200     404/404  404/404    404/404  login
reports:journal_zip             login      200/405      200/405     200/405     404/405  404/405    404/405  login
reports:report_schema           200/405    200/405      200/405     200/405     200/405  200/405    200/405  200/405
reports:answer                  login      200/200      200/200     403/403     404/404  404/404    404/404  login
reports:checks                  login      200/405      200/405     403/405     403/405  403/405    200/405  login
reports:check                   login      403/403      200/200     403/403     404/404  404/404    404/404  login
reports:spot_check              login      200/405      200/405     403/405     404/405  404/405    404/405  login
reports:spot_result             login      403/403      200/200     403/403     404/404  404/404    404/404  login
reports:ask_spot_check          login      403/403      403/403     200/200     404/404  404/404    404/404  login
reports:retract dokumentationskontrol login 403/403     200/200     404/404     404/404  404/404    404/404  login
reports:retract stikproevesvar  login      403/403      200/200     404/404     404/404  404/404    404/404  login
reports:invitations             login      403/403      200/200     403/403     403/403  403/403    403/403  login
reports:invite_again            login      405/403      405/302     405/404     405/404  405/404    405/404  login
reports:withdraw_invitation     login      405/403      405/302     405/404     405/404  405/404    405/404  login
reports:accept_invitation       200/200    200/200      200/200     200/200     200/200  200/200    200/200  200/200
"""
