"""The pack of templates for the founding: five papers, each as PDF and as a document, filled with what is known."""

import datetime as dt
import io
import re
import time
import zipfile

import docx
import pytest
from django.urls import reverse
from docx.oxml.ns import qn
from lxml import etree

from associations.models import FoundingChecklist, StepPlan
from associations.pack import FORMS, PackKind, papers_of
from associations.papers import TEXTS, read
from tests import factories as make
from tests.pdf import faults, pdf_text

pytestmark = pytest.mark.django_db

D = dt.date
SINGLE = [kind for kind in PackKind if kind is not PackKind.ALL]
EVERY = [pytest.param(kind, form, id=f"{kind}-{form}") for kind in PackKind for form in FORMS]
HOSTILE = 'Forening #read("/etc/passwd") *x* $y$ <&> {board} _z_ \\ @k'


@pytest.fixture
def association(programme):
    return make.AssociationFactory(programme=programme, name="Bydelsmødre på Ærøvej")


@pytest.fixture
def client(secretary):
    return secretary


def address(association, kind, form):
    return reverse("associations:pack", args=[association.uuid, kind, form])


def fetched(client, association, kind, form):
    response = client.get(address(association, kind, form))
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def told(content, form):
    """All that the file says, without blanks: where a line ends differs."""
    return bare(pdf_text(content) if form == "pdf" else docx_text(content))


def docx_text(content):
    body = docx.Document(io.BytesIO(content)).element.body
    return " ".join(one.text or "" for one in body.iter(qn("w:t")))


def bare(words):
    return re.sub(r"\s", "", words)


def words_of(blocks):
    """Every text of a paper's parts, in order."""
    for block in blocks:
        yield from (block.text, block.value)
        yield from words_of(block.items)
        yield from (cell for row in block.rows for cell in row)


@pytest.mark.parametrize(("kind", "form"), EVERY)
def test_file_holds_all_the_words_of_its_papers_in_their_order(client, association, kind, form):
    said, at = told(fetched(client, association, kind, form), form), 0

    for paper in papers_of(association, kind):
        for words in map(bare, (paper.title, *words_of(paper.blocks))):
            at = said.find(words, at)
            assert at >= 0, words
            at += len(words)


@pytest.mark.parametrize(("kind", "form"), EVERY)
def test_file_says_that_it_is_a_template_and_whose(client, association, kind, form):
    said = told(fetched(client, association, kind, form), form)

    assert bare("Skabelon – ret den, så den passer til jer.") in said
    assert bare(association.name) in said


@pytest.mark.parametrize(("kind", "form"), EVERY)
def test_file_is_what_it_is_said_to_be_and_is_kept_nowhere(client, association, kind, form):
    response = client.get(address(association, kind, form))
    content = b"".join(response.streaming_content)

    assert response["Content-Type"] == FORMS[form][1]
    assert content.startswith(b"%PDF-" if form == "pdf" else b"PK\x03\x04")
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith("attachment; ")


def test_file_is_saved_under_its_danish_name_and_a_plain_one(client, association):
    response = client.get(address(association, "vedtaegter", "pdf"))

    assert response["Content-Disposition"] == (
        'attachment; filename="Vedtaegter - Bydelsmoedre paa Aeroevej.pdf"; '
        "filename*=UTF-8''Vedt%C3%A6gter%20%E2%80%93%20Bydelsm%C3%B8dre%20p%C3%A5%20%C3%86r%C3%B8vej.pdf"
    )


@pytest.mark.parametrize("name", ["../../etc/passwd", 'a"; filename="b.exe', "ro\r\nSet-Cookie: x=1", "🦆", "x" * 200])
def test_file_name_is_one_name_whatever_the_association_is_called(client, programme, name):
    association = make.AssociationFactory(programme=programme, name=name)

    header = client.get(address(association, "referat", "docx"))["Content-Disposition"]

    plain, danish = r'filename="[^"/\\\r\n]{1,140}\.docx"', r"filename\*=UTF-8''[\w.%~-]+\.docx"
    assert re.fullmatch(f"attachment; {plain}; {danish}", header)
    assert "%2F" not in header


