"""The agreement's end, of which is warned, and what the parties owe each other."""

import pytest
from django.test import Client
from django.urls import reverse

from bydelsmoedre.moment import Moment
from programme.models import (
    Agreement,
    AgreementTerm,
    Evidence,
    Obligation,
    ObligationMet,
)
from programme.models.agreements import RENEWAL_WARNED_DAYS
from reports.findings import found
from reports.partnership import obligation_state
from tests import factories as make
from tests.doors import D, hidden_of, html_of, says, sent
from tests.meanwhile import while_waiting
from tests.partnership import DAY, codes, organisation
from tests.refusing import refused_by

pytestmark = pytest.mark.django_db


# --- Its end


@pytest.mark.parametrize(
    ("days", "is_told"), [(RENEWAL_WARNED_DAYS + 1, False), (RENEWAL_WARNED_DAYS, True), (0, True), (-1, False)]
)
def test_renewal_is_asked_for_from_so_many_days_before_the_end_to_the_end(programme, agreement, days, is_told):
    end = D(2011, 12, 31)
    AgreementTerm.record(by=None, agreement=agreement, started_on=D(2011, 1, 1), ended_on=end)

    assert ("renewal_missing" in codes(programme, end - days * DAY)) is is_told


def test_renewal_is_not_asked_for_once_the_next_term_is_known(programme, agreement, secretary):
    AgreementTerm.record(by=None, agreement=agreement, started_on=D(2011, 1, 1), ended_on=D(2011, 12, 31))
    form = secretary.get(reverse("programme:term", args=[agreement.uuid])).context["form"]

    AgreementTerm.record(by=None, agreement=agreement, started_on=form["started_on"].initial)

    assert form["started_on"].initial == D(2012, 1, 1)
    assert "renewal_missing" not in codes(programme, D(2011, 12, 31))


@pytest.mark.parametrize(
    ("on", "next_on", "words"),
    [
        ("2011-12-31", None, "Runs out on %(day)s, and is not renewed by itself."),
        ("2011-12-31", D(2012, 2, 1), "Runs out on %(day)s. The next term begins on %(next)s."),
        ("2012-01-01", None, "Ran out on %(day)s. No term is recorded after it."),
        ("2012-01-01", D(2012, 2, 1), "Ran out on %(day)s. The next term begins on %(next)s."),
    ],
)
def test_page_says_plainly_when_the_agreement_ends(agreement, secretary, on, next_on, words):
    AgreementTerm.record(by=None, agreement=agreement, started_on=D(2011, 1, 1), ended_on=D(2011, 12, 31))
    if next_on:
        AgreementTerm.record(by=None, agreement=agreement, started_on=next_on)

    page = secretary.get(agreement.get_absolute_url(), {"on": on})

    assert says(words, day="31. december 2011", next="1. februar 2012") in html_of(page)


def test_term_without_an_end_says_nothing_of_one(agreement, secretary):
    AgreementTerm.record(by=None, agreement=agreement, started_on=D(2011, 1, 1))

    assert secretary.get(agreement.get_absolute_url()).context["runs_out"] == ""


# --- Obligations


@pytest.fixture
def obligation(programme, agreement):
    whose = {"agreement": agreement, "organisation": organisation(programme, "municipality")}
    return Obligation.objects.create(text="Betale bidraget", due_on=D(2011, 6, 1), **whose)


def meet(obligation, on):
    evidence = Evidence.objects.create(programme=obligation.agreement.programme, description="Kvittering")
    return ObligationMet.record(by=None, obligation=obligation, evidence=evidence, happened_on=on)


@pytest.mark.parametrize(
    ("due_on", "met_on", "on", "state"),
    [
        (D(2011, 6, 1), None, D(2011, 6, 1), "open"),
        (D(2011, 6, 1), None, D(2011, 6, 2), "overdue"),
        (D(2011, 6, 1), D(2011, 6, 1), D(2011, 6, 9), "met"),
        (D(2011, 6, 1), D(2011, 6, 2), D(2011, 6, 9), "late"),
        (None, None, D(2011, 6, 1), "lasting"),
        (None, D(2011, 6, 1), D(2011, 6, 9), "kept"),
    ],
)
def test_obligation_stands_as_its_days_say(due_on, met_on, on, state):
    assert obligation_state(due_on, met_on, on) == state


def test_obligation_is_found_from_the_day_after_it_was_due_until_it_is_met(programme, obligation):
    told = [found(programme, Moment(D(2011, 6, day)), codes=["obligation_overdue"]) for day in (1, 2)]
    meet(obligation, D(2011, 6, 20))

    assert [[(one.uuid, one.since) for one in listed] for listed in told] == [[], [(obligation.uuid, D(2011, 6, 2))]]
    assert "obligation_overdue" in codes(programme, D(2011, 6, 19))
    assert "obligation_overdue" not in codes(programme, D(2011, 6, 20))


