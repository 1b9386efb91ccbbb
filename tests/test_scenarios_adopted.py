"""A scenario that is frozen as the anchoring model, and told to the municipality when it is adopted."""

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.urls import reverse

from budget.anchoring import put_forward
from budget.models import Scenario, ScenarioSource
from budget.scenario_words import Told
from bydelsmoedre.entry import Overtaken
from bydelsmoedre.moment import Moment
from programme.models import Adoption, Document, DocumentVersion
from reports.figures.criteria import criteria
from tests import factories as make
from tests.doors import hidden_of, html_of, says, sent
from tests.good_input_money import SCENARIO
from tests.meanwhile import wait_for_a_lock, while_waiting
from tests.refusing import refused_by
from tests.scenarios import model_november, scenario, source

D = dt.date
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("danish")]


@pytest.fixture
def draft(programme):
    return model_november(programme)


def anchored(client, draft, label="1.0", **typed):
    url = reverse("budget:anchor_scenario", args=[draft.uuid])
    return sent(client, url, label=label, dated_on="2011-11-18", **{"with_municipal_money": "on"} | typed)


def decide(draft, outcome="adopted", on=D(2011, 11, 30), body=None):
    draft.refresh_from_db()
    document = draft.version.document
    return Adoption.record(
        by=None, version=draft.version, body=body or document.adopted_by, outcome=outcome, happened_on=on
    )


# --- Frozen as the anchoring model


def test_scenario_becomes_a_version_of_the_anchoring_model(secretary, programme, draft):
    document = Document.objects.get(programme=programme, kind="anchoring_model")

    answer = anchored(secretary, draft)

    draft.refresh_from_db()
    assert answer["Location"] == document.get_absolute_url()
    assert (draft.version.document, draft.version.label, draft.version.dated_on) == (document, "1.0", D(2011, 11, 18))
    assert draft.frozen_at
    assert draft.frozen_by.email
    assert draft.get_absolute_url() in html_of(secretary.get(document.get_absolute_url()))


def test_model_is_made_where_the_programme_has_none(programme, secretariat, draft):
    Document.objects.filter(programme=programme, kind="anchoring_model").delete()

    version = put_forward(draft, label="1.0", dated_on=None, by=secretariat)

    assert (version.document.kind, version.document.adopted_by.kind) == ("anchoring_model", "steering_group")


def test_municipal_money_must_be_seen_before_it_is_put_forward(secretary, draft):
    refused = anchored(secretary, draft, with_municipal_money="")

    draft.refresh_from_db()
    assert list(refused.context["form"].errors) == ["with_municipal_money"]
    assert says("Not without municipal money") in html_of(refused)
    assert draft.frozen_at is None


def test_scenario_without_municipal_money_asks_nothing_of_the_kind(secretary, programme):
    clean = scenario(programme)

    page = html_of(secretary.get(reverse("budget:anchor_scenario", args=[clean.uuid])))

    assert "with_municipal_money" not in page
    assert says("Not without municipal money") not in page


def test_label_of_the_model_is_taken_once(secretary, programme, draft):
    DocumentVersion.objects.create(
        document=Document.objects.get(programme=programme, kind="anchoring_model"), label="1.0"
    )

    answer = anchored(secretary, draft)

    assert answer.context["form"].errors["label"] == [says("The document has a version with that number already.")]


