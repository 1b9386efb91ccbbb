"""The monthly meeting on one screen: who came, as facts; what the association has written since the last one."""

import datetime as dt
from html import unescape

import pytest

from bydelsmoedre.moment import Moment, calendar_today
from tests import factories as make
from tests.doors import says
from tests.gatherings import at, errors, held, held_on, mother, presence, send
from volunteers.gatherings import written_before
from volunteers.models import GatheringHeld, Presence

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


@pytest.fixture
def local(association, client_of):
    return client_of(make.local_coordinator(association))


@pytest.fixture
def anna(association):
    return mother(association, "Anna")


@pytest.fixture
def berit(association):
    return mother(association, "Berit")


def came(gathering):
    facts = Presence.objects.current().filter(gathering=gathering)
    return sorted(facts.values_list("volunteer__name", flat=True))


def test_who_came_is_recorded_with_the_meeting_held(local, association, monthly, anna, berit):
    send(local, "presence", monthly, came=[str(anna.uuid)])

    assert (came(monthly), held_on(association, "monthly")) == (["Anna"], [OCTOBER])
    assert Presence.objects.get().happened_on == OCTOBER


def test_everybody_stands_marked_before_the_exceptions_are_unmarked_and_nothing_is_saved_yet(
    secretary, monthly, anna, berit
):
    form = secretary.get(at("presence", monthly) + "?alle=1").context["form"]

    assert form["came"].value() == [str(anna.uuid), str(berit.uuid)]
    assert Presence.objects.count() == 0
    send(secretary, "presence", monthly, "?alle=1", came=[str(berit.uuid)])
    assert came(monthly) == ["Berit"]


def test_who_is_unmarked_is_retracted_and_the_others_are_left_untouched(secretary, monthly, anna, berit):
    send(secretary, "presence", monthly, came=[str(anna.uuid), str(berit.uuid)])

    send(secretary, "presence", monthly, came=[str(berit.uuid)])

    facts = {fact.volunteer.name: fact for fact in Presence.objects.select_related("volunteer")}
    assert (came(monthly), len(Presence.objects.all())) == (["Berit"], 2)
    assert facts["Anna"].retraction_reason == says("She was unmarked: she did not come.")


def test_two_who_mark_at_once_add_to_each_other(secretary, local, monthly, anna, berit):
    url = at("presence", monthly)
    opened = secretary.get(url).context["form"]["opened_as"].value()
    send(local, "presence", monthly, came=[str(anna.uuid)])

    secretary.post(url, {"opened_as": opened, "came": [str(berit.uuid)]})

    assert came(monthly) == ["Anna", "Berit"]
    assert GatheringHeld.objects.count() == 1


def test_screen_sent_twice_records_once(secretary, monthly, anna):
    data = {"opened_as": secretary.get(at("presence", monthly)).context["form"]["opened_as"].value()}

    for _ in range(2):
        secretary.post(at("presence", monthly), data | {"came": [str(anna.uuid)]})

    assert (Presence.objects.count(), GatheringHeld.objects.count()) == (1, 1)


def test_nobody_marked_is_asked_about_before_the_meeting_is_held(secretary, monthly, anna):
    response = send(secretary, "presence", monthly, came=[])

    assert errors(response) == {"came": [says("Mark those who came. Did nobody come, then cancel the meeting.")]}
    assert GatheringHeld.objects.count() == 0


def test_memory_of_the_screen_that_is_tampered_with_is_refused(secretary, monthly, anna):
    response = send(secretary, "presence", monthly, opened_as="snyd", came=[str(anna.uuid)])

    assert errors(response) == {
        "opened_as": [says("The list has changed meanwhile. Look at it again, and save once more.")]
    }
    assert Presence.objects.count() == 0


def test_screen_asks_about_mothers_and_coordinators_of_the_day(secretary, association, monthly, anna):
    mother(association, "Sidste dag", until=OCTOBER)
    mother(association, "Dagen før", until=OCTOBER - DAY)
    mother(association, "Første dag", since=OCTOBER)
    mother(association, "Dagen efter", since=OCTOBER + DAY)
    mother(association, "Koordinator", role="coordinator")
    mother(association, "Formand", role="chair")
    mother(make.AssociationFactory(programme=association.programme), "Fra en anden")

    asked = secretary.get(at("presence", monthly)).context["form"].fields["came"].choices

    assert [name for _uuid, name in asked] == ["Anna", "Første dag", "Koordinator", "Sidste dag"]


def test_local_coordinator_no_longer_meets_who_has_left_by_name(local, secretary, association):
    gone = mother(association, "Gitte", until=D(2011, 12, 31))
    gathering = held(association, "monthly", on=OCTOBER).gathering
    presence(gone, gathering)

    pages = [client.get(at("gathering", gathering)) for client in (local, secretary)]

    assert [page.context["came"].names for page in pages] == [[], ["Gitte"]]
    assert [page.context["came"].total for page in pages] == [1, 1]
    assert "Gitte" not in local.get(at("presence", gathering)).content.decode()


