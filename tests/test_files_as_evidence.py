"""Files that prove a fact: told by their content, kept apart from their names, and served only through their fact."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext

from associations.models import FoundingStep
from programme import files
from tests import factories as make

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
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
    step = make.step(make.AssociationFactory(programme=programme), "notice", make.D(2011, 5, 1))

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
