"""The pages of documents: a new one, a version with its text and answers, two versions compared, who adopted what."""

import datetime as dt
import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from associations.models import Association, AssociationAdoption, Closing
from bydelsmoedre.moment import Moment
from programme.models import Adoption, Document, DocumentVersion, Organisation
from programme.models.documents import LONGEST_TEXT
from programme.wording import Change
from reports.figures.adopted import words_of_bodies
from tests import factories as make
from tests.doors import assert_refused, html_of, saved, sent
from tests.hearings import TEXT, comment, hearing, hearing_rows

D = dt.date
pytestmark = pytest.mark.django_db

NOTHING_HELD = "# Baggrund\n\nTekst."


@pytest.fixture
def client(client_of, secretariat):
    return client_of(secretariat)


@pytest.fixture
def concept(programme):
    group = Organisation.objects.get(programme=programme, kind="steering_group")
    return make.DocumentFactory(programme=programme, kind="concept", title="Konceptet", adopted_by=group)


def version(document, label, text="", dated_on=D(2011, 1, 1), adopted_on=None):
    made = make.DocumentVersionFactory(document=document, label=label, text=text, dated_on=dated_on)
    if adopted_on:
        Adoption.record(by=None, version=made, body=document.adopted_by, happened_on=adopted_on)
    return made


# --- A new document


def test_secretariat_makes_a_document(client, programme):
    foundation = Organisation.objects.get(programme=programme, kind="foundation")
    given = {"kind": "concept", "title": "Selvbærende koncept", "annex": "2", "is_national": "on"}

    answer = client.post(reverse("programme:document_new"), given | {"adopted_by": foundation.pk})

    made = Document.objects.get(title="Selvbærende koncept")
    assert answer["Location"] == made.get_absolute_url()
    assert (made.programme, made.kind, made.annex, made.is_national) == (programme, "concept", "2", True)
    assert made.adopted_by == foundation


def test_body_of_another_programme_is_not_offered(client, programme):
    foreign = make.OrganisationFactory(programme=make.plan("Aarhus"), kind="foundation")
    given = {"kind": "concept", "title": "Koncept", "adopted_by": foreign.pk}

    refused = client.post(reverse("programme:document_new"), given)

    assert set(refused.context["form"].errors) == {"adopted_by"}


def test_title_that_is_taken_is_told_so(client, concept):
    before = saved()

    refused = client.post(reverse("programme:document_new"), {"kind": "concept", "title": "Konceptet"})

    assert_refused(refused, "title", gettext("There is a document of that title already."), "Konceptet", before)


# --- What a concept lacks


@pytest.mark.parametrize(
    ("text", "is_warned"),
    [pytest.param(TEXT, False, id="holds-both"), pytest.param(NOTHING_HELD, True, id="holds-neither")],
)
def test_concept_that_lacks_something_is_warned_of_and_can_be_adopted(client, concept, text, is_warned):
    there = version(concept, "1.0", text)

    pages = [html_of(client.get(url)) for url in (concept.get_absolute_url(), there.get_absolute_url())]

    assert [gettext("The text lacks something") in page for page in pages] == [is_warned, is_warned]
    Adoption.record(by=None, version=there, body=concept.adopted_by, happened_on=D(2011, 5, 1))


def test_version_without_text_says_that_nobody_can_see_what_it_holds(client, concept):
    page = html_of(client.get(version(concept, "1.0").get_absolute_url()))

    assert gettext("how the training is financed") in page
    assert gettext("The text lacks something") not in page


def test_only_the_latest_version_s_lacks_are_told_of_the_document(client, concept):
    version(concept, "1.0", NOTHING_HELD)
    version(concept, "2.0", TEXT, D(2011, 2, 1))

    assert client.get(concept.get_absolute_url()).context["parts"] != []
    assert gettext("The text lacks something") not in html_of(client.get(concept.get_absolute_url()))


# --- A version's page


def test_text_is_shown_as_headings_paragraphs_and_items_and_never_as_html(client, concept):
    page = client.get(version(concept, "1.0", "# Løn\n\n<b>fed</b>\n\n- et\n- to").get_absolute_url())

    html = page.content.decode()
    assert "<h3>Løn</h3>" in unescape(html)
    assert "&lt;b&gt;fed&lt;/b&gt;" in html
    assert re.search(r"<ul>\s*<li>et</li>\s*<li>to</li>\s*</ul>", html)


