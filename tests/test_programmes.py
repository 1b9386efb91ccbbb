"""Another municipality's programme is begun from one that is there; the Foundation sees all of them; nothing leaks."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from associations.models import Association
from bydelsmoedre.moment import Moment
from programme.models import AgreementParty, CriterionVersion, MilestoneNeeds, Organisation, Programme, RoleGrant
from reports.figures.counts import counts
from reports.figures.criteria import criteria
from reports.figures.finances import budget
from reports.national import programme_lines
from tests import factories as make
from tests.doors import hidden_of
from tests.figures import decide, sign
from tests.workplan import milestone
from volunteers.models import Volunteer

D = dt.date
NEW = "/indstillinger/hele-landet/ny/"
NATIONAL = "/indstillinger/hele-landet/"
pytestmark = pytest.mark.django_db

GIVEN = {
    "name": "Aarhus",
    "municipality": "Aarhus Kommune",
    "starts_on": "2012-01-01",
    "deadline": "2012-12-31",
    "minimum_board": "3",
    "districts": "Gellerup\n Trigeparken \n\nGellerup",
    "secretariat_email": "Aarhus@example.org",
    "secretariat_name": "Sekretariatet i Aarhus",
    "contact_email": "kommunen-aarhus@example.org",
    "wording_1": "Der er stiftet mindst to foreninger i Aarhus.",
    "target_1": "2",
    "wording_2": "Der er uddannet mindst ti koordinatorer.",
    "target_2": "10",
    "wording_3": "Der udarbejdes et fælles uddannelseskoncept.",
    "wording_4": "",
    "wording_5": "Der udvikles et partnerskab.",
}


def begin(reader, **typed):
    return reader.post(NEW, hidden_of(reader.get(NEW)) | GIVEN | typed)


def test_programme_begins_with_all_that_it_needs_and_with_nobodys_data(programme, reader, foundation):
    make.founded_association(programme)
    make.VolunteerFactory(programme=programme)
    begin(reader)
    made = Programme.objects.get(name="Aarhus")

    assert list(made.criteria.values_list("number", "name")) == [
        (number, one.name) for number, one in enumerate(programme.criteria.exclude(number=4), 1)
    ]
    assert set(made.documents.values_list("kind", "title")) == set(
        programme.documents.exclude(kind="other").values_list("kind", "title")
    )
    assert set(made.curricula.values_list("kind", "name")) == set(programme.curricula.values_list("kind", "name"))
    assert made.checklists.get().minimum_board == 3
    assert made.checklists.get().items == programme.checklists.get().items
    assert made.activities.count() == programme.activities.count()
    assert set(made.districts.values_list("name", flat=True)) == {"Gellerup", "Trigeparken"}
    assert [line.name for line in made.budgets.get(year=2012).lines.order_by("number")] == [
        line.name for line in programme.budgets.get().lines.order_by("number")
    ]
    assert budget(made, Moment(D(2012, 6, 1))).budgeted == Decimal(0)
    assert not Association.objects.filter(programme=made).exists()
    assert not Volunteer.objects.filter(programme=made).exists()


def test_milestones_come_along_but_those_of_what_it_has_not(programme, reader):
    of = {one.number: one for one in programme.criteria.all()}
    first = milestone(programme, title="Ansat", due_on=D(2011, 2, 1))
    needs = milestone(programme, title="Stiftet", measure="criterion", criterion=of[1], due_on=D(2011, 12, 31))
    milestone(programme, title="Værdier", measure="criterion", criterion=of[4], due_on=D(2011, 12, 31))
    MilestoneNeeds.objects.create(milestone=needs, needed=first)
    begin(reader)
    made = Programme.objects.get(name="Aarhus")

    assert set(made.milestones.values_list("title", "due_on")) == {
        ("Ansat", D(2012, 12, 31)), ("Stiftet", D(2012, 12, 31)),
    }  # fmt: skip
    (waits,) = MilestoneNeeds.objects.filter(milestone__programme=made)
    assert (waits.milestone.title, waits.needed.title, waits.needed.programme) == ("Stiftet", "Ansat", made)
    assert waits.milestone.criterion.programme == made


def test_criteria_are_its_own(programme, reader):
    begin(reader)
    versions = CriterionVersion.objects.filter(criterion__programme__name="Aarhus").order_by("criterion__number")

    assert [(one.wording, one.target, one.started_on, one.deadline) for one in versions][:2] == [
        (GIVEN["wording_1"], 2, D(2012, 1, 1), D(2012, 12, 31)),
        (GIVEN["wording_2"], 10, D(2012, 1, 1), D(2012, 12, 31)),
    ]
    assert {one.value for one in criteria(programme, Moment(D(2011, 12, 31)))} == {0, None}


def test_foundation_keeps_its_cvr_number_and_the_municipality_has_its_own(programme, reader):
    programme.organisations.filter(kind="foundation").update(cvr="13748136")
    programme.organisations.filter(kind="municipality").update(cvr="24256790")

    begin(reader)
    made = Programme.objects.get(name="Aarhus")

    assert dict(made.organisations.filter(kind__in=["foundation", "municipality"]).values_list("kind", "cvr")) == {
        "foundation": "13748136",
        "municipality": "",
    }


def test_municipality_is_the_new_one_and_the_foundation_the_same(programme, reader):
    begin(reader)
    made = Programme.objects.get(name="Aarhus")
    named = dict(made.organisations.values_list("kind", "name"))

    assert named["municipality"] == "Aarhus Kommune"
    assert named["foundation"] == Organisation.objects.get(programme=programme, kind="foundation").name
    assert not made.organisations.filter(kind="housing_plan").exists()
    assert {one.programme for one in Organisation.objects.filter(documents_to_adopt__programme=made)} == {made}
    parties = made.agreements.get().parties.values_list("organisation__name", flat=True)
    assert set(parties) == {named["municipality"], named["foundation"]}


def test_two_of_the_models_municipality_sign_as_one_in_the_new(programme, reader):
    second = make.OrganisationFactory(programme=programme, name="Socialforvaltningen", kind="municipality")
    AgreementParty.record(by=None, agreement=programme.agreements.get(), organisation=second, started_on=D(2011, 1, 1))
    begin(reader)
    parties = AgreementParty.objects.filter(agreement__programme__name="Aarhus")

    assert parties.filter(organisation__name="Aarhus Kommune").count() == 1


def test_closed_login_of_the_foundation_gets_no_new_role(programme, reader):
    closed = make.user_with_role(programme, "foundation", is_active=False)
    begin(reader)

    assert not RoleGrant.objects.filter(user=closed, programme__name="Aarhus").exists()


def test_everybody_who_works_there_has_a_role(programme, reader, foundation):
    colleague = make.user_with_role(programme, "foundation")
    begin(reader)

    assert set(RoleGrant.objects.filter(programme__name="Aarhus").values_list("user__email", "role")) == {
        (foundation.email, "foundation"),
        (colleague.email, "foundation"),
        ("aarhus@example.org", "secretariat"),
        ("kommunen-aarhus@example.org", "caseworker"),
    }
    assert not User.objects.get(email="aarhus@example.org").has_usable_password()
    assert mail.outbox == []


def test_login_that_is_there_is_used(programme, reader, secretariat):
    begin(reader, secretariat_email=secretariat.email.upper())

    assert set(RoleGrant.objects.filter(user=secretariat).values_list("programme__name", "role")) == {
        (programme.name, "secretariat"), ("Aarhus", "secretariat"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": "KØBENHAVN"}, "name"),
        ({"deadline": "2011-12-31"}, "deadline"),
        ({"deadline": "31. februar"}, "deadline"),
        ({"target_1": ""}, "target_1"),
        ({"target_2": "0"}, "target_2"),
        ({"secretariat_email": "aarhus"}, "secretariat_email"),
        ({"contact_email": "aarhus@example.org"}, "contact_email"),
        ({"districts": "x" * 101}, "districts"),
        ({"districts": "Fatima 010190-1234"}, "districts"),
        ({f"wording_{number}": "" for number in range(1, 6)}, None),
    ],
)
def test_bad_input_is_told_beside_its_field_and_nothing_is_made(reader, typed, field):
    page = begin(reader, **typed)

    assert list(page.context["form"].errors) == [field or "__all__"]
    assert page.context["form"].data["municipality"] == "Aarhus Kommune"
    assert Programme.objects.count() == 1


def test_closed_login_gets_no_role(reader):
    make.UserFactory(email="lukket@example.org", is_active=False)

    assert "secretariat_email" in begin(reader, secretariat_email="lukket@example.org").context["form"].errors


@pytest.mark.parametrize("role", ["secretariat", "caseworker"])
def test_only_the_foundation_follows_the_country(programme, client_of, role):
    client = client_of(make.user_with_role(programme, role))

    assert [client.get(page).status_code for page in (NATIONAL, NEW)] == [403, 403]


def test_model_of_somebody_elses_programme_is_not_used(reader, programme):
    twin = make.twin()
    page = reader.get(NEW, {"skabelon": str(twin.uuid)})

    assert make.CANARY not in page.content.decode()


def test_foundation_sees_those_that_it_follows_and_no_other(programme, reader, foundation):
    other = make.plan("Odense")
    RoleGrant.objects.create(user=foundation, programme=other, role="foundation")
    third = make.twin()
    RoleGrant.objects.create(user=foundation, programme=third, role="caseworker")
    page = reader.get(NATIONAL)

    assert [line.programme for line in page.context["listing"].rows] == [programme, other]
    assert make.CANARY not in page.content.decode().partition("<main")[2]


def test_figures_of_the_country_are_each_programmes_own(programme, foundation):
    other = make.plan("Odense")
    for place, day in ((programme, D(2011, 3, 1)), (other, D(2011, 4, 1)), (other, D(2011, 5, 1))):
        make.found(make.AssociationFactory(programme=place), day)
    make.counting_coordinator(Association.objects.filter(programme=other).first())
    for kind in ("training_concept", "values"):
        decide(other, kind, D(2011, 6, 1))
    sign(programme, "municipality", D(2011, 2, 1))
    moment = Moment(D(2011, 12, 31))
    lines = programme_lines([programme, other], moment)

    for line in lines:
        assert line.criteria == criteria(line.programme, moment)
        assert line.counts == counts(line.programme, moment)
        assert line.budget == budget(line.programme, moment)
    assert [line.associations.value for line in lines] == [1, 2]


def test_country_costs_as_much_for_many_programmes_as_for_one(programme, reader, foundation):
    with CaptureQueriesContext(connection) as one:
        reader.get(NATIONAL)
    for number in range(4):
        RoleGrant.objects.create(user=foundation, programme=make.plan(f"By {number}"), role="foundation")
    with CaptureQueriesContext(connection) as many:
        reader.get(NATIONAL)

    def asked(captured):
        return [one["sql"] for one in captured if not re.match(r"(?i)prepare ", one["sql"])]

    assert len(asked(many)) == len(asked(one))


def test_country_without_a_programme_that_has_begun_is_empty_and_not_a_fault(reader, foundation):
    Programme.objects.create(name="Uden mål", starts_on=D(2030, 1, 1), deadline=D(2030, 12, 31))
    bare = Programme.objects.get(name="Uden mål")
    RoleGrant.objects.create(user=foundation, programme=bare, role="foundation")

    page = reader.get(NATIONAL)

    assert page.status_code == 200
    (told,) = [one for one in page.context["listing"].table if one[0].text == "Uden mål"]
    assert [cell.text for cell in told if "kr." in cell.label] == ["–", "–"]  # nothing is known of its money: not zero
    assert [line.criteria for line in page.context["listing"].rows if line.programme == bare] == [[]]
