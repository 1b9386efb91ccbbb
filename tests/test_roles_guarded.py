"""A mother has a diploma on the first day of her role, or the secretariat has made an exception; no role begins before
work on its association did. Asked of the form, and of the database in plain SQL as the web role."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.translation import gettext

from bydelsmoedre.moment import Moment
from reports.findings import KINDS, found
from tests import factories as make
from tests.meanwhile import while_waiting
from tests.refusing import refused_by
from training.models import Dispensation
from volunteers.models import Membership

D = dt.date
pytestmark = pytest.mark.django_db

ISSUED = D(2011, 6, 27)
DAY = dt.timedelta(1)
PLAIN = """insert into volunteers_membership
  (uuid, is_date_unknown, note, retraction_reason, volunteer_id, association_id, role, started_on)
  values (gen_random_uuid(), false, '', '', %s, %s, %s, %s)"""


@pytest.fixture
def association(programme):
    return make.founded_association(programme)


@pytest.fixture
def person(association):
    return make.VolunteerFactory(programme=association.programme, name="Åse Æbelø")


def diploma(person, since=ISSUED, until=None, kind="basic"):
    return make.certificate(person, person.programme.curricula.get(kind=kind), since, until)


def insert(person, association, role="mother", on=ISSUED):
    """In plain SQL, past every form."""
    with connection.cursor() as cursor:
        cursor.execute(PLAIN, [person.pk, association.pk, role, on])


def give_role(client, person, association, on=ISSUED, **typed):
    url = reverse("volunteers:membership", args=[person.uuid])
    given = {"association": association.pk, "role": "mother", "started_on": f"{on}", "ended_on": "", "note": ""}
    return client.post(url, given | typed)


def since_when(person):
    return [role.started_on for role in Membership.objects.current().filter(volunteer=person, role="mother")]


@pytest.mark.parametrize("way", ["form", "sql"])
def test_a_role_begins_on_the_day_of_the_diploma_and_not_the_day_before(secretary, person, association, way):
    diploma(person)
    refused = None
    if way == "sql":
        refused = refused_by(insert, person, association, on=ISSUED - DAY)
        insert(person, association)
    else:
        refused = list(give_role(secretary, person, association, ISSUED - DAY).context["form"].errors)
        give_role(secretary, person, association)

    assert refused in ("training_mother_is_trained", ["exception_reason"])
    assert since_when(person) == [ISSUED]


def test_a_diploma_that_runs_out_holds_on_its_last_day_and_not_the_day_after(person, association):
    diploma(person, D(2011, 1, 1), ISSUED)

    assert refused_by(insert, person, association, on=ISSUED + DAY) == "training_mother_is_trained"
    insert(person, association, on=ISSUED)


def test_a_coordinators_certificate_is_no_diploma_and_another_role_needs_none(person, association):
    diploma(person, kind="coordinator")

    assert refused_by(insert, person, association) == "training_mother_is_trained"
    insert(person, association, role="coordinator")


def test_a_retracted_diploma_lets_nobody_in_and_one_retracted_later_is_a_finding(secretariat, person, association):
    held = diploma(person)
    insert(person, association)
    held.retract(by=secretariat, reason="Forkert person")
    other = make.VolunteerFactory(programme=association.programme)
    diploma(other).retract(by=secretariat, reason="Forkert person")

    assert refused_by(insert, other, association) == "training_mother_is_trained"
    (told,) = found(association.programme, Moment(ISSUED), codes=["mother_without_diploma"])
    assert (told.uuid, told.number) == (person.uuid, 0)


def test_a_role_whose_diploma_was_retracted_can_still_be_ended(secretariat, person, association):
    held = diploma(person)
    insert(person, association)
    held.retract(by=secretariat, reason="Forkert person")

    Membership.objects.current().get().supersede(by=secretariat, reason="Afsluttet", ended_on=D(2011, 9, 1))

    assert since_when(person) == [ISSUED]


def test_a_retracted_role_does_not_come_back_under_its_old_identity(secretariat, person, association):
    held = diploma(person)
    insert(person, association)
    role = Membership.objects.current().get()
    held.retract(by=secretariat, reason="Forkert person")
    role.retract(by=secretariat, reason="Forkert person")
    values = {"volunteer": person, "association": association, "role": "mother", "started_on": ISSUED}

    with pytest.raises(IntegrityError), transaction.atomic():
        later(lambda: Membership.record(by=None, uuid=role.uuid, **values))


def later(record):
    """As if a transaction had ended in between: the clock of facts is asked anew."""
    with make.clock(dt.datetime(2027, 1, 1, tzinfo=dt.UTC)):
        record()


# --- Exceptions


def test_the_secretariat_makes_an_exception_that_says_who_and_why_and_is_followed_up(
    secretary, secretariat, person, association
):
    answer = give_role(secretary, person, association, exception_reason="Begynder før uddannelsen")

    made = Dispensation.objects.get(volunteer=person)
    assert answer.status_code == 302
    assert (made.recorded_by, made.note, made.started_on) == (secretariat, "Begynder før uddannelsen", ISSUED)
    (told,) = found(association.programme, Moment(ISSUED), codes=["mother_without_diploma"])
    kind = KINDS["mother_without_diploma"]
    assert (told.number, kind.why(told.number)) == (1, gettext("Is a mother by exception, without a diploma"))
    diploma(person, ISSUED + DAY)
    assert found(association.programme, Moment(ISSUED + DAY), codes=["mother_without_diploma"]) == []


def test_an_exception_without_a_reason_is_refused(person):
    values = {"by": None, "volunteer": person, "started_on": ISSUED}

    assert refused_by(Dispensation.record, note=" ", **values) == "training_dispensation_says_why"


def test_a_local_coordinator_makes_no_exception(client_of, person, association):
    make.membership(person, association)
    client = client_of(make.local_coordinator(association))

    answer = give_role(client, person, association, exception_reason="Jeg synes det")

    said = gettext("She has no diploma on that day. Only the secretariat can make an exception.")
    assert dict(answer.context["form"].errors) == {"role": [said]}
    assert not Dispensation.objects.exists()


def test_why_she_was_let_through_is_read_by_the_secretariat_and_the_foundation_alone(
    secretariat, foundation, caseworker, person, association
):
    make.membership(person, association, role="mother")
    readers = [secretariat, foundation, caseworker, make.local_coordinator(association)]

    assert [Dispensation.objects.visible_to(user).count() for user in readers] == [1, 1, 0, 0]
    changing = [Dispensation.objects.changeable_by(user).count() for user in readers]
    assert changing == [1, 0, 0, 0]


def test_a_reason_that_is_not_needed_is_refused(secretary, person, association):
    diploma(person)

    answer = give_role(secretary, person, association, exception_reason="For en sikkerheds skyld")

    assert list(answer.context["form"].errors) == ["exception_reason"]
    assert since_when(person) == []


# --- The association's opening


@pytest.fixture
def opened(programme):
    return make.AssociationFactory(programme=programme, opened_on=ISSUED)


def test_a_role_begins_on_the_day_on_which_work_began_and_not_the_day_before(secretary, person, opened):
    typed = {"role": "coordinator"}

    assert refused_by(insert, person, opened, "coordinator", ISSUED - DAY) == "volunteers_role_after_opening"
    refused = give_role(secretary, person, opened, ISSUED - DAY, **typed)
    assert list(refused.context["form"].errors) == ["started_on"]
    assert give_role(secretary, person, opened, ISSUED, **typed).status_code == 302


def test_the_day_on_which_work_began_is_not_moved_past_a_role(secretary, person, opened):
    insert(person, opened, "coordinator")
    moved = {"opened_on": f"{ISSUED + DAY}", "name": opened.name, "housing_area": opened.housing_area_id, "email": ""}

    def move(day):
        with connection.cursor() as cursor:
            cursor.execute("update associations_association set opened_on = %s where id = %s", [day, opened.pk])

    url = reverse("associations:edit", args=[opened.uuid])
    hidden = {one.html_name: one.value() for one in secretary.get(url).context["form"].hidden_fields()}
    assert list(secretary.post(url, hidden | moved).context["form"].errors) == ["opened_on"]
    assert refused_by(move, ISSUED + DAY) == "volunteers_opening_before_roles"
    move(ISSUED)


@pytest.mark.django_db(transaction=True)
def test_a_diploma_that_somebody_retracts_meanwhile_lets_nobody_in(elsewhere):
    programme = make.plan("København")
    user, place = make.user_with_role(programme, "secretariat"), make.founded_association(programme)
    person = make.VolunteerFactory(programme=programme)
    held = diploma(person)
    with elsewhere.cursor() as cursor:
        cursor.execute(
            "update training_certificate set retracted_at = now(), retraction_reason = 'Fejl' where id = %s", [held.pk]
        )
    url = reverse("volunteers:membership", args=[person.uuid])
    typed = {"association": place.pk, "role": "mother", "started_on": f"{ISSUED}"}

    answer = while_waiting(user, url, typed, elsewhere)

    assert (answer.status_code, since_when(person)) == (200, [])
