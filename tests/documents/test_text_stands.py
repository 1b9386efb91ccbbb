"""The text of a version: a draft is written on, and stands once it is put before somebody."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext

from associations.models import AssociationAdoption
from programme.hearings import is_settled
from programme.models import DocumentVersion
from tests import factories as make
from tests.doors import CPR, assert_refused, hidden_of, saved, sent
from tests.hearings import CLOSED, OPENED, TEXT, decide, hearing

D = dt.date
pytestmark = pytest.mark.django_db


# --- The text stands


@pytest.mark.parametrize("how", ["adopted", "rejected", "hearing", "in_hearing", "association"])
@pytest.mark.parametrize("is_retracted", [False, True])
def test_text_that_was_put_before_somebody_stands(client, programme, version, how, is_retracted):
    if how == "in_hearing":
        fact = hearing(version, OPENED, CLOSED)
    elif how == "association":
        place = make.founded_association(programme)
        fact = AssociationAdoption.record(by=None, association=place, version=version, happened_on=CLOSED)
    else:
        fact = decide(version, CLOSED, how)
    if is_retracted:
        fact.retract(by=None, reason="Fejl")

    assert is_settled(version)
    with pytest.raises(IntegrityError, match="The text stands"), transaction.atomic():
        DocumentVersion.objects.filter(pk=version.pk).update(text="Noget andet")
    before = saved()
    refused = sent(client, reverse("programme:version_text", args=[version.uuid]), text="Noget andet")
    message = gettext("The text stands as it was put before others. Begin a new version instead.")
    assert_refused(refused, "text", message, "Noget andet", before)
    DocumentVersion.objects.filter(pk=version.pk).update(dated_on=D(2011, 8, 2))


def test_draft_is_written_on_and_its_history_kept(client, version):
    url = reverse("programme:version_text", args=[version.uuid])

    assert sent(client, url, text="# Ny\r\n\r\nTekst").status_code == 302

    version.refresh_from_db()
    assert version.text == "# Ny\n\nTekst"
    history = DocumentVersion.pgh_event_model.objects.filter(pgh_obj=version).order_by("pgh_id")
    assert [event.text for event in history] == [TEXT, "# Ny\n\nTekst"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(f"Ring {CPR}", "It looks like a CPR number. We may not store that.", id="cpr"),
        pytest.param("a\n\n" * 1001, "At most 1000 paragraphs, headings and items.", id="too-many-paragraphs"),
    ],
)
def test_text_that_cannot_be_kept_is_refused(client, version, text, message):
    before = saved()

    refused = sent(client, reverse("programme:version_text", args=[version.uuid]), text=text)

    said = gettext("At most %(most)s paragraphs, headings and items.") % {"most": 1000}
    expected = said if "1000" in message else gettext(message)
    assert refused.context["form"].errors == {"text": [expected]}
    assert saved() == before


@pytest.mark.parametrize(("length", "is_kept"), [(60_000, True), (60_001, False)])
def test_text_is_as_long_as_may_be_and_no_longer(client, version, length, is_kept):
    answer = sent(client, reverse("programme:version_text", args=[version.uuid]), text="æ" * length)

    assert (answer.status_code == 302) is is_kept
    if not is_kept:
        with pytest.raises(DatabaseError, match="text_length"), transaction.atomic():
            DocumentVersion.objects.filter(pk=version.pk).update(text="æ" * length)


def test_draft_that_somebody_else_wrote_on_is_not_overwritten(client, version):
    url = reverse("programme:version_text", args=[version.uuid])
    opened = hidden_of(client.get(url))
    DocumentVersion.objects.filter(pk=version.pk).update(text="Hendes")

    answer = client.post(url, opened | {"text": "Min"})

    assert [one.theirs for one in answer.context["difference"]] == ["Hendes"]
    version.refresh_from_db()
    assert version.text == "Hendes"


def test_new_version_begins_with_another_one_s_text(client, document, version):
    url = reverse("programme:version", args=[document.uuid])
    foreign = make.DocumentVersionFactory(text="Fremmed")

    begun = client.get(url, {"fra": version.uuid}).context["form"]["text"].value()
    others = [client.get(url, {"fra": asked}).context["form"]["text"].value() for asked in (foreign.uuid, "x", "")]

    assert begun == TEXT
    assert others == ["", "", ""]