@pytest.mark.parametrize(("days", "is_open"), [(0, True), (1, False)])
def test_screen_opens_on_the_day_itself(secretary, association, anna, days, is_open):
    gathering = make.GatheringFactory(association=association, planned_on=calendar_today() + days * DAY)

    page = secretary.get(at("presence", gathering))

    assert (page.context["closed"] == "") == is_open
    send(secretary, "presence", gathering, came=[str(anna.uuid)])
    assert (came(gathering) == ["Anna"]) == is_open


def test_cancelled_meeting_takes_nobody(secretary, association, anna):
    gathering = make.GatheringFactory(association=association, is_cancelled=True)

    send(secretary, "presence", gathering, came=[str(anna.uuid)])

    assert says("The meeting is cancelled.") in unescape(secretary.get(at("presence", gathering)).content.decode())
    assert (came(gathering), held_on(association, "monthly")) == ([], [])


def test_board_meeting_has_no_such_screen(secretary, association):
    board = make.GatheringFactory(association=association, kind="board")

    assert [secretary.get(at("presence", board)).status_code, secretary.post(at("presence", board)).status_code] == [
        404,
        404,
    ]


# --- Many people: page by page, or by a search


@pytest.fixture
def crowd(association):
    return [mother(association, f"Mor {number:03}") for number in range(60)]


def shown(page):
    return [name for _uuid, name in page.context["form"].fields["came"].choices]


def test_many_are_marked_page_by_page_and_each_page_is_saved_by_itself(secretary, monthly, crowd):
    first = send(secretary, "presence", monthly, came=[str(crowd[0].uuid)], videre="1")

    assert first.url == at("presence", monthly) + "?side=2"
    assert shown(secretary.get(first.url)) == [f"Mor {number:03}" for number in range(50, 60)]

    last = send(secretary, "presence", monthly, "?side=2", came=[str(crowd[59].uuid)])
    assert last.url == monthly.get_absolute_url()
    assert came(monthly) == ["Mor 000", "Mor 059"]

    send(secretary, "presence", monthly, "?side=2", came=[])
    assert came(monthly) == ["Mor 000"]


def test_search_finds_who_came_and_touches_nobody_else(secretary, monthly, crowd):
    send(secretary, "presence", monthly, came=[str(crowd[0].uuid)])

    page = secretary.get(at("presence", monthly), {"q": "mor 05"})
    send(secretary, "presence", monthly, "?q=mor+059", came=[str(crowd[59].uuid)])

    assert shown(page) == [f"Mor {number:03}" for number in range(50, 60)]
    assert page.context["marked"] == 1
    assert came(monthly) == ["Mor 000", "Mor 059"]


def test_empty_page_of_many_does_not_hold_the_meeting(secretary, association, monthly, crowd):
    send(secretary, "presence", monthly, "?side=2", came=[])

    assert held_on(association, "monthly") == []


def test_list_that_grows_meanwhile_moves_nobody_to_another_page(secretary, association, monthly, crowd):
    opened = secretary.get(at("presence", monthly)).context["form"]["opened_as"].value()
    mother(association, "Anna, som kom først")

    secretary.post(at("presence", monthly), {"opened_as": opened, "came": [str(crowd[49].uuid)]})

    assert came(monthly) == ["Mor 049"]


@pytest.mark.parametrize("query", ["?side=0", "?side=x", "?side=999", "?q=%00", "?q=" + "ø" * 300])
def test_whatever_page_is_asked_for_is_answered(secretary, monthly, crowd, query):
    assert secretary.get(at("presence", monthly) + query).status_code == 200


# --- Conversations since the last monthly meeting: of the association, never of a mother


def test_conversations_are_counted_from_the_day_after_the_last_meeting_to_this_one(association, monthly):
    held(association, "monthly", on=D(2011, 9, 6))
    held(association, "board", on=D(2011, 9, 20))
    held(make.AssociationFactory(programme=association.programme), "monthly", on=D(2011, 9, 27))
    for day in (D(2011, 9, 6), D(2011, 9, 7), OCTOBER, OCTOBER + DAY):
        make.conversation(association, day)
    make.conversation(make.AssociationFactory(programme=association.programme), D(2011, 9, 10))

    written = written_before(monthly, Moment(D(2011, 12, 1)))

    assert (written.count, written.since) == (2, D(2011, 9, 6))


def test_before_the_first_meeting_all_conversations_are_counted(association, monthly):
    make.conversation(association, D(2011, 4, 1))

    written = written_before(monthly, Moment(D(2011, 12, 1)))

    assert (written.count, written.since) == (1, None)


def test_screen_tells_the_conversations_and_the_next_meeting_and_no_mother_s_share(secretary, association, anna):
    gathering = held(association, "monthly", on=OCTOBER).gathering
    make.GatheringFactory(association=association, planned_on=D(2011, 11, 1), is_cancelled=True)
    make.GatheringFactory(association=association, planned_on=D(2011, 11, 8))
    make.conversation(association, OCTOBER)

    html = unescape(secretary.get(at("presence", gathering)).content.decode())

    assert says("%(count)s conversation up to this meeting.", count=1) in html
    assert says("The next meeting is on %(day)s.", day="8.\u00a0november\u00a02011") in html
    told = says("Only who came is kept. Who has not written conversations cannot be told: they are anonymous.")
    assert told in html
