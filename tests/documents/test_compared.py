"""Two versions compared, and who has adopted what."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from associations.models import Association, AssociationAdoption, Closing
from bydelsmoedre.moment import Moment
from programme.models import Adoption, Document, Organisation
from programme.wording import Change
from reports.figures.adopted import words_of_bodies
from tests import factories as make
from tests.doors import html_of
from tests.hearings import version_of

D = dt.date
pytestmark = pytest.mark.django_db

NOTHING_HELD = "# Baggrund\n\nTekst."


# --- Two versions


def compare(client, document, **asked):
    return client.get(reverse("programme:document_compare", args=[document.uuid]), asked)


def test_what_changed_is_told_in_words_and_marks(client, concept):
    version_of(concept, "1.0", "# Løn\n\nFonden betaler hele lønnen.\n\nUdgår.")
    version_of(concept, "2.0", "# Løn\n\nFonden betaler halve lønnen.\n\n- nyt", D(2011, 2, 1))

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
    first, _second, third = (version_of(concept, f"{n}.0", f"Tekst {n}", D(2011, n, 1)) for n in (1, 2, 3))

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
    version_of(concept, "1.0", "a")
    version_of(concept, "2.0", "b")
    foreign = make.DocumentVersionFactory(text="Fremmed")

    for one in (asked, str(foreign.uuid)):
        page = compare(client, concept, fra=one)
        assert set(page.context["form"].errors) == {"fra"}
        assert "Fremmed" not in html_of(page)


def test_versions_without_text_are_told_so(client, concept):
    version_of(concept, "1.0", "a")
    version_of(concept, "2.0", "", D(2011, 2, 1))

    page = compare(client, concept)

    assert (page.context["lines"], len(page.context["without_text"])) == ([], 1)


def test_same_version_twice_is_the_same_text(client, concept):
    there = version_of(concept, "1.0", "a")
    version_of(concept, "2.0", "b")

    assert gettext("The two texts are the same.") in html_of(compare(client, concept, fra=there.uuid, til=there.uuid))


@pytest.mark.parametrize("count", [0, 1])
def test_one_version_has_nothing_to_be_compared_with(client, concept, count):
    for number in range(count):
        version_of(concept, f"{number}", "a")

    assert gettext("There are not two versions to compare yet.") in html_of(compare(client, concept))


def test_document_leads_to_the_comparison_where_there_are_two(client, concept):
    url = reverse("programme:document_compare", args=[concept.uuid])
    version_of(concept, "1.0")
    alone = html_of(client.get(concept.get_absolute_url()))
    version_of(concept, "2.0")

    assert url not in alone
    assert url in html_of(client.get(concept.get_absolute_url()))


# --- Who has adopted what


def matrix(client, on="2011-12-31", **asked):
    return client.get(reverse("programme:document_matrix"), {"on": on, **asked}).context


def test_bodies_are_told_with_the_version_that_each_has_adopted(programme, concept):
    foundation = Organisation.objects.get(programme=programme, kind="foundation")
    first = version_of(concept, "1.0", adopted_on=D(2011, 3, 1))
    Adoption.record(by=None, version=first, body=foundation, happened_on=D(2011, 4, 1))
    second = version_of(concept, "2.0", adopted_on=D(2011, 5, 1))
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
    first = version_of(concept, "1.0", adopted_on=D(2011, 3, 1))
    Adoption.record(by=None, version=first, body=concept.adopted_by, happened_on=D(2011, 4, 1), outcome="rejected")

    def has_adopted(on):
        return [one.has_adopted for one in words_of_bodies(programme, Moment(on)) if one.document == concept.uuid]

    assert (has_adopted(D(2011, 3, 31)), has_adopted(D(2011, 4, 1))) == ([True], [False])


def test_matrix_has_a_cell_for_every_document_and_body(client, concept):
    version_of(concept, "1.0", adopted_on=D(2011, 3, 1))

    shown = matrix(client)

    assert len(shown["documents"]) == Document.objects.filter(programme=concept.programme).count()
    assert {len(row.words) for row in shown["documents"]} == {len(shown["bodies"])}


def test_association_is_told_what_it_has_adopted_and_what_it_lacks(client, programme):
    place = make.founded_association(programme, name="Bydelsmødre i Tingbjerg")
    values = Document.objects.get(programme=programme, kind="values")
    first = version_of(values, "1.0", adopted_on=D(2011, 3, 1))
    version_of(values, "2.0", dated_on=D(2011, 6, 1), adopted_on=D(2011, 7, 1))
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
    version_of(statutes, "1.0")

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
    version_of(concept, "1.0", adopted_on=D(2011, 3, 1))
    yesterday = (dt.datetime.now(tz=dt.UTC) - dt.timedelta(days=2)).date()

    shown = matrix(client, known_at=yesterday.isoformat())

    assert not any(word and word.has_adopted for row in shown["documents"] for word in row.words)


def test_municipality_reads_the_matrix_and_a_local_coordinator_does_not(client_of, caseworker, programme):
    place = make.founded_association(programme)
    local = make.local_coordinator(place)

    shown = matrix(client_of(caseworker))

    assert [row.association for row in shown["rows"]] == list(Association.objects.filter(programme=programme))
    assert client_of(local).get(reverse("programme:document_matrix")).status_code == 403
