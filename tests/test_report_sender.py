"""Who sends a report: its CVR number, and what a journal asks for that is not filled in."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from bydelsmoedre.cvr import clean_cvr
from programme.models import Organisation
from reports.progress.freezing import warnings_of
from tests import factories as make
from tests.reports import draft, locked
from tests.rows import address
from tests.test_admin_forms import values_of

pytestmark = pytest.mark.django_db


def sender(programme, **values):
    organisation = programme.organisations.get(kind="foundation")
    Organisation.objects.filter(pk=organisation.pk).update(**values)
    organisation.refresh_from_db()
    return organisation


def content(frozen):
    return json.loads(bytes(frozen.canonical))["report"]


def test_report_tells_the_sender_by_name_and_cvr(programme):
    sender(programme, cvr="13748136")

    assert content(locked(programme))["sender"] == {"name": "Fonden for Socialt Ansvar", "cvr": "13748136"}


def test_what_a_journal_asks_for_is_warned_about_and_keeps_nothing_back(programme):
    report = draft(programme)
    before = [one.code for one in warnings_of(report)]
    sender(programme, cvr="24256790")
    report.case_number = "2010-118"

    assert (before, warnings_of(report)) == (["cvr", "case_number"], [])
    assert content(locked(programme, to=report.period_to.replace(day=29)))["case_number"] == ""


@pytest.mark.parametrize("typed", ["24256791", "00000000", "1374813", "13 74 81 36", "DK13748136", "abcdefgh"])
def test_organisation_has_a_cvr_number_or_none(programme, typed):
    organisation = sender(programme)
    organisation.cvr = typed
    with pytest.raises(ValidationError) as refused:
        organisation.full_clean()

    assert list(refused.value.message_dict) == ["cvr"]


def test_database_takes_no_cvr_of_other_signs(programme):
    with pytest.raises(IntegrityError), transaction.atomic():
        sender(programme, cvr="1374813A")


def test_cvr_is_read_however_it_was_typed():
    assert [clean_cvr(one) for one in ("13748136", "13 74 81 36", "DK 13748136")] == ["13748136"] * 3


def test_the_administration_keeps_the_cvr_number(programme, reader):
    row = make.OrganisationFactory(programme=programme, name="Vores", kind="other")
    page = address(row, "change", row.pk)
    reader.post(page, values_of(reader.get(page)) | {"cvr": "24256790"})
    row.refresh_from_db()

    assert row.cvr == "24256790"