def test_draft_is_not_shown_to_the_municipality_until_it_is_put_before_somebody(client_of, caseworker, concept):
    there = version(concept, "1.0", "# Hemmelig\n\nTekst")
    other = version(concept, "0.9", "# Kendt\n\nTekst", adopted_on=D(2011, 3, 1))
    client = client_of(caseworker)

    before = html_of(client.get(there.get_absolute_url()))
    compared = client.get(reverse("programme:document_compare", args=[concept.uuid]), {"fra": there.uuid})
    hearing(there, D(2011, 9, 1), D(2011, 10, 1))
    after = html_of(client.get(there.get_absolute_url()))

    assert ("Hemmelig" in before, "Hemmelig" in html_of(compared), "Hemmelig" in after) == (False, False, True)
    assert "Kendt" in html_of(client.get(other.get_absolute_url()))


def test_draft_that_was_sent_to_hearing_by_mistake_is_not_shown_to_the_municipality(client_of, caseworker, concept):
    """It was put before nobody: its text stands, and is a draft as before."""
    there = version(concept, "1.0", "# Hemmelig\n\nTekst")
    version(concept, "2.0", "# Kendt\n\nTekst", adopted_on=D(2011, 3, 1))
    hearing(there, D(2011, 9, 1), D(2011, 10, 1)).retract(by=None, reason="Forkert version")
    client = client_of(caseworker)

    page = client.get(there.get_absolute_url())
    compared = client.get(reverse("programme:document_compare", args=[concept.uuid]))

    assert ("Hemmelig" in html_of(page), [one.label for one in compared.context["versions"]]) == (False, ["2.0"])


def test_municipality_is_told_from_whom_answers_came_and_what_came_of_them(client_of, caseworker, programme):
    rows = hearing_rows(programme, "HEMMELIGT")

    page = client_of(caseworker).get(rows["asked_version"].get_absolute_url())

    assert "HEMMELIGT" not in html_of(page)
    assert len(page.context["comments"]) == 2
    assert gettext("Another sender") in html_of(page)
    assert gettext("not taken in").capitalize() in html_of(page)


def test_hearing_and_answers_are_shown_as_of_the_moment(client, programme, concept):
    group = Organisation.objects.get(programme=programme, kind="steering_group")
    there = version(concept, "1.0", TEXT)
    hearing(there, D(2011, 9, 1), D(2011, 10, 1), asked=[group.uuid])
    comment(there, D(2011, 10, 1), answer="taken_in", answered_on=D(2011, 10, 5))
    comment(there, D(2011, 10, 2), sender="Tingbjerg")

    def told(on):
        page = client.get(there.get_absolute_url(), {"on": on}).context
        hearings = [(line.is_open, [one.has_answered for one in line.asked]) for line in page["hearings"]]
        return hearings, [(line.sender, line.is_late, bool(line.answer)) for line in page["comments"]]

    from_group, late = (str(group), False, False), ("Tingbjerg", True, False)
    assert told("2011-08-31") == ([], [])
    assert told("2011-09-30") == ([(True, [False])], [])
    assert told("2011-10-01") == ([(True, [True])], [from_group])
    assert told("2011-10-02") == ([(False, [True])], [from_group, late])
    assert told("2011-10-05") == ([(False, [True])], [(str(group), False, True), late])


def test_page_offers_what_can_be_done_with_the_version(client, concept):
    there = version(concept, "1.0", TEXT)
    urls = ("text_url", "hearing_url", "comment_url", "version_url")

    def offered(**asked):
        page = client.get(there.get_absolute_url(), asked).context
        return [bool(page[url]) for url in urls]

    assert offered() == [True, True, False, True]
    hearing(there, D(2011, 9, 1), D(2099, 1, 1))
    assert offered() == [False, False, True, True]
    assert offered(on="2011-09-15") == [False] * 4, "a page of the past offers nothing"


def test_answer_in_one_hearing_is_none_in_the_next(client, concept):
    there = version(concept, "1.0", TEXT)
    group = Organisation.objects.get(programme=concept.programme, kind="steering_group")
    for since, until in ((D(2011, 3, 1), D(2011, 4, 1)), (D(2011, 9, 1), D(2011, 10, 1))):
        hearing(there, since, until, asked=[group.uuid])
    comment(there, D(2011, 4, 20))

    def answered():
        lines = client.get(there.get_absolute_url(), {"on": "2011-12-01"}).context["hearings"]
        return [[one.has_answered for one in line.asked] for line in lines]

    assert answered() == [[False], [True]]
    comment(there, D(2011, 9, 1))
    assert answered() == [[True], [True]]


