"""Files that prove a fact: told by their content, kept apart from their names, and served only through their fact."""

import datetime as dt
import io
import os
import time
import zipfile
from pathlib import Path

import pytest
from django.conf import settings as used
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import gettext

from associations.models import FoundingStep
from bydelsmoedre.entry import Overtaken
from programme import files
from programme.models import Evidence
from tests import factories as make
from tests.doors import PDF, hidden_in
from tests.gatherings import held
from tests.good_input import GOOD
from training.models import Certificate
from volunteers.models import Conversation

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\x00" * 64
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 64 + b"\xff\xd9"


def archive(*names, **contents):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name in names:
            made.writestr(name, "x")
        for name, content in contents.items():
            made.writestr(name, content)
    return target.getvalue()


def broken(how):
    """A text document whose archive is broken in one way."""
    whole = bytearray(archive(mimetype="application/vnd.oasis.opendocument.text", extra="x"))
    listing = whole.index(b"PK\x01\x02")
    if how == "name":  # says that its name is UTF-8, which it is not
        whole[listing + 9] |= 0x08
        whole[listing + 46] = 0xFF
    elif how == "stream":  # says that it is compressed, which it is not
        whole[8] = whole[listing + 10] = 8
    elif how == "offset":  # says that a part lies where it cannot
        whole[listing + 42 : listing + 46] = b"\xff\xff\xff\x7f"
    elif how == "method":
        whole[8] = whole[listing + 10] = 97
    elif how == "end":  # a part is said to be longer than the file
        whole[listing + 20 : listing + 28] = b"\x60\x00\x00\x00\x60\x00\x00\x00"
        whole[18:26] = b"\x60\x00\x00\x00\x60\x00\x00\x00"
        listed = bytes(whole[listing:])
        return bytes(whole[:70]) + listed
    return bytes(whole)


DOCX = archive("[Content_Types].xml", "word/document.xml")
ODT = archive("content.xml", mimetype="application/vnd.oasis.opendocument.text")


def upload(content, name="referat.pdf"):
    return SimpleUploadedFile(name, content, content_type="text/html")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        pytest.param(PDF, "application/pdf", id="pdf"),
        pytest.param(PNG, "image/png", id="png"),
        pytest.param(JPEG, "image/jpeg", id="jpeg"),
        pytest.param(DOCX, files.OFFICE["word/document.xml"], id="docx"),
        pytest.param(ODT, "application/vnd.oasis.opendocument.text", id="odt"),
    ],
)
def test_file_is_told_by_its_content_whatever_it_is_called(content, media_type):
    assert files.check_file(upload(content, "hvad-som-helst.exe")).media_type == media_type


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "kind", id="svg"),
        pytest.param(b"<!DOCTYPE html><script>alert(1)</script>", "kind", id="html"),
        pytest.param(b"MZ\x90\x00" + b"\x00" * 100, "kind", id="program"),
        pytest.param(archive("word/document.xml", "word/vbaProject.bin"), "macros", id="macros"),
        pytest.param(archive("a.txt"), "kind", id="other-archive"),
        pytest.param(b"PK\x03\x04broken", "kind", id="broken-archive"),
        pytest.param(archive(*(f"{n}" for n in range(2100)), "word/document.xml"), "kind", id="too-many-parts"),
    ],
)
def test_file_that_could_do_harm_is_refused_with_a_reason(content, code):
    with pytest.raises(ValidationError) as refused:
        files.check_file(upload(content))

    assert refused.value.code == code


def test_file_of_20_mb_is_taken_and_one_byte_more_is_not(monkeypatch):
    assert files.LARGEST == 20 * 1024 * 1024
    monkeypatch.setattr(files, "LARGEST", len(PDF))
    assert files.check_file(upload(PDF)).size == len(PDF)

    with pytest.raises(ValidationError) as refused:
        files.check_file(upload(PDF + b"\n"))
    assert refused.value.code == "large"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\skjult\\referat.pdf", "referat.pdf"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("..", "fil"),
    ],
)
def test_name_of_a_file_leads_nowhere(name, kept):
    assert files._plain_name(name) == kept


# --- Through the door


@pytest.fixture
def minutes(programme, secretariat, client_of):
    """An association whose minutes were recorded with a file."""
    association = make.AssociationFactory(programme=programme)
    url = reverse("associations:step", args=[association.uuid, "minutes"])
    client_of(secretariat).post(url, {"happened_on": "2011-05-26", "evidence_file": upload(PDF, "../Referat å.pdf")})
    return FoundingStep.objects.get(association=association, kind="minutes")