@pytest.mark.parametrize("form", FORMS)
def test_name_is_written_and_never_obeyed(client, programme, form):
    association = make.AssociationFactory(programme=programme, name=HOSTILE)

    said = told(fetched(client, association, "vedtaegter", form), form)

    assert bare(f"Foreningens navn er {HOSTILE}.") in said
    assert "root:" not in said


@pytest.mark.parametrize("form", FORMS)
def test_name_with_what_cannot_be_printed_still_gives_a_file(client, programme, form):
    association = make.AssociationFactory(programme=programme, name="Bydels\x07mødre\x1b \u202ei\nNord\ufffe")

    said = told(fetched(client, association, "vedtaegter", form), form)

    assert bare("Foreningens navn er Bydels mødre i Nord.") in said


@pytest.mark.parametrize("form", FORMS)
def test_name_in_letters_that_our_typeface_lacks_still_gives_a_file(client, programme, form):
    association = make.AssociationFactory(programme=programme, name="Mødre 🦆 ママ")

    assert bare("Foreningens navn er Mødre") in told(fetched(client, association, "vedtaegter", form), form)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("today", "words"), [(D(2011, 8, 31), "fem"), (D(2011, 9, 1), "syv"), (D(2011, 9, 2), "syv")], ids=str
)
def test_statutes_name_the_smallest_board_of_the_day(client, association, settings, form, today, words):
    versions = FoundingChecklist.objects.current()
    version = versions.get(programme=association.programme, started_on__lte=today)
    version.supersede(by=None, reason="Ny version", ended_on=D(2011, 8, 31))
    FoundingChecklist.record(
        by=None,
        programme=association.programme,
        name="Næste",
        started_on=D(2011, 9, 1),
        items=version.items,
        minimum_board=7,
    )
    settings.DEMO_TODAY = today

    said = told(fetched(client, association, "vedtaegter", form), form)

    assert bare(f"en bestyrelse på mindst {words} medlemmer, heraf en formand og en kasserer") in said
    assert bare(f"Kommer bestyrelsen ned under {words} medlemmer") in said


def test_day_of_the_meeting_is_the_planned_one_until_it_was_held(client, association):
    blank = told(fetched(client, association, "dagsorden", "docx"), "docx")
    StepPlan.objects.create(association=association, kind="meeting", planned_on=D(2011, 6, 1))
    planned = told(fetched(client, association, "dagsorden", "docx"), "docx")
    make.step(association, "meeting", D(2011, 5, 26))
    held = told(fetched(client, association, "dagsorden", "docx"), "docx")

    assert "Dato:Klokken:" in blank
    assert "Dato:1.juni2011Klokken:" in planned
    assert "Dato:26.maj2011Klokken:" in held


def test_day_that_is_not_known_is_left_to_be_written(client, association):
    StepPlan.objects.create(association=association, kind="meeting", planned_on=D(2011, 6, 1))
    make.step(association, "meeting", D(2011, 5, 26), is_date_unknown=True)

    assert "Dato:Klokken:" in told(fetched(client, association, "dagsorden", "docx"), "docx")


def test_papers_are_danish_whatever_the_reader_s_language(client, association):
    make.step(association, "meeting", D(2011, 5, 26))
    client.cookies["django_language"] = "en"

    assert "26.maj2011" in told(fetched(client, association, "referat", "pdf"), "pdf")


def test_no_person_is_named(client, association):
    """Board, coordinator and who recorded the meeting stand in the system, and in no paper."""
    person = make.VolunteerFactory(programme=association.programme, name="Amina Navngivet")
    make.membership(person, association, role="chair")
    make.step(association, "minutes", D(2011, 5, 26), note="Amina Navngivet skrev under")

    for form in FORMS:
        assert "Navngivet" not in told(fetched(client, association, "pakken", form), form)


def test_papers_never_ask_for_cpr_numbers():
    for text in TEXTS.glob("*.txt"):
        for sentence in re.findall(r"[^.\n]*CPR[^.\n]*", text.read_text(encoding="utf-8")):
            assert "aldrig" in sentence, sentence


def test_texts_are_those_of_the_pack():
    assert {one.stem for one in TEXTS.glob("*.txt")} == set(PackKind.values)
    assert all(read(kind.value).title for kind in PackKind)


