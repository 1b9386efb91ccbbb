"""What an association has adopted: through its own page, and as the document's page tells it."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext

from associations.models import AssociationAdoption
from bydelsmoedre.moment import COPENHAGEN, Moment
from programme.models import Adoption, Document
from reports.figures.criteria import criteria
from tests import factories as make
from tests.boards import adopt
from tests.doors import saved
from tests.roles import clock

D = dt.date
pytestmark = pytest.mark.django_db


@pytest.fixture
def association(programme):
    return make.founded_association(programme, name="Bydelsmødre i Tingbjerg")


@pytest.fixture
def values(programme):
    return Document.objects.get(programme=programme, kind="values")


def version(document, label, dated_on=None, adopted_on=None):
    """A version, adopted for all on a day by the body that must adopt it."""
    made = make.DocumentVersionFactory(document=document, label=label, dated_on=dated_on)
    if adopted_on:
        Adoption.record(by=None, version=made, body=document.adopted_by, happened_on=adopted_on)
    return made


def line(client, association, document, on="2011-12-31", **asked):
    """What the association's page tells of the document: its versions, and the newer one."""
    told = client.get(association.get_absolute_url(), {"on": on, **asked}).context["adopted"]
    (found,) = [one for one in told if one.title == document.title]
    return [label for label, _fact in found.facts], found.newer


# --- What the database says


@pytest.mark.parametrize("kind", ["concept", "anchoring_model", "other"])
def test_documents_of_other_kinds_are_not_adopted_in_associations(programme, association, kind):
    document = make.DocumentFactory(programme=programme, kind=kind)

    with pytest.raises(DatabaseError, match="adopts a training concept"), transaction.atomic():
        adopt(association, version(document, "1.0"))


@pytest.mark.parametrize("kind", ["training_concept", "values", "statutes"])
def test_documents_of_these_kinds_are(programme, association, kind):
    adopt(association, version(make.DocumentFactory(programme=programme, kind=kind), "1.0"))

    assert association.adoptions.count() == 1


def test_version_of_another_programme_is_not_adopted(association, twin):
    theirs = Document.objects.get(programme=twin, kind="values")

    with pytest.raises(DatabaseError, match="of its own programme"), transaction.atomic():
        adopt(association, version(theirs, "1.0"))


def test_version_is_adopted_once_and_again_after_it_was_retracted(association, values):
    first = version(values, "1.0")
    fact = adopt(association, first)
    with pytest.raises(IntegrityError, match="associations_adopted_once"), transaction.atomic():
        adopt(association, first, D(2011, 7, 1))

    fact.retract(by=None, reason="Mødet blev aflyst")

    assert adopt(association, first, D(2011, 7, 1)).is_current


# --- The form


@pytest.fixture
def form(client_of, secretariat, association):
    client, url = client_of(secretariat), reverse("associations:adopt", args=[association.uuid])
    return lambda **given: client.post(url, given)


def test_adoption_is_recorded_with_its_evidence(form, association, values):
    first = version(values, "1.0", dated_on=D(2011, 6, 1))

    response = form(version=first.pk, happened_on="01.06.2011", evidence_text="Referat, sag 2011-7")

    assert response.status_code == 302
    (fact,) = AssociationAdoption.objects.all()
    assert (fact.association, fact.version, fact.happened_on) == (association, first, D(2011, 6, 1))
    assert str(fact.evidence) == "Referat, sag 2011-7"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"version": ""}, "version"),
        ({"version": "0"}, "version"),
        ({"happened_on": "2011-05-31"}, "happened_on"),
        ({"happened_on": "2100-01-01"}, "happened_on"),
        ({"happened_on": "31.02.2011"}, "happened_on"),
        ({"evidence_text": "Se 010170-1234"}, "evidence_text"),
    ],
    ids=["none", "unknown", "before-the-version", "future", "no-day", "cpr"],
)
def test_what_does_not_fit_is_said_beside_its_field(form, values, given, field):
    first = version(values, "1.0", dated_on=D(2011, 6, 1))
    before = saved()

    response = form(**{"version": first.pk, "happened_on": "2011-06-01"} | given)

    assert list(response.context["form"].errors) == [field]
    assert response.context["form"][field].value() == given[field]
    assert saved() == before


def test_only_versions_that_may_still_be_adopted_are_offered(
    client_of, secretariat, programme, twin, association, values
):
    adopt(association, version(values, "1.0"))
    second = version(values, "2.0")
    version(make.DocumentFactory(programme=programme, kind="other"), "1.0")
    version(Document.objects.get(programme=twin, kind="values"), "1.0")

    page = client_of(secretariat).get(reverse("associations:adopt", args=[association.uuid]))

    assert list(page.context["form"].fields["version"].queryset) == [second]


