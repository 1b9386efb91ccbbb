"""Only a party signs, and a party that has signed stays one; also two at once."""

import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.urls import reverse

from programme.models import (
    Agreement,
    AgreementParty,
    Signature,
)
from tests import factories as make
from tests.doors import D, hidden_of, retract, saved, says, sent
from tests.figures import sign
from tests.meanwhile import while_waiting
from tests.partnership import organisation, party_of, sign_url
from tests.refusing import refused_by

pytestmark = pytest.mark.django_db


# --- Only a party signs


def test_signature_of_an_organisation_that_is_no_party_is_refused_beside_the_field(programme, agreement, secretary):
    stranger = make.OrganisationFactory(programme=programme, name="Et boligselskab")
    before = saved()

    answer = sent(secretary, sign_url(agreement), organisation=stranger.pk, happened_on="2011-02-07")

    assert answer.context["form"].errors == {"organisation": [says("Only a party to the agreement can sign it.")]}
    assert saved() == before


@pytest.mark.parametrize(("on", "is_taken"), [("2011-02-28", False), ("2011-03-01", True), ("2011-05-31", True)])
def test_signature_is_of_a_day_on_which_the_organisation_was_a_party(programme, agreement, secretary, on, is_taken):
    late = make.OrganisationFactory(programme=programme)
    AgreementParty.record(
        by=None, agreement=agreement, organisation=late, started_on=D(2011, 3, 1), ended_on=D(2011, 5, 31)
    )

    answer = sent(secretary, sign_url(agreement), organisation=late.pk, happened_on=on)

    assert Signature.objects.filter(organisation=late).exists() is is_taken
    if not is_taken:
        message = says("It was not a party to the agreement on that day.")
        assert answer.context["form"].errors == {"organisation": [message]}


def test_database_refuses_a_signature_of_who_is_no_party_that_day(programme, agreement):
    late = make.OrganisationFactory(programme=programme)
    AgreementParty.record(
        by=None, agreement=agreement, organisation=late, started_on=D(2011, 3, 1), ended_on=D(2011, 5, 31)
    )
    values = {"by": None, "agreement": agreement, "organisation": late}

    for day in (D(2011, 2, 28), D(2011, 6, 1)):
        assert refused_by(Signature.record, happened_on=day, **values) == "programme_signature_by_a_party"
    assert Signature.record(happened_on=D(2011, 5, 31), **values).is_current


def test_party_that_has_signed_is_not_retracted(programme, agreement, secretary):
    sign(programme, "foundation", D(2011, 1, 24))
    party = party_of(agreement, organisation(programme, "foundation"))

    answer = retract(secretary, "part", party)

    message = says("The party has signed the agreement. Retract its signature first.")
    assert answer.context["form"].non_field_errors() == [message]
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        party.retract(by=None, reason="Fejl")
        with connections["default"].cursor() as cursor:
            cursor.execute("set constraints all immediate")
    assert error.value.__cause__.diag.constraint_name == "programme_signature_by_a_party"


def test_party_is_retracted_once_its_signature_is(programme, agreement, secretary):
    signature = sign(programme, "foundation", D(2011, 1, 24))
    retract(secretary, "underskrift", signature)

    retract(secretary, "part", party_of(agreement, organisation(programme, "foundation")))

    assert not AgreementParty.objects.current().filter(organisation__kind="foundation").exists()


def test_party_that_has_signed_is_superseded_as_long_as_it_stays_one(programme, agreement):
    sign(programme, "foundation", D(2011, 1, 24))
    party = party_of(agreement, organisation(programme, "foundation"))

    with transaction.atomic(), connections["default"].cursor() as cursor:
        party.supersede(by=None, reason="Bilaget manglede", note="Rettet", ended_on=D(2011, 1, 24))
        cursor.execute("set constraints all immediate")


RETRACTED = "update programme_agreementparty set retracted_at = fact_time(), retraction_reason = 'Fejl' where id = %s"


@pytest.mark.django_db(transaction=True)
def test_nobody_signs_for_a_party_that_somebody_retracts_meanwhile(elsewhere):
    """The other has retracted the party, and is about to commit: she holds the agreement's lock."""
    programme = make.plan("København")
    user, agreement = make.user_with_role(programme, "secretariat"), Agreement.objects.get(programme=programme)
    foundation = organisation(programme, "foundation")
    with elsewhere.cursor() as cursor:
        cursor.execute(RETRACTED, [party_of(agreement, foundation).pk])
        cursor.execute("set constraints all immediate")

    data = {"organisation": foundation.pk, "happened_on": "2011-02-07"}
    answer = while_waiting(user, sign_url(agreement), data, elsewhere)

    assert answer.context["form"].non_field_errors() == [
        says("Somebody has recorded or retracted the same meanwhile. Nothing was saved.")
    ]
    assert not Signature.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_party_for_which_somebody_signs_meanwhile_is_not_retracted(elsewhere):
    programme = make.plan("København")
    user, agreement = make.user_with_role(programme, "secretariat"), Agreement.objects.get(programme=programme)
    party = party_of(agreement, organisation(programme, "foundation"))
    url, client = reverse("reports:retract", args=["part", party.uuid]), Client()
    client.force_login(user)
    hidden = hidden_of(client.get(url))
    with elsewhere.cursor() as cursor:
        cursor.execute(
            "insert into programme_signature (agreement_id, organisation_id, happened_on, uuid, is_date_unknown, note,"
            " retraction_reason) values (%s, %s, '2011-02-07', gen_random_uuid(), false, '', '')",
            [agreement.pk, party.organisation_id],
        )

    answer = while_waiting(user, url, hidden | {"reason": "Fejl"}, elsewhere)

    assert answer.context["form"].non_field_errors() == [
        says("Somebody has recorded or retracted the same meanwhile. Nothing was saved.")
    ]
    assert AgreementParty.objects.get(pk=party.pk).is_current