def test_obligation_is_met_with_what_proves_it_and_once(obligation, secretary):
    url = reverse("programme:obligation_met", args=[obligation.uuid])

    bare = sent(secretary, url, happened_on="2011-05-31")
    met = sent(secretary, url, happened_on="2011-05-31", evidence_text="Kontoudtog, maj 2011")
    again = sent(secretary, url, happened_on="2011-06-02", evidence_text="Kontoudtog, juni 2011")

    message = says("Say what proves that the obligation is met.")
    assert bare.context["form"].errors == {"evidence_text": [message]}
    assert met.status_code == 302
    assert again.context["form"].non_field_errors() == [says("The obligation is marked as met already.")]
    values = {"by": None, "obligation": obligation, "happened_on": D(2011, 6, 3)}
    assert refused_by(ObligationMet.record, **values) == "programme_obligation_is_proved"


def test_obligation_that_lasts_is_confirmed_again(programme, agreement, secretary):
    whose = {"agreement": agreement, "organisation": organisation(programme, "foundation")}
    lasting = Obligation.objects.create(text="Drive et sekretariat", **whose)
    url = reverse("programme:obligation_met", args=[lasting.uuid])

    for day in ("2011-03-01", "2011-09-01"):
        sent(secretary, url, happened_on=day, evidence_text="Årsberetning")
    page = secretary.get(agreement.get_absolute_url())

    (line,) = page.context["obligations"]
    assert (line.state, [one.happened_on for one in line.met]) == ("kept", [D(2011, 9, 1), D(2011, 3, 1)])
    assert line.met_url
    assert not line.edit_url


def test_obligation_that_is_met_stays_as_it_was_worded(obligation, secretary):
    url = reverse("programme:obligation_edit", args=[obligation.uuid])
    sent(secretary, url, text="Betale hele bidraget", due_on="2011-07-01", number="2")
    meet(obligation, D(2011, 6, 20))

    answer = sent(secretary, url, text="Noget andet", due_on="", number="1")

    message = says("The obligation is marked as met, so it stays as it is worded. Retract that first.")
    assert answer.context["form"].non_field_errors() == [message]
    obligation.refresh_from_db()
    assert (obligation.text, obligation.due_on) == ("Betale hele bidraget", D(2011, 7, 1))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("page", "typed", "message"),
    [
        (
            "obligation_edit",
            {"text": "Noget andet", "due_on": "", "number": "1"},
            "The obligation is marked as met, so it stays as it is worded. Retract that first.",
        ),
        (
            "obligation_met",
            {"happened_on": "2011-06-02", "evidence_text": "Kvittering"},
            "The obligation is marked as met already.",
        ),
    ],
)
def test_obligation_that_somebody_marks_as_met_meanwhile_stays_so(elsewhere, page, typed, message):
    programme = make.plan("København")
    user, agreement = make.user_with_role(programme, "secretariat"), Agreement.objects.get(programme=programme)
    whose = {"agreement": agreement, "organisation": organisation(programme, "municipality")}
    obligation = Obligation.objects.create(text="Betale bidraget", due_on=D(2011, 6, 1), **whose)
    evidence = Evidence.objects.create(programme=programme, description="Kvittering")
    url, client = reverse(f"programme:{page}", args=[obligation.uuid]), Client()
    client.force_login(user)
    hidden = hidden_of(client.get(url))
    with elsewhere.cursor() as cursor:
        cursor.execute("select from programme_obligation where id = %s for update", [obligation.pk])
        cursor.execute(
            "insert into programme_obligationmet (obligation_id, evidence_id, happened_on, uuid, is_date_unknown, note,"
            " retraction_reason) values (%s, %s, '2011-06-01', gen_random_uuid(), false, '', '')",
            [obligation.pk, evidence.pk],
        )

    answer = while_waiting(user, url, hidden | typed, elsewhere)

    assert answer.context["form"].non_field_errors() == [says(message)]
    assert Obligation.objects.get(pk=obligation.pk).text == "Betale bidraget"
    assert ObligationMet.objects.count() == 1


def test_municipality_reads_obligations_without_what_is_noted(obligation, agreement, client_of, caseworker):
    evidence = Evidence.objects.create(programme=agreement.programme, description="HEMMELIG kvittering")
    ObligationMet.record(
        by=None, obligation=obligation, evidence=evidence, happened_on=D(2011, 6, 1), note="HEMMELIG note"
    )

    page = client_of(caseworker).get(agreement.get_absolute_url())

    html = html_of(page)
    assert "Betale bidraget" in html
    assert says("Evidence is noted") in html
    assert "HEMMELIG" not in html


def test_overview_tells_the_municipality_of_what_is_overdue(obligation, client_of, caseworker):
    told = client_of(caseworker).get(reverse("programme:goals"), {"on": "2011-06-02"}).context["findings"]

    assert "obligation_overdue" in {one.code for one in told}
    assert {one.url for one in told} == {""}


def test_obligations_are_those_of_parties(programme, agreement, secretary):
    stranger = make.OrganisationFactory(programme=programme)
    url = reverse("programme:obligation_new", args=[agreement.uuid])

    answer = sent(secretary, url, organisation=stranger.pk, text="Betale", due_on="", number="1")

    assert list(answer.context["form"].errors) == ["organisation"]