def test_notice_has_the_agenda_s_points():
    def points(kind):
        return [one.text for block in read(kind).blocks if block.kind == "points" for one in block.items]

    assert points("indkaldelse") == points("dagsorden") != []


@pytest.mark.parametrize("words", ["dirigent", "referent", "stemmetællere", "vedtægter", "bestyrelse", "eventuelt"])
def test_agenda_has_the_points_of_a_founding_meeting(words):
    points = next(block for block in read("dagsorden").blocks if block.kind == "points")

    assert any(words in point.text.lower() for point in points.items)


@pytest.mark.parametrize("kind", SINGLE)
def test_pdf_is_tagged_danish_and_lasting(client, association, kind):
    content = fetched(client, association, kind, "pdf")

    assert faults(content) == []
    assert b"/Lang(da-DK)" in content


@pytest.mark.parametrize("kind", SINGLE)
def test_document_has_headings_language_and_title(client, association, kind):
    document = docx.Document(io.BytesIO(fetched(client, association, kind, "docx")))
    styles = [paragraph.style.name for paragraph in document.paragraphs]

    assert styles.count("Heading 1") == 1
    assert document.core_properties.title.startswith(read(kind.value).title.partition(" {")[0])
    assert document.core_properties.language == "da-DK"
    assert document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}").get(qn("w:val")) == "da-DK"


def test_statutes_in_the_document_are_numbered_by_word_from_one_in_each_paragraph(client, association):
    document = docx.Document(io.BytesIO(fetched(client, association, "vedtaegter", "docx")))
    lists, heading = {}, ""
    for paragraph in document.paragraphs:
        if paragraph.style.name == "Heading 2":
            heading = paragraph.text
        elif paragraph.style.name == "List Number":
            lists.setdefault(heading, set()).add(paragraph._p.pPr.numPr.numId.val)

    assert [heading.partition(".")[0] for heading in lists] == [f"§ {number}" for number in range(1, 13)]
    assert all(len(ids) == 1 for ids in lists.values())
    assert len(set.union(*lists.values())) == 12


@pytest.mark.parametrize("kind", PackKind)
def test_every_part_of_the_document_is_well_formed(client, association, kind):
    with zipfile.ZipFile(io.BytesIO(fetched(client, association, kind, "docx"))) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))


@pytest.mark.parametrize(("kind", "form"), [("samarbejdsaftale", "pdf"), ("vedtaegter", "odt"), ("papir", "typ")])
def test_unknown_paper_or_form_is_404(client, association, kind, form):
    assert client.get(address(association, kind, form)).status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_whole_pack_is_made_in_half_a_second(client, association, form):
    fetched(client, association, "pakken", form)  # the first one reads texts and typefaces
    started = time.process_time()

    fetched(client, association, "pakken", form)

    assert time.process_time() - started < 0.5


#: The world is made when it is first asked for: what follows stands in it.
ANSWERS = {
    "anonymous": 302,
    "secretariat": 200,
    "foundation": 403,
    "caseworker": 403,
    "local": 200,
    "local_elsewhere": 404,
    "twin_secretariat": 404,
    "disabled": 302,
}


@pytest.mark.parametrize(("kind", "form"), EVERY)
def test_only_who_founds_it_gets_the_file(world, kind, form):
    given = {role: world.client(role).get(address(world.rows["forming"], kind, form)).status_code for role in ANSWERS}

    assert given == ANSWERS


@pytest.mark.parametrize("role", [role for role, answer in ANSWERS.items() if answer in (200, 403)])
def test_association_s_page_offers_the_files_to_who_may_have_them(world, role):
    html = world.client(role).get(world.rows["forming"].get_absolute_url()).content.decode()

    offered = re.findall(r'href="([^"]*/skabelon/[^"]*)"', html)
    expected = [address(world.rows["forming"], kind, form) for kind in PackKind for form in FORMS]
    assert sorted(offered) == (sorted(expected) if ANSWERS[role] == 200 else [])


def test_files_are_not_offered_for_a_day_that_is_past(world):
    page = world.rows["forming"].get_absolute_url()

    html = world.client("secretariat").get(f"{page}?on=2011-03-01").content.decode()

    assert "/skabelon/" not in html
