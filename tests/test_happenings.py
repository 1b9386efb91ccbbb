"""What was recorded lately: newest first, told in one line where it was one act, and marked where it is new."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from associations.models import AssociationAdoption, Closing, Prospect, ProspectOutcome
from budget.models import BudgetLine
from bydelsmoedre.moment import COPENHAGEN
from reports.happenings import since_last_workday
from tests import factories as make
from tests.boards import FULL, seats
from tests.gatherings import held
from tests.roles import clock
from tests.training import attend, planned_course, take_part

D = dt.date
pytestmark = pytest.mark.django_db


def at(month, day):
    return dt.datetime(2011, month, day, 20, tzinfo=COPENHAGEN)


def told(client, **asked):
    return client.get(reverse("reports:dashboard"), asked).context["happenings"]


@pytest.fixture
def association(programme):
    """Founded on 26 May; the board was wrong, and retracted on 1 June."""
    with clock(at(5, 26)):
        found = make.founded_association(programme, name="Tingbjerg")
    with clock(at(6, 1)):
        found.steps.get(kind="board").retract(by=None, reason="Forkert")
    return found


def test_latest_comes_first_and_a_retraction_is_told(association, secretariat, client_of):
    lines = told(client_of(secretariat), on="2011-12-31")

    assert (lines[0].what, lines[0].is_retraction, lines[0].at) == ("Tingbjerg", True, at(6, 1))
    assert {line.is_retraction for line in lines[1:]} == {False}


def test_nothing_after_the_day_asked_of_is_told(association, secretariat, client_of):
    lines = told(client_of(secretariat), on="2011-05-31")

    assert {line.at for line in lines if line.what == "Tingbjerg"} == {at(5, 26)}
    assert max(line.at for line in lines) == at(5, 26)


def test_nothing_is_told_that_was_not_known_then(association, secretariat, client_of):
    lines = told(client_of(secretariat), on="2011-12-31", known_at="2011-05-31")

    assert {line.is_retraction for line in lines} == {False}


def test_what_was_recorded_in_one_go_is_one_line(programme, secretariat, client_of):
    curriculum = programme.curricula.get(kind="basic")
    with clock(at(6, 27)):
        for _ in range(13):
            make.certificate(make.VolunteerFactory(programme=programme), curriculum, since=D(2011, 6, 27))

    (line,) = (line for line in told(client_of(secretariat), on="2011-12-31") if curriculum.name in line.what)

    assert "(13 " in line.what


def test_what_came_since_her_last_visit_is_new(association, secretariat):
    client = Client()
    secretariat.set_password("velkommen-til-2011")
    secretariat.last_login = timezone.now()
    secretariat.save()
    client.post(reverse("accounts:login"), {"username": secretariat.email, "password": "velkommen-til-2011"})
    make.step(association, "agreement", D(2011, 7, 1))

    lines = told(client, on="2011-12-31")

    assert [line.is_new for line in lines[:2]] == [True, False]


def test_first_visit_has_nothing_new(association, secretariat, client_of):
    page = client_of(secretariat).get(reverse("reports:dashboard"))

    assert page.context["last_visit"] is None
    assert {line.is_new for line in page.context["happenings"]} == {False}
    assert gettext("This is your first visit: the latest are shown.") in page.content.decode()


def test_municipality_meets_nothing_about_persons(association, programme, caseworker, client_of):
    with clock(at(6, 2)):
        make.membership(make.VolunteerFactory(programme=programme, name="Hemmelig"), association)

    page = client_of(caseworker).get(reverse("reports:dashboard"), {"on": "2011-12-31"})

    assert "Hemmelig" not in page.content.decode()
    assert at(6, 2) not in {line.at for line in page.context["happenings"]}


def test_municipality_meets_no_attendance_certificate_or_posting(
    association, programme, caseworker, secretariat, client_of
):
    basic = programme.curricula.get(kind="basic")
    seat = take_part(planned_course(basic), make.VolunteerFactory(programme=programme))
    line = BudgetLine.objects.filter(budget__programme=programme).first()
    with clock(at(6, 27)):
        make.certificate(make.VolunteerFactory(programme=programme), basic)
    with clock(at(6, 28)):
        attend(seat, 1)
    with clock(at(6, 29)):
        make.posting(line=line, amount=Decimal(1200), happened_on=D(2011, 6, 29), text="Kaffe")

    theirs, ours = (told(client_of(user), on="2011-12-31") for user in (caseworker, secretariat))

    of_staff = [at(6, 29), at(6, 28), at(6, 27)]
    assert [line.at for line in ours[:3]] == of_staff
    assert theirs[0].at == ours[3].at == at(6, 1)
    assert {line.at for line in theirs}.isdisjoint(of_staff)


def test_a_version_that_is_replaced_is_told_once(association, secretariat, client_of):
    with clock(at(7, 1)):
        association.steps.get(kind="meeting").supersede(by=None, reason="Forkert dag", note="Rettet")

    lines = [line for line in told(client_of(secretariat), on="2011-12-31") if line.at == at(7, 1)]

    assert [line.is_retraction for line in lines] == [False]


def test_what_associations_do_is_told_and_to_the_municipality_without_their_meetings_and_boards(
    association, programme, caseworker, secretariat, client_of
):
    version = make.DocumentVersionFactory(document=programme.documents.get(kind="values"))
    gone = make.AssociationFactory(programme=programme, name="Sjælør")
    area = make.HousingAreaFactory(programme=programme, name="Titanparken")
    prospect = Prospect.objects.create(programme=programme, housing_area=area)
    with clock(at(6, 2)):
        AssociationAdoption.record(by=None, association=association, version=version, happened_on=D(2011, 6, 2))
    with clock(at(6, 3)):
        ProspectOutcome.record(by=None, prospect=prospect, kind="closed", reason="Nej", happened_on=D(2011, 6, 3))
    with clock(at(6, 4)):
        Closing.record(by=None, association=gone, money="Ingen", happened_on=D(2011, 6, 4))
    with clock(at(6, 5)):
        held(association, on=D(2011, 6, 5))
    with clock(at(6, 6)):
        seats(association, *FULL)

    theirs, ours = (told(client_of(user), on="2011-12-31") for user in (caseworker, secretariat))

    public = [
        ("Foreningen er opløst", "Sjælør"),
        ("Mulig forening: opgivet", "Titanparken"),
        ("Vedtaget i foreningen: værdisæt", "Tingbjerg"),
    ]
    private = [
        ("Pladser i bestyrelsen", "Tingbjerg (5 registreret)"),
        ("Møde i foreningen: bestyrelsesmøde", "Tingbjerg, 05.06.2011"),
    ]
    assert [(line.text, line.what) for line in ours[:5]] == private + public
    assert [(line.text, line.what) for line in theirs[:3]] == public


@pytest.mark.parametrize(
    ("on", "since"),
    [(14, 11), (15, 14), (12, 11), (13, 11)],  # a Monday, a Tuesday, a Saturday, a Sunday
)
def test_the_office_closed_at_four_on_the_working_day_before(on, since):
    assert since_last_workday(D(2011, 11, on)) == dt.datetime(2011, 11, since, 16, tzinfo=COPENHAGEN)


@pytest.mark.parametrize(
    ("on", "since"),
    [
        (D(2011, 4, 26), D(2011, 4, 20)),  # Easter, from Maundy Thursday to Easter Monday
        (D(2011, 6, 3), D(2011, 6, 1)),  # Ascension Day
        (D(2011, 12, 27), D(2011, 12, 23)),
    ],
)
def test_offices_are_closed_on_holidays_too(on, since):
    assert since_last_workday(on) == dt.datetime.combine(since, dt.time(16), COPENHAGEN)


@pytest.mark.parametrize(("places", "is_cut"), [(1, False), (3, True)])
def test_list_that_is_cut_says_so(programme, secretariat, client_of, places, is_cut):
    with clock(dt.datetime(2011, 11, 13, 20, tzinfo=COPENHAGEN)):
        for _number in range(places):
            make.found(make.AssociationFactory(programme=programme), D(2011, 11, 10))

    page = client_of(secretariat).get(reverse("reports:today"), {"on": "2011-11-14"})

    assert (len(page.context["new"]) == 8, page.context["is_new_cut"]) == (is_cut, is_cut)


def test_weekends_recordings_stand_on_mondays_page(programme, secretariat, client_of):
    for name, day, hour in (("Fredag", 11, 15), ("Aften", 11, 17), ("Søndag", 13, 20)):
        with clock(dt.datetime(2011, 11, day, hour, tzinfo=COPENHAGEN)):
            make.found(make.AssociationFactory(programme=programme, name=name), D(2011, 11, 10))

    lines = client_of(secretariat).get(reverse("reports:today"), {"on": "2011-11-14"}).context["new"]

    assert {line.what for line in lines} == {"Aften", "Søndag"}


def test_local_coordinator_is_not_told_what_others_have_recorded(association, client_of):
    page = client_of(make.local_coordinator(association)).get(reverse("reports:today"), {"on": "2011-05-27"})

    assert page.context["new"] == []
