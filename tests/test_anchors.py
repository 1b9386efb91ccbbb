"""What figures rest on but is no fact: it stays as it was made, so that no edit changes an answer about the past."""

import datetime as dt
import uuid

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from django.urls import reverse

from associations.models import AssociationGrant
from programme.models import Adoption, AgreementParty, Document, DocumentVersion, Signature
from tests import factories as make
from tests.figures import at, decide, figure, listed
from tests.rows import MAKERS
from training.models import Curriculum

D = dt.date


@pytest.mark.parametrize(
    ("model", "column", "value"),
    [(Document, "kind", "other"), (Document, "adopted_by", None), (Curriculum, "kind", "basic")],
    ids=["document-kind", "document-body", "curriculum-kind"],
)
def test_anchor_keeps_what_figures_rest_on(programme, model, column, value):
    row = model.objects.filter(programme=programme, kind__in=["values", "coordinator"]).first()

    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**{column: value})


@pytest.mark.parametrize(
    ("label", "column"), [(one, column) for one in MAKERS for column in getattr(apps.get_model(one), "fixed", ())]
)
def test_anchor_keeps_each_of_its_fixed_columns(programme, label, column):
    row = MAKERS[label](programme)
    row.refresh_from_db()
    value = getattr(row, column)
    other = _another(value)

    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**{column: other})


def _another(value):
    if isinstance(value, str):
        return f"{value}x"
    if isinstance(value, uuid.UUID):
        return uuid.uuid4()
    return value + (dt.timedelta(1) if isinstance(value, D) else 1)


def test_anchor_lets_its_name_be_corrected(programme):
    assert Document.objects.filter(programme=programme, kind="values").update(title="Værdier") == 1


def test_partnership_without_the_foundation_does_not_count(programme):
    decide(programme, "anchoring_model", D(2011, 3, 1))
    agreement = make.AgreementFactory(programme=programme, title="Mellem to helhedsplaner")
    for number in range(2):
        plan = make.OrganisationFactory(programme=programme, name=f"Helhedsplan {number}", kind="housing_plan")
        AgreementParty.record(by=None, agreement=agreement, organisation=plan, started_on=D(2011, 1, 1))
        Signature.record(by=None, agreement=agreement, organisation=plan, happened_on=D(2011, 3, 1))

    assert figure(programme, 5, at(2011, 12, 31)).is_met is False


def test_adoption_that_the_same_body_takes_back_no_longer_counts(programme):
    document = Document.objects.get(programme=programme, kind="values")
    version = DocumentVersion.objects.create(document=document, label="1.0")
    for outcome, on in (("adopted", D(2011, 7, 1)), ("rejected", D(2011, 9, 1))):
        Adoption.record(by=None, version=version, body=document.adopted_by, outcome=outcome, happened_on=on)

    assert [figure(programme, 4, at(2011, month, 15)).is_met for month in (8, 9)] == [True, False]


def test_association_founded_before_the_checklist_is_judged_by_its_first_version(programme):
    make.founded_association(programme, D(2010, 5, 1))

    assert figure(programme, 1, at(2011, 1, 1)).value == 1


def test_coordinator_with_a_renewed_certificate_counts_since_the_first(programme):
    association = make.founded_association(programme, D(2011, 1, 10))
    volunteer = make.VolunteerFactory(programme=programme)
    make.membership(volunteer, association, since=D(2011, 3, 1))
    make.certificate(volunteer, since=D(2011, 2, 1), until=D(2011, 7, 31))
    make.certificate(volunteer, since=D(2011, 8, 1))

    assert _since(programme) == D(2011, 3, 1)


def test_coordinator_with_two_roles_counts_from_the_one_that_counts_first(programme):
    old, young = (make.founded_association(programme, on) for on in (D(2011, 1, 10), D(2011, 3, 1)))
    volunteer = make.VolunteerFactory(programme=programme)
    make.certificate(volunteer, since=D(2011, 1, 1))
    make.membership(volunteer, old, since=D(2011, 11, 1))
    make.membership(volunteer, young, since=D(2011, 3, 1))

    assert _since(programme) == D(2011, 3, 1)


def _since(programme):

    (row,) = listed(programme, 2, at(2011, 12, 31), counting=True)
    return row.since


def test_local_coordinator_no_longer_meets_who_has_left(programme, client_of):
    association = make.founded_association(programme)
    left = make.VolunteerFactory(programme=programme)
    make.membership(left, association, "mother", D(2011, 1, 1), D(2011, 2, 1))
    client = client_of(make.local_coordinator(association))

    assert client.get(reverse("volunteers:detail", args=[left.uuid])).status_code == 404


def test_caseworker_with_an_association_still_meets_no_person(programme, caseworker, client_of):
    association = make.founded_association(programme)
    member = make.counting_coordinator(association)
    AssociationGrant.objects.create(user=caseworker, association=association)

    assert client_of(caseworker).get(reverse("volunteers:detail", args=[member.uuid])).status_code == 404


@pytest.mark.parametrize("path", ["/", "/foreninger/", "/frivillige/"])
def test_pages_are_not_kept_by_browsers(client_of, secretariat, path):
    assert "no-store" in client_of(secretariat).get(path)["Cache-Control"]


def test_forged_session_cookie_is_no_session(client, db):
    client.cookies["sessionid"] = "\x00" * 9

    assert client.get("/").status_code == 302


def test_signature_page_ignores_an_unknown_part(programme, secretariat, client_of):
    agreement = programme.agreements.get()
    address = reverse("programme:signature", args=[agreement.uuid])

    assert client_of(secretariat).get(f"{address}?part=%00").status_code == 200
