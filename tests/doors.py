"""The forms' doors: what each is given when all is well, and how a browser sends it."""

import datetime as dt
import time
from functools import cache
from html import unescape
from html.parser import HTMLParser

from django.apps import apps
from django.core import signing
from django.core.exceptions import EmptyResultSet
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext

from budget.forms.vouchers import token
from programme.facts import fact_models
from programme.models import Reading
from training.models import EvaluationAnswer

D = dt.date
TOMORROW = (dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=2)).isoformat()
CPR = "010170-1234"
LONG = "æ" * 10_000
EMOJI = "👩🏽‍🤝‍👩🏿 Søster 🌸"
ARABIC = "أمهات الحي ۱۲۳"


@cache
def _counting():
    """One statement that counts what `saved` tells, and its parameters: asked one by one they are two hundred."""
    # That she has looked at the form is logged all the same.
    models = [model for model in apps.get_models() if model is not Reading]
    kinds = {model._meta.label: model._default_manager.all() for model in models}
    kinds |= {f"current {model._meta.label}": model.objects.current() for model in fact_models()}
    kinds["told comments"] = EvaluationAnswer.objects.exclude(comment="")
    parts, given = [], []
    for label, rows in kinds.items():
        try:
            inner, values = rows.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:  # nobody may ever see one
            inner, values = "select where false", ()
        parts.append(f"select %s, count(*) from ({inner}) q")
        given += [label, *values]
    return " union all ".join(parts), given


def saved():
    """How many rows there are of each kind, and how many facts stand: what a refused form may not change."""
    with connection.cursor() as cursor:
        cursor.execute(*_counting())
        return dict(cursor.fetchall())


#: A file small enough to read here.
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def says(message, **values):
    return gettext(message) % values


def html_of(response):
    """The page as it is read: characters as such, amounts with plain spaces."""
    assert response.status_code == 200
    return unescape(response.content.decode()).replace("\u00a0", " ")


# --- Each door with what it is given when all is well

SCENARIO = {
    "name": "Model januar",
    "first_year": "2012",
    "years": "3",
    "coordinator_pay": "500.000",
    "full_time_share": "100",
    "course_cost": "60.000",
    "mothers_per_course": "16",
    "recruits_per_year": "24",
    "other_costs": "50.000",
    "price_growth": "2,5",
    "sources-0-kind": "company",
    "sources-0-name": "Et selskab",
    "sources-0-amount": "500.000",
    "sources-0-probability": "80",
    "sources-0-from_month": "01.2012",
    "sources-0-to_month": "12.2013",
    "sources-0-municipal_share": "",
}
DRAFT = {
    "label": "2013",
    "required_modules": "1",
    "required_hours": "1,5",
    "valid_months": "",
    "modules-0-number": "1",
    "modules-0-title": "Velkommen",
    "modules-0-kind": "method",
    "modules-0-hours": "2",
    "modules-0-teacher": "coordinator",
    "modules-0-compulsory": "1",
}
RULE = {
    "wording": "Minimum tre foreninger",
    "rule": "associations_founded",
    "document_kind": "",
    "target": "3",
    "deadline": "2011-12-31",
    "rule_text": "Tre stiftede foreninger",
    "started_on": "2011-01-01",
    "accepted_on": "",
}
MESSAGE = {"subject": "Sommerfest", "body": "Kom på lørdag.", "handling": "send"}