def test_text_is_as_long_as_its_author_counts_it_however_lines_end(client, concept):
    there = version(concept, "1.0", "")
    url = reverse("programme:version_text", args=[there.uuid])
    text = "a" * 99 + "\n" + "b" * (LONGEST_TEXT - 100)

    answer = sent(client, url, text=text.replace("\n", "\r\n"))

    assert answer.status_code == 302
    assert DocumentVersion.objects.get(pk=there.pk).text == text


# --- Two versions


def compare(client, document, **asked):
    return client.get(reverse("programme:document_compare", args=[document.uuid]), asked)


def test_what_changed_is_told_in_words_and_marks(client, concept):
    version(concept, "1.0", "# Løn\n\nFonden betaler hele lønnen.\n\nUdgår.")
    version(concept, "2.0", "# Løn\n\nFonden betaler halve lønnen.\n\n- nyt", D(2011, 2, 1))

    page = compare(client, concept)

    assert page.context["counts"] == {"same": 1, "put_in": 1, "taken_out": 1, "changed": 1}
    html = html_of(page)
    changed = re.findall(r"<(ins|del)><span[^>]*>(.+?) </span>(.+?)<span[^>]*> (.+?)</span></\1>", html)
    put_in = ("ins", gettext("[put in:"), gettext("end of put in]"))
    taken_out = ("del", gettext("[taken out:"), gettext("end of taken out]"))
    found = {(tag, before, after): [] for tag, before, after in (put_in, taken_out)}
    for tag, before, words, after in changed:
        found[tag, before, after].append(words.strip())
    assert found == {put_in: ["halve", "nyt"], taken_out: ["hele", "Udgår."]}


def test_any_two_versions_can_be_chosen(client, concept):
    first, _second, third = (version(concept, f"{n}.0", f"Tekst {n}", D(2011, n, 1)) for n in (1, 2, 3))

    by_itself = compare(client, concept).context["form"]
    chosen = compare(client, concept, fra=third.uuid, til=first.uuid)

    assert (by_itself["fra"].value(), by_itself["til"].value()) == (str(_second.uuid), str(third.uuid))
    (line,) = chosen.context["lines"]
    assert [(piece.change, piece.text.strip()) for piece in line.pieces] == [
        (Change.SAME, "Tekst"),
        (Change.TAKEN_OUT, "3"),
        (Change.PUT_IN, "1"),
    ]


@pytest.mark.parametrize("asked", ["x", "00000000-0000-0000-0000-000000000000"])
def test_version_that_is_none_of_the_document_s_is_refused(client, concept, asked):
    version(concept, "1.0", "a")
    version(concept, "2.0", "b")
    foreign = make.DocumentVersionFactory(text="Fremmed")

    for one in (asked, str(foreign.uuid)):
        page = compare(client, concept, fra=one)
        assert set(page.context["form"].errors) == {"fra"}
        assert "Fremmed" not in html_of(page)


def test_versions_without_text_are_told_so(client, concept):
    version(concept, "1.0", "a")
    version(concept, "2.0", "", D(2011, 2, 1))

    page = compare(client, concept)

    assert (page.context["lines"], len(page.context["without_text"])) == ([], 1)


def test_same_version_twice_is_the_same_text(client, concept):
    there = version(concept, "1.0", "a")
    version(concept, "2.0", "b")

    assert gettext("The two texts are the same.") in html_of(compare(client, concept, fra=there.uuid, til=there.uuid))


@pytest.mark.parametrize("count", [0, 1])
def test_one_version_has_nothing_to_be_compared_with(client, concept, count):
    for number in range(count):
        version(concept, f"{number}", "a")

    assert gettext("There are not two versions to compare yet.") in html_of(compare(client, concept))


def test_document_leads_to_the_comparison_where_there_are_two(client, concept):
    url = reverse("programme:document_compare", args=[concept.uuid])
    version(concept, "1.0")
    alone = html_of(client.get(concept.get_absolute_url()))
    version(concept, "2.0")

    assert url not in alone
    assert url in html_of(client.get(concept.get_absolute_url()))


# --- Who has adopted what


def matrix(client, on="2011-12-31", **asked):
    return client.get(reverse("programme:document_matrix"), {"on": on, **asked}).context