def address(step):
    return reverse("reports:evidence", args=["stiftelsestrin", step.uuid])


def test_recorded_file_is_fetched_as_something_to_be_saved(minutes, secretariat, client_of):
    answer = client_of(secretariat).get(address(minutes))

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")


def test_file_on_disk_has_a_name_of_ours(minutes):
    assert minutes.evidence.file.name == f"evidence/{minutes.evidence.uuid}"
    assert (minutes.evidence.file_name, len(minutes.evidence.sha256)) == ("Referat å.pdf", 64)


def test_municipality_fetches_no_papers(minutes, caseworker, client_of):
    assert client_of(caseworker).get(address(minutes)).status_code == 403


def test_local_coordinator_fetches_her_own_association_s_papers_only(minutes, programme, client_of):
    mine = make.local_coordinator(minutes.association)
    other = make.local_coordinator(make.AssociationFactory(programme=programme))

    assert [client_of(user).get(address(minutes)).status_code for user in (mine, other)] == [200, 404]


def test_fact_without_a_file_has_none_to_fetch(programme, secretariat, client_of):
    step = make.step(make.AssociationFactory(programme=programme), "notice", dt.date(2011, 5, 1))

    assert client_of(secretariat).get(address(step)).status_code == 404


def test_refused_file_saves_nothing_and_keeps_the_rest(programme, secretariat, client_of):
    association = make.AssociationFactory(programme=programme)
    url = reverse("associations:step", args=[association.uuid, "minutes"])

    page = client_of(secretariat).post(
        url, {"happened_on": "2011-05-26", "note": "Husk bilag", "evidence_file": upload(b"<svg/>", "logo.svg")}
    )

    assert page.context["form"].errors == {
        "evidence_file": [
            gettext("This kind of file is not taken. Use PDF, a photo (JPEG, PNG, HEIC) or an office document.")
        ]
    }
    assert "Husk bilag" in page.content.decode()
    assert not FoundingStep.objects.filter(association=association).exists()


def stored():
    """The files that are stored."""
    return sorted(path.name for path in Path(used.MEDIA_ROOT).rglob("*") if path.is_file())


def door_of_a_board(programme):
    association = make.AssociationFactory(programme=programme)
    return reverse("associations:step", args=[association.uuid, "board"])


BOARD = {"happened_on": "2011-05-26", "board_members": "5", "note": ""}


@pytest.mark.parametrize("name", ["010170-1234 referat.pdf", "referat_010170_1234.pdf", "0101701234.pdf"])
def test_cpr_number_in_the_name_of_a_file_is_refused_beside_the_file(programme, secretariat, client_of, name):
    page = client_of(secretariat).post(door_of_a_board(programme), BOARD | {"evidence_file": upload(PDF, name)})

    refusal = gettext("It looks like a CPR number. We may not store that.")
    assert page.context["form"].errors == {"evidence_file": [refusal]}
    assert (Evidence.objects.filter(file__gt="").count(), stored()) == (0, [])


@pytest.mark.parametrize("how", ["name", "stream", "offset", "method", "end"])
def test_broken_archive_is_refused_beside_the_file(programme, secretariat, client_of, how):
    sent = BOARD | {"evidence_file": upload(broken(how), "referat.odt")}

    page = client_of(secretariat).post(door_of_a_board(programme), sent)

    assert [*page.context["form"].errors] == ["evidence_file"]
    assert stored() == []


@pytest.mark.parametrize("failure", [Overtaken, RuntimeError])
def test_file_of_a_fact_that_is_not_saved_is_deleted(programme, secretariat, client_of, monkeypatch, failure):
    seen = []

    def fail(self, **how):
        seen.extend(stored())
        raise failure

    monkeypatch.setattr(FoundingStep, "save", fail)
    client = client_of(secretariat)
    client.raise_request_exception = False

    client.post(door_of_a_board(programme), BOARD | {"evidence_file": upload(PDF)})

    assert len(seen) == 1, "it was stored before the fact failed"
    assert (stored(), Evidence.objects.filter(file__gt="").count()) == ([], 0)


def test_file_of_a_saved_fact_stays(minutes):
    assert stored() == [str(minutes.evidence.uuid)]


# --- The same file twice


def told(answer):
    """What is said on the page after saving."""
    return [str(one) for one in answer.context["messages"]]


def same_as(fact):
    return gettext("The same file is evidence already: %(facts)s. It is kept here too.") % {"facts": fact}


