"""Who may open which door: every address × role × method → the status expected. A test walks all addresses of the
site and fails where one is not written down here. The administration has one rule: only the Foundation gets in.

Each cell is GET/POST, or one word for both; a POST is sent without data, so that whoever may is told what is
missing (200).

    login   sent to log in (302)            403   it exists for her, but is not hers to change
    302     sent on                         404   does not exist for her
    405     not a method of that page
"""

from tests.permissions_reports import REPORTS

#: `local` reaches the association and one in formation; `local_elsewhere` another association of the programme;
#: `twin_secretariat` is the secretariat of another programme; `disabled` was the secretariat until a moment ago.
COLUMNS = (
    "anonymous",
    "secretariat",
    "foundation",
    "caseworker",
    "local",
    "local_elsewhere",
    "twin_secretariat",
    "disabled",
)

#: Doors that give a file instead of a page.
FILES = (
    "reports:evidence",
    "associations:pack",
    "volunteers:access_file",
    "volunteers:import_template",
    "volunteers:import_rejected",
    "training:welcome_sheet",
    "training:diploma",
    "training:diploma_in",
    "training:material_file",
    "reports:calendar_file",
    "reports:verify_content",
    "reports:shared_paper",
    "budget:voucher_file",
    "budget:outlay_file",
    "programme:agenda_file",
    "programme:minutes_file",
    "reports:annex_pdf",
    "reports:annex_docx",
    "reports:report_file",
    "reports:journal_zip",
    "reports:report_schema",
)