def test_bodies_are_told_with_the_version_that_each_has_adopted(programme, concept):
    foundation = Organisation.objects.get(programme=programme, kind="foundation")
    first = version(concept, "1.0", adopted_on=D(2011, 3, 1))
    Adoption.record(by=None, version=first, body=foundation, happened_on=D(2011, 4, 1))
    second = version(concept, "2.0", adopted_on=D(2011, 5, 1))
    Adoption.record(by=None, version=second, body=foundation, happened_on=D(2011, 6, 1), outcome="rejected")

    def told(on):
        words = words_of_bodies(programme, Moment(on))
        return {(one.name, one.outcome, one.version, one.happened_on) for one in words if one.document == concept.uuid}

    group = str(concept.adopted_by)
    assert told(D(2011, 2, 28)) == {(group, "", "", None)}
    assert told(D(2011, 3, 1)) == {(group, "adopted", "1.0", D(2011, 3, 1))}
    assert told(D(2011, 6, 1)) == {
        (group, "adopted", "2.0", D(2011, 5, 1)),
        (str(foundation), "adopted", "1.0", D(2011, 4, 1)),
    }


def test_adoption_that_a_body_takes_back_is_none(programme, concept):
    first = version(concept, "1.0", adopted_on=D(2011, 3, 1))
    Adoption.record(by=None, version=first, body=concept.adopted_by, happened_on=D(2011, 4, 1), outcome="rejected")

    def has_adopted(on):
        return [one.has_adopted for one in words_of_bodies(programme, Moment(on)) if one.document == concept.uuid]

    assert (has_adopted(D(2011, 3, 31)), has_adopted(D(2011, 4, 1))) == ([True], [False])


def test_matrix_has_a_cell_for_every_document_and_body(client, concept):
    version(concept, "1.0", adopted_on=D(2011, 3, 1))

    shown = matrix(client)

    assert len(shown["documents"]) == Document.objects.filter(programme=concept.programme).count()
    assert {len(row.words) for row in shown["documents"]} == {len(shown["bodies"])}


def test_association_is_told_what_it_has_adopted_and_what_it_lacks(client, programme):
    place = make.founded_association(programme, name="Bydelsmødre i Tingbjerg")
    values = Document.objects.get(programme=programme, kind="values")
    first = version(values, "1.0", adopted_on=D(2011, 3, 1))
    version(values, "2.0", dated_on=D(2011, 6, 1), adopted_on=D(2011, 7, 1))
    AssociationAdoption.record(by=None, association=place, version=first, happened_on=D(2011, 4, 1))

    def told(on):
        (row,) = [one for one in matrix(client, on)["rows"] if one.association == place]
        (cell,) = [one for one in row.cells if one.title == values.title]
        return cell.version, cell.happened_on, cell.lacks

    assert told("2011-02-28") == ("", None, "")
    assert told("2011-03-31") == ("", None, "1.0")
    assert told("2011-04-01") == ("1.0", D(2011, 4, 1), "")
    assert told("2011-07-01") == ("1.0", D(2011, 4, 1), "2.0")


def test_what_each_association_decides_for_itself_is_told_as_not_adopted(client, programme):
    make.AssociationFactory(programme=programme)
    statutes = make.DocumentFactory(programme=programme, kind="statutes", title="Vedtægter", adopted_by=None)

    def told():
        (row,) = matrix(client)["rows"]
        return [(cell.version, cell.lacks, cell.is_open) for cell in row.cells if cell.title == "Vedtægter"]

    before = told()
    version(statutes, "1.0")

    assert (before, told()) == ([("", "", False)], [("", "", True)])


def test_matrix_has_the_associations_that_there_were(client, programme):
    place = make.AssociationFactory(programme=programme, name="Begyndt i marts", opened_on=D(2011, 3, 1))
    Closing.record(by=None, association=place, money="Ingen", happened_on=D(2011, 6, 1))

    def is_there(on):
        return place in [row.association for row in matrix(client, on)["rows"]]

    assert [is_there(on) for on in ("2011-02-28", "2011-03-01", "2011-06-01", "2011-06-02")] == [
        False,
        True,
        True,
        False,
    ]


def test_matrix_shows_what_was_known(client, programme, concept):
    version(concept, "1.0", adopted_on=D(2011, 3, 1))
    yesterday = (dt.datetime.now(tz=dt.UTC) - dt.timedelta(days=2)).date()

    shown = matrix(client, known_at=yesterday.isoformat())

    assert not any(word and word.has_adopted for row in shown["documents"] for word in row.words)


def test_municipality_reads_the_matrix_and_a_local_coordinator_does_not(client_of, caseworker, programme):
    place = make.founded_association(programme)
    local = make.local_coordinator(place)

    shown = matrix(client_of(caseworker))

    assert [row.association for row in shown["rows"]] == list(Association.objects.filter(programme=programme))
    assert client_of(local).get(reverse("programme:document_matrix")).status_code == 403
