"""An association's meetings on its page and in a list, as of a day; and who meets none of them."""

import datetime as dt
from html import unescape

import pytest
from django.urls import reverse

from associations.models import AssociationGrant
from bydelsmoedre.moment import Moment
from reports.gatherings import meetings_of
from tests import factories as make
from tests.doors import says
from tests.gatherings import at, held, held_on, mother, presence
from volunteers.gatherings import hold
from volunteers.models import GatheringHeld

D = dt.date
DAY = dt.timedelta(days=1)
OCTOBER = D(2011, 10, 4)
pytestmark = pytest.mark.django_db


@pytest.fixture
def association(programme):
    return make.AssociationFactory(programme=programme)


@pytest.fixture
def monthly(association):
    return make.GatheringFactory(association=association, planned_on=OCTOBER)


def tap(client, association):
    return client.post(at("gathering_today", association))


def test_next_monthly_meeting_is_told_up_to_and_including_its_day(association):
    make.GatheringFactory(association=association, planned_on=OCTOBER, is_cancelled=False)
    make.GatheringFactory(association=association, planned_on=OCTOBER - DAY, is_cancelled=True)
    make.GatheringFactory(association=association, planned_on=OCTOBER - DAY, kind="board")
    make.GatheringFactory(association=association, planned_on=D(2011, 11, 1))

    told = [meetings_of(association, Moment(OCTOBER + days * DAY)).next.day for days in (-1, 0, 1)]

    assert told == [OCTOBER, OCTOBER, D(2011, 11, 1)]


def test_last_held_of_each_kind_is_told_as_of_the_day(association):
    for kind, day in (("board", D(2011, 9, 1)), ("board", OCTOBER), ("monthly", D(2011, 9, 6))):
        held(association, kind, on=day)

    def told(day):
        return [(line.kind.value, line.day) for line in meetings_of(association, Moment(day)).held]

    assert told(OCTOBER - DAY) == [("monthly", D(2011, 9, 6)), ("board", D(2011, 9, 1))]
    assert told(OCTOBER) == [("monthly", D(2011, 9, 6)), ("board", OCTOBER)]


def test_button_gives_way_to_what_it_recorded(secretary, association, settings):
    settings.DEMO_TODAY = OCTOBER
    page = association.get_absolute_url()
    before = secretary.get(page, {"on": "2011-10-03"}).content.decode()
    tap(secretary, association)

    after = secretary.get(page, {"on": "2011-10-04"})

    assert at("gathering_today", association) not in before, "nothing is recorded on a page of another day"
    assert after.context["meetings"].has_board_on(OCTOBER)
    assert (held_on(association), at("gathering_today", association) in after.content.decode()) == ([OCTOBER], False)


@pytest.mark.parametrize(
    ("status", "days"),
    [("held", [1]), ("cancelled", [2]), ("passed", [3]), ("planned", [4, 5]), ("", [5, 4, 3, 2, 1])],
)
def test_list_finds_meetings_by_how_they_stand_on_the_day(secretary, association, status, days):
    held(association, "monthly", on=D(2011, 10, 1))
    make.GatheringFactory(association=association, planned_on=D(2011, 10, 2), is_cancelled=True)
    for day in (3, 4, 5):
        make.GatheringFactory(association=association, planned_on=D(2011, 10, day))

    page = secretary.get(at("gatherings", association), {"on": "2011-10-04", "status": status})

    assert sorted(row.planned_on.day for row in page.context["listing"].found) == sorted(days)


def test_list_tells_how_many_came(secretary, association):
    gathering = held(association, "monthly", on=OCTOBER).gathering
    for name in ("Anna", "Berit"):
        presence(mother(association, name), gathering)
    held(association, "board", on=OCTOBER)

    rows = secretary.get(at("gatherings", association)).context["listing"].found

    assert {row.kind: row.came for row in rows} == {"monthly": 2, "board": 0}


def test_empty_list_says_what_to_do(secretary, association):
    html = unescape(secretary.get(at("gatherings", association)).content.decode())

    assert says("None yet. Plan the next monthly meeting, or record a meeting that was held.") in html


# --- For whom


def test_municipality_s_page_of_the_association_tells_no_meeting(client_of, caseworker, association, monthly):
    page = client_of(caseworker).get(association.get_absolute_url())

    assert (page.context["meetings"], page.status_code) == (None, 200)
    assert at("gatherings", association) not in page.content.decode()


def test_municipality_s_contact_with_a_grant_meets_no_meeting(client_of, caseworker, association, monthly):
    AssociationGrant.objects.create(user=caseworker, association=association)
    client = client_of(caseworker)

    pages = ["gatherings", "gathering_new", "gathering_unplanned"]
    answers = [client.get(at(page, association)).status_code for page in pages]
    answers += [client.get(at(page, monthly)).status_code for page in ("gathering", "gathering_edit", "presence")]

    assert answers == [404, 403, 403, 404, 404, 404]
    assert (tap(client, association).status_code, GatheringHeld.objects.count()) == (403, 0)


def test_foundation_reads_and_is_offered_no_form(reader, association, monthly):
    pages = [reader.get(association.get_absolute_url()), reader.get(at("gathering", monthly))]

    assert [page.context[name] for page, name in zip(pages, ("meeting_urls", "urls"), strict=True)] == [{}, {}]


def test_recording_says_who_did_it(association, secretariat):
    hold(association, "board", on=OCTOBER, by=secretariat)

    assert GatheringHeld.objects.get().recorded_by == secretariat


def test_meetings_stand_under_the_associations_in_the_menu(secretary, association, monthly):
    page = secretary.get(at("gathering", monthly)).content.decode()

    assert f'<a href="{reverse("associations:list")}" aria-current="page">' in page
    assert page.count('aria-current="page"') == 1


def test_meeting_s_page_offers_what_can_be_done_about_it_now(secretary, association, monthly):
    cancelled = make.GatheringFactory(association=association, planned_on=OCTOBER + DAY, is_cancelled=True)
    board = held(association, "board", on=OCTOBER).gathering

    offered = [set(secretary.get(at("gathering", one)).context["urls"]) for one in (monthly, cancelled, board)]

    assert offered == [
        {"gathering_edit", "gathering_held", "presence"},
        {"gathering_edit"},
        {"gathering_edit", "gathering_minutes"},
    ]


def test_reader_of_the_past_is_told_what_was_known_and_offered_nothing(secretary, association):
    gathering = held(association, "board", on=OCTOBER).gathering

    before, after = (secretary.get(at("gathering", gathering), {"on": f"2011-10-0{day}"}) for day in (3, 4))

    assert [page.context["state"] for page in (before, after)] == ["planned", "held"]
    assert [page.context["urls"] for page in (before, after)] == [{}, {}]
