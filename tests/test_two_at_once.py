"""Two at once: what one has recorded or retracted between another's check and save is not done twice."""

import datetime as dt
import threading
from html import unescape

import pytest
from django.db import connections
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import gettext

from associations.forms import FoundingStepForm
from associations.models import FoundingStep, StepKind
from budget.models import FundingFact, GrantCondition, Instalment
from bydelsmoedre.entry import enter
from programme.access import Standing
from tests import factories as make
from tests import money
from tests.doors import hidden_of
from tests.meanwhile import post_apart, wait_for_a_lock, while_waiting
from tests.refusing import refused_by

D = dt.date
pytestmark = pytest.mark.django_db

MEANWHILE = "Somebody has recorded or retracted the same meanwhile. Nothing was saved."


def test_step_that_somebody_recorded_between_check_and_save_is_not_saved_twice(programme, secretariat):
    """The form is valid when it is checked; the same step is there when it is saved."""
    association = make.AssociationFactory(programme=programme)
    request = RequestFactory().post("/", {"happened_on": "2011-05-26", "note": "Mit notat"})
    request.user = secretariat
    request.standing, request.session = Standing(request.user), {}

    def save(form):
        make.step(association, "meeting", D(2011, 5, 25))
        return form.record(by=request.user, programme=programme)

    response = enter(
        request,
        lambda *data: FoundingStepForm(*data, association=association, kind=StepKind.MEETING),
        save=save,
        title="Trin",
        back_url="/",
    )

    html = unescape(response.content.decode())
    assert (response.status_code, FoundingStep.objects.count()) == (200, 0)
    assert gettext(MEANWHILE) in html
    assert "Mit notat" in html


@pytest.mark.django_db(transaction=True)
def test_two_at_once_record_a_step_once(elsewhere):
    programme = make.plan("København")
    user, association = make.user_with_role(programme, "secretariat"), make.AssociationFactory(programme=programme)
    with elsewhere.cursor() as cursor:
        cursor.execute(
            "insert into associations_foundingstep (association_id, kind, happened_on, uuid, is_date_unknown, note,"
            " cvr, meeting_elects_chair, retraction_reason)"
            " values (%s, 'meeting', '2011-05-25', gen_random_uuid(), false, '', '', false, '')",
            [association.pk],
        )

    url = reverse("associations:step", args=[association.uuid, "meeting"])
    response = while_waiting(user, url, {"happened_on": "2011-05-26"}, elsewhere)

    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [gettext(MEANWHILE)]
    assert [step.happened_on for step in FoundingStep.objects.all()] == [D(2011, 5, 25)]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_retract_a_fact_once(elsewhere):
    programme = make.plan("København")
    user = make.user_with_role(programme, "secretariat")
    step = make.step(make.AssociationFactory(programme=programme), "meeting", D(2011, 5, 26))
    url = reverse("reports:retract", args=["stiftelsestrin", step.uuid])
    opened = Client()
    opened.force_login(user)
    hidden = hidden_of(opened.get(url))
    with elsewhere.cursor() as cursor:
        cursor.execute(
            "update associations_foundingstep set retracted_at = fact_time(), retraction_reason = 'Hendes'"
            " where id = %s",
            [step.pk],
        )

    response = while_waiting(user, url, hidden | {"reason": "Min"}, elsewhere)

    step.refresh_from_db()
    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [gettext(MEANWHILE)]
    assert step.retraction_reason == "Hendes"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("page", ["edit_instalment", "delete_instalment"])
def test_instalment_that_somebody_pays_meanwhile_stays(elsewhere, page):
    programme = make.plan("København")
    user, planned = make.user_with_role(programme, "secretariat"), money.money_rows(programme)["instalment"]
    url, client = reverse(f"budget:{page}", args=[planned.uuid]), Client()
    client.force_login(user)
    opened = client.get(url).context["form"]
    with elsewhere.cursor() as cursor:
        cursor.execute("select from budget_budget where id = %s for update", [planned.budget_id])
        cursor.execute(
            "insert into budget_fundingfact (budget_id, funder_id, stage, amount, happened_on, uuid, is_date_unknown,"
            " note, given_by_office, source, retraction_reason)"
            " values (%s, %s, 'paid', 1, '2011-10-01', gen_random_uuid(), false, '', '', '', '')",
            [planned.budget_id, planned.funder_id],
        )

    data = {field.html_name: field.value() for field in opened} | {"amount": "1"}
    response = while_waiting(user, url, data, elsewhere)

    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [gettext(MEANWHILE)]
    assert Instalment.objects.filter(pk=planned.pk, amount=planned.amount, due_on=planned.due_on).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("page", ["edit_condition", "delete_condition"])