GOOD = {
    "associations:create": {"name": "Ny forening", "housing_area": "area", "email": "", "note": ""},
    "associations:edit": {"name": "Nyt navn", "housing_area": "area", "email": "", "note": ""},
    "associations:step board": {"happened_on": "2011-05-26", "board_members": "5", "note": ""},
    "associations:step cvr": {"happened_on": "2011-05-26", "cvr": "13748136", "note": ""},
    "associations:adopt": {"version": "version", "happened_on": "2011-06-01"},
    "reports:retract foreningsvedtagelse": {"reason": "Fejl"},
    "associations:plan meeting": {"planned_on": "2012-01-12"},
    "associations:close": {"happened_on": "2011-12-01", "money": "Givet til lektiecaféen"},
    "associations:own_regime": {"housing_area": "area", "mothers": "12", "happened_on": "2011-09-01"},
    "reports:retract eget-regi": {"reason": "Fejl"},
    "associations:area_listing": {
        "housing_area": "area",
        "name": "Liste 2010",
        "status": "listed",
        "happened_on": "2011-09-01",
    },
    "reports:retract omraadeliste": {"reason": "Fejl"},
    "associations:new_prospect": {"housing_area": "free area", "financing": "unasked"},
    "associations:prospect": {
        "interest": "",
        "financing": "yes",
        "next_step": "Ring til helhedsplanen",
        "next_step_on": "2012-01-12",
    },
    "associations:form": {"name": "Bydelsmødre i Titanparken", "opened_on": "2011-09-01", "email": ""},
    "associations:give_up": {"happened_on": "2011-09-01", "reason": "Ingen vil være med"},
    "reports:retract lukning": {"reason": "Fejl"},
    "reports:retract mulighed": {"reason": "Fejl"},
    "volunteers:create": {"name": "Ny", "email": "ny@example.org", "phone": "51 98 76 54"},
    "volunteers:edit": {"name": "Ny", "email": "ny@example.org", "phone": ""},
    "volunteers:membership": {
        "association": "forming",
        "role": "coordinator",
        "started_on": "2011-05-26",
        "ended_on": "",
    },
    "volunteers:end_membership": {"ended_on": "2011-11-30"},
    "volunteers:call": {"outcome": "again", "happened_on": "2011-10-05", "call_again_on": "2011-10-12"},
    "reports:retract opkald": {"reason": "Fejl"},
    "volunteers:mail_choice": {"wish": "none", "happened_on": "2011-10-05"},
    "reports:retract e-mails": {"reason": "Fejl"},
    "volunteers:write_to_list": MESSAGE,
    "volunteers:write_to_one": MESSAGE,
    "volunteers:write_to_members": MESSAGE,
    "volunteers:candidacy": {"happened_on": "2011-02-01"},
    "volunteers:stage left": {"happened_on": "2011-10-05", "note": "Er flyttet"},
    "volunteers:assessment": {"happened_on": "2011-02-10", "languages_level": "3", "network_level": "2"},
    "volunteers:transition": {"project": "tingbjerg"},
    "volunteers:answer": {"answer": "no", "happened_on": "2011-10-11"},
    "volunteers:language": {"language": "tr", "level": "c1", "happened_on": "2011-02-01"},
    "volunteers:declaration": {"kinds": ["duty_to_report", "check_asked"], "started_on": "2011-03-01"},
    "volunteers:withdraw_photos": {"ended_on": "2011-09-30"},
    "volunteers:converse": {
        "contact": "network",
        "topics": ["school", "health"],
        "next_step": "again",
        "happened_on": "2011-10-05",
    },
    "volunteers:erase": {"is_sure": "on"},
    "volunteers:retention": {"persons": "gone"},
    "volunteers:check_reading": {"is_in_order": "yes", "note": ""},
    "volunteers:apply": {
        "name": "Ny ansøger",
        "phone": "20 77 66 55",
        "languages": ["ar", "da"],
        "opened_at": signing.dumps(time.time() - 60, salt="volunteers.application"),
    },
    "volunteers:merge": {"name": "kept", "email": "kept"},
    "reports:retract samme-person": {"reason": "Det er to"},
    "volunteers:own_conversation": {
        "contact": "network",
        "topics": ["school", "health"],
        "next_step": "again",
        "happened_on": "2011-10-05",
    },
    "volunteers:elect": {"happened_on": "2011-09-15", "chair": "member", "term_ends_on": "2012-09-15"},
    "reports:retract sprog": {"reason": "Fejl"},
    "reports:retract trin-i-rekruttering": {"reason": "Fejl"},
    "reports:retract vurdering": {"reason": "Fejl"},
    "reports:retract erklaering": {"reason": "Fejl"},
    "reports:retract svar": {"reason": "Fejl"},
    "reports:retract samtale": {"reason": "Fejl"},
    "volunteers:gathering_new": {"kind": "monthly", "planned_on": "2011-12-06", "starts_at": "17.00", "place": "Huset"},
    "volunteers:gathering_unplanned": {"kind": "board", "happened_on": "2011-10-06"},
    "volunteers:gathering_edit": {"planned_on": "2011-11-01", "starts_at": "", "place": "Huset"},
    "volunteers:gathering_held": {"happened_on": "2011-10-05"},
    "volunteers:gathering_minutes": {"evidence_text": "I mappen"},
    "volunteers:presence": {"came": "member"},
    "reports:retract foreningsmoede": {"reason": "Fejl"},
    "training:create": {
        "curriculum": "basic",
        "name": "Nyt hold",
        "association": "association",
        "place": "Biblioteket",
        "language": "da",
        "capacity": "20",
        "starts_on": "2011-09-05",
        "starts_at": "17.00",
        "ends_at": "19:00",
        "skipped": "12.09.2011, 26.09.2011",
    },
    "training:edit": {
        "name": "Andet navn",
        "association": "association",
        "place": "Biblioteket",
        "language": "ar",
        "capacity": "20",
        "starts_on": "2011-03-07",
        "ends_on": "2011-06-30",
    },
    "training:add_session": {
        "module": "1",
        "held_on": "2011-09-01",
        "starts_at": "",
        "ends_at": "",
        "is_make_up": "on",
    },
    "training:edit_session": {"held_on": "2011-03-17", "starts_at": "17:00", "ends_at": "19:00"},
    "training:enrol": {"volunteer": "newcomer", "started_on": "2011-03-07", "note": ""},
    "training:attendance": {"alle": "1"},
    "training:welcome": {"alle": "1"},
    "reports:retract dispensation": {"reason": "Fejl"},
    "reports:retract rolle": {"reason": "Fejl"},
    "reports:retract bevis": {"reason": "Fejl"},
    "reports:retract vedtagelse": {"reason": "Fejl"},
    "reports:retract underskrift": {"reason": "Fejl"},
    "training:seat": {"started_on": "2011-03-21"},
    "training:end_participation": {"ended_on": "2011-05-01", "end_reason": "dropped_out"},
    "reports:retract deltagelse": {"reason": "Fejl"},
    "reports:retract overflytning": {"reason": "Fejl"},
    "reports:retract uddannelsesversion": {"reason": "Fejl"},
    "reports:retract anerkendelse": {"reason": "Fejl"},
    "training:transfer": {"course": "elsewhere", "started_on": "2011-04-01"},
    "training:create_curriculum": {"name": "Ny uddannelse", "kind": "other"},
    "training:draft": DRAFT,
    "training:edit_draft": DRAFT | {"label": "Rettet kladde"},
    "training:adopt_draft": {"started_on": "2012-01-01", "evidence_text": "Referat, 12.05.2011"},
    "training:discard_draft": {},
    "training:evaluation": {"alle": "1"},
    "training:evaluation_comments": {"ticked": "said"},
    "training:add_material": {"module": "1", "title": "Samtalekort", "language": "da", "link": "https://example.org/x"},
    "training:withdraw_material": {},
    "training:new_supervision": {
        "planned_on": "2011-09-14",
        "starts_at": "17.00",
        "place": "Fonden",
        "themes": "Grænser",
    },
    "training:supervision": {"alle": "1"},
    "training:edit_supervision": {"starts_at": "17.00", "place": "Fonden", "themes": "Grænser"},
    "training:create_teacher": {"office": "Jordemoder, Hvidovre", "kind": "guest"},
    "training:edit_teacher": {"office": "Jordemoder, Hvidovre", "kind": "guest"},
    "budget:course_line": {"line": "line"},
    "budget:close_month": {"note": "Bogholderiet lukker"},
    "budget:bank": {"amount": "0"},
    "budget:new_year": {"year": "2012", "price_level": "2012 p/l"},
    "budget:year_step": {"happened_on": "2012-02-01", "evidence_text": "Revisors mappe"},
    "budget:settle": {"outcome": "repaid", "amount": "100", "happened_on": "2012-02-01", "note": "Resten var et gebyr"},
    "reports:retract aarsafslutning": {"reason": "Fejl"},
    "budget:explain": {"text": "Et hold mere end planlagt", "happened_on": "2011-06-01"},
    "reports:retract bank": {"reason": "Fejl"},
    "reports:retract forklaring": {"reason": "Fejl"},
    "budget:forecast_method": {"method": "pace", "happened_on": "2011-06-01", "note": "Huslejen er fast"},
    "reports:retract prognosemetode": {"reason": "Fejl"},
    "budget:reopen_month": {"reason": "En faktura kom for sent"},
    "budget:new_scenario": SCENARIO,
    "budget:edit_scenario": SCENARIO | {"name": "Rettet model"},
    "budget:discard_scenario": {},
    "budget:anchor_scenario": {"label": "1.0", "dated_on": "2011-11-18", "with_municipal_money": "on"},
    "reports:retract evaluering": {"reason": "Fejl"},
    "reports:retract supervision": {"reason": "Fejl"},
    "training:cover": {"by": "coordinator_course", "started_on": "2011-01-01", "evidence_text": "Referat"},
    "training:new_paper": {"reason": "Navnet var stavet forkert"},
    "training:certificate": {"curriculum": "basic", "basis": "course", "started_on": "2011-06-27", "ended_on": ""},
    "programme:adoption": {"label": "2.0", "body": "group", "outcome": "adopted", "happened_on": "2011-10-05"},
    "programme:signature": {"organisation": "municipality", "happened_on": "2011-02-07"},
    "programme:version": {"label": "3.0", "dated_on": "2011-11-01"},
    "programme:party": {"organisation": "group", "started_on": "2011-01-01"},
    "programme:term": {"started_on": "2013-01-01", "ended_on": ""},
    "programme:criterion_new": RULE | {"number": "9", "name": "Endnu et kriterium"},
    "programme:rule": RULE | {"started_on": "2012-01-01"},
    "programme:rule_accepted": {"accepted_on": "2011-03-15", "evidence_text": "Brev, sag 2011-7"},
    "reports:retract regel": {"reason": "Fejl"},
    "programme:meeting_new": {
        "body": "group",
        "title": "Styregruppemøde",
        "planned_on": "2012-02-01",
        "starts_at": "14.30",
        "place": "Fonden",
        "agenda": "Status",
    },
    "programme:meeting_edit": {"title": "Flyttet møde", "planned_on": "2011-12-08", "starts_at": "15:00", "place": ""},
    "programme:meeting_held": {"happened_on": "2011-12-01", "decisions": "Godkendt.\n\nTaget til efterretning.\n"},
    "programme:minutes": {"evidence_text": "Referat, sag 2011-123"},
    "programme:decision": {"text": "Godkendt.", "happened_on": "2011-06-08"},
    "programme:action_point": {"text": "Sende referat", "office": "Sekretariatet", "due_on": "2011-07-01"},
    "programme:action_edit": {"text": "Sende brev", "office": "Fonden", "due_on": "2011-08-01"},
    "programme:action_done": {"happened_on": "2011-06-20"},
    "reports:retract moede": {"reason": "Fejl"},
    "reports:retract maaling": {"reason": "Fejl"},
    "programme:effect_new": {
        "name": "Mødre i job",
        "unit": "procent",
        "direction": "up",
        "baseline": "12,5",
        "measured_by": "Sekretariatet",
        "how_measured": "Spørgeskema",
        "source": "measured",
        "is_proposed": "on",
    },
    "programme:effect_edit": {
        "name": "Rettet navn",
        "unit": "procent",
        "direction": "up",
        "baseline": "10",
        "measured_by": "Fonden",
        "how_measured": "Interview",
    },
    "programme:target": {"started_on": "2012-01-01", "ended_on": "2012-06-30", "value": "25"},
    "programme:target_edit": {"started_on": "2010-01-01", "ended_on": "2010-06-30", "value": "22,5"},
    "programme:measure": {
        "covers_from": "2011-04-01",
        "covers_to": "2011-06-30",
        "value": "17,5",
        "happened_on": "2011-07-04",
        "evidence_text": "Optælling, sag 2011-123",
    },
    "programme:measurement_edit": {"value": "13", "happened_on": "2011-01-05", "reason": "Talt forkert"},
    "programme:risk_new": {
        "text": "Lokalet lukker",
        "consequence": "Ingen steder at mødes",
        "likelihood": "2",
        "impact": "3",
        "action": "Spørge biblioteket",
        "owner_office": "Sekretariatet",
        "next_look_on": "2012-01-09",
    },
    "programme:risk_edit": {
        "text": "Lokalet lukker til nytår",
        "likelihood": "5",
        "impact": "3",
        "action": "Spørge biblioteket",
        "owner_office": "Sekretariatet",
        "next_look_on": "2012-02-01",
    },
    "reports:retract beslutning": {"reason": "Fejl"},
    "reports:retract handling": {"reason": "Fejl"},
    "reports:retract part": {"reason": "Fejl"},
    "reports:retract periode": {"reason": "Fejl"},
    "reports:retract stiftelsestrin": {"reason": "Fejl"},
    "reports:retract disponering": {"reason": "Fejl"},
    "reports:retract finansiering": {"reason": "Fejl"},
    "reports:retract omdisponeringssvar": {"reason": "Fejl"},
    "reports:retract budgetgodkendelse": {"reason": "Fejl"},
    "reports:retract vilkaar": {"reason": "Fejl"},
    "reports:retract betingelse-opfyldt": {"reason": "Fejl"},
    "budget:post": {
        "line": "line",
        "happened_on": "2011-05-26",
        "amount": "1.250,50",
        "text": "Te",
        "reference": "F1",
    },
    "budget:correct": {
        "line": "line",
        "happened_on": "2011-06-01",
        "amount": "1.200",
        "text": "Kaffe",
        "note": "Forkert post",
    },
    "budget:waiting": {"chosen": "draft"},
    "budget:edit_voucher": {"line": "line", "happened_on": "2011-05-03", "amount": "800", "text": "Leje"},
    "budget:delete_voucher": {},
    "budget:take_outlay": {"line": "line", "happened_on": "2011-05-02", "amount": "149,95", "text": "Frugt"},
    "budget:refuse_outlay": {"reason": "Uden kvittering"},
    "budget:new_outlay": {
        "amount": "149,95",
        "spent_on": "2011-05-02",
        "purpose": "Frugt",
        "evidence_text": "I mappen",
    },
    "budget:send_voucher_back": {"reason": "Vedlæg regningen"},
    "budget:commit": {
        "line": "line",
        "amount": "15.000",
        "text": "Revisor",
        "started_on": "2011-12-12",
        "ended_on": "",
    },
    "budget:end_commitment": {"ended_on": "2011-12-31"},
    "budget:fund": {"funder": "municipality", "stage": "paid", "amount": "400.000", "happened_on": "2011-03-15"},
    "budget:approve": {"body": "group", "happened_on": "2011-01-31"},
    "budget:instalment": {"funder": "municipality", "due_on": "2011-09-01", "amount": "400.000"},
    "budget:edit_instalment": {"funder": "foundation", "due_on": "2011-10-01", "amount": "285.000"},
    "budget:delete_instalment": {},
    "budget:terms": {
        "happened_on": "2011-01-31",
        "case_number": "2011-99",
        "report_due_on": "2012-03-01",
        "reallocation_share": "12,5",
        "reallocation_amount": "50.000",
        "unused": "carried_over",
    },
    "budget:condition": {"text": "Rapporten er godkendt", "due_on": "2011-08-01", "instalment": ""},
    "budget:edit_condition": {"text": "Regnskabet er godkendt", "due_on": "2011-12-02", "instalment": ""},
    "budget:delete_condition": {},
    "budget:condition_met": {"happened_on": "2011-09-26", "evidence_text": "Brev fra Fonden"},
    "budget:reallocate": {
        "from_line": "line",
        "to_line": "other_line",
        "amount": "30.000",
        "asked_on": "2011-09-12",
        "reason": "Ekstra hold",
    },
    "budget:reallocation_decision": {"funder": "municipality", "outcome": "approved", "happened_on": "2011-10-04"},
}