MATRIX = """
                                anonymous  secretariat  foundation  caseworker  local    elsewhere  twin     disabled
accounts:login                  200/200    302/302      302/302     302/302     302/302  302/302    302/302  200/200
accounts:logout                 login      405/302      405/302     405/302     405/302  405/302    405/302  login
set_language                    302/302    302/302      302/302     302/302     302/302  302/302    302/302  302/302

reports:dashboard               login      200/405      200/405     200/405     302/405  302/405    200/405  login
reports:search                  login      200/405      200/405     200/405     200/405  200/405    200/405  login
reports:today                   login      200/405      200/405     403/405     200/405  200/405    200/405  login
reports:deferred                login      200/405      200/405     403/405     200/405  200/405    200/405  login
reports:defer                   login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:digest                  login      200/302      200/302     403/403     200/302  200/302    200/302  login
reports:stop_digest             200/302    200/302      200/302     200/302     200/302  200/302    200/302  200/302
reports:bring_back              login      200/302      403/403     404/404     404/404  404/404    404/404  login
reports:evidence stiftelsestrin login      200/405      200/405     403/405     200/405  404/405    404/405  login
reports:settings                login      200/405      200/405     200/405     403/405  403/405    200/405  login
reports:national                login      403/405      200/405     403/405     403/405  403/405    403/405  login
reports:programme_new           login      403/403      200/200     403/403     403/403  403/403    403/403  login
reports:try_rule                login      200/405      200/405     200/405     403/405  403/405    200/405  login
reports:compare                 login      200/405      200/405     200/405     403/405  403/405    200/405  login
reports:criterion               login      200/405      200/405     200/405     404/405  404/405    404/405  login
reports:retract stiftelsestrin  login      200/200      403/403     403/403     200/200  404/404    404/404  login
reports:retract lukning         login      200/200      403/403     403/403     403/403  404/404    404/404  login
reports:retract eget-regi       login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract omraadeliste    login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract mulighed        login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract regel           login      403/403      200/200     403/403     404/404  404/404    404/404  login
reports:retract vedtagelse      login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract foreningsvedtagelse login  200/200      403/403     403/403     200/200  404/404    404/404  login
reports:retract underskrift     login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract rolle           login      200/200      403/403     404/404     200/200  404/404    404/404  login
reports:retract bevis           login      200/200      403/403     404/404     403/403  403/403    404/404  login
reports:retract disponering     login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract finansiering    login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract omdisponeringssvar login   200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract budgetgodkendelse login    200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract vilkaar         login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract betingelse-opfyldt login   200/200      403/403     403/403     404/404  404/404    404/404  login

associations:list               login      200/405      200/405     200/405     200/405  200/405    200/405  login
associations:create             login      200/200      403/403     403/403     403/403  403/403    200/200  login
associations:detail             login      200/405      200/405     200/405     200/405  404/405    404/405  login
associations:edit               login      200/200      403/403     403/403     403/403  404/404    404/404  login
associations:step board         login      200/200      403/403     403/403     200/200  404/404    404/404  login
associations:adopt              login      200/200      403/403     403/403     200/200  404/404    404/404  login
associations:plan meeting       login      200/200      403/403     403/403     200/200  404/404    404/404  login
associations:close              login      200/200      403/403     403/403     403/403  404/404    404/404  login
associations:own_regime         login      200/200      403/403     403/403     403/403  403/403    200/200  login
associations:area_listing       login      200/200      403/403     403/403     403/403  403/403    200/200  login
associations:new_prospect       login      200/200      403/403     403/403     403/403  403/403    200/200  login
associations:pack pakken        login      200/405      403/405     403/405     200/405  404/405    404/405  login
associations:prospect           login      200/200      403/403     403/403     404/404  404/404    404/404  login
associations:form               login      200/200      403/403     403/403     404/404  404/404    404/404  login
associations:give_up            login      200/200      403/403     403/403     404/404  404/404    404/404  login

volunteers:stored               200/405    200/405      200/405     200/405     200/405  200/405    200/405  200/405
volunteers:access               login      200/405      403/405     404/405     403/405  403/405    404/405  login
volunteers:access_file pdf      login      200/405      403/405     404/405     403/405  403/405    404/405  login
volunteers:erase                login      200/200      403/403     404/404     404/404  404/404    404/404  login
volunteers:retention            login      200/200      403/403     403/403     403/403  403/403    200/200  login
volunteers:readings             login      200/405      200/405     403/405     403/405  403/405    200/405  login
volunteers:sample               login      200/405      200/405     403/405     403/405  403/405    200/405  login
volunteers:check_reading        login      200/200      200/200     404/404     404/404  404/404    404/404  login
volunteers:list                 login      200/405      200/405     403/405     403/405  403/405    200/405  login
volunteers:funnel               login      200/405      200/405     200/405     403/405  403/405    200/405  login
reports:calendar                login      200/405      200/405     200/405     200/405  200/405    200/405  login
reports:calendar_address        login      405/302      405/302     405/302     405/302  405/302    405/302  login
reports:calendar_file           200/405    200/405      200/405     200/405     200/405  200/405    200/405  200/405
volunteers:board                login      200/405      200/405     403/405     403/405  403/405    200/405  login
volunteers:board_list           login      200/405      200/405     403/405     403/405  403/405    200/405  login
volunteers:residence            login      200/405      200/405     200/405     403/405  403/405    200/405  login
volunteers:formerly_paid        login      200/405      200/405     200/405     403/405  403/405    200/405  login
volunteers:calls                login      200/405      403/405     403/405     200/405  200/405    200/405  login
volunteers:call                 login      200/200      403/403     404/404     200/200  200/200    404/404  login
reports:retract opkald          login      200/200      403/403     404/404     200/200  200/200    404/404  login
volunteers:mail_choice          login      200/200      403/403     404/404     200/200  200/200    404/404  login
reports:retract e-mails         login      200/200      403/403     404/404     200/200  200/200    404/404  login
volunteers:stop_mails           200/302    200/302      200/302     200/302     200/302  200/302    200/302  200/302
volunteers:messages             login      200/405      200/405     403/405     200/405  200/405    200/405  login
volunteers:message              login      200/405      200/405     404/405     404/405  404/405    404/405  login
volunteers:send                 login      405/302      405/403     405/404     405/404  405/404    405/404  login
volunteers:write_to_list        login      200/200      403/403     403/403     403/403  403/403    200/200  login
volunteers:write_to_one         login      200/200      403/403     404/404     200/200  200/200    404/404  login
volunteers:write_to_members     login      200/200      403/403     403/403     200/200  404/404    404/404  login
volunteers:create               login      200/200      403/403     403/403     200/200  200/200    200/200  login
volunteers:import               login      200/200      403/403     403/403     403/403  403/403    200/200  login
volunteers:import_template xlsx login      200/405      403/405     403/405     403/405  403/405    200/405  login
volunteers:import_detail        login      200/405      403/405     404/405     404/405  404/405    404/405  login
volunteers:import_begin         login      405/302      405/403     405/404     405/404  405/404    405/404  login
volunteers:import_discard       login      405/302      405/403     405/404     405/404  405/404    405/404  login
volunteers:import_rejected      login      200/405      403/405     404/405     404/405  404/405    404/405  login
volunteers:detail               login      200/405      200/405     404/405     200/405  200/405    404/405  login
volunteers:edit                 login      200/200      403/403     404/404     200/200  200/200    404/404  login
volunteers:membership           login      200/200      403/403     404/404     200/200  200/200    404/404  login
volunteers:end_membership       login      200/200      403/403     404/404     200/200  404/404    404/404  login
volunteers:candidacy            login      200/200      403/403     404/404     404/404  404/404    404/404  login
volunteers:stage left           login      200/200      403/403     404/404     404/404  404/404    404/404  login
volunteers:assessment           login      200/200      403/403     404/404     404/404  404/404    404/404  login
volunteers:transition           login      200/200      403/403     404/404     404/404  404/404    404/404  login
volunteers:answer               login      200/200      403/403     404/404     404/404  404/404    404/404  login
volunteers:language             login      200/200      403/403     404/404     200/200  200/200    404/404  login
volunteers:declaration          login      200/200      403/403     404/404     200/200  200/200    404/404  login
volunteers:withdraw_photos      login      200/200      403/403     404/404     200/200  200/200    404/404  login
volunteers:conversations        login      200/405      200/405     200/405     200/405  200/405    200/405  login
volunteers:converse             login      200/200      403/403     403/403     200/200  404/404    404/404  login
volunteers:apply_where          200/405    200/405      200/405     200/405     200/405  200/405    200/405  200/405
volunteers:apply                200/200    200/200      200/200     200/200     200/200  200/200    200/200  200/200
volunteers:applied              200/405    200/405      200/405     200/405     200/405  200/405    200/405  200/405
volunteers:duplicates           login      200/405      403/405     403/405     403/405  403/405    200/405  login
volunteers:merge                login      200/200      403/403     404/404     404/404  404/404    404/404  login
volunteers:different            login      405/302      405/403     405/404     405/404  405/404    405/404  login
reports:retract samme-person    login      200/200      403/403     404/404     403/403  403/403    404/404  login
volunteers:conversation_link    login      200/404      403/403     404/404     200/404  404/404    404/404  login
volunteers:own_conversation     200/200    200/200      200/200     200/200     200/200  200/200    200/200  200/200
volunteers:elect                login      200/200      403/403     403/403     200/200  404/404    404/404  login
reports:retract sprog           login      200/200      403/403     404/404     200/200  200/200    404/404  login
reports:retract trin-i-rekruttering login  200/200      403/403     404/404     404/404  404/404    404/404  login
reports:retract vurdering       login      200/200      404/404     404/404     404/404  404/404    404/404  login
reports:retract erklaering      login      200/200      403/403     404/404     200/200  200/200    404/404  login
reports:retract svar            login      200/200      403/403     404/404     404/404  404/404    404/404  login
reports:retract samtale         login      200/200      403/403     404/404     200/200  404/404    404/404  login
volunteers:gatherings           login      200/405      200/405     404/405     200/405  404/405    404/405  login
volunteers:gathering            login      200/405      200/405     404/405     200/405  404/405    404/405  login
volunteers:gathering_new        login      200/200      403/403     403/403     200/200  404/404    404/404  login
volunteers:gathering_unplanned  login      200/200      403/403     403/403     200/200  404/404    404/404  login
volunteers:gathering_today      login      405/302      405/403     405/403     405/302  405/404    405/404  login
volunteers:gathering_edit       login      200/200      403/403     404/404     200/200  404/404    404/404  login
volunteers:gathering_held       login      200/200      403/403     404/404     200/200  404/404    404/404  login
volunteers:gathering_minutes    login      200/200      403/403     404/404     200/200  404/404    404/404  login
volunteers:presence             login      200/200      403/403     404/404     200/200  404/404    404/404  login
reports:retract foreningsmoede  login      200/200      403/403     404/404     200/200  404/404    404/404  login

budget:account                  login      200/405      200/405     200/405     403/405  403/405    200/405  login
budget:postings                 login      200/405      200/405     403/405     403/405  403/405    200/405  login
budget:posting                  login      200/405      200/405     403/405     404/405  404/405    404/405  login
budget:post                     login      200/200      403/403     403/403     403/403  403/403    200/200  login
budget:correct                  login      200/200      403/403     403/403     404/404  404/404    404/404  login
budget:waiting                  login      200/200      200/200     403/403     403/403  403/403    200/200  login
budget:voucher                  login      200/405      200/405     404/405     404/405  404/405    404/405  login
budget:voucher_file             login      200/405      200/405     404/405     404/405  404/405    404/405  login
budget:edit_voucher             login      200/200      403/403     404/404     404/404  404/404    404/404  login
budget:delete_voucher           login      200/302      403/403     404/404     404/404  404/404    404/404  login
budget:outlays                  login      200/405      200/405     403/405     200/405  200/405    200/405  login
budget:outlay                   login      200/405      200/405     404/405     200/405  404/405    404/405  login
budget:outlay_file              login      200/405      200/405     404/405     200/405  404/405    404/405  login
budget:take_outlay              login      200/200      403/403     404/404     403/403  404/404    404/404  login
budget:refuse_outlay            login      200/200      403/403     404/404     403/403  404/404    404/404  login
budget:pay_outlay               login      302/302      403/403     404/404     403/403  404/404    404/404  login
budget:new_outlay               login      200/200      403/403     403/403     200/200  404/404    404/404  login
budget:send_voucher_back        login      200/200      200/200     404/404     404/404  404/404    404/404  login
budget:commit                   login      200/200      403/403     403/403     403/403  403/403    200/200  login
budget:end_commitment           login      200/200      403/403     403/403     404/404  404/404    404/404  login
budget:fund                     login      200/200      403/403     403/403     404/404  404/404    404/404  login
budget:approve                  login      200/200      403/403     403/403     404/404  404/404    404/404  login
budget:instalment               login      200/200      403/403     403/403     404/404  404/404    404/404  login
budget:edit_instalment          login      200/200      403/403     403/403     404/404  404/404    404/404  login
budget:delete_instalment        login      200/200      403/403     403/403     404/404  404/404    404/404  login
budget:terms                    login      200/200      403/403     403/403     404/404  404/404    404/404  login
budget:condition                login      200/200      403/403     403/403     404/404  404/404    404/404  login
budget:edit_condition           login      200/200      403/403     403/403     404/404  404/404    404/404  login
budget:delete_condition         login      200/200      403/403     403/403     404/404  404/404    404/404  login
budget:condition_met            login      200/200      403/403     403/403     404/404  404/404    404/404  login
budget:reallocate               login      200/200      403/403     403/403     404/404  404/404    404/404  login
budget:reallocation_decision    login      200/200      403/403     403/403     404/404  404/404    404/404  login

training:list                   login      200/405      200/405     200/405     200/405  200/405    200/405  login
training:course                 login      200/405      200/405     200/405     200/405  404/405    404/405  login
training:create                 login      200/200      403/403     403/403     403/403  403/403    200/200  login
training:edit                   login      200/200      403/403     403/403     403/403  404/404    404/404  login
training:add_session            login      200/200      403/403     403/403     403/403  404/404    404/404  login
training:edit_session           login      200/200      403/403     403/403     403/403  404/404    404/404  login
training:enrol                  login      200/200      403/403     403/403     403/403  404/404    404/404  login
training:attendance             login      200/200      403/403     403/403     200/200  404/404    404/404  login
training:seat                   login      200/200      403/403     404/404     403/403  404/404    404/404  login
training:end_participation      login      200/200      403/403     404/404     403/403  404/404    404/404  login
training:figures                login      200/405      200/405     403/405     200/405  200/405    200/405  login
training:hours                  login      200/405      200/405     403/405     200/405  200/405    200/405  login
training:evaluation             login      200/302      200/403     403/403     200/302  404/404    404/404  login
training:evaluation_comments    login      200/200      403/403     403/403     403/403  404/404    404/404  login
training:evaluate               200/409    200/409      200/409     200/409     200/409  200/409    200/409  200/409
training:materials              login      200/405      200/405     200/405     200/405  200/405    404/405  login
training:add_material           login      200/200      403/403     403/403     403/403  403/403    404/404  login
training:material_file          login      200/405      200/405     403/405     200/405  200/405    404/405  login
training:withdraw_material      login      200/302      403/403     403/403     403/403  403/403    404/404  login
training:supervisions           login      200/405      200/405     200/405     200/405  200/405    200/405  login
training:new_supervision        login      200/200      403/403     403/403     403/403  403/403    200/200  login
training:supervision            login      200/302      200/403     200/403     200/403  200/403    404/404  login
training:edit_supervision       login      200/200      403/403     403/403     403/403  403/403    404/404  login
training:teachers               login      200/405      200/405     200/405     200/405  200/405    200/405  login
training:create_teacher         login      200/200      403/403     403/403     403/403  403/403    200/200  login
training:edit_teacher           login      200/200      403/403     403/403     404/404  404/404    404/404  login
budget:months                   login      200/405      200/405     403/405     403/405  403/405    200/405  login
budget:month                    login      200/405      200/405     403/405     404/405  404/405    404/405  login
budget:bank                     login      200/200      200/200     403/403     404/404  404/404    404/404  login
budget:audit                    login      200/405      200/405     403/405     403/405  403/405    200/405  login
budget:forecast                 login      200/405      200/405     200/405     403/405  403/405    200/405  login
budget:by_month                 login      200/405      200/405     200/405     403/405  403/405    200/405  login
budget:by_funder                login      200/405      200/405     200/405     403/405  403/405    200/405  login
budget:forecast_method          login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract prognosemetode  login      200/200      403/403     403/403     404/404  404/404    404/404  login
budget:year_end                 login      200/405      200/405     403/405     404/405  404/405    404/405  login
budget:year_step                login      200/200      200/200     403/403     404/404  404/404    404/404  login
budget:settle                   login      200/200      200/200     403/403     404/404  404/404    404/404  login
reports:retract aarsafslutning  login      200/200      200/200     403/403     404/404  404/404    404/404  login
budget:plan                     login      200/405      200/405     200/405     404/405  404/405    404/405  login
budget:new_year                 login      200/200      403/403     403/403     404/404  404/404    404/404  login
budget:amount                   login      302/302      403/403     403/403     404/404  404/404    404/404  login
budget:explain                  login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract bank            login      200/200      200/200     403/403     404/404  404/404    404/404  login
reports:retract forklaring      login      200/200      403/403     403/403     404/404  404/404    404/404  login
budget:close_month              login      200/200      200/200     403/403     404/404  404/404    404/404  login
budget:reopen_month             login      200/200      200/200     403/403     404/404  404/404    404/404  login
budget:scenarios                login      200/405      200/405     200/405     403/405  403/405    200/405  login
budget:compare_scenarios        login      200/405      200/405     200/405     403/405  403/405    200/405  login
budget:new_scenario             login      200/200      403/403     403/403     403/403  403/403    200/200  login
budget:scenario                 login      200/405      200/405     404/405     404/405  404/405    404/405  login
budget:edit_scenario            login      200/200      403/403     404/404     404/404  404/404    404/404  login
budget:discard_scenario         login      200/302      403/403     404/404     404/404  404/404    404/404  login
budget:anchor_scenario          login      200/200      403/403     404/404     404/404  404/404    404/404  login
budget:course_line              login      200/200      403/403     403/403     403/403  404/404    404/404  login
reports:retract evaluering      login      200/200      403/403     404/404     200/200  404/404    404/404  login
reports:retract supervision     login      200/200      403/403     404/404     404/404  404/404    404/404  login
training:transfer               login      200/200      403/403     404/404     403/403  404/404    404/404  login
training:curricula              login      200/405      200/405     200/405     200/405  200/405    200/405  login
training:curriculum             login      200/405      200/405     200/405     200/405  200/405    404/405  login
training:create_curriculum      login      200/200      403/403     403/403     403/403  403/403    200/200  login
training:draft                  login      200/200      403/403     403/403     403/403  403/403    404/404  login
training:cover                  login      200/200      403/403     403/403     403/403  403/403    404/404  login
training:edit_draft             login      200/200      403/403     403/403     404/404  404/404    404/404  login
training:adopt_draft            login      200/200      403/403     403/403     404/404  404/404    404/404  login
training:discard_draft          login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract overflytning    login      200/200      403/403     404/404     404/404  404/404    404/404  login
reports:retract uddannelsesversion login   200/200      403/403     403/403     403/403  403/403    404/404  login
reports:retract anerkendelse    login      200/200      403/403     403/403     403/403  403/403    404/404  login
training:welcome                login      200/302      403/403     403/403     200/302  404/404    404/404  login
training:welcome_sheet          login      200/405      403/405     403/405     200/405  404/405    404/405  login
reports:retract dispensation    login      200/200      403/403     404/404     404/404  404/404    404/404  login
reports:retract deltagelse      login      200/200      403/403     404/404     403/403  404/404    404/404  login
training:certificate            login      200/200      403/403     404/404     403/403  403/403    404/404  login
training:new_paper              login      200/200      403/403     404/404     403/403  403/403    404/404  login
training:diploma                login      200/405      200/405     404/405     200/405  200/405    404/405  login
training:diploma_in             login      200/405      200/405     404/405     200/405  200/405    404/405  login
training:check_form             200/405    200/405      200/405     200/405     200/405  200/405    200/405  200/405
training:check                  200/405    200/405      200/405     200/405     200/405  200/405    200/405  200/405
programme:choose                login      405/302      405/302     405/302     405/404  405/404    405/404  login
programme:adoption              login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:signature             login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:goals                 login      200/405      200/405     200/405     403/405  403/405    200/405  login
programme:documents             login      200/405      200/405     200/405     403/405  403/405    200/405  login
programme:document              login      200/405      200/405     200/405     404/405  404/405    404/405  login
programme:document_new          login      200/200      403/403     403/403     403/403  403/403    200/200  login
programme:document_matrix       login      200/405      200/405     200/405     403/405  403/405    200/405  login
programme:document_compare      login      200/405      200/405     200/405     404/405  404/405    404/405  login
programme:document_version      login      200/405      200/405     200/405     404/405  404/405    404/405  login
programme:version_text          login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:hearing               login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:hearing_edit          login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:hearing_comment       login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:hearing_answer        login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract hoering         login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract hoeringssvar    login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:version               login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:agreement             login      200/405      200/405     200/405     404/405  404/405    404/405  login
programme:party                 login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:term                  login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:criterion_new         login      403/403      200/200     403/403     403/403  403/403    403/403  login
programme:rule                  login      403/403      200/200     403/403     404/404  404/404    404/404  login
programme:rule_accepted         login      403/403      200/200     403/403     404/404  404/404    404/404  login
programme:meetings              login      200/405      200/405     200/405     403/405  403/405    200/405  login
programme:meeting               login      200/405      200/405     200/405     404/405  404/405    404/405  login
programme:meeting_new           login      200/200      403/403     403/403     403/403  403/403    200/200  login
programme:meeting_edit          login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:meeting_held          login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:minutes               login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:decision              login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:action_point          login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:action_edit           login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:action_done           login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:effects               login      200/405      200/405     200/405     403/405  403/405    200/405  login
programme:effect_new            login      200/200      403/403     403/403     403/403  403/403    200/200  login
programme:effect                login      200/405      200/405     200/405     404/405  404/405    404/405  login
programme:effect_edit           login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:target                login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:target_edit           login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:measure               login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:measurement_edit      login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:risks                 login      200/405      200/405     200/405     403/405  403/405    200/405  login
programme:risk_new              login      200/200      403/403     403/403     403/403  403/403    200/200  login
programme:deputies              login      200/405      200/405     403/405     403/405  403/405    200/405  login
programme:deputy_new            login      200/200      403/403     403/403     403/403  403/403    200/200  login
programme:deputy_end            login      200/302      403/403     404/404     404/404  404/404    404/404  login
programme:risk_edit             login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:workplan              login      200/405      200/405     200/405     403/405  403/405    200/405  login
programme:milestone_new         login      200/200      403/403     403/403     403/403  403/403    200/200  login
programme:milestone             login      200/405      200/405     200/405     404/405  404/405    404/405  login
programme:milestone_edit        login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:milestone_reached     login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract milepael        login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract maaling         login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract moede           login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract beslutning      login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract handling        login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract part            login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract periode         login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:agreement_new         login      200/200      403/403     403/403     403/403  403/403    200/200  login
programme:agreement_version     login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:annex                 login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:obligation_new        login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:obligation_edit       login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:obligation_met        login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:member                login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:member_end            login      200/200      403/403     403/403     404/404  404/404    404/404  login
programme:agenda_file           login      200/405      200/405     403/405     404/405  404/405    404/405  login
programme:minutes_file          login      200/405      200/405     200/405     404/405  404/405    404/405  login
reports:retract aftaleversion   login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract aftalebilag     login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract forpligtelse-opfyldt login      200/200      403/403     403/403     404/404  404/404    404/404  login
reports:retract organmedlem     login      200/200      403/403     403/403     404/404  404/404    404/404  login
"""


def matrix() -> dict[str, dict[str, tuple[str, str]]]:
    """The tables: door → role → (answer to GET, answer to POST)."""
    found = {}
    for line in f"{MATRIX}{REPORTS}".strip().splitlines()[1:]:
        if not line.strip():
            continue
        words = line.split()
        door, cells = words[: -len(COLUMNS)], words[-len(COLUMNS) :]
        found[" ".join(door)] = dict(zip(COLUMNS, map(_both, cells), strict=True))
    return found


def _both(cell: str) -> tuple[str, str]:
    """Answers to GET and POST; one word means both."""
    get, _, post = cell.partition("/")
    return get, post or get