def test_same_file_is_told_of_and_kept(minutes, secretary):
    url = reverse("associations:step", args=[minutes.association.uuid, "statutes"])
    sent = {"happened_on": "2011-05-26", "note": "Se bilaget", "evidence_file": upload(PDF, "vedtægter.pdf")}

    said = told(secretary.post(url, sent, follow=True))

    step = FoundingStep.objects.get(association=minutes.association, kind="statutes")
    assert said == [gettext("Saved."), same_as(minutes)]
    assert (step.note, step.evidence.file_name, step.evidence.sha256) == (
        "Se bilaget", "vedtægter.pdf", minutes.evidence.sha256
    )  # fmt: skip


def test_same_file_as_minutes_of_a_meeting_is_told_of(minutes, secretary):
    meeting = held(minutes.association, on=dt.date(2011, 9, 1)).gathering
    url = reverse("volunteers:gathering_minutes", args=[meeting.uuid])

    said = told(secretary.post(url, {"evidence_file": upload(PDF)}, follow=True))

    assert said == [gettext("Saved."), same_as(minutes)]


def test_file_that_another_association_has_is_not_told_of(minutes, programme, secretary, client_of):
    theirs = make.AssociationFactory(programme=programme)
    url = reverse("associations:step", args=[theirs.uuid, "statutes"])

    for client in (client_of(make.local_coordinator(theirs)), secretary):
        said = told(client.post(url, {"happened_on": "2011-05-26", "evidence_file": upload(PDF)}, follow=True))
        assert said == [gettext("Saved.")]
        theirs.steps.current().get().retract(by=None, reason="Forkert")


@pytest.mark.parametrize("door", ["converse", "language", "answer", "stage"])
def test_form_that_asks_for_no_evidence_takes_no_file(programme, secretariat, client_of, door):
    association = make.founded_association(programme, name="Bydelsmødre i Tingbjerg")
    volunteer = make.VolunteerFactory(programme=programme)
    address, sent = {
        "converse": ([association.uuid], GOOD["volunteers:converse"]),
        "language": ([volunteer.uuid], GOOD["volunteers:language"]),
        "answer": ([make.TransitionFactory(volunteer=volunteer).uuid], GOOD["volunteers:answer"]),
        "stage": ([make.CandidacyFactory(volunteer=volunteer).uuid, "applied"], {"happened_on": "2011-02-01"}),
    }[door]
    url, client = reverse(f"volunteers:{door}", args=address), client_of(secretariat)
    opened = client.get(url).context["form"]
    hidden = hidden_in(opened)

    response = client.post(url, hidden | sent | {"evidence_file": upload(PDF)})

    assert (response.status_code, "evidence_file" in opened.fields, stored()) == (302, False, [])
    assert Conversation.objects.count() == (door == "converse")


def test_earlier_training_is_recognised_on_a_file_alone(programme, secretariat, client_of):
    volunteer = make.VolunteerFactory(programme=programme)
    url = reverse("training:certificate", args=[volunteer.uuid])
    basic = programme.curricula.get(kind="basic")
    sent = {"curriculum": basic.pk, "basis": "merit", "started_on": "2011-06-27", "ended_on": ""}

    response = client_of(secretariat).post(url, sent | {"evidence_file": upload(PDF, "kursusbevis.pdf")})

    assert response.status_code == 302
    assert Certificate.objects.get(volunteer=volunteer).evidence.file_name == "kursusbevis.pdf"


def test_file_that_is_lost_on_disk_is_not_found(minutes, secretariat, client_of):
    minutes.evidence.file.storage.delete(minutes.evidence.file.name)

    assert client_of(secretariat).get(address(minutes)).status_code == 404


# --- Sweeping


@pytest.fixture
def left_behind(minutes):
    """Three files: an evidence's, an old one without a row, a young one without a row."""
    storage = minutes.evidence.file.storage
    old, _young = (storage.save(f"evidence/{name}", ContentFile(b"x")) for name in ("gammel", "ung"))
    for name in (old, minutes.evidence.file.name):
        os.utime(storage.path(name), (time.time() - 2 * 86400,) * 2)
    return {str(minutes.evidence.uuid), "gammel", "ung"}


def test_sweeping_lists_what_no_row_names_and_deletes_nothing(left_behind, capsys):
    call_command("sweep_evidence")

    assert capsys.readouterr().out.splitlines()[:-1] == ["evidence/gammel"]
    assert {*stored()} == left_behind


def test_sweeping_deletes_old_files_without_a_row_when_told(left_behind):
    call_command("sweep_evidence", "--delete")

    assert {*stored()} == left_behind - {"gammel"}


def test_sweeping_without_any_file_says_so(db, capsys):
    call_command("sweep_evidence")

    assert capsys.readouterr().out.startswith("0 of 0 files")