def test_condition_that_somebody_marks_as_met_meanwhile_stays(elsewhere, page):
    programme = make.plan("København")
    user, rows = make.user_with_role(programme, "secretariat"), money.money_rows(programme)
    wanted, evidence = rows["condition"], rows["betingelse-opfyldt"].evidence
    url, client = reverse(f"budget:{page}", args=[wanted.uuid]), Client()
    client.force_login(user)
    opened = client.get(url).context["form"]
    with elsewhere.cursor() as cursor:
        cursor.execute("select from budget_grantcondition where id = %s for update", [wanted.pk])
        cursor.execute(
            "insert into budget_conditionmet (condition_id, evidence_id, happened_on, uuid, is_date_unknown, note,"
            " retraction_reason) values (%s, %s, '2011-10-01', gen_random_uuid(), false, '', '')",
            [wanted.pk, evidence.pk],
        )

    data = {field.html_name: field.value() for field in opened} | {"text": "Noget andet"}
    response = while_waiting(user, url, data, elsewhere)

    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [gettext(MEANWHILE)]
    assert GrantCondition.objects.get(pk=wanted.pk).text == wanted.text


@pytest.mark.django_db(transaction=True)
def test_condition_is_marked_as_met_after_who_corrects_it_has_finished(elsewhere):
    programme = make.plan("København")
    user, wanted = make.user_with_role(programme, "secretariat"), money.money_rows(programme)["condition"]
    url, typed = reverse("budget:condition_met", args=[wanted.uuid]), {"happened_on": "2011-09-26"}
    with elsewhere.cursor() as cursor:
        cursor.execute("select from budget_grantcondition where id = %s for update", [wanted.pk])
    answers = []

    sender = threading.Thread(target=post_apart, args=(user, url, typed | {"evidence_text": "Brev"}, answers))
    sender.start()
    wait_for_a_lock(sender)
    waited = sender.is_alive()
    elsewhere.commit()
    sender.join(10)

    assert (waited, [answer.status_code for answer in answers]) == (True, [302])


@pytest.mark.django_db(transaction=True)
def test_two_payments_at_once_never_come_above_the_grant(elsewhere):
    """Neither sees the other before it has committed, and each alone is within the grant."""
    granted = money.grant(make.plan("København"), "municipality", 800_000)
    with elsewhere.cursor() as cursor:
        cursor.execute(
            "insert into budget_fundingfact (budget_id, funder_id, stage, amount, happened_on, uuid, is_date_unknown,"
            " note, given_by_office, source, retraction_reason)"
            " values (%s, %s, 'paid', 500000, '2011-03-15', gen_random_uuid(), false, '', '', '', '')",
            [granted.budget_id, granted.funder_id],
        )
    answers = []

    def second():
        try:
            answers.append(refused_by(money.pay, granted, 300_001))
        finally:
            connections.close_all()

    sender = threading.Thread(target=second)
    sender.start()
    wait_for_a_lock(sender)
    elsewhere.commit()
    sender.join(10)

    assert answers == ["budget_payment_within_grant"]
    paid = FundingFact.objects.filter(stage="paid", funder=granted.funder)
    assert [one.amount for one in paid] == [500_000]


@pytest.mark.django_db(transaction=True)
def test_grant_that_payments_need_is_not_retracted_in_the_administration(elsewhere):
    """The database judges it at the transaction's end, since a grant may be superseded."""
    programme = make.plan("København")
    granted = money.grant(programme, "municipality", 800_000)
    money.pay(granted, 500_000)
    client = Client()
    client.force_login(make.user_with_role(programme, "foundation"))
    url = reverse("admin:budget_fundingfact_retract", args=[granted.pk])

    response = client.post(url, {"reason": "Fejl"}, follow=True)

    granted.refresh_from_db()
    assert granted.is_current
    assert [str(one) for one in response.context["messages"]] == [
        gettext("The database refused this. Nothing was saved.")
    ]
