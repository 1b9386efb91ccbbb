"""The log is read by person and by user, and a sample of each month is drawn by lot and checked by somebody else."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from bydelsmoedre.moment import calendar_today
from programme.models import Reading, ReadingCheck
from programme.sample import month_before, readings_in, sample
from tests import factories as make

pytestmark = pytest.mark.django_db
D = dt.date
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def reading(programme, user, person=None):
    return Reading.objects.create(
        programme=programme,
        user=user,
        how="page",
        page="volunteers:detail",
        persons=[person.uuid if person else uuid.uuid4()],
    )


@pytest.fixture
def colleague(programme):
    return make.user_with_role(programme, "foundation")


def rows(response):
    return [line.reading for line in response.context["listing"].page.object_list]


def test_log_is_asked_by_person_and_by_user(programme, secretary, secretariat, colleague):
    amina, birgit = (make.VolunteerFactory(programme=programme) for _ in range(2))
    mine, theirs = reading(programme, secretariat, amina), reading(programme, colleague, birgit)
    url = reverse("volunteers:readings")

    assert set(rows(secretary.get(url))) >= {mine, theirs}
    assert rows(secretary.get(url, {"bruger": colleague.uuid})) == [theirs]
    assert theirs not in rows(secretary.get(url, {"person": amina.uuid}))
    assert mine in rows(secretary.get(url, {"person": amina.uuid}))
    assert rows(secretary.get(url, {"person": amina.uuid, "bruger": colleague.uuid})) == []


def test_log_s_days_are_copenhagen_s(programme, secretary, secretariat):
    made = reading(programme, secretariat)
    made.refresh_from_db()
    day = made.read_at.astimezone(COPENHAGEN).date()
    url = reverse("volunteers:readings")

    for days, is_there in ((0, True), (1, False)):
        assert (made in rows(secretary.get(url, {"fra": day + dt.timedelta(days)}))) is is_there
        assert (made in rows(secretary.get(url, {"til": day - dt.timedelta(days)}))) is is_there


@pytest.mark.parametrize("asked", [{"person": "x"}, {"fra": "31.02.2011"}, {"bruger": "x"}])
def test_bad_questions_get_an_answer(programme, secretary, asked):
    assert secretary.get(reverse("volunteers:readings"), asked).status_code == 200
    assert secretary.get(reverse("volunteers:sample"), {"maaned": "0000-13"}).status_code == 200


def test_log_of_another_programme_is_not_seen(programme, twin, secretary, secretariat):
    other = reading(twin, secretariat)

    assert other not in rows(secretary.get(reverse("volunteers:readings")))
    assert secretary.get(reverse("volunteers:check_reading", args=[other.uuid])).status_code == 404


# --- The sample


@pytest.mark.parametrize(
    ("day", "month"),
    [(D(2011, 3, 1), D(2011, 2, 1)), (D(2011, 3, 31), D(2011, 2, 1)), (D(2012, 1, 15), D(2011, 12, 1))],
)
def test_month_before(day, month):
    assert month_before(day) == month


def this_month():
    return calendar_today().replace(day=1)


def test_sample_is_drawn_by_lot_and_is_the_same_for_everybody(programme, colleague, settings):
    made = [reading(programme, colleague) for _ in range(25)]
    settings.READINGS_SAMPLED = 10

    drawn = sample(programme, this_month())

    assert drawn == sample(programme, this_month())
    assert len(drawn) == 10
    assert drawn != made[:10]
    settings.READINGS_SAMPLED = 5
    assert set(sample(programme, this_month())) < set(drawn)


def test_month_holds_the_days_of_copenhagen(programme):
    """Nobody but the owner can date a row, so the bounds themselves are asked."""
    asked = str(readings_in(programme, D(2011, 2, 1)).query)

    assert "2011-02-01 00:00:00+01:00" in asked
    assert "2011-03-01 00:00:00+01:00" in asked


def test_a_reading_is_checked_once_and_never_by_the_reader(programme, secretary, secretariat, colleague):
    theirs, own = reading(programme, colleague), reading(programme, secretariat)
    url = reverse("volunteers:check_reading", args=[theirs.uuid])

    assert secretary.get(reverse("volunteers:check_reading", args=[own.uuid])).status_code == 403
    assert secretary.post(url, {"is_in_order": "yes", "note": ""}).status_code == 302
    check = ReadingCheck.objects.get()
    assert (check.reading, check.is_in_order, check.checked_by) == (theirs, True, secretariat)
    assert secretary.get(url).status_code == 404


def test_what_is_not_in_order_says_why(programme, secretary, colleague):
    url = reverse("volunteers:check_reading", args=[reading(programme, colleague).uuid])

    refused = secretary.post(url, {"is_in_order": "no", "note": ""})
    assert list(refused.context["form"].errors) == ["note"]
    refused = secretary.post(url, {"is_in_order": "no", "note": "Se 010170-1234"})
    assert list(refused.context["form"].errors) == ["note"]
    assert "Se 010170-1234" in refused.content.decode()
    assert not ReadingCheck.objects.exists()
    assert secretary.post(url, {"is_in_order": "no", "note": "Ingen grund. Talt med hende."}).status_code == 302
