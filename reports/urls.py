from django.urls import path

from reports.views import frozen, report_drafts, report_schedule, report_steps
from reports.views.adoptions import adoption_matrix
from reports.views.agreements import agreement_detail
from reports.views.association_list import association_list
from reports.views.associations import association_detail
from reports.views.audit import audit
from reports.views.by_funder import by_funder_page
from reports.views.by_month import by_month
from reports.views.calendar import calendar_address, calendar_file, calendar_page
from reports.views.calls import call_list
from reports.views.checks import check, check_list
from reports.views.committee import annex, annex_file, decide
from reports.views.compare import compare
from reports.views.compare_reports import compare_reports
from reports.views.conversations import conversation_list
from reports.views.course import course_detail
from reports.views.course_figures import course_hours, course_numbers
from reports.views.criterion import criterion
from reports.views.curricula import curricula, curriculum
from reports.views.dashboard import dashboard
from reports.views.deferring import bring_back, defer, deferred
from reports.views.digests import digest, stop_digest
from reports.views.document_texts import compare_versions, version_detail
from reports.views.documents import document_detail, document_list
from reports.views.effect_forms import effect_edit, effect_new
from reports.views.effects import effect_detail, effect_list
from reports.views.evidence import evidence
from reports.views.finances import account
from reports.views.forecast import forecast_page
from reports.views.formerly_paid import formerly_paid_page
from reports.views.funnel import funnel_page
from reports.views.gatherings import gathering_detail, gathering_list
from reports.views.goals import goals
from reports.views.hearings import correct_hearing, hearing
from reports.views.invitations import accept_invitation, invitations, invite_again, withdraw_invitation
from reports.views.ledger import posting_detail, posting_list
from reports.views.meeting_papers import agenda_file, minutes_file
from reports.views.meetings import meeting_detail, meeting_list
from reports.views.messages import message_detail, message_list, send, write_to_list, write_to_members, write_to_one
from reports.views.programmes import begin_programme, national
from reports.views.readings import check_reading, reading_list, reading_sample
from reports.views.recruitment import board_list, board_page
from reports.views.report_files import journal, journal_file, report_file, report_schema
from reports.views.report_list import report_list
from reports.views.residence import residence_page
from reports.views.retraction import retract
from reports.views.risks import risk_list
from reports.views.search import search
from reports.views.sharing import share, shared, shared_paper, unshare
from reports.views.spot_checks import ask_spot_check, spot_check, spot_result
from reports.views.today import today
from reports.views.training import course_list
from reports.views.trying import settings, try_rule
from reports.views.verify import verify, verify_code, verify_content
from reports.views.volunteer_list import volunteer_list
from reports.views.volunteers import volunteer_detail
from reports.views.workplan import milestone_detail, work_plan
from reports.views.year_end import settle, year_end, year_step

app_name = "reports"

