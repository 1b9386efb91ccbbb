"""Two who work on a hearing at once: one waits for the other, and then sees what she has done."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from associations.models import AssociationAdoption
from programme.models import Adoption, Document, Hearing
from tests import factories as make
from tests.doors import hidden_of
from tests.hearings import CLOSED, MEANWHILE, OPENED, TEXT, hearing
from tests.meanwhile import while_waiting

D = dt.date
pytestmark = pytest.mark.django_db


# --- Two at once


def raw_hearing(cursor, version):
    cursor.execute(
        "insert into programme_hearing (version_id, started_on, ended_on, asked, others, uuid, is_date_unknown, note,"
        " retraction_reason) values (%s, '2011-09-01', '2011-10-01', '{}', 'Alle', gen_random_uuid(), false, '', '')",
        [version.pk],
    )


def raw_adoption(cursor, version):
    cursor.execute(
        "insert into programme_adoption (version_id, body_id, outcome, happened_on, uuid, is_date_unknown, note,"
        " retraction_reason) values (%s, %s, 'adopted', '2011-09-10', gen_random_uuid(), false, '', '')",
        [version.pk, version.document.adopted_by_id],
    )


@pytest.fixture
def apart():
    """A version that two work on at once, and the secretariat."""
    programme = make.plan("København")
    document = Document.objects.get(programme=programme, kind="values")
    version = make.DocumentVersionFactory(document=document, label="1.0", dated_on=D(2011, 8, 1), text=TEXT)
    return version, make.user_with_role(programme, "secretariat")


@pytest.mark.django_db(transaction=True)
def test_version_that_somebody_sends_to_hearing_meanwhile_is_not_adopted(elsewhere, apart):
    version, user = apart
    with elsewhere.cursor() as cursor:
        raw_hearing(cursor, version)

    url = reverse("programme:adoption", args=[version.document.uuid])
    body = version.document.adopted_by_id
    typed = {"label": "1.0", "body": body, "outcome": "adopted", "happened_on": "2011-09-10"}
    response = while_waiting(user, url, typed, elsewhere)

    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [gettext(MEANWHILE)]
    assert not Adoption.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_version_that_somebody_adopts_meanwhile_is_not_in_hearing(elsewhere, apart):
    version, user = apart
    with elsewhere.cursor() as cursor:
        raw_adoption(cursor, version)

    url = reverse("programme:hearing", args=[version.uuid])
    typed = {"started_on": "2011-09-01", "ended_on": "2011-10-01", "others": "Alle"}
    response = while_waiting(user, url, typed, elsewhere)

    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [gettext(MEANWHILE)]
    assert not Hearing.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_association_does_not_adopt_what_somebody_sends_to_hearing_meanwhile(elsewhere, apart):
    version, user = apart
    place = make.founded_association(version.document.programme)
    with elsewhere.cursor() as cursor:
        raw_hearing(cursor, version)

    url = reverse("associations:adopt", args=[place.uuid])
    response = while_waiting(user, url, {"version": version.pk, "happened_on": "2011-09-10"}, elsewhere)

    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [gettext(MEANWHILE)]
    assert not AssociationAdoption.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("meanwhile", [raw_hearing, raw_adoption], ids=["hearing", "adoption"])
def test_text_that_somebody_puts_before_others_meanwhile_is_not_changed(elsewhere, apart, client_of, meanwhile):
    version, user = apart
    url = reverse("programme:version_text", args=[version.uuid])
    opened = hidden_of(client_of(user).get(url))
    with elsewhere.cursor() as cursor:
        meanwhile(cursor, version)

    response = while_waiting(user, url, opened | {"text": "Noget andet"}, elsewhere)

    message = gettext("The text stands as it was put before others. Begin a new version instead.")
    assert response.context["form"].errors == {"text": [message]}
    version.refresh_from_db()
    assert version.text == TEXT


@pytest.mark.django_db(transaction=True)
def test_hearing_that_an_answer_comes_in_meanwhile_is_not_retracted(elsewhere, apart, client_of):
    version, user = apart
    fact = hearing(version, OPENED, CLOSED)
    url = reverse("reports:retract", args=["hoering", fact.uuid])
    opened = hidden_of(client_of(user).get(url))
    with elsewhere.cursor() as cursor:
        cursor.execute(
            "insert into programme_hearingcomment (version_id, sender, heading, text, answer, because, happened_on,"
            " uuid, is_date_unknown, note, retraction_reason)"
            " values (%s, 'A', '', 'B', '', '', '2011-09-10', gen_random_uuid(), false, '', '')",
            [version.pk],
        )
        cursor.execute("set constraints all immediate")

    response = while_waiting(user, url, opened | {"reason": "Fejl"}, elsewhere)

    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [gettext(MEANWHILE)]
    assert Hearing.objects.current().filter(pk=fact.pk).exists()