def filled(world, door, opened=None, **typed):
    """What a browser would send: the hidden fields as they were opened, all else as typed."""
    programme = world.programme
    keys = {
        "area": lambda: programme.housing_areas.first().pk,
        "free area": lambda: programme.housing_areas.filter(prospects=None).first().pk,
        "association": lambda: world.association.pk,
        "forming": lambda: world.rows["forming"].pk,
        "basic": lambda: programme.curricula.get(kind="basic").pk,
        "coordinator_course": lambda: programme.curricula.get(kind="coordinator").pk,
        "group": lambda: programme.organisations.get(kind="steering_group").pk,
        "municipality": lambda: programme.organisations.get(kind="municipality").pk,
        "foundation": lambda: programme.organisations.get(kind="foundation").pk,
        "member": lambda: str(world.rows["volunteer"].uuid),
        "version": lambda: world.rows["adoptable"].pk,
        "gone": lambda: str(world.rows["gone"].uuid),
        "newcomer": lambda: world.rows["newcomer"].pk,
        "elsewhere": lambda: programme.curricula.get(kind="basic").courses.get(name="Andet hold").pk,
        "said": lambda: str(world.rows["evalueret hold"].evaluation.exclude(comment="").earliest("pk").pk),
        "line": lambda: world.rows["line"].pk,
        "draft": lambda: token(world.rows["voucher"]),
        "other_line": lambda: world.rows["budget"].lines.get(number=2).pk,
    }
    given = GOOD[door] | typed
    data = {name: keys[value]() if isinstance(value, str) and value in keys else value for name, value in given.items()}
    hidden = opened.context["form"].hidden_fields() if opened is not None else []
    return {field.html_name: field.value() or "" for field in hidden} | data