urlpatterns = [
    path("", dashboard, name="dashboard"),
    path("i-dag/", today, name="today"),
    path("i-dag/udskudt/", deferred, name="deferred"),
    path("opfoelgning/<slug:code>/<uuid:uuid>/vent/", defer, name="defer"),
    path("opfoelgning/<slug:code>/<uuid:uuid>/hent-frem/", bring_back, name="bring_back"),
    path("overblik-paa-mail/", digest, name="digest"),
    path("overblik-paa-mail/<str:token>/fra/", stop_digest, name="stop_digest"),
    path("kalender/", calendar_page, name="calendar"),
    path("kalender/adresse/", calendar_address, name="calendar_address"),
    path("kalender/<str:token>.ics", calendar_file, name="calendar_file"),
    path("soeg/", search, name="search"),
    path("indstillinger/", settings, name="settings"),
    path("indstillinger/proev-regel/", try_rule, name="try_rule"),
    path("indstillinger/inviter/", invitations, name="invitations"),
    path("indstillinger/inviter/<uuid:uuid>/igen/", invite_again, name="invite_again"),
    path("indstillinger/inviter/<uuid:uuid>/luk/", withdraw_invitation, name="withdraw_invitation"),
    path("konto/invitation/<str:token>/", accept_invitation, name="accept_invitation"),
    path("indstillinger/hele-landet/", national, name="national"),
    path("indstillinger/hele-landet/ny/", begin_programme, name="programme_new"),
    path("sammenlign/", compare, name="compare"),
    path("maal/<uuid:uuid>/", criterion, name="criterion"),
    path("dokumentation/<slug:kind>/<uuid:uuid>/", evidence, name="evidence"),
    path("rapporter/dokumentation/", check_list, name="checks"),
    path("rapporter/dokumentation/<uuid:uuid>/<uuid:thing>/", check, name="check"),
    path("rapporter/stikproeve/<uuid:uuid>/", spot_check, name="spot_check"),
    path("rapporter/stikproeve/<uuid:uuid>/<uuid:thing>/", spot_result, name="spot_result"),
    path("rapporter/<uuid:uuid>/stikproeve/", ask_spot_check, name="ask_spot_check"),
    path("rapporter/", report_list, name="reports"),
    path("rapporter/ny/", report_drafts.report_new, name="report_new"),
    path("rapporter/kladde/<uuid:uuid>/", report_drafts.report_detail, name="report"),
    path("rapporter/kladde/<uuid:uuid>/ret/", report_drafts.report_edit, name="report_edit"),
    path("rapporter/kladde/<uuid:uuid>/udkast/", report_drafts.report_preview, name="report_preview"),
    path("rapporter/kladde/<uuid:uuid>/godkend/", report_drafts.approve, name="approve"),
    path("rapporter/kladde/<uuid:uuid>/<slug:code>/", report_drafts.section, name="section"),
    path("rapporter/sammenlign/", compare_reports, name="compare_reports"),
    path("rapporter/<uuid:uuid>/udvalgsbilag/", annex, name="annex"),
    path("rapporter/<uuid:uuid>/udvalgsbilag.pdf", annex_file, {"kind": "pdf"}, name="annex_pdf"),
    path("rapporter/<uuid:uuid>/udvalgsbilag.docx", annex_file, {"kind": "docx"}, name="annex_docx"),
    path("rapporter/<uuid:uuid>/udvalg/", decide, name="committee"),
    path("rapporter/<uuid:uuid>/", frozen.frozen, name="frozen"),
    path("rapporter/<uuid:uuid>/send/", report_steps.send, name="frozen_send"),
    path("rapporter/<uuid:uuid>/rykker/", report_steps.remind, name="frozen_remind"),
    path("rapporter/<uuid:uuid>/modtaget/", report_steps.receive, name="frozen_receive"),
    path("rapporter/<uuid:uuid>/godkendt/", report_steps.accept, name="frozen_accept"),
    path("rapporter/<uuid:uuid>/retur/", report_steps.return_, name="frozen_return"),
    path("rapporter/<uuid:uuid>/uddybning/", report_steps.ask, name="frozen_ask"),
    path("rapporter/<uuid:uuid>/rapport.<slug:ending>", report_file, name="report_file"),
    path("rapporter/<uuid:uuid>/journal/", journal, name="frozen_journal"),
    path("rapporter/<uuid:uuid>/journal.zip", journal_file, name="journal_zip"),
    path("rapporter/skema/progress-report-1.json", report_schema, name="report_schema"),
    path("rapporter/spoergsmaal/<uuid:uuid>/svar/", report_steps.answer, name="answer"),
    path("rapporter/plan/ny/", report_schedule.schedule_new, name="schedule_new"),
    path("rapporter/plan/<uuid:uuid>/", report_schedule.schedule_edit, name="schedule_edit"),
    path("rapporter/plan/<uuid:uuid>/aabn/", report_schedule.schedule_open, name="schedule_open"),
    path("traek-tilbage/<slug:kind>/<uuid:uuid>/", retract, name="retract"),
    path("kontrol/", verify, name="verify"),
    path("kontrol/<str:code>/", verify_code, name="verify_code"),
    path("kontrol/<str:code>/rapport.json", verify_content, name="verify_content"),
    path("rapporter/<uuid:uuid>/del/", share, name="share"),
    path("rapporter/link/<uuid:uuid>/luk/", unshare, name="unshare"),
    path("delt/<str:token>/", shared, name="shared"),
    path("delt/<str:token>/rapport.pdf", shared_paper, name="shared_paper"),
]

