"""Two who were recorded as persons of their own are one: figures count her once, and told apart all is as it was."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask_anew
from reports.figures.counts import counts
from reports.figures.criteria import criteria, measures, rows
from tests import factories as make
from tests.people import steps
from tests.roles import clock
from volunteers.access_copy import AccessCopy
from volunteers.board import BOARD_SQL
from volunteers.merging import NotMergeable, each_once, merge, together
from volunteers.models import SamePerson, TransitionAnswer, Volunteer
from volunteers.privacy import erase
from volunteers.recruitment import Standing, standings

pytestmark = pytest.mark.django_db

D = dt.date
DAY = Moment(D(2011, 12, 31))


@pytest.fixture
def association(programme):
    return make.founded_association(programme)


def twice(association):
    """A coordinator who counts, recorded twice."""
    return make.counting_coordinator(association), make.counting_coordinator(association)


def coordinators(programme, moment=DAY):
    return next(one for one in criteria(programme, moment) if one.number == 2).value


def test_a_coordinator_who_was_recorded_twice_counts_once(programme, secretariat):
    with clock(dt.datetime(2012, 1, 1, tzinfo=dt.UTC)):
        kept, duplicate = twice(make.founded_association(programme))
    before = Moment(DAY.on, dt.datetime(2012, 2, 1, tzinfo=dt.UTC))

    merge(duplicate, kept, by=secretariat)

    assert (coordinators(programme), counts(programme, DAY).certificates) == (1, 1)
    assert (coordinators(programme, before), counts(programme, before).certificates) == (2, 2)


def test_one_record_s_certificate_and_the_other_s_role_count_together(programme, association, secretariat):
    certified = make.VolunteerFactory(programme=programme)
    make.certificate(certified)
    holder = make.VolunteerFactory(programme=programme)
    make.membership(holder, association)
    assert coordinators(programme) == 0

    merge(certified, holder, by=secretariat)

    assert [row.uuid for row in rows(measures(programme, DAY), counting=True)[2]] == [holder.uuid]


def test_where_she_stands_is_told_of_both_records(programme, secretariat):
    kept, duplicate = make.VolunteerFactory(programme=programme), make.VolunteerFactory(programme=programme)
    steps(make.CandidacyFactory(volunteer=kept), ("applied", D(2011, 2, 1)))
    steps(make.CandidacyFactory(volunteer=duplicate), ("applied", D(2011, 3, 1)), ("interviewed", D(2011, 3, 8)))

    merge(duplicate, kept, by=secretariat)

    assert standings(programme.pk, DAY, persons=[kept.pk]) == {kept.pk: Standing.INTERVIEWED}
    assert standings(programme.pk, DAY, persons=[duplicate.pk]) == {}


def test_the_latest_answer_of_a_formerly_paid_mother_holds_for_both_records(programme, secretariat):
    first, second = (
        make.TransitionFactory(volunteer__programme=programme),
        make.TransitionFactory(volunteer__programme=programme),
    )
    for transition, answer, day in ((first, "no", D(2011, 3, 1)), (second, "continues", D(2011, 5, 1))):
        TransitionAnswer.record(by=None, transition=transition, answer=answer, happened_on=day)

    merge(first.volunteer, second.volunteer, by=secretariat)

    told = counts(programme, DAY).transition
    assert (told.yes, told.no) == (1, 0)


def test_a_board_member_who_was_recorded_twice_is_one(programme, association, secretariat):
    kept, duplicate = make.VolunteerFactory(programme=programme), make.VolunteerFactory(programme=programme)
    for person in (kept, duplicate):
        make.membership(person, association, role="board_member")

    merge(duplicate, kept, by=secretariat)

    assert _members(programme) == [(1,)]


def _members(programme):
    return ask_anew(
        f"with {BOARD_SQL} select members from board",
        {"programme": programme.pk, "on": DAY.on, "known_at": DAY.known_at},
    )


def test_merges_stay_flat(programme, secretariat):
    first, second, third = (make.VolunteerFactory(programme=programme) for _ in range(3))
    merge(first, second, by=secretariat)

    merge(second, third, by=secretariat)

    assert together(third, DAY).ids == [third.pk, first.pk, second.pk]
    assert {together(first, DAY).kept, together(second, DAY).kept} == {third}
    assert list(each_once(Volunteer.objects.filter(programme=programme), DAY)) == [third]


@pytest.mark.parametrize("case", ["herself", "another programme", "merged already", "erased"])
def test_what_cannot_be_merged_is_refused(programme, twin, secretariat, case):
    one, other = make.VolunteerFactory(programme=programme), make.VolunteerFactory(programme=programme)
    if case == "herself":
        other = one
    elif case == "another programme":
        other = make.VolunteerFactory(programme=twin)
    elif case == "erased":
        other.erased_at = timezone.now()
    else:
        merge(one, make.VolunteerFactory(programme=programme), by=secretariat)

    with pytest.raises(NotMergeable):
        merge(one, other, by=secretariat)


@pytest.mark.parametrize("case", ["herself", "another programme", "a chain", "twice"])
def test_the_database_refuses_it_too(programme, twin, case):
    one, other, third = (make.VolunteerFactory(programme=programme) for _ in range(3))
    pair = {
        "herself": (one, one),
        "another programme": (one, make.VolunteerFactory(programme=twin)),
        "a chain": (other, third),
        "twice": (one, third),
    }[case]
    SamePerson.record(by=None, duplicate=one, kept=other, happened_on=D(2011, 5, 1)) if case in (
        "a chain",
        "twice",
    ) else None

    with pytest.raises(IntegrityError), transaction.atomic():
        SamePerson.record(by=None, duplicate=pair[0], kept=pair[1], happened_on=D(2011, 5, 1))


# --- On the pages


def paired(programme):
    """Two with one number, written differently, and one with another."""
    kept = make.VolunteerFactory(programme=programme, name="Amina Hassan", phone="20 12 34 56")
    again = make.VolunteerFactory(
        programme=programme, name="Amina Hasan", phone="+4520123456", email="amina@example.org", housing_area=None
    )
    make.VolunteerFactory(programme=programme, name="Birgit", phone="20 12 34 57")
    return kept, again


def suggestions(client):
    pairs = client.get(reverse("volunteers:duplicates")).context["pairs"]
    return [(pair.kept, pair.duplicate) for pair in pairs]


def test_those_who_share_a_number_are_suggested_until_they_are_told_apart(programme, client_of, secretariat):
    kept, again = paired(programme)
    client = client_of(secretariat)
    assert suggestions(client) == [(kept, again)]

    client.post(reverse("volunteers:different", args=[again.uuid, kept.uuid]))

    assert suggestions(client) == []


def test_merging_keeps_what_was_chosen_and_shows_both_on_one_page(programme, association, client_of, secretariat):
    kept, again = paired(programme)
    make.membership(again, association, role="mother")
    client = client_of(secretariat)
    page = reverse("volunteers:merge", args=[kept.uuid, again.uuid])

    answer = client.post(page, {"name": "duplicate", "email": "duplicate", "phone": "kept"})
    kept.refresh_from_db()
    again.refresh_from_db()

    assert answer.status_code == 302, answer.context["form"].errors
    assert answer.url == kept.get_absolute_url()
    assert (kept.name, kept.phone, kept.email, again.email) == ("Amina Hasan", "20 12 34 56", "amina@example.org", "")
    shown = client.get(kept.get_absolute_url())
    assert [line.association for line in shown.context["memberships"]] == [association]
    assert client.get(again.get_absolute_url()).context["same"].kept == kept
    assert suggestions(client) == []


def test_a_merged_person_stands_once_in_the_list_and_is_found_by_the_other_s_role(
    programme, association, client_of, secretariat
):
    kept, again = paired(programme)
    make.membership(again, association, role="mother")
    merge(again, kept, by=secretariat)

    listing = client_of(secretariat).get(reverse("volunteers:list"), {"rolle": "mother"}).context["listing"]

    assert [line.volunteer for line in listing.page.object_list] == [kept]


def test_the_coordinator_of_the_duplicate_s_association_reaches_the_one_who_is_kept(
    programme, association, client_of, secretariat
):
    kept, again = paired(programme)
    make.membership(again, association, role="mother")
    coordinator = client_of(make.local_coordinator(association))
    assert coordinator.get(kept.get_absolute_url()).status_code == 404

    merge(again, kept, by=secretariat)

    assert coordinator.get(kept.get_absolute_url()).status_code == 200


def test_two_who_merge_the_same_pair_at_once_record_it_once(programme, secretariat):
    kept, again = paired(programme)
    merge(again, kept, by=secretariat)

    with pytest.raises(NotMergeable):
        merge(kept, again, by=secretariat)


def test_erasing_her_erases_what_was_recorded_again_too(programme, secretariat):
    kept, again = paired(programme)
    merge(again, kept, by=secretariat)

    erase(kept, by=secretariat)

    again.refresh_from_db()
    assert (kept.name, again.name, bool(again.erased_at)) == ("", "", True)


def test_the_copy_that_she_is_given_holds_what_was_recorded_again(programme, secretariat):
    kept, again = paired(programme)
    make.membership(again, make.AssociationFactory(programme=programme, name="Bydelsmødre i Blågården"), role="mother")
    assert "Blågården" not in AccessCopy(kept).as_json().decode()

    merge(again, kept, by=secretariat)

    assert "Blågården" in AccessCopy(kept).as_json().decode()


# --- The story: last, since its programme stands until the end of the module

QUARTERS = ["2011-03-31", "2011-06-30", "2011-09-30", "2011-12-31"]


def figures():
    told = []
    for on in QUARTERS:
        out = StringIO()
        call_command("status", on=on, format="json", stdout=out)
        told.append(json.loads(out.getvalue()) | {"known_at": None})
    return told


def test_told_apart_every_figure_of_the_story_is_what_it_was_at_every_quarter(story):
    persons = list(Volunteer.objects.filter(programme=story).order_by("pk"))
    before = figures()

    merges = [merge(one, other, by=None) for one, other in zip(persons[0:60:2], persons[1:60:2], strict=True)]
    merged = figures()
    for one in merges:
        one.retract(by=None, reason="Det er to")

    assert merged != before
    assert figures() == before