def a_paper(name="referat.pdf"):
    """A file that is taken as evidence."""
    return SimpleUploadedFile(name, PDF)


def retract(client, kind, fact, reason="Fejl"):
    """Retract the fact on its page, as it was opened."""
    url = reverse("reports:retract", args=[kind, fact.uuid])
    hidden = {field.html_name: field.value() or "" for field in client.get(url).context["form"].hidden_fields()}
    return client.post(url, hidden | {"reason": reason})


def send(world, visitor, door, **typed):
    url = world.url(door)
    return visitor.post(url, filled(world, door, visitor.get(url), **typed))


class Fields(HTMLParser):
    """What stands in each field of a page, by its name."""

    def __init__(self, html):
        super().__init__()
        self.values, self.name, self.is_text = {}, "", False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "input" and (told.get("type") not in ("checkbox", "radio") or "checked" in told):
            self.values[told.get("name")] = told.get("value") or ""
        elif tag in ("select", "textarea"):
            self.name, self.is_text = told["name"], tag == "textarea"
            self.values[self.name] = ""
        elif tag == "option" and "selected" in told:
            self.values[self.name] = told["value"]

    def handle_data(self, data):
        if self.is_text:
            self.values[self.name] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.is_text = False
            self.values[self.name] = self.values[self.name].removeprefix("\n")


def assert_refused(response, field, message, typed, before):
    """200, the message beside its field and nowhere else, what was typed (in the field, or in those named) still
    stands in its field, nothing saved."""
    html = response.content.decode()
    kept = typed if isinstance(typed, dict) else {field: typed}
    assert response.status_code == 200
    assert dict(response.context["form"].errors) == {field: [message]}
    assert unescape(html).count(message) >= 2, "in the summary and beside the field"
    shown = Fields(html.replace("\x00", "")).values
    assert {name: shown[name] for name in kept} == {name: str(one).replace("\x00", "") for name, one in kept.items()}
    assert saved() == before
