"""The pages of documents: a new one, and a version with its text and answers."""

import datetime as dt
import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from programme.models import Adoption, Document, DocumentVersion, Organisation
from programme.models.documents import LONGEST_TEXT
from tests import factories as make
from tests.doors import assert_refused, html_of, saved, sent
from tests.hearings import TEXT, comment, hearing, hearing_rows, version_of

D = dt.date
pytestmark = pytest.mark.django_db

NOTHING_HELD = "# Baggrund\n\nTekst."


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
    there = version_of(concept, "1.0", text)

    pages = [html_of(client.get(url)) for url in (concept.get_absolute_url(), there.get_absolute_url())]

    assert [gettext("The text lacks something") in page for page in pages] == [is_warned, is_warned]
    Adoption.record(by=None, version=there, body=concept.adopted_by, happened_on=D(2011, 5, 1))


def test_version_without_text_says_that_nobody_can_see_what_it_holds(client, concept):
    page = html_of(client.get(version_of(concept, "1.0").get_absolute_url()))

    assert gettext("how the training is financed") in page
    assert gettext("The text lacks something") not in page


def test_only_the_latest_version_s_lacks_are_told_of_the_document(client, concept):
    version_of(concept, "1.0", NOTHING_HELD)
    version_of(concept, "2.0", TEXT, D(2011, 2, 1))

    assert client.get(concept.get_absolute_url()).context["parts"] != []
    assert gettext("The text lacks something") not in html_of(client.get(concept.get_absolute_url()))


# --- A version's page


def test_text_is_shown_as_headings_paragraphs_and_items_and_never_as_html(client, concept):
    page = client.get(version_of(concept, "1.0", "# Løn\n\n<b>fed</b>\n\n- et\n- to").get_absolute_url())

    html = page.content.decode()
    assert "<h3>Løn</h3>" in unescape(html)
    assert "&lt;b&gt;fed&lt;/b&gt;" in html
    assert re.search(r"<ul>\s*<li>et</li>\s*<li>to</li>\s*</ul>", html)


def test_draft_is_not_shown_to_the_municipality_until_it_is_put_before_somebody(client_of, caseworker, concept):
    there = version_of(concept, "1.0", "# Hemmelig\n\nTekst")
    other = version_of(concept, "0.9", "# Kendt\n\nTekst", adopted_on=D(2011, 3, 1))
    client = client_of(caseworker)

    before = html_of(client.get(there.get_absolute_url()))
    compared = client.get(reverse("programme:document_compare", args=[concept.uuid]), {"fra": there.uuid})
    hearing(there, D(2011, 9, 1), D(2011, 10, 1))
    after = html_of(client.get(there.get_absolute_url()))

    assert ("Hemmelig" in before, "Hemmelig" in html_of(compared), "Hemmelig" in after) == (False, False, True)
    assert "Kendt" in html_of(client.get(other.get_absolute_url()))


def test_draft_that_was_sent_to_hearing_by_mistake_is_not_shown_to_the_municipality(client_of, caseworker, concept):
    """It was put before nobody: its text stands, and is a draft as before."""
    there = version_of(concept, "1.0", "# Hemmelig\n\nTekst")
    version_of(concept, "2.0", "# Kendt\n\nTekst", adopted_on=D(2011, 3, 1))
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
    there = version_of(concept, "1.0", TEXT)
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
    there = version_of(concept, "1.0", TEXT)
    urls = ("text_url", "hearing_url", "comment_url", "version_url")

    def offered(**asked):
        page = client.get(there.get_absolute_url(), asked).context
        return [bool(page[url]) for url in urls]

    assert offered() == [True, True, False, True]
    hearing(there, D(2011, 9, 1), D(2099, 1, 1))
    assert offered() == [False, False, True, True]
    assert offered(on="2011-09-15") == [False] * 4, "a page of the past offers nothing"


def test_answer_in_one_hearing_is_none_in_the_next(client, concept):
    there = version_of(concept, "1.0", TEXT)
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
    there = version_of(concept, "1.0", "")
    url = reverse("programme:version_text", args=[there.uuid])
    text = "a" * 99 + "\n" + "b" * (LONGEST_TEXT - 100)

    answer = sent(client, url, text=text.replace("\n", "\r\n"))

    assert answer.status_code == 302
    assert DocumentVersion.objects.get(pk=there.pk).text == text