def test_coordinator_records_and_retracts_for_her_own_association(client_of, programme, association, values):
    fact = adopt(association, version(values, "1.0"))
    urls = [
        reverse("associations:adopt", args=[association.uuid]),
        reverse("reports:retract", args=["foreningsvedtagelse", fact.uuid]),
    ]

    def status(user):
        client = client_of(user)
        return [client.get(url).status_code for url in urls]

    assert status(make.local_coordinator(association)) == [200, 200]
    assert status(make.local_coordinator(make.founded_association(programme))) == [404, 404]


# --- The pages


def test_page_tells_each_version_from_its_day_the_newest_first(client_of, secretariat, association, values):
    adopt(association, version(values, "1.0"), D(2011, 6, 1))
    adopt(association, version(values, "2.0"), D(2011, 9, 1))
    client = client_of(secretariat)

    days = ("2011-05-31", "2011-06-01", "2011-08-31", "2011-09-01")
    told = [line(client, association, values, on=day)[0] for day in days]
    assert told == [[], ["1.0"], ["1.0"], ["2.0", "1.0"]]


def test_page_tells_what_was_known_then(client_of, secretariat, association, values):
    with clock(dt.datetime(2011, 7, 1, 12, tzinfo=COPENHAGEN)):
        adopt(association, version(values, "1.0"), D(2011, 6, 1))
    client = client_of(secretariat)

    told = [line(client, association, values, known_at=day)[0] for day in ("2011-06-30", "2011-07-01")]
    assert told == [[], ["1.0"]]


def test_newer_version_is_told_from_the_day_it_is_adopted_for_all(client_of, secretariat, association, values):
    adopt(association, version(values, "1.0", D(2011, 5, 1), D(2011, 5, 10)), D(2011, 6, 1))
    version(values, "2.0", D(2011, 8, 1), D(2011, 9, 1))
    version(values, "3.0 udkast", D(2011, 10, 1))
    client = client_of(secretariat)

    told = [line(client, association, values, on=day)[1] for day in ("2011-08-31", "2011-09-01", "2011-12-31")]
    assert told == ["", "2.0", "2.0"]


def test_no_newer_version_than_the_one_adopted_here(client_of, secretariat, association, values):
    version(values, "1.0", D(2011, 5, 1), D(2011, 5, 10))
    adopt(association, version(values, "2.0 udkast", D(2011, 5, 20)), D(2011, 6, 1))

    assert line(client_of(secretariat), association, values) == (["2.0 udkast"], "")


def test_version_that_was_sent_back_afterwards_is_no_newer_one(client_of, secretariat, association, values):
    first = version(values, "1.0", D(2011, 5, 1), D(2011, 5, 10))
    Adoption.record(by=None, version=first, body=values.adopted_by, outcome="rejected", happened_on=D(2011, 7, 1))
    client = client_of(secretariat)

    told = [line(client, association, values, on=day)[1] for day in ("2011-06-30", "2011-07-01")]
    assert told == ["1.0", ""]


def test_document_tells_each_association_with_its_latest_version(client_of, caseworker, programme, association, values):
    first, second = version(values, "1.0"), version(values, "2.0")
    other = make.AssociationFactory(programme=programme, name="Åforeningen")
    adopt(association, first, D(2011, 6, 1), note="Kun for os")
    adopt(association, second, D(2011, 9, 1))
    adopt(other, first, D(2011, 7, 1))
    client = client_of(caseworker)

    def told(on):
        rows = client.get(values.get_absolute_url(), {"on": on}).context["adopted_in"].object_list
        return [(one.association.name, one.version.label) for one in rows]

    assert told("2011-05-31") == []
    assert told("2011-08-31") == [(association.name, "1.0"), (other.name, "1.0")]
    assert told("2011-09-01") == [(association.name, "2.0"), (other.name, "1.0")]


def test_municipality_reads_the_adoption_and_none_of_its_words(client_of, caseworker, association, values):
    adopt(association, version(values, "1.0"), note="Amina talte imod")

    page = client_of(caseworker).get(association.get_absolute_url(), {"on": "2011-12-31"})

    (found,) = [one for one in page.context["adopted"] if one.facts]
    ((label, fact),) = found.facts
    assert (label, fact.note, fact.retract_url) == ("1.0", "", "")
    assert "Amina" not in page.content.decode()


def test_document_that_associations_do_not_adopt_has_no_such_list(client_of, caseworker, programme):
    document = make.DocumentFactory(programme=programme, kind="concept")

    page = client_of(caseworker).get(document.get_absolute_url())

    assert page.context["adopted_in"] is None
    assert gettext("Adopted in the associations") not in page.content.decode()


def test_criterion_is_not_met_by_what_associations_adopt(programme, association, values):
    adopt(association, version(values, "1.0"))

    (figure,) = [one for one in criteria(programme, Moment(D(2011, 12, 31))) if one.number == 4]
    assert figure.is_met is False