#: Pages of other apps' objects that show figures and facts of several apps: composed here, named there.
association_pages = [
    path("foreninger/", association_list, name="list"),
    path("foreninger/<uuid:uuid>/", association_detail, name="detail"),
]
volunteer_pages = [
    path("frivillige/", volunteer_list, name="list"),
    path("frivillige/ring/", call_list, name="calls"),
    path("frivillige/beskeder/", message_list, name="messages"),
    path("frivillige/beskeder/ny/", write_to_list, name="write_to_list"),
    path("frivillige/beskeder/<uuid:uuid>/", message_detail, name="message"),
    path("frivillige/beskeder/<uuid:uuid>/send/", send, name="send"),
    path("frivillige/<uuid:uuid>/besked/", write_to_one, name="write_to_one"),
    path("foreninger/<uuid:uuid>/besked/", write_to_members, name="write_to_members"),
    path("frivillige/rekruttering/", funnel_page, name="funnel"),
    path("frivillige/rekruttering/tavle/", board_page, name="board"),
    path("frivillige/rekruttering/liste/", board_list, name="board_list"),
    path("frivillige/bopael/", residence_page, name="residence"),
    path("frivillige/tidligere-loennede/", formerly_paid_page, name="formerly_paid"),
    path("frivillige/<uuid:uuid>/", volunteer_detail, name="detail"),
    path("foreninger/<uuid:uuid>/moeder/", gathering_list, name="gatherings"),
    path("foreninger/moeder/<uuid:uuid>/", gathering_detail, name="gathering"),
    path("samtaler/", conversation_list, name="conversations"),
    path("laesninger/", reading_list, name="readings"),
    path("laesninger/stikproeve/", reading_sample, name="sample"),
    path("laesninger/<uuid:uuid>/set-efter/", check_reading, name="check_reading"),
]
training_pages = [
    path("uddannelse/", course_list, name="list"),
    path("uddannelse/tal/", course_numbers, name="figures"),
    path("uddannelse/timer/", course_hours, name="hours"),
    path("uddannelse/uddannelser/", curricula, name="curricula"),
    path("uddannelse/uddannelser/<uuid:uuid>/", curriculum, name="curriculum"),
    path("uddannelse/hold/<uuid:uuid>/", course_detail, name="course"),
]
budget_pages = [
    path("oekonomi/", account, name="account"),
    path("oekonomi/prognose/", forecast_page, name="forecast"),
    path("oekonomi/maaned-for-maaned/", by_month, name="by_month"),
    path("oekonomi/bidragydere/", by_funder_page, name="by_funder"),
    path("oekonomi/revisor/", audit, name="audit"),
    path("oekonomi/budget/<uuid:uuid>/aar/", year_end, name="year_end"),
    path("oekonomi/budget/<uuid:uuid>/aar/<slug:kind>/", year_step, name="year_step"),
    path("oekonomi/budget/<uuid:uuid>/aar/afregning/<uuid:funder>/", settle, name="settle"),
    path("oekonomi/bilag/", posting_list, name="postings"),
    path("oekonomi/bilag/<uuid:uuid>/", posting_detail, name="posting"),
]
programme_pages = [
    path("maal-og-aftaler/", goals, name="goals"),
    path("maal-og-aftaler/effektmaal/", effect_list, name="effects"),
    path("maal-og-aftaler/effektmaal/nyt/", effect_new, name="effect_new"),
    path("maal-og-aftaler/effektmaal/<uuid:uuid>/", effect_detail, name="effect"),
    path("maal-og-aftaler/effektmaal/<uuid:uuid>/ret/", effect_edit, name="effect_edit"),
    path("maal-og-aftaler/risici/", risk_list, name="risks"),
    path("indstillinger/arbejdsplan/", work_plan, name="workplan"),
    path("indstillinger/arbejdsplan/<uuid:uuid>/", milestone_detail, name="milestone"),
    path("dokumenter/", document_list, name="documents"),
    path("dokumenter/vedtaget/", adoption_matrix, name="document_matrix"),
    path("dokumenter/<uuid:uuid>/", document_detail, name="document"),
    path("dokumenter/<uuid:uuid>/sammenlign/", compare_versions, name="document_compare"),
    path("dokumenter/version/<uuid:uuid>/", version_detail, name="document_version"),
    path("dokumenter/version/<uuid:uuid>/hoering/", hearing, name="hearing"),
    path("dokumenter/hoering/<uuid:uuid>/ret/", correct_hearing, name="hearing_edit"),
    path("aftaler/<uuid:uuid>/", agreement_detail, name="agreement"),
    path("moeder/", meeting_list, name="meetings"),
    path("moeder/<uuid:uuid>/", meeting_detail, name="meeting"),
    path("moeder/<uuid:uuid>/dagsorden.pdf", agenda_file, name="agenda_file"),
    path("moeder/<uuid:uuid>/referat.pdf", minutes_file, name="minutes_file"),
]