CHANGES = {
    "its-name": ("update budget_scenario set name = 'Andet' where id = %s", "scenario"),
    "its-pay": ("update budget_scenario set coordinator_pay = 1 where id = %s", "scenario"),
    "thawed": ("update budget_scenario set frozen_at = null, version_id = null where id = %s", "scenario"),
    "deleted": ("delete from budget_scenario where id = %s", "scenario"),
    "a-source": ("update budget_scenariosource set municipal_share = 0 where scenario_id = %s", "scenario"),
    "a-source-deleted": ("delete from budget_scenariosource where scenario_id = %s", "scenario"),
    "a-source-more": (
        "insert into budget_scenariosource (uuid, scenario_id, kind, name, amount, probability, from_month, "
        "municipal_share) values (gen_random_uuid(), %s, 'other', 'Ny', 1, 1, '2012-01-01', 0)",
        "scenario",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_frozen_scenario_refuses_every_change_in_sql(secretary, draft, change):
    statement, _ = CHANGES[change]
    anchored(secretary, draft)

    def attempt():
        with connection.cursor() as cursor:
            cursor.execute(statement, [draft.pk])

    assert refused_by(attempt) == "budget_scenario_is_frozen"


@pytest.mark.parametrize("change", ["its-name", "a-source", "a-source-more"])
def test_draft_takes_the_same_changes(draft, change):
    with connection.cursor() as cursor:
        cursor.execute(CHANGES[change][0], [draft.pk])


def test_version_of_another_document_freezes_nothing(programme, draft):
    values = Document.objects.get(programme=programme, kind="values")
    version = DocumentVersion.objects.create(document=values, label="1.0")
    moment = dt.datetime(2011, 11, 18, tzinfo=dt.UTC)

    def attempt():
        Scenario.objects.filter(pk=draft.pk).update(version=version, frozen_at=moment)

    assert refused_by(attempt) == "budget_scenario_version_of_the_model"


@pytest.mark.parametrize("change", [{"frozen_at": dt.datetime(2011, 11, 18, tzinfo=dt.UTC)}])
def test_frozen_without_a_version_is_refused(draft, change):
    assert (
        refused_by(lambda: Scenario.objects.filter(pk=draft.pk).update(**change))
        == "budget_scenario_frozen_as_a_version"
    )


@pytest.mark.parametrize("door", ["edit_scenario", "discard_scenario", "anchor_scenario"])
def test_frozen_scenario_s_forms_lead_back_to_it(secretary, draft, door):
    anchored(secretary, draft)
    url = reverse(f"budget:{door}", args=[draft.uuid])

    for answer in (secretary.get(url), secretary.post(url, SCENARIO)):
        assert answer["Location"] == draft.get_absolute_url()
    assert Scenario.objects.get().name == "Model november"


def test_frozen_twice_is_overtaken(secretariat, draft):
    put_forward(draft, label="1.0", dated_on=None, by=secretariat)

    with pytest.raises(Overtaken):
        put_forward(draft, label="2.0", dated_on=None, by=secretariat)
    assert DocumentVersion.objects.filter(scenario__isnull=False).count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_writes_on_while_it_is_frozen_is_told(programme, secretariat, draft, client_of):
    url = reverse("budget:edit_scenario", args=[draft.uuid])
    opened = client_of(secretariat).get(url)
    hidden = hidden_of(opened)
    transaction.set_autocommit(False)
    try:
        put_forward(draft, label="1.0", dated_on=None, by=secretariat)
        answer = while_waiting(secretariat, url, hidden | SCENARIO, transaction)
    finally:
        transaction.rollback()
        transaction.set_autocommit(True)

    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert Scenario.objects.get().name == "Model november"
    assert ScenarioSource.objects.count() == 2


@pytest.mark.parametrize(
    "values", [{"years": 6}, {"mothers_per_course": 0}, {"full_time_share": 101}, {"coordinator_pay": -1}], ids=str
)
def test_database_keeps_assumptions_that_cannot_be_out(draft, values):
    assert refused_by(Scenario.objects.filter(pk=draft.pk).update, **values).startswith("budget_scenario_")


OF_THE_MUNICIPALITY = {"kind": "municipality", "municipal_share": 99}


@pytest.mark.parametrize(
    "values", [{"amount": 0}, {"probability": 101}, {"from_month": D(2012, 1, 2)}, OF_THE_MUNICIPALITY], ids=str
)
def test_database_keeps_sources_that_cannot_be_out(draft, values):
    assert refused_by(draft.sources.update, **values).startswith("budget_source_")


# --- Adopted, and told to the municipality


def test_criterion_five_follows_when_the_model_is_adopted(programme, secretary, draft):
    def lacks():
        figure = next(one for one in criteria(programme, Moment(D(2011, 12, 1))) if one.number == 5)
        return {code for tally in figure.tallies for code in tally.lacks}

    anchored(secretary, draft)
    before = lacks()
    decide(draft)

    assert "anchoring_model" in before
    assert "anchoring_model" not in lacks()


def met_by_caseworker(client, draft):
    return client.get(draft.get_absolute_url()).status_code == 200


def test_municipality_meets_the_adopted_model_alone(secretary, programme, caseworker, client_of, draft):
    visitor, other = client_of(caseworker), scenario(programme, "Kladde")
    seen = [met_by_caseworker(visitor, draft)]
    anchored(secretary, draft)
    seen.append(met_by_caseworker(visitor, draft))
    decide(draft, "hearing", D(2011, 11, 20))
    seen.append(met_by_caseworker(visitor, draft))
    decide(draft, on=D(2011, 11, 30))
    seen.append(met_by_caseworker(visitor, draft))
    decide(draft, "rejected", D(2011, 12, 1))
    seen.append(met_by_caseworker(visitor, draft))

    assert seen == [False, False, False, True, False]
    assert not met_by_caseworker(visitor, other)


def test_adoption_by_another_body_tells_the_municipality_nothing(secretary, programme, caseworker, client_of, draft):
    anchored(secretary, draft)
    decide(draft, body=make.OrganisationFactory(programme=programme, name="Udvalget", kind="body"))

    assert not met_by_caseworker(client_of(caseworker), draft)


def test_retracted_adoption_is_none(secretary, secretariat, caseworker, client_of, draft):
    anchored(secretary, draft)
    decide(draft).retract(by=secretariat, reason="Fejl")

    assert not met_by_caseworker(client_of(caseworker), draft)


def test_municipality_is_told_kinds_and_sums_but_no_name(secretary, caseworker, client_of, draft):
    source(draft, "Direktør Hansen", 10_000, kind="other")
    anchored(secretary, draft)
    decide(draft)
    visitor = client_of(caseworker)
    pages = [draft.get_absolute_url(), reverse("budget:scenarios")]
    pages.append(f"{reverse('budget:compare_scenarios')}?valg={draft.uuid}")

    told = "".join(html_of(visitor.get(page)) for page in pages)

    assert "Hansen" not in told
    assert "Tingbjerg" not in told
    assert "Model november" in told
    assert says("housing plan").capitalize() in told
    assert reverse("budget:edit_scenario", args=[draft.uuid]) not in told


def test_sources_of_one_kind_are_numbered_for_the_municipality(draft):
    source(draft, "Anden plan", 1, kind="housing_plan", municipal_share=Decimal(0))

    named = Told(draft, is_staff=False).labels

    plan = says("housing plan").capitalize()
    assert named == [says("the Foundation").capitalize(), f"{plan} 1", f"{plan} 2"]


def test_foundation_reads_drafts_and_changes_none(foundation, client_of, draft):
    visitor = client_of(foundation)

    page = html_of(visitor.get(draft.get_absolute_url()))

    assert "Helhedsplan i Tingbjerg" in page
    assert visitor.post(reverse("budget:edit_scenario", args=[draft.uuid]), SCENARIO).status_code == 403
    assert reverse("budget:edit_scenario", args=[draft.uuid]) not in page


def written_apart(draft, answers):
    """A source is written by somebody else, on a connection of her own."""
    try:
        source(draft, "For sent")
        answers.append("written")
    except DatabaseError as error:
        answers.append(error.__cause__.diag.constraint_name)
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_source_that_is_written_while_it_is_frozen_is_refused(programme, secretariat, draft):
    answers = []
    writer = threading.Thread(target=written_apart, args=(draft, answers))
    with transaction.atomic():
        put_forward(draft, label="1.0", dated_on=None, by=secretariat)
        writer.start()
        wait_for_a_lock(writer)
    writer.join(10)

    assert answers == ["budget_scenario_is_frozen"]
    assert ScenarioSource.objects.count() == 2
